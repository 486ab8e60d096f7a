import type { Bound, Change } from "../../store/store.ts";
import type { Book, BookLine, Line } from "./book.ts";
import { type Comparison, compare, isOver, type Thresholds } from "./compare.ts";
import { monthColumn } from "./fiscal.ts";
import type { UnitNode } from "./scope.ts";

/** A line of a unit that is over both thresholds, in the month, in the year up to it, or in both. */
export interface Excess {
  unit: UnitNode;
  line: Line;
  month: Comparison;
  year: Comparison;
  over: { month: boolean; year: boolean };
  explanation: { id: string; state: string } | null;
  /** Nobody has explained it, or what was said was returned. */
  owed: boolean;
}

interface Looked {
  scope: { units: readonly UnitNode[] };
  month: string;
  book: Book;
  thresholds: Thresholds;
}

/** What is to be explained for a month, unit by unit, the largest first. @param looked the fiscal year up to the month */
export async function excessesIn(store: Pick<Bound | Change, "explanation">, looked: Looked): Promise<Excess[]> {
  const { scope, month, book, thresholds } = looked;
  const there = new Set(book.taken.filter((taken) => taken.month === month).map(({ unitId }) => unitId));
  const explanations = await store.explanation.findMany({
    where: { unitId: { in: scope.units.map(({ id }) => id) }, month: monthColumn(month) },
    select: { id: true, unitId: true, lineId: true, state: true },
  });
  const said = new Map(explanations.map((one) => [`${one.unitId} ${one.lineId}`, one]));
  const units = new Map(scope.units.map((unit) => [unit.id, unit]));
  const found = [...Map.groupBy(book.lines, ({ unitId, line }) => `${unitId} ${line.id}`)].flatMap(([key, lines]) => {
    const unit = units.get(lines[0]?.unitId ?? "");
    if (!lines[0] || !unit || !there.has(unit.id)) return [];
    const excess = excessOf(lines, month, thresholds);
    if (!excess.over.month && !excess.over.year) return [];
    const explanation = said.get(key) ?? null;
    const owed = explanation === null || explanation.state === "returned";
    return [{ unit, line: lines[0].line, ...excess, explanation, owed }];
  });
  const size = ({ over, month: of, year }: Excess) => (over.month ? of : year).impacts.total.abs();
  return found.sort((one, other) => size(other).comparedTo(size(one)));
}

function excessOf(lines: readonly BookLine[], month: string, thresholds: Thresholds) {
  const monthly = compare(lines.filter((line) => line.month === month));
  const year = compare(lines);
  return { month: monthly, year, over: { month: isOver(monthly, thresholds), year: isOver(year, thresholds) } };
}
