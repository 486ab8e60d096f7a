import type { Identity } from "../chat/request.ts";
import type { Store } from "../store/store.ts";

/**
 * Whom one can be in the simulator of an organisation of one's own, where ROUNDS_SIMULATOR asks for it: everybody who is
 * active, as it is for somebody who may use the shell of this machine.
 */
export async function simulatorPeople(
  store: Store,
  organisationId: string,
): Promise<{ handle: string; name: string; detail: string; identity: Identity }[]> {
  const bound = store.of(organisationId);
  const tenant = `local-${organisationId}`;
  const people = await bound.person.findMany({
    where: { active: true },
    select: { id: true, handle: true, name: true, access: true },
    orderBy: { name: "asc" },
  });
  await store.unbound.workspace.createMany({ data: { platform: "web", tenant, organisationId }, skipDuplicates: true });
  await bound.identity.createMany({
    data: people.map(({ id }) => ({ platform: "web", tenant, user: id, personId: id })),
    skipDuplicates: true,
  });
  return people.map(({ id, handle, name, access }) => ({
    handle,
    name,
    detail: access.join(", "),
    identity: { platform: "web", tenant, user: id },
  }));
}
