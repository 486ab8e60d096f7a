import { randomUUID } from "node:crypto";
import type { Act } from "../../src/domain/act.ts";
import type { Access, Actor } from "../../src/domain/staff/actor.ts";
import type { Hospital } from "../support/hospital.ts";

/** Another organisation in the same database, with units and people under the handles and codes of the first. */
export async function anotherOrganisation(hospital: Hospital, tenant = "other") {
  const { id } = await hospital.store.unbound.organisation.create({
    data: { name: "Elsewhere", zone: "UTC", workspaces: { create: { platform: "web", tenant } } },
  });
  const bound = hospital.store.of(id);
  const join = async (handle: string, access: Access[]) => {
    const person = await bound.person.create({
      data: { handle, name: `${handle} elsewhere`, email: `${handle}@test.example`, access },
    });
    await bound.identity.create({ data: { platform: "web", tenant, user: handle, personId: person.id } });
    return person.id;
  };
  const people = {
    nurse: await join("nurse", ["staff"]),
    quality: await join("quality", ["staff", "quality"]),
    admin: await join("admin", ["staff", "admin"]),
  };
  const unit = await bound.unit.create({ data: { code: "4W", name: "4 West elsewhere", aliases: [] } });
  return { id, people, unitId: unit.id, tenant };
}

export async function actorOf(hospital: Hospital, handle: string, tenant = "demo"): Promise<Actor> {
  const identity = { ...hospital.identity(handle), tenant };
  return (await hospital.services.members.identify(identity, async () => undefined, hospital.clock.now)).actor;
}

/** Somebody's act now, in a delivery of its own. */
export async function actOf(hospital: Hospital, handle: string, tenant = "demo"): Promise<Act> {
  return { actor: await actorOf(hospital, handle, tenant), requestId: randomUUID(), now: hospital.clock.now };
}

/** Files an incident and returns its number. */
export async function file(
  hospital: Hospital,
  handle: string,
  unitId: string,
  given: Partial<Parameters<Hospital["services"]["incidents"]["report"]>[1]> = {},
): Promise<number> {
  const filed = await hospital.services.incidents.report(await actOf(hospital, handle), {
    what: "Bed rail broke",
    unitId,
    happenedAt: hospital.clock.now,
    kind: "incident",
    harm: "unknown",
    identity: "named",
    ...given,
  });
  return filed.number;
}
