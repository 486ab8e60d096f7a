import type { Bound, Prisma } from "../../store/store.ts";
import { dayAt, dayPlus, startOfDay } from "../days.ts";
import { visibleIncidents } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import { unitAndBelow } from "../staff/below.ts";
import { factors } from "./causation.ts";
import { categoriesInBrief, kinds } from "./rules.ts";

export const countings = [
  { code: "category", label: "Category" },
  { code: "factor", label: "Contributing factor" },
  { code: "kind", label: "Kind" },
  { code: "unit", label: "Unit" },
] as const;
export type Counting = (typeof countings)[number]["code"];

export interface Frequency {
  by: Counting;
  /** The largest first; `code` is null where it was not said. */
  rows: { code: string | null; name: string; count: number }[];
  /** Incidents, of which one may have several factors. */
  incidents: number;
  /** The first and the last day, `YYYY-MM-DD` where the asker is. */
  since: string;
  until: string;
}

/** Days that are counted where nothing else is said. */
const usualDays = 90;

/**
 * How often what happens, of the incidents that this person may see. As in all figures, restricted and privileged ones and
 * those that are part of another one are left out. One query.
 */
export async function frequencyOf(
  store: Bound,
  actor: Actor,
  { by, unitId, since: given }: { by: Counting; unitId: string | undefined; since: string | undefined },
  now: Date,
): Promise<Frequency> {
  const until = dayAt(now, actor.zone);
  const since = given ?? dayPlus(until, -usualDays);
  const where: Prisma.IncidentWhereInput = {
    AND: [visibleIncidents(actor), { restricted: false, privilegedAt: null, mergedIntoId: null }],
    happenedAt: { gte: startOfDay(since, actor.zone) },
    ...(unitId !== undefined && { unitId: { in: await unitAndBelow(store, unitId) } }),
  };
  const { rows, incidents } = await counted(store, by, where);
  return { by, rows: rows.sort((one, other) => other.count - one.count), incidents, since, until };
}

async function counted(
  store: Bound,
  by: Counting,
  where: Prisma.IncidentWhereInput,
): Promise<Pick<Frequency, "rows" | "incidents">> {
  if (by === "factor") {
    const found = await store.incident.findMany({
      where: { AND: [where, { factors: { isEmpty: false } }] },
      select: { factors: true },
    });
    const counts = new Map<string, number>();
    for (const { factors: those } of found) for (const one of those) counts.set(one, (counts.get(one) ?? 0) + 1);
    const rows = [...counts].map(([code, count]) => ({ code, name: nameIn(factors, code), count }));
    return { rows, incidents: found.length };
  }
  const field = by === "unit" ? "unitId" : by;
  const groups = await store.incident.groupBy({ by: [field], where, _count: true });
  const units =
    by === "unit"
      ? await store.unit.findMany({
          where: { id: { in: groups.map(({ unitId }) => unitId) } },
          select: { id: true, code: true, name: true },
        })
      : [];
  const rows = groups.map((group) => {
    const unit = units.find(({ id }) => id === group.unitId);
    if (unit) return { code: unit.code, name: unit.name, count: group._count };
    const code = by === "kind" ? group.kind : group.category;
    return {
      code,
      name: code === null ? "Not said" : nameIn([...categoriesInBrief, ...kinds], code),
      count: group._count,
    };
  });
  return { rows, incidents: rows.reduce((sum, { count }) => sum + count, 0) };
}

const nameIn = (list: readonly { code: string; label: string }[], code: string): string =>
  list.find((one) => one.code === code)?.label ?? code;
