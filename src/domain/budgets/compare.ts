import { Decimal } from "decimal.js";
import type { BookLine } from "./book.ts";
import { type DriverWords, driverOf } from "./driver.ts";
import { type Impacts, impactsOf, rollUp } from "./rollUp.ts";
import { varianceOf } from "./variance.ts";

/** Planned against actual, of one line or of many; money to the cent. */
export interface Comparison {
  /** For both, amounts are the result: revenue less expense. */
  kind: "revenue" | "expense" | "both";
  budget: Decimal;
  actual: Decimal;
  /** The budget at the actual volume. */
  flexed: Decimal;
  /** On the result, by parts: above 0 is favourable. */
  impacts: Impacts;
  /** Of the budget, without a sign; null where nothing was budgeted. */
  percent: Decimal | null;
}

/** Of the lines that the ledger has. */
export function compare(given: readonly BookLine[]): Comparison {
  const lines = given.filter(({ taken }) => taken);
  const kinds = new Set(lines.map(({ kind }) => kind));
  const kind = kinds.size === 2 ? "both" : kinds.has("revenue") ? "revenue" : "expense";
  const sum = { budget: new Decimal(0), actual: new Decimal(0), flexed: new Decimal(0) };
  const impacts: Impacts[] = [];
  for (const line of lines) {
    const variance = varianceOf(line);
    const sign = kind === "both" && line.kind === "expense" ? -1 : 1;
    sum.budget = sum.budget.plus(new Decimal(line.budget.amount ?? 0).times(sign));
    sum.actual = sum.actual.plus(new Decimal(line.actual.amount ?? 0).times(sign));
    sum.flexed = sum.flexed.plus(variance.flexedBudget.times(sign));
    impacts.push(impactsOf(line.kind, variance));
  }
  const rolled = rollUp(impacts);
  const percent = sum.budget.isZero() ? null : rolled.total.abs().dividedBy(sum.budget.abs()).times(100);
  return { kind, ...sum, impacts: rolled, percent };
}

/** Revenue, expense and what is left of them; one alone where there is but one. */
export function compareKinds(lines: readonly BookLine[]): { name: "revenue" | "expense" | "result"; of: Comparison }[] {
  const all = compare(lines);
  if (all.kind !== "both") return [{ name: all.kind, of: all }];
  const only = (kind: BookLine["kind"]) => compare(lines.filter((line) => line.kind === kind));
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
export const isOver = ({ impacts, percent }: Comparison, { explainDollars, explainPercent }: Thresholds): boolean =>
  !impacts.total.isZero() &&
  impacts.total.abs().greaterThanOrEqualTo(explainDollars) &&
  (percent === null || percent.greaterThanOrEqualTo(explainPercent));

/** One sentence on what drives it. */
export const driverIn = (lines: readonly BookLine[], comparison: Comparison): string =>
  driverOf(comparison.impacts, wordsFor(lines, comparison));

function wordsFor(lines: readonly BookLine[], { kind, flexed }: Comparison): DriverWords {
  const variable = lines.filter(({ taken, behaviour }) => taken && behaviour === "variable");
  const bases = new Set(variable.map(({ basis }) => basis));
  const [basis] = bases;
  const treated = volumeOf(variable);
  return {
    kind,
    ...(bases.size === 1 && basis && { volumeName: basis }),
    ...(treated && bases.size === 1 && { actualVolume: treated, flexedBudget: flexed }),
  };
}

/** What a unit treated in a month: the same for all of its lines. Null where they differ, and for several units or months. */
function volumeOf(lines: readonly BookLine[]): Decimal | null {
  const volumes = new Set(lines.map(({ unitId, month, actual }) => `${unitId} ${month} ${actual.volume ?? ""}`));
  const volume = lines[0]?.actual.volume;
  return volumes.size === 1 && volume !== undefined ? new Decimal(volume) : null;
}
