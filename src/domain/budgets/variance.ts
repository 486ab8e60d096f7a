import { Decimal } from "decimal.js";

/** Amounts of budgets are multiplied and divided without loss: a hundred digits hold the product of any three of them. */
const Exact = Decimal.clone({ precision: 100, rounding: Decimal.ROUND_HALF_EVEN });

/** One side of a line, budgeted or actual. */
export interface Amounts {
  volume?: Decimal.Value;
  /** Hours, doses. Where a side is without, and for revenue, both are priced by the volume: the patient day, the visit, the case. */
  quantity?: Decimal.Value;
  /** Price of one of the quantity. */
  rate?: Decimal.Value;
  /** Wins over quantity × rate. */
  amount?: Decimal.Value;
}

export interface BudgetLine {
  kind: "revenue" | "expense";
  /** Variable lines follow the volume, fixed ones do not. */
  behaviour: "variable" | "fixed";
  budget: Amounts;
  actual: Amounts;
}

/** Money to the cent; more was spent or earned than budgeted where it is above 0. */
export interface Variance {
  /** Actual − budget; volume + efficiency + rate + fixed to the cent. */
  total: Decimal;
  /** More or fewer patients than budgeted. */
  volume: Decimal;
  /** More or less of the quantity for the same patients: hours, doses. */
  efficiency: Decimal;
  /** Dearer or cheaper. */
  rate: Decimal;
  /** All of a line that does not follow the volume. */
  fixed: Decimal;
  /** The budget at the actual volume. */
  flexedBudget: Decimal;
  /** On the operating result: above 0 is favourable. */
  impact: Decimal;
  favourable: boolean;
}

/**
 * What a line's variance is made of: the three-way split of standard costing (C. T. Horngren, Cost Accounting, “Flexible budgets, direct-cost
 * variances, and management control”; for hospitals S. A. Finkler, Budgeting Concepts for Nurse Managers). Parts are rounded half-even, and
 * the cent that is left over goes to the rate. Where nothing says what a part would be (no volume budgeted, no rate), it is 0 and the next
 * one has it. Throws a RangeError where the budget or the actual amount is not known.
 */
export function varianceOf(line: BudgetLine): Variance {
  const budget = amountOf(line, "budget");
  const actual = amountOf(line, "actual");
  if (budget === null || actual === null) throw new RangeError("A line needs its budget and its actual amount.");
  const flexed = flexedFrom(line, budget);
  const total = cents(actual.minus(budget));
  const volume = cents(flexed.minus(budget));
  const efficiency = cents(pricedAtBudget(line, budget, flexed).minus(flexed));
  const rest = total.minus(volume).minus(efficiency);
  const impact = line.kind === "revenue" ? total : negated(total);
  return {
    total,
    volume,
    efficiency,
    rate: line.behaviour === "fixed" ? zero : rest,
    fixed: line.behaviour === "fixed" ? rest : zero,
    flexedBudget: cents(flexed),
    impact,
    favourable: impact.greaterThan(0),
  };
}

/** Budgeted or actual amount of a line; null where neither it nor quantity and rate are known. */
export function amountOf(line: BudgetLine, which: "budget" | "actual"): Decimal | null {
  const { amount, rate } = line[which];
  if (amount !== undefined) return new Exact(amount);
  const quantity = line.kind === "expense" ? (line[which].quantity ?? line[which].volume) : line[which].volume;
  return quantity === undefined || rate === undefined ? null : new Exact(quantity).times(rate);
}

const zero = new Exact(0);

/** Half-even, and never −0. */
const cents = (amount: Decimal): Decimal => amount.toDecimalPlaces(2, Decimal.ROUND_HALF_EVEN).plus(0);

const negated = (amount: Decimal): Decimal => amount.negated().plus(0);

const byVolume = ({ kind, budget, actual }: BudgetLine): boolean =>
  kind === "revenue" || budget.quantity === undefined || actual.quantity === undefined;

/** The budget at the actual volume; as it is where the line follows none, or where nothing was budgeted for one of the volume. */
function flexedFrom(line: BudgetLine, budget: Decimal): Decimal {
  const { volume, rate } = line.budget;
  const treated = line.actual.volume;
  if (line.behaviour === "fixed" || volume === undefined || treated === undefined) return budget;
  if (!new Exact(volume).isZero()) return budget.times(treated).dividedBy(volume);
  return byVolume(line) && rate !== undefined ? new Exact(treated).times(rate) : budget;
}

/** The actual quantity at the budgeted rate; the flexed budget where there is no such rate, or no quantity but the volume. */
function pricedAtBudget(line: BudgetLine, budget: Decimal, flexed: Decimal): Decimal {
  const used = line.actual.quantity;
  const { quantity, rate } = line.budget;
  if (line.behaviour === "fixed" || byVolume(line) || used === undefined || quantity === undefined) return flexed;
  if (!new Exact(quantity).isZero()) return budget.times(used).dividedBy(quantity);
  return rate === undefined ? flexed : new Exact(used).times(rate);
}
