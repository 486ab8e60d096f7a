import type { Bound, Change } from "../../store/store.ts";
import { Refusal } from "../refusal.ts";
import { budgetUnits } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";

export interface UnitNode {
  id: string;
  code: string;
  name: string;
  parentId: string | null;
  managerId: string | null;
}

/** The units that a question is about, as far as this person sees their budgets. */
export interface Scope {
  /** The unit that was asked for, or the only one at the top of theirs; null for several. */
  unit: UnitNode | null;
  /** "4 West", "Your units". */
  name: string;
  /** The unit and all below it. */
  units: readonly UnitNode[];
  /** The units right below, or the tops of theirs. */
  below: readonly UnitNode[];
}

/** All units; a manager who left is none, so that what they owed is the next one's up. */
export async function readUnits(store: Pick<Bound | Change, "unit">): Promise<UnitNode[]> {
  const units = await store.unit.findMany({
    select: {
      id: true,
      code: true,
      name: true,
      parentId: true,
      managerId: true,
      manager: { select: { active: true } },
    },
    orderBy: { name: "asc" },
  });
  return units.map(({ manager, managerId, ...unit }) => ({ ...unit, managerId: manager?.active ? managerId : null }));
}

/** Throws where this person sees no budget, or not that unit's. */
export async function scopeOf(store: Bound, actor: Actor, unitId: string | undefined): Promise<Scope> {
  const visible = new Set(budgetUnits(actor));
  const all = await readUnits(store);
  if (unitId !== undefined && !visible.has(unitId)) throw notYours(all.find(({ id }) => id === unitId)?.name);
  const units = all.filter(({ id }) => visible.has(id));
  if (units.length === 0)
    throw new Refusal(
      "You manage no unit, so there is no budget that you may see. Ask an admin to correct the directory.",
    );
  const tops = units.filter(({ parentId }) => parentId === null || !visible.has(parentId));
  const unit = unitId === undefined ? (tops.length === 1 ? tops[0] : undefined) : units.find(({ id }) => id === unitId);
  if (!unit) return { unit: null, name: "Your units", units, below: tops };
  const found = [unit];
  for (const { id } of found) found.push(...units.filter(({ parentId }) => parentId === id));
  return { unit, name: unit.name, units: found, below: units.filter(({ parentId }) => parentId === unit.id) };
}

export const notYours = (name = "That unit"): Refusal =>
  new Refusal(`${name}’s budget is for its manager, the managers above and its admins. Ask one of them.`, "unit");

/** The unit and those below, of these. */
export function idsUnder(units: readonly UnitNode[], top: string): Set<string> {
  const found = new Set([top]);
  for (const id of found) for (const unit of units) if (unit.parentId === id) found.add(unit.id);
  return found;
}

/** The units above one, the nearest first. */
export function unitsAbove(units: readonly UnitNode[], unitId: string): UnitNode[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const found: UnitNode[] = [];
  for (let unit = byId.get(byId.get(unitId)?.parentId ?? ""); unit && !found.includes(unit); )
    unit = byId.get(found[found.push(unit) - 1]?.parentId ?? "");
  return found;
}
