import { Decimal } from "decimal.js";
import type { BookSum } from "../../store/store.ts";
import { type DriverWords, driverOf } from "./driver.ts";
import { type Impacts, rollUp } from "./rollUp.ts";

/** Planned against actual, of one line or of many; money to the cent. */
export interface Balance {
  /** For both, amounts are the result: revenue less expense. */
  kind: "revenue" | "expense" | "both";
  budget: Decimal;
  actual: Decimal;
  /** On the result: above 0 is favourable. */
  impact: Decimal;
  /** Of the budget, without a sign; null where nothing was budgeted. */
  percent: Decimal | null;
}

/** A balance and what it is made of. */
export interface Comparison extends Balance {
  /** The budget at the actual volume. */
  flexed: Decimal;
  /** The impact by parts. */
  impacts: Impacts;
}

/** Of the months that were asked for. */
export function compare(rows: readonly BookSum[]): Comparison {
  const those = rows.filter(({ budget }) => budget !== null);
  const balance = balanceOf(those, ({ budget, actual }) => [budget, actual]);
  return {
    ...balance,
    flexed: sum(those, ({ kind, flexed }) => [sideOf(balance, kind), flexed]),
    impacts: rollUp(those.map(impactsIn)),
  };
}

/** Of the fiscal year up to them. */
export const compareYear = (rows: readonly BookSum[]): Balance =>
  balanceOf(rows, ({ yearBudget, yearActual }) => [yearBudget, yearActual]);

function balanceOf(
  rows: readonly BookSum[],
  amounts: (row: BookSum) => [budget: string | null, actual: string | null],
): Balance {
  const kinds = new Set(rows.map((row) => row.kind));
  const kind = kinds.size === 2 ? "both" : kinds.has("revenue") ? "revenue" : "expense";
  const budget = sum(rows, (row) => [sideOf({ kind }, row.kind), amounts(row)[0]]);
  const actual = sum(rows, (row) => [sideOf({ kind }, row.kind), amounts(row)[1]]);
  return plainBalance(kind, budget, actual);
}

export function plainBalance(kind: Balance["kind"], budget: Decimal, actual: Decimal): Balance {
  const more = actual.minus(budget);
  const impact = kind === "expense" ? more.negated().plus(0) : more;
  const percent = budget.isZero() ? null : impact.abs().dividedBy(budget.abs()).times(100);
  return { kind, budget, actual, impact, percent };
}

const sideOf = ({ kind }: Pick<Balance, "kind">, of: string): 1 | -1 => (kind === "both" && of === "expense" ? -1 : 1);

function impactsIn({ kind, budget, actual, volume, efficiency, rate, fixed }: BookSum): Impacts {
  const on = (amount: string | null) => new Decimal(amount ?? 0).times(kind === "revenue" ? 1 : -1).plus(0);
  const total = on(new Decimal(actual ?? 0).minus(budget ?? 0).toFixed());
  return { total, volume: on(volume), efficiency: on(efficiency), rate: on(rate), fixed: on(fixed) };
}

const sum = (rows: readonly BookSum[], of: (row: BookSum) => [sign: 1 | -1, amount: string | null]): Decimal =>
  rows.reduce((total, row) => {
    const [sign, amount] = of(row);
    return total.plus(new Decimal(amount ?? 0).times(sign));
  }, new Decimal(0));

/** Revenue, expense and what is left of them; one alone where there is but one. */
export function byKind<Of extends Balance>(
  rows: readonly BookSum[],
  compared: (rows: readonly BookSum[]) => Of,
): { name: "revenue" | "expense" | "result"; of: Of }[] {
  const all = compared(rows);
  if (all.kind !== "both") return [{ name: all.kind, of: all }];
  const only = (kind: string) => compared(rows.filter((row) => row.kind === kind));
  return [
    { name: "revenue", of: only("revenue") },
    { name: "expense", of: only("expense") },
    { name: "result", of: all },
  ];
}

/** From how much on a variance is explained: over both. */
export interface Thresholds {
  /** Dollars. */
  explainDollars: number;
  explainPercent: number;
}

/** Where nothing was budgeted, anything is over every percentage. */
export const isOver = ({ impact, percent }: Balance, { explainDollars, explainPercent }: Thresholds): boolean =>
  !impact.isZero() &&
  impact.abs().greaterThanOrEqualTo(explainDollars) &&
  (percent === null || percent.greaterThanOrEqualTo(explainPercent));

/** One sentence on what drives it. @param treated the volume that all of them followed, where it is known */
export function driverIn(
  rows: readonly BookSum[],
  { kind, impacts, flexed }: Comparison,
  treated: Decimal | null,
): string {
  const bases = new Set(rows.flatMap(({ firstBasis, lastBasis }) => [firstBasis ?? [], lastBasis ?? []].flat()));
  const [basis] = bases;
  const known = bases.size === 1 && basis !== undefined;
  const words: DriverWords = {
    kind,
    ...(known && basis !== "" && { volumeName: basis }),
    ...(known && treated && { actualVolume: treated, flexedBudget: flexed }),
  };
  return driverOf(impacts, words);
}
