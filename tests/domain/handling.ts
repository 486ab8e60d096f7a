import type { Hospital } from "../support/hospital.ts";
import { actorOf } from "./organisation.ts";

/** Gives an incident an action, as those who work on it do. */
export async function withAction(
  hospital: Hospital,
  incident: number,
  given: { state?: string; strength?: string } = {},
): Promise<number> {
  const bound = hospital.store.of(hospital.organisationId);
  const { id, unitId } = await bound.incident.findFirstOrThrow({ where: { number: incident } });
  const { number } = await bound.action.create({
    data: {
      number: (await bound.action.count()) + 1,
      what: "Replace the floor",
      ownerId: hospital.people.manager,
      givenById: hospital.people.quality,
      givenAt: hospital.clock.now,
      incidentId: id,
      unitId,
      dueOn: new Date("2026-12-01"),
      ...given,
    },
  });
  return number;
}

/** Starts a clock on an incident. */
export async function withClock(hospital: Hospital, incident: number, rule: string, dueAt: string): Promise<number> {
  const bound = hospital.store.of(hospital.organisationId);
  const { id } = await bound.incident.findFirstOrThrow({ where: { number: incident } });
  const { number } = await bound.clock.create({
    data: {
      number: (await bound.clock.count()) + 1,
      rule,
      incidentId: id,
      startAt: hospital.clock.now,
      startedAt: hospital.clock.now,
      dueAt: new Date(dueAt),
      because: "by-hand",
    },
  });
  return number;
}

/** An incident as somebody sees it. */
export const seenBy = async (hospital: Hospital, handle: string, number: number) =>
  hospital.services.incidents.show(await actorOf(hospital, handle), number);
