import { Decimal } from "decimal.js";
import type { BudgetLine, Variance } from "./variance.ts";

/** A variance as it changes the operating result, part by part: above 0 is favourable. Lines of revenue and expense can be added. */
export interface Impacts {
  /** The sum of the parts. */
  total: Decimal;
  volume: Decimal;
  efficiency: Decimal;
  rate: Decimal;
  fixed: Decimal;
}

export function impactsOf(kind: BudgetLine["kind"], variance: Variance): Impacts {
  const sign = kind === "revenue" ? 1 : -1;
  return over((part) => variance[part].times(sign).plus(0));
}

/** Of lines, or of units that are rolled up themselves: to the cent the sum of what is under it. */
export function rollUp(impacts: Iterable<Impacts>): Impacts {
  let sum = over(() => new Decimal(0));
  for (const one of impacts) {
    const before = sum;
    sum = over((part) => before[part].plus(one[part]));
  }
  return sum;
}

const over = (value: (part: keyof Impacts) => Decimal): Impacts => ({
  total: value("total"),
  volume: value("volume"),
  efficiency: value("efficiency"),
  rate: value("rate"),
  fixed: value("fixed"),
});
