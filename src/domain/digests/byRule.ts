import type { Bound } from "../../store/store.ts";
import { nextDigest } from "./schedule.ts";

/** When every manager has the digest of their unit, in their own zone. */
const timing = { schedule: "weekdays", at: "07:30" } as const;

/**
 * Every manager has the digest of a unit of theirs that has measures, or has units below it that do, without asking; one who
 * stopped or changed it keeps that.
 */
export async function followByRule(store: Bound, now: Date): Promise<void> {
  const reachable = { active: true, identities: { some: { platform: { not: "shell" } } } };
  const units = await store.unit.findMany({
    where: { manager: reachable, id: { in: await measuredOrAbove(store) } },
    select: {
      id: true,
      managerId: true,
      manager: { select: { zone: true } },
      follows: { select: { target: true } },
    },
  });
  const missing = units.filter(({ managerId, follows }) => !follows.some(({ target }) => target === managerId));
  if (missing.length > 0) {
    const { zone: facility, holidays } = await store.organisation();
    const own = new Set(holidays);
    const data = missing.flatMap(({ id: unitId, managerId, manager }) => {
      const zone = manager?.zone ?? facility;
      const at = { ...timing, zone };
      return managerId === null
        ? []
        : [{ unitId, ownerId: managerId, target: managerId, byRule: true, ...at, nextAt: nextDigest(at, own, now) }];
    });
    await store.change((change) => change.follow.createMany({ data, skipDuplicates: true }));
  }
}

async function measuredOrAbove(store: Bound): Promise<string[]> {
  const [units, measured] = await Promise.all([
    store.unit.findMany({ select: { id: true, parentId: true } }),
    store.unitMetric.findMany({ where: { active: true }, select: { unitId: true }, distinct: ["unitId"] }),
  ]);
  const parents = new Map(units.map(({ id, parentId }) => [id, parentId]));
  const found = new Set(measured.map(({ unitId }) => unitId));
  for (const id of found) {
    const parent = parents.get(id);
    if (parent) found.add(parent);
  }
  return [...found];
}
