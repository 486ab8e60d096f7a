import { counted } from "../../chat/text.ts";
import type { Metric } from "./metric.ts";
import { periodInWords } from "./periods.ts";
import type { Reading } from "./reading.ts";
import { type Signal, signals } from "./spc/plotTheDots.ts";
import type { Direction } from "./spc/reading.ts";

export const directionsInWords: Record<Direction, string> = {
  increase: "higher is better",
  decrease: "lower is better",
  neutral: "neither way is better",
};

/** By the digits after the point. */
const formats = [0, 1, 2].map((digits) => new Intl.NumberFormat("en-US", { maximumFractionDigits: digits }));

/** "4.1", "1,190", "0.35": no more digits than are read. */
export function figureInWords(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 1 ? 1 : 2;
  return (formats[digits]?.format(value) ?? "").replace("-", "−");
}

/** "91 %", "4.1 per 1,000 patient days", "n/a". */
export const withMeasure = (value: number | null | undefined, { measure }: Pick<Metric, "measure">): string =>
  value == null ? "n/a" : `${figureInWords(value)} ${measure}`;

/** "Falls": the name without what its figures are in, beside which it stands. */
export const shortName = ({ name, measure }: Pick<Metric, "name" | "measure">): string =>
  name.replace(` ${measure}`, "");

/** "1.2 – 4.4"; "–" where there are no limits yet. */
export function usualRange({ latest, points }: Reading): string {
  const { lower = null, upper = null } = latest ?? points.at(-1) ?? {};
  return lower === null || upper === null ? "–" : `${figureInWords(lower)} – ${figureInWords(upper)}`;
}

/** What the last figure says, in a sentence: ordinary or special, or why there is none. */
export function variationInWords(reading: Reading): string {
  const { standing, lastOn, metric, latest, points } = reading;
  if (standing === "none") return "No data yet.";
  if (standing === "by-unit") return "Not rolled up: figures like these cannot be added. Look at them by unit.";
  if (standing === "stale") return `No data since ${periodInWords(lastOn ?? "", metric.period)}.`;
  if (standing === "suppressed") return "Not shown: it is of too few people.";
  if (!latest || latest.kind === "common")
    return points.length < 2 ? "One figure so far." : "Ordinary variation, no action.";
  return `Special cause, ${meanings[latest.kind]}: ${signalInWords(reading)}.`;
}

/** The same in two or three words, for a row of many. */
export function variationInBrief({ standing, lastOn, metric, latest }: Reading): string {
  if (standing === "none") return "no data yet";
  if (standing === "by-unit") return "not rolled up";
  if (standing === "stale") return `no data since ${periodInWords(lastOn ?? "", metric.period)}`;
  if (standing === "suppressed") return "too few people to show";
  if (!latest || latest.kind === "common") return "ordinary";
  return `${meanings[latest.kind]}: ${briefly[firstOf(latest.signals)]}`;
}

/** "12 units", "11 of 12 units in Oct 2026, without Intensive care"; undefined for what is no sum. */
export function unitsInWords({ below, metric }: Pick<Reading, "below" | "metric">): string | undefined {
  if (!below) return undefined;
  const { units, through, missing } = below;
  const all = counted(units, "unit");
  if (missing.length === 0 || through === null) return all;
  const more = missing.length - named;
  const without = missing.slice(0, named).map(({ name }) => name);
  const names = more > 0 ? `${without.join(", ")} and ${more} more` : without.join(", ");
  return `${units - missing.length} of ${all} in ${periodInWords(through, metric.period)}, without ${names}`;
}

/** Units that are named, where more are missing. */
const named = 5;

const meanings = { improvement: "improvement", concern: "concern", high: "high", low: "low" } as const;
const briefly: Record<Signal, string> = {
  astronomical: "outside the limits",
  trend: "trend",
  "two-in-three": "near the limit",
  shift: "shift",
};

const firstOf = (found: readonly Signal[]): Signal => signals.find((one) => found.includes(one)) ?? "astronomical";

/** What was seen of a special cause: "seven months above the mean". */
export function signalInWords({ latest, points, metric }: Reading): string {
  if (!latest) return "";
  const above = latest.value > latest.centre;
  const signal = firstOf(latest.signals);
  switch (signal) {
    case "astronomical":
      return above ? "above the upper limit" : "below the lower limit";
    case "two-in-three":
      return `two of three ${plural(metric)} near the ${above ? "upper" : "lower"} limit`;
    case "shift":
      return `${runOf(points, signal)} ${plural(metric)} ${above ? "above" : "below"} the mean`;
    case "trend": {
      const before = points.at(-2);
      const rises = before !== undefined && latest.value > before.value;
      return `${rises ? "rising" : "falling"} for ${runOf(points, signal)} ${plural(metric)}`;
    }
  }
}

const small = ["seven", "eight", "nine", "ten", "eleven", "twelve"];
const plural = ({ period }: Metric): string => `${period}s`;

/** How many at the end rise or fall without a break, or lie on one side of the mean: "seven". */
function runOf(points: Reading["points"], signal: "trend" | "shift"): string {
  const wayAt = (at: number): number => {
    const point = points[at];
    const before = signal === "trend" ? points[at - 1]?.value : point?.centre;
    return point?.signals.includes(signal) || signal === "trend" ? Math.sign((point?.value ?? 0) - (before ?? 0)) : 0;
  };
  const last = points.length - 1;
  let first = last;
  while (first > 0 && wayAt(first - 1) === wayAt(last)) first -= 1;
  // The figure that a trend rises or falls from is one of it.
  const length = last - first + (signal === "trend" ? 2 : 1);
  return small[length - 7] ?? String(length);
}

/** Whether the target is met by the process as it is; undefined where that is not known. */
export function assuranceInWords({ assurance }: Pick<Reading, "assurance">): string | undefined {
  switch (assurance) {
    case "pass":
      return "The target is met reliably.";
    case "fail":
      return "The target is not met, and will not be without a change.";
    case "inconsistent":
      return "The target is hit and missed by chance.";
    case null:
      return undefined;
  }
}
