import type { Platform } from "../chat/request.ts";
import type { Store } from "./store.ts";

/**
 * Maps a Slack team or a Teams tenant of the environment to the organisation of this server, which is made with the first
 * one; the demonstration is never it. What was mapped stays as it is.
 */
export async function mapWorkspace(
  store: Store,
  workspace: { platform: Platform; tenant: string; name: string; zone: string },
): Promise<string> {
  const { platform, tenant, name, zone } = workspace;
  const mapped = await store.unbound.workspace.findUnique({ where: { platform_tenant: { platform, tenant } } });
  if (mapped) return mapped.organisationId;
  const own = await store.unbound.organisation.findFirst({
    where: { demonstration: false },
    orderBy: { createdAt: "asc" },
  });
  const organisation = own ?? (await store.unbound.organisation.create({ data: { name, zone } }));
  await store.unbound.workspace.create({ data: { platform, tenant, organisationId: organisation.id } });
  return organisation.id;
}

/** The organisation of this server: its own where it has one, else the demonstration. */
export async function mainOrganisation(store: Store): Promise<{ id: string; name: string; zone: string } | null> {
  return store.unbound.organisation.findFirst({
    orderBy: [{ demonstration: "asc" }, { createdAt: "asc" }],
    select: { id: true, name: true, zone: true },
  });
}
