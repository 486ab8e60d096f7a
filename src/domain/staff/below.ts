import type { Bound } from "../../store/store.ts";

/** The ids of a unit and of all units below it. */
export const unitAndBelow = async (store: Bound, unitId: string): Promise<string[]> =>
  (await unitsAndBelow(store))(unitId);

/** The same of any unit, by one query. */
export async function unitsAndBelow(store: Bound): Promise<(unitId: string) => string[]> {
  const units = await store.unit.findMany({ select: { id: true, parentId: true } });
  const under = Map.groupBy(units, ({ parentId }) => parentId);
  return (unitId) => {
    const found = new Set([unitId]);
    for (const id of found) for (const unit of under.get(id) ?? []) found.add(unit.id);
    return [...found];
  };
}
