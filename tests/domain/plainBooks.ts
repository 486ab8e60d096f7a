import { Decimal } from "decimal.js";
import { type Amounts, type BudgetLine, varianceOf } from "../../src/domain/budgets/variance.ts";
import type { BookSum } from "../../src/store/store.ts";

/** A line of a unit in a month; null where it was not planned, or where the ledger has no row of it. */
export interface PlainLine {
  unitId: string;
  lineId: string;
  /** `YYYY-MM`. */
  month: string;
  kind: BudgetLine["kind"];
  behaviour: BudgetLine["behaviour"];
  basis: string | null;
  budget: Amounts | null;
  actual: Amounts | null;
}

interface Sums {
  /** Those that the ledger has. */
  taken: (line: PlainLine) => boolean;
  months: readonly string[];
  by: readonly ("unitId" | "lineId")[];
}

/** What the store adds up, in the plainest way: line by line, each split by the rule, and then added. */
export function plainSums(lines: readonly PlainLine[], { taken, months, by }: Sums): BookSum[] {
  const groups = Map.groupBy(lines.filter(taken), (line) => [...by.map((key) => line[key]), line.kind].join());
  return [...groups.values()].map((those) => sumOf(those, months, by));
}

function sumOf(those: readonly PlainLine[], months: readonly string[], by: Sums["by"]): BookSum {
  const [first] = those;
  if (!first) throw new Error("A group of nothing.");
  const asked = those.filter(({ month }) => months.includes(month)).map(asBudgetLine);
  const sum = (of: readonly Decimal.Value[]): string =>
    of.reduce<Decimal>((total, one) => total.plus(one), new Decimal(0)).toFixed(2);
  const split = asked.map((line) => ({ line, ...varianceOf(line) }));
  const following = split.filter(({ line }) => line.behaviour === "variable");
  const bases = following.map(({ line }) => line.basis ?? "").sort();
  const none = asked.length === 0;
  return {
    unitId: by.includes("unitId") ? first.unitId : null,
    lineId: by.includes("lineId") ? first.lineId : null,
    kind: first.kind,
    budget: none ? null : sum(asked.map(({ budget }) => budget.amount ?? 0)),
    actual: none ? null : sum(asked.map(({ actual }) => actual.amount ?? 0)),
    flexed: none ? null : sum(split.map(({ flexedBudget }) => flexedBudget)),
    volume: none ? null : sum(split.map(({ volume }) => volume)),
    efficiency: none ? null : sum(split.map(({ efficiency }) => efficiency)),
    rate: none ? null : sum(split.map(({ rate }) => rate)),
    fixed: none ? null : sum(split.map(({ fixed }) => fixed)),
    firstBasis: bases[0] ?? null,
    lastBasis: bases.at(-1) ?? null,
    treated:
      following.length === 0 || following.some(({ line }) => line.actual.volume === undefined)
        ? null
        : sum(following.map(({ line }) => line.actual.volume ?? 0)),
    yearBudget: sum(those.map(({ budget }) => budget?.amount ?? 0)),
    yearActual: sum(those.map(({ actual }) => actual?.amount ?? 0)),
  };
}

/** What was not planned follows no volume. */
const asBudgetLine = ({ kind, behaviour, basis, budget, actual }: PlainLine) => ({
  kind,
  behaviour: budget === null ? ("fixed" as const) : behaviour,
  basis: budget === null ? null : basis,
  budget: budget ?? { amount: 0 },
  actual: actual ?? { amount: 0 },
});
