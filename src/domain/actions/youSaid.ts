import { DateTime } from "luxon";
import type { Bound, Prisma } from "../../store/store.ts";
import { isWorkingDay } from "../clocks/holidays.ts";
import type { Category, Kind } from "../incidents/rules.ts";
import { type NewNotice, tell } from "../notices.ts";
import type { Actor } from "../staff/actor.ts";

// "You said, we did": once a month each unit is told what came of what it reported.

const hourOfDay = 9;
/** Later than this after its moment it is not told any more: Rounds was down, or is new here. */
const atMostLateDays = 7;
/** Notices written at once. */
const batch = 1_000;

/** When the units are told of the month before: on the first working day of the month, in the facility's zone. */
export function toldAt(now: Date, zone: string, holidays: readonly string[]): DateTime {
  const own = new Set(holidays);
  let day = DateTime.fromJSDate(now, { zone }).startOf("month");
  while (!isWorkingDay(day, own)) day = day.plus({ days: 1 });
  return day.set({ hour: hourOfDay });
}

/** The month before that in which a moment lies. */
function monthBefore(at: Date, zone: string): { code: string; from: Date; until: Date } {
  const until = DateTime.fromJSDate(at, { zone }).startOf("month");
  const from = until.minus({ months: 1 });
  return { code: from.toFormat("yyyy-MM"), from: from.toJSDate(), until: until.toJSDate() };
}

/** Closed in that time, and told to anybody: neither restricted nor privileged, and no part of another one. */
const closedIn = ({ from, until }: { from: Date; until: Date }): Prisma.IncidentWhereInput => ({
  closedAt: { gte: from, lt: until },
  restricted: false,
  privilegedAt: null,
  mergedIntoId: null,
});

/**
 * Tells everybody who works in a unit, and its manager, once a month what came of the unit's incidents; nothing where none
 * was closed. The organisation says of which month that was done, so that on every other day one query is made.
 */
export async function tellUnits(store: Bound, now: Date): Promise<void> {
  const { zone, holidays, toldMonth } = await store.organisation();
  const month = monthBefore(now, zone);
  if (toldMonth !== null && toldMonth >= month.code) return;
  const at = toldAt(now, zone, holidays);
  if (now < at.toJSDate()) return;
  await store.change(async (change) => {
    const isLate = now > at.plus({ days: atMostLateDays }).toJSDate();
    const notices = isLate ? [] : await noticesOf(change, month, at.toJSDate());
    for (let from = 0; from < notices.length; from += batch) await tell(change, notices.slice(from, from + batch));
    await change.changeOrganisation({ toldMonth: month.code });
  });
}

async function noticesOf(
  store: Pick<Bound, "incident" | "unit" | "person">,
  month: ReturnType<typeof monthBefore>,
  dueAt: Date,
): Promise<NewNotice[]> {
  const closed = await store.incident.groupBy({ by: ["unitId"], where: closedIn(month) });
  const unitIds = closed.map(({ unitId }) => unitId);
  const units = await store.unit.findMany({ where: { id: { in: unitIds } }, select: { id: true, managerId: true } });
  const managers = units.flatMap(({ managerId }) => managerId ?? []);
  const people = await store.person.findMany({
    where: { active: true, OR: [{ unitIds: { hasSome: unitIds } }, { id: { in: managers } }] },
    select: { id: true, unitIds: true },
  });
  return units.flatMap((unit) =>
    people
      .filter((person) => person.id === unit.managerId || person.unitIds.includes(unit.id))
      .map(({ id: personId }) => ({
        kind: "you-said" as const,
        recordId: unit.id,
        to: { personId },
        dueAt,
        key: `you-said:${unit.id}:${month.code}:${personId}`,
      })),
  );
}

/** What a unit is told: what was reported, by kind, and what changed; never who reported it, nor in which words. */
export interface Heard {
  unit: { code: string; name: string };
  /** A day of the month that it is about, midnight UTC. */
  month: Date;
  reported: { kind: Kind; category: Category | null; count: number }[];
  changed: string[];
}

/**
 * Read when it is told: nothing that was restricted since, and nothing that this person is left out of. Undefined where
 * nothing is left, or the person has left the unit.
 * @param at when it was promised
 */
export async function heardOf(store: Bound, actor: Actor, unitId: string, at: Date): Promise<Heard | undefined> {
  if (!actor.unitIds.includes(unitId) && !actor.managedUnitIds.includes(unitId)) return undefined;
  const { zone } = await store.organisation();
  const month = monthBefore(at, zone);
  const [unit, incidents] = await Promise.all([
    store.unit.findFirst({ where: { id: unitId }, select: { code: true, name: true } }),
    store.incident.findMany({
      where: {
        AND: [closedIn(month), { unitId }, { OR: [{ leftOutId: null }, { leftOutId: { not: actor.id } }] }],
      },
      select: { kind: true, category: true, changed: true },
      orderBy: [{ closedAt: "asc" }, { number: "asc" }],
    }),
  ]);
  if (!unit || incidents.length === 0) return undefined;
  const reported = new Map<string, Heard["reported"][number]>();
  for (const { kind, category } of incidents) {
    const key = category ?? kind;
    const known = reported.get(key);
    reported.set(key, {
      kind: kind as Kind,
      category: category as Category | null,
      count: (known?.count ?? 0) + 1,
    });
  }
  return {
    unit,
    month: new Date(`${month.code}-01T00:00:00Z`),
    reported: [...reported.values()].sort((one, other) => other.count - one.count),
    changed: [...new Set(incidents.flatMap(({ changed }) => changed ?? []))],
  };
}
