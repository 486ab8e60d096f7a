import type { Decimal } from "decimal.js";
import { type Button, button, formButton } from "../chat/card.ts";
import { moment, type Text, text, words } from "../chat/text.ts";
import type { Balance, Comparison } from "../domain/budgets/compare.ts";
import type { Period } from "../domain/budgets/fiscal.ts";
import type { Scope } from "../domain/budgets/scope.ts";

// How money, months and variances are said. In cards money has no cents; files have them.

/** "−19,950". */
export const dollars = (amount: Decimal): string => grouped(amount.toDecimalPlaces(0).plus(0));

/** "+21,700", "−19,950", "0". */
export const signed = (amount: Decimal): string =>
  `${amount.toDecimalPlaces(0).greaterThan(0) ? "+" : ""}${dollars(amount)}`;

/** With one decimal where it is no whole number. */
export const grouped = (amount: Decimal, places = 1): string =>
  amount
    .toDecimalPlaces(places)
    .toFixed()
    .replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ",")
    .replace("-", "−");

/** "4.8 % unfavourable". */
export function reading({ impact, percent }: Balance): string {
  if (impact.isZero()) return "on budget";
  const share = percent === null ? "n/a" : `${grouped(percent)} %`;
  return `${share} ${impact.greaterThan(0) ? "favourable" : "unfavourable"}`;
}

const names = ["volume", "efficiency", "rate", "fixed"] as const;
/** What the parts of a variance are called. */
const partNames = { volume: "volume", efficiency: "efficiency", rate: "rate", fixed: "fixed" } as const;

/** The parts in whole dollars that add up to the whole in whole dollars: the largest takes what rounding leaves. */
export function wholeParts({ impacts }: Comparison): { name: string; amount: Decimal }[] {
  const parts = names.map((name) => ({ name: partNames[name], amount: impacts[name].toDecimalPlaces(0) }));
  const sum = parts.reduce((total, { amount }) => total.plus(amount), impacts.total.times(0));
  const left = impacts.total.toDecimalPlaces(0).minus(sum);
  const largest = parts.reduce((one, other) => (other.amount.abs().greaterThan(one.amount.abs()) ? other : one));
  return parts.map((part) => (part === largest ? { ...part, amount: part.amount.plus(left) } : part));
}

/** "volume −18,200 · rate −6,100". */
export const partsInWords = (comparison: Comparison): string => {
  const parts = wholeParts(comparison).filter(({ amount }) => !amount.isZero());
  const ordered = parts.toSorted((one, other) => other.amount.abs().comparedTo(one.amount.abs()));
  return ordered.map(({ name, amount }) => `${name} ${signed(amount)}`).join(" · ");
};

const months = "January February March April May June July August September October November December".split(" ");

/** "October". @param month 1 to 12 */
export const monthOfYear = (month: number): string => months[month - 1] ?? "";

/** "October 2026". */
export const monthName = (month: string): string => `${monthOfYear(Number(month.slice(5)))} ${month.slice(0, 4)}`;

/** "October 2026", "Q4 FY 2026, October to December 2026". */
export function periodName({ code, quarter, year, months }: Period): string {
  if (quarter === null) return monthName(code);
  const [first = "", , last = ""] = months;
  const from = first.slice(0, 4) === last.slice(0, 4) ? monthOfYear(Number(first.slice(5))) : monthName(first);
  return `Q${quarter} ${year.name}, ${from} to ${monthName(last)}`;
}

/** "Thu 5 Nov". @param on `YYYY-MM-DD` */
export const dayName = (on: string): string => moment(new Date(`${on}T00:00:00Z`), "UTC", "date");

/** "4 West · October 2026 · as of Thu 5 Nov". */
export const titleOf = (parts: readonly string[], asOf?: string): Text =>
  text`${words(parts.join(" · "))}${asOf === undefined ? [] : text` · as of ${words(dayName(asOf))}`}`;

/** The unit as the next command takes it; nothing for all of theirs. */
export const unitInput = ({ unit }: Pick<Scope, "unit">): Record<string, string> => (unit ? { unit: unit.id } : {});

/** Opens the form for the line, or shows which lines are owed where there is none yet. */
export function explainButton(
  at: { unit: string; month: string },
  line: { id: string; name: string },
  style: Button["style"] = "default",
): Button {
  return formButton(
    `Explain ${line.name.toLowerCase().slice(0, 28)}`,
    "budget explain",
    { ...at, line: line.id },
    style,
  );
}

export const forecastButton = (scope: Pick<Scope, "unit">): Button =>
  button("Forecast", "budget forecast", unitInput(scope));
