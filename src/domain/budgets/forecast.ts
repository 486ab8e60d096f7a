import { Decimal } from "decimal.js";

export const forecastMethods = ["run-rate", "remaining-budget", "trend", "seasonal"] as const;
export type ForecastMethod = (typeof forecastMethods)[number];

/** One line, or a roll-up, over a fiscal year of twelve months, the first of the fiscal year first. */
export interface YearSoFar {
  /** The months that are closed: one to twelve. */
  actual: readonly Decimal.Value[];
  /** All twelve. */
  budget: readonly Decimal.Value[];
  /** All twelve of the year before, where they are known. */
  lastYear?: readonly Decimal.Value[];
}

/** The year's end to the cent. */
export interface Forecast {
  method: ForecastMethod;
  amount: Decimal;
  /** Where the year ends in about nineteen of twenty such years; null before the third closed month. */
  range: { low: Decimal; high: Decimal } | null;
}

/** Null where the method has nothing to go by: no closed month, nothing budgeted or spent so far, no year before. */
export function forecastOf(method: ForecastMethod, year: YearSoFar): Forecast | null {
  const expected = methods[method](year);
  const closed = year.actual.length;
  if (expected === null || closed === 0) return null;
  const amount = sum(year.actual).plus(sum(expected.slice(closed)));
  return { method, amount: cents(amount), range: rangeAround(amount, year.actual, expected) };
}

/** What the months to come are by the method, one after another; null where it has nothing to go by. */
export const monthsToCome = (method: ForecastMethod, year: YearSoFar): readonly Decimal[] | null =>
  methods[method](year)?.slice(year.actual.length) ?? null;

/** What each of the twelve months is, or would have been, by the method. */
const methods: Record<ForecastMethod, (year: YearSoFar) => Decimal[] | null> = {
  /** Every month as the mean of those that are closed. */
  "run-rate": ({ actual }) => {
    const mean = actual.length === 0 ? null : sum(actual).dividedBy(actual.length);
    return mean && Array.from({ length: 12 }, () => mean);
  },
  /** The months to come as budgeted. */
  "remaining-budget": ({ budget }) => budget.map((month) => new Decimal(month)),
  /** The months to come as far over or under their budget as the closed ones together. */
  trend: ({ actual, budget }) => scaled(budget, actual),
  /** The year before, grown or shrunk as its same months did. */
  seasonal: ({ actual, lastYear }) => (lastYear === undefined ? null : scaled(lastYear, actual)),
};

function scaled(pattern: readonly Decimal.Value[], actual: readonly Decimal.Value[]): Decimal[] | null {
  const soFar = sum(pattern.slice(0, actual.length));
  if (soFar.isZero()) return null;
  const factor = sum(actual).dividedBy(soFar);
  return pattern.map((month) => factor.times(month));
}

/**
 * Twice the standard error of a sum of new months, from how far the closed ones were from the method: D. C. Montgomery, E. A. Peck and
 * G. G. Vining, Introduction to Linear Regression Analysis, “Prediction of new observations”, with a mean alone.
 */
function rangeAround(
  amount: Decimal,
  actual: readonly Decimal.Value[],
  expected: readonly Decimal[],
): Forecast["range"] {
  const closed = actual.length;
  const left = 12 - closed;
  if (closed < 3) return null;
  const misses = actual.map((month, at) => new Decimal(month).minus(expected[at] ?? 0));
  const mean = sum(misses).dividedBy(closed);
  const spread = sum(misses.map((miss) => miss.minus(mean).pow(2)))
    .dividedBy(closed - 1)
    .sqrt();
  const width = spread.times(2).times(new Decimal(left + (left * left) / closed).sqrt());
  return { low: cents(amount.minus(width)), high: cents(amount.plus(width)) };
}

const sum = (values: readonly Decimal.Value[]): Decimal =>
  values.reduce<Decimal>((total, value) => total.plus(value), new Decimal(0));

const cents = (amount: Decimal): Decimal => amount.toDecimalPlaces(2, Decimal.ROUND_HALF_EVEN).plus(0);
