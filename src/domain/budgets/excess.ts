import type { BookSum, Bound } from "../../store/store.ts";
import { type Line, readLines } from "./book.ts";
import { type Balance, compare, compareYear, isOver, type Thresholds } from "./compare.ts";
import { dayColumns, monthColumn } from "./fiscal.ts";
import type { UnitNode } from "./scope.ts";

/** A line of a unit that is over both thresholds, in the month, in the year up to it, or in both. */
export interface Excess {
  unit: UnitNode;
  line: Line;
  month: Balance;
  year: Balance;
  over: { month: boolean; year: boolean };
  explanation: { id: string; state: string } | null;
  /** Nobody has explained it, or what was said was returned. */
  owed: boolean;
}

type Store = Pick<Bound, "explanation" | "line">;

interface Looked {
  /** Units whose ledger of the month is there. */
  units: readonly UnitNode[];
  month: string;
  /** The fiscal year up to the month. */
  year: readonly string[];
  thresholds: Thresholds;
}

/** What is to be explained for a month, unit by unit, the largest first. */
export async function excessesIn(store: Store & Pick<Bound, "bookSums">, looked: Looked): Promise<Excess[]> {
  const { units, month, year, thresholds } = looked;
  const rows = await store.bookSums({
    unitIds: units.map(({ id }) => id),
    months: dayColumns([month]),
    year: dayColumns(year),
    by: [["unitId", "lineId"]],
    over: overOf(thresholds),
  });
  return excessesOf(store, rows, looked);
}

export const overOf = ({ explainDollars: dollars, explainPercent: percent }: Thresholds) => ({ dollars, percent });

/** The same of rows that were read: lines of units that are over. */
export async function excessesOf(
  store: Store,
  rows: readonly BookSum[],
  { units, month, thresholds }: Omit<Looked, "year">,
): Promise<Excess[]> {
  if (rows.length === 0) return [];
  const [lines, explanations] = await Promise.all([
    readLines(store),
    store.explanation.findMany({
      where: { unitId: { in: units.map(({ id }) => id) }, month: monthColumn(month) },
      select: { id: true, unitId: true, lineId: true, state: true },
    }),
  ]);
  const said = new Map(explanations.map((one) => [`${one.unitId} ${one.lineId}`, one]));
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const found = rows.flatMap((row) => {
    const unit = byId.get(row.unitId ?? "");
    const line = lines.get(row.lineId ?? "");
    if (!unit || !line) return [];
    const of = { month: compare([row]), year: compareYear([row]) };
    const over = { month: isOver(of.month, thresholds), year: isOver(of.year, thresholds) };
    const explanation = said.get(`${unit.id} ${line.id}`) ?? null;
    return [{ unit, line, ...of, over, explanation, owed: explanation === null || explanation.state === "returned" }];
  });
  const size = ({ over, month: of, year }: Excess) => (over.month ? of : year).impact.abs();
  return found.sort((one, other) => size(other).comparedTo(size(one)));
}
