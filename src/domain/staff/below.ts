import type { Bound } from "../../store/store.ts";

/** The ids of a unit and of all units below it. */
export async function unitAndBelow(store: Bound, unitId: string): Promise<string[]> {
  const units = await store.unit.findMany({ select: { id: true, parentId: true } });
  const found = [unitId];
  for (const id of found)
    found.push(...units.filter((unit) => unit.parentId === id && !found.includes(unit.id)).map((unit) => unit.id));
  return found;
}
