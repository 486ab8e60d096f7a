import type { Platform } from "../chat/request.ts";
import type { Store } from "./store.ts";

/** Locks the making of organisations, so that processes that start together make one: "rounds" in ASCII. */
const makingOrganisations = 0x72_6f_75_6e_64_73;

/**
 * Maps a Slack team or a Teams tenant of the environment to the organisation of this server, which is made with the first
 * one; the demonstration is never it. What was mapped stays as it is. A new organisation has one unit, itself, so that its
 * people can report before anybody has imported units.
 */
export async function mapWorkspace(
  store: Store,
  workspace: { platform: Platform; tenant: string; name: string; zone: string },
): Promise<string> {
  const { platform, tenant, name, zone } = workspace;
  return store.unbound.$transaction(async (change) => {
    await change.$executeRaw`SELECT pg_advisory_xact_lock(${makingOrganisations})`;
    const mapped = await change.workspace.findUnique({ where: { platform_tenant: { platform, tenant } } });
    if (mapped) return mapped.organisationId;
    const own = await change.organisation.findFirst({
      where: { demonstration: false },
      orderBy: { createdAt: "asc" },
    });
    const organisation = own ?? (await change.organisation.create({ data: { name, zone } }));
    const { id: organisationId } = organisation;
    if (!own) await change.unit.create({ data: { organisationId, code: "ALL", name, aliases: [] } });
    await change.workspace.create({ data: { platform, tenant, organisationId } });
    return organisationId;
  });
}

/** The organisation of this server: its own where it has one, else the demonstration. */
export async function mainOrganisation(store: Store): Promise<{ id: string; name: string; zone: string } | null> {
  return store.unbound.organisation.findFirst({
    orderBy: [{ demonstration: "asc" }, { createdAt: "asc" }],
    select: { id: true, name: true, zone: true },
  });
}
