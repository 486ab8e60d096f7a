import { Decimal } from "decimal.js";
import { type Metric, mayBeNegative, scaleOf } from "./metric.ts";
import { periodOf } from "./periods.ts";

/** What somebody gives for a period, as decimal strings. */
export interface GivenFigures {
  numerator?: string | undefined;
  denominator?: string | undefined;
  value?: string | undefined;
}

export interface KeptFigures {
  numerator: string | null;
  denominator: string | null;
  value: string | null;
}

export interface Wrong {
  field: "numerator" | "denominator" | "value";
  message: string;
}

/** Larger figures than this are slips of the hand; the column ends at it as well. */
const most = new Decimal(10).pow(13);
/** Digits that are kept. */
const places = 6;
/** A value that is given beside its parts may be rounded by this much of them. */
const rounding = 0.01;

/** What is kept of the figures, or what is wrong with them. */
export function figuresOf({ numerator, denominator, value }: GivenFigures, metric: Metric): KeptFigures | Wrong {
  const above = numerator === undefined ? undefined : new Decimal(numerator);
  const below = denominator === undefined ? undefined : new Decimal(denominator);
  const figure = value === undefined ? undefined : new Decimal(value);
  const outside = outOfRange({ numerator: above, denominator: below, value: figure }, metric);
  if (outside) return outside;
  const isShare = metric.chart === "p" || metric.chart === "pp";
  if (above && below) {
    if (isShare && above.gt(below))
      return {
        field: "numerator",
        message: `It is above the denominator, ${denominator}. A share is at most all of it.`,
      };
    if (figure && !agrees(figure, above, below, metric))
      return {
        field: "value",
        message: "It is not numerator ÷ denominator. Leave it out, or correct one of the three.",
      };
    return { numerator: kept(above), denominator: kept(below), value: null };
  }
  if (below) return { field: "numerator", message: "The denominator is there, and the numerator is not." };
  if (above && metric.denominator !== undefined)
    return { field: "denominator", message: `It is missing: ${metric.denominator.toLowerCase()}.` };
  const alone = figure ?? above;
  if (!alone)
    return {
      field: "value",
      message: metric.denominator === undefined ? "Give the figure." : "Give numerator and denominator, or the value.",
    };
  if (metric.flaggedBelow !== undefined)
    return {
      field: "denominator",
      message:
        "Give numerator and denominator: a score without its number of answers may be of too few people to be shown.",
    };
  if (isShare && alone.gt(scaleOf(metric.measure))) return { field: "value", message: "A share is at most 100 %." };
  return { numerator: null, denominator: null, value: kept(alone) };
}

function outOfRange(given: Record<Wrong["field"], Decimal | undefined>, metric: Metric): Wrong | undefined {
  for (const field of ["numerator", "denominator", "value"] as const) {
    const number = given[field];
    if (!number) continue;
    if (number.isNegative() && !number.isZero() && (field === "denominator" || !mayBeNegative(metric)))
      return { field, message: "It is below 0." };
    if (number.abs().gt(most)) return { field, message: "It is larger than any figure of a hospital." };
  }
  return undefined;
}

const kept = (number: Decimal): string => number.toDecimalPlaces(places).toFixed();

function agrees(value: Decimal, above: Decimal, below: Decimal, { measure }: Metric): boolean {
  if (below.isZero()) return value.isZero();
  const computed = above.div(below).times(scaleOf(measure));
  return computed
    .minus(value)
    .abs()
    .lte(Decimal.max(computed.abs().times(rounding), 0.05));
}

/** First day of the period that a day lies in; undefined where that has not begun. */
export function startIn(day: string, { period }: Metric, today: string): string | undefined {
  const start = periodOf(day, period);
  return start > today ? undefined : start;
}
