import { Decimal } from "decimal.js";
import type { Bound, StagedGroup } from "../store/store.ts";

/** What a file would do to one unit, or in one month. */
export interface Share {
  /** The unit's name, or the month as `YYYY-MM`. */
  of: string;
  added: number;
  changed: number;
  unchanged: number;
  /** What its rows come to, to the cent; null where there are none. */
  expense: string | null;
  revenue: string | null;
}

/** The same rows by unit and by month. */
export async function shares(bound: Bound, groups: readonly StagedGroup[]) {
  const ids = [...new Set(groups.map(({ unitId }) => unitId))];
  const units = await bound.unit.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(units.map(({ id, name }) => [id, name]));
  return {
    byUnit: sharesBy(groups, ({ unitId }) => names.get(unitId) ?? ""),
    byMonth: sharesBy(groups, ({ month }) => month),
  };
}

function sharesBy(groups: readonly StagedGroup[], nameOf: (group: StagedGroup) => string): Share[] {
  return [...Map.groupBy(groups, nameOf)]
    .map(([of, some]) => ({
      of,
      added: sum(some.map(({ added }) => added)),
      changed: sum(some.map(({ changed }) => changed)),
      unchanged: sum(some.map(({ unchanged }) => unchanged)),
      expense: total(some.filter(({ kind }) => kind === "expense").map(({ after }) => after)),
      revenue: total(some.filter(({ kind }) => kind === "revenue").map(({ after }) => after)),
    }))
    .sort((one, other) => one.of.localeCompare(other.of, "en"));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** Amounts that a kind of lines comes to; null where there are none. */
function total(amounts: readonly (string | null)[]): string | null {
  const given = amounts.filter((amount) => amount !== null);
  return given.length === 0 ? null : given.reduce((all, one) => all.plus(one), new Decimal(0)).toFixed(2);
}
