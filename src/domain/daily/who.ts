import type { Bound } from "../../store/store.ts";
import { dayAt, dayPlus, toColumn } from "../days.ts";

/** Due within so many days is worth a look; what is said in the end is decided for each person, at delivery. */
const aheadDays = 3;

/** What is younger came today, and today's reminder says nothing of it; in milliseconds. */
const youngest = 4 * 3_600_000;

/**
 * Everybody for whom something may wait, by grouped queries of the whole organisation: a person too many costs a look, one
 * who is missing hears nothing. Those on leave are left out, with their covers in their place.
 */
export async function whoWaits(store: Bound, now: Date): Promise<ReadonlySet<string>> {
  const { zone, managerAfterDays } = await store.organisation();
  const today = dayAt(now, zone);
  const soon = toColumn(dayPlus(today, aheadDays));
  const before = new Date(now.getTime() - youngest);
  const open = { closedAt: null, reportedAt: { lt: before } };
  const heardOpen = { closedAt: null, loggedAt: { lt: before } };
  const unacknowledged = { ...open, acknowledgedAt: null };
  const running = { some: { state: "running", dueAt: { lte: soon } } };
  const undone = { state: "open", OR: [{ snoozedUntil: null }, { snoozedUntil: { lte: toColumn(today) } }] };
  const longOverdue = { ...undone, dueOn: { lte: toColumn(dayPlus(today, -managerAfterDays)) } };

  const [units, people, away, inUnits, had, routed, severe, complaints, heard, late, lateOwners, owned, checked, set] =
    await Promise.all([
      store.unit.findMany({ select: { id: true, parentId: true, managerId: true } }),
      store.person.findMany({
        where: { active: true, OR: [{ access: { has: "quality" } }, { supervises: { some: {} } }] },
        select: { id: true, access: true, supervises: { select: { id: true } } },
      }),
      store.away.findMany({ where: { fromOn: { lte: toColumn(today) }, untilOn: { gte: toColumn(today) } } }),
      store.incident.groupBy({ by: ["unitId"], where: { OR: [unacknowledged, { ...open, clocks: running }] } }),
      store.incident.groupBy({ by: ["assigneeId"], where: open }),
      store.incidentAccess.groupBy({ by: ["personId"], where: { part: "routed", incident: unacknowledged } }),
      store.incident.findFirst({
        where: {
          OR: [
            { ...unacknowledged, OR: [{ escalateAt: null }, { harm: { in: ["death", "severe"] } }] },
            { ...open, clocks: running },
          ],
        },
        select: { id: true },
      }),
      store.grievance.groupBy({ by: ["unitId"], where: heardOpen }),
      store.grievance.groupBy({ by: ["assigneeId"], where: heardOpen }),
      store.action.groupBy({ by: ["unitId"], where: longOverdue }),
      store.action.groupBy({ by: ["ownerId"], where: longOverdue }),
      store.action.groupBy({ by: ["ownerId"], where: undone }),
      store.action.groupBy({
        by: ["ownerId", "givenById"],
        where: { state: "done", checkedAt: null, checkOn: { lte: soon } },
      }),
      store.reminder.groupBy({ by: ["whoId"], where: { doneAt: null, dueAt: { lt: before } } }),
    ]);

  const found = new Set<string>();
  const add = (...ids: (string | null)[]) => {
    for (const id of ids) if (id !== null) found.add(id);
  };
  const managersOf = managers(units);
  for (const { unitId } of [...inUnits, ...complaints, ...late]) if (unitId !== null) add(...managersOf(unitId));
  for (const { assigneeId } of [...had, ...heard]) add(assigneeId);
  for (const { personId } of routed) add(personId);
  for (const { ownerId } of owned) add(ownerId);
  for (const { ownerId, givenById } of checked) add(ownerId, givenById);
  for (const { whoId } of set) add(whoId);
  const lateHere = new Set(lateOwners.map(({ ownerId }) => ownerId));
  for (const { id, access, supervises } of people) {
    if (supervises.some((one) => lateHere.has(one.id))) add(id);
    if (access.includes("quality") && (severe || complaints.length > 0 || late.length > 0)) add(id);
  }
  for (const { personId, coverId } of away) if (found.has(personId)) add(coverId);
  for (const { personId } of away) found.delete(personId);
  return found;
}

/** The managers of a unit and of those above it. */
function managers(units: readonly { id: string; parentId: string | null; managerId: string | null }[]) {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  return (unitId: string): string[] => {
    const found: string[] = [];
    const seen = new Set<string>();
    for (let unit = byId.get(unitId); unit && !seen.has(unit.id); unit = byId.get(unit.parentId ?? "")) {
      seen.add(unit.id);
      if (unit.managerId) found.push(unit.managerId);
    }
    return found;
  };
}
