import { Decimal } from "decimal.js";
import type { Bound } from "../../store/store.ts";
import type { Named } from "../named.ts";
import { Refusal } from "../refusal.ts";
import { budgetUnits } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import { readLines, takenMonths } from "./book.ts";
import { type Balance, isOver, plainBalance } from "./compare.ts";
import { type ExplanationDetails, historyOf } from "./explanations.ts";
import { fromMonthColumn, monthColumn, monthPlus } from "./fiscal.ts";
import { notYours, readUnits, type UnitNode } from "./scope.ts";

/** A line of a unit over twelve months: how far it was off, and what was said of it. */
export interface LineHistory {
  unit: UnitNode;
  line: Named;
  /** The newest first; the last twelve up to the one that was asked for. */
  months: readonly HistoryMonth[];
}

export interface HistoryMonth {
  /** `YYYY-MM`. */
  month: string;
  /** Null where the ledger of the month is not there. */
  balance: Balance | null;
  over: boolean;
  explanation: ExplanationDetails | null;
}

const monthsShown = 12;

/** Throws where this person does not see the unit's budget, or the ledger has nothing of it yet. */
export async function lineHistory(
  store: Bound,
  actor: Actor,
  { unitId, lineId, month: asked }: { unitId: string; lineId: string; month?: string | undefined },
): Promise<LineHistory> {
  const unit = (await readUnits(store)).find(({ id }) => id === unitId);
  if (!unit || !budgetUnits(actor).includes(unitId)) throw notYours(unit?.name);
  const until = asked ?? (await takenMonths(store, { unitId })).at(-1)?.month;
  if (until === undefined) throw new Refusal(`There is no ledger of ${unit.name} yet, so there is no history.`);
  const months = Array.from({ length: monthsShown }, (_, ago) => monthPlus(until, -ago));
  const where = { unitId, lineId, month: { in: months.map(monthColumn) } };
  const [lines, taken, planned, spent, explanations, { explainDollars, explainPercent }] = await Promise.all([
    readLines(store),
    takenMonths(store, { unitId, month: where.month }),
    store.budgetLine.findMany({ where, select: { month: true, amount: true } }),
    store.ledgerLine.findMany({ where, select: { month: true, amount: true } }),
    historyOf(store, actor, { unitId, lineId, month: until }),
    store.organisation(),
  ]);
  const line = lines.get(lineId);
  if (!line || planned.length + spent.length === 0)
    throw new Refusal(`${unit.name} has neither a budget nor a ledger of that line in these months.`, "line");
  const amountIn = (rows: typeof planned, month: string) =>
    new Decimal(rows.find((row) => fromMonthColumn(row.month) === month)?.amount.toString() ?? 0);
  return {
    unit,
    line,
    months: months.map((month) => {
      const there = taken.some((one) => one.month === month);
      const balance = there ? plainBalance(line.kind, amountIn(planned, month), amountIn(spent, month)) : null;
      return {
        month,
        balance,
        over: balance !== null && isOver(balance, { explainDollars, explainPercent }),
        explanation: explanations.find((one) => one.month === month) ?? null,
      };
    }),
  };
}
