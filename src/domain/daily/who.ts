import type { Bound } from "../../store/store.ts";
import { rememberedDays } from "../budgets/waiting.ts";
import { dayAt, dayPlus, toColumn } from "../days.ts";
import { ofActions, ofBudgets, ofClocks, ofGrievances, ofIncidents, ofReminders } from "./areas.ts";

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
  const day = dayAt(now, zone);
  const today = toColumn(day);
  const soon = toColumn(dayPlus(day, aheadDays));
  const before = new Date(now.getTime() - youngest);
  const areas = await Promise.all([
    ofIncidents(store, before, soon),
    ofGrievances(store, before),
    ofActions(store, today, soon, toColumn(dayPlus(day, -managerAfterDays))),
    ofBudgets(store, toColumn(dayPlus(day, -rememberedDays))),
    ofClocks(store, soon),
    ofReminders(store, before),
  ]);
  const [units, quality, away] = await Promise.all([
    store.unit.findMany({ select: { id: true, parentId: true, managerId: true } }),
    store.person.findMany({ where: { active: true, access: { has: "quality" } }, select: { id: true } }),
    store.away.findMany({ where: { fromOn: { lte: today }, untilOn: { gte: today } } }),
  ]);

  const managersOf = managers(units);
  const found = new Set<string>();
  for (const area of areas) {
    for (const id of area.people) if (id !== null) found.add(id);
    for (const id of area.units) if (id !== null) for (const manager of managersOf(id)) found.add(manager);
    if (area.quality) for (const { id } of quality) found.add(id);
  }
  for (const { personId, coverId } of away) if (found.has(personId)) found.add(coverId);
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
