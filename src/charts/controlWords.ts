import { counted } from "../chat/text.ts";
import type { Signal } from "../domain/kpis/spc/plotTheDots.ts";
import type { ControlChartData } from "./controlData.ts";
import type { Placed } from "./controlLines.ts";
import { figure, isSign } from "./figures.ts";

/** What a control chart says: the newest figure and what it means, the process, the target, and what was marked. */
export function controlWords(data: ControlChartData, placed: readonly Placed[]): string {
  const { metric, unit, place, periods, chart } = data;
  const first = periods.at(0)?.label ?? "";
  const last = periods.at(-1)?.label ?? "";
  const measured = isSign(unit) ? metric : unit.startsWith("per ") ? `${metric} ${unit}` : `${metric} in ${unit}`;
  return [
    `Control chart of ${measured}, ${place}, ${first === last ? first : `${first} to ${last}`}.`,
    newest(data, placed),
    process(data, placed),
    ...(chart.trial ? ["The limits are trial limits, from fewer than 12 points."] : []),
    ...special(data, placed),
    ...marked(data),
  ].join(" ");
}

function newest(data: ControlChartData, placed: readonly Placed[]): string {
  const { periods, chart } = data;
  const point = placed.at(-1);
  if (point === undefined) return "No data.";
  const before = placed.at(-2);
  const missing = point.at === periods.length - 1 ? "" : `No data for ${periods.at(-1)?.label}. `;
  const why = chart.points.at(-1)?.signals[0];
  const meaning =
    why === undefined ? "ordinary variation" : `${kindWords[point.kind]}: ${signalInWords(why, point, before)}`;
  const value = figure(point.value, data.unit);
  return `${missing}Latest ${value} in ${periods[point.at]?.label}${changeSince(before, point, data)}; ${meaning}.`;
}

function changeSince(before: Placed | undefined, now: Placed, { unit, periods }: ControlChartData): string {
  if (before === undefined) return "";
  const [then, when] = [figure(before.value, unit), periods[before.at]?.label];
  if (then === figure(now.value, unit)) return `, as in ${when}`;
  return `, ${now.value > before.value ? "up" : "down"} from ${then} in ${when}`;
}

const kindWords = {
  common: "ordinary variation",
  improvement: "an improvement",
  concern: "a concern",
  high: "unusually high",
  low: "unusually low",
} as const;

function signalInWords(signal: Signal, { value, centre }: Placed, before: Placed | undefined): string {
  const isAbove = value > centre;
  switch (signal) {
    case "astronomical":
      return isAbove ? "above the upper limit" : "below the lower limit";
    case "trend":
      return `seven or more points ${before !== undefined && value > before.value ? "rising" : "falling"}`;
    case "two-in-three":
      return `two of three points near the ${isAbove ? "upper" : "lower"} limit`;
    case "shift":
      return `seven or more points ${isAbove ? "above" : "below"} the mean`;
  }
}

function process(data: ControlChartData, placed: readonly Placed[]): string {
  const last = placed.at(-1);
  if (last === undefined) return "";
  const said = (value: number) => figure(value, data.unit);
  const { lower, upper, centre } = last;
  const limits =
    lower !== null && upper !== null
      ? `limits ${said(lower)} to ${said(upper)}`
      : upper !== null
        ? `upper limit ${said(upper)}`
        : "no limits yet";
  const met = data.chart.assurance === null ? "" : `, ${assuranceWords[data.chart.assurance]}`;
  const target = data.target === undefined ? "" : `, target ${said(data.target * data.scale)}${met}`;
  return `Mean ${said(centre)}, ${limits}${target}.`;
}

const assuranceWords = {
  pass: "met reliably",
  fail: "not met, and not without a change",
  inconsistent: "hit and missed by chance",
} as const;

/** Special causes, the newest figure's own aside. */
function special({ periods }: ControlChartData, placed: readonly Placed[]): string[] {
  const found = placed.filter(({ kind }) => kind !== "common");
  if (found.length === 0) return ["No special cause."];
  const named = [...new Set(found.map(({ kind }) => kind))].map((kind) => {
    const each = found.filter((point) => point.kind === kind).map(({ at }) => periods[at]?.label ?? "");
    const when = each.length > 3 ? `${each.at(0)} to ${each.at(-1)}` : each.join(", ");
    return `${counted(each.length, "point")} ${nouns[kind]} (${when})`;
  });
  return [`Special cause: ${named.join("; ")}.`];
}

const nouns = {
  common: "ordinary",
  improvement: "of improvement",
  concern: "of concern",
  high: "unusually high",
  low: "unusually low",
} as const;

function marked({ marks = [], periods }: ControlChartData): string[] {
  const missing = periods.slice(0, -1).flatMap(({ label, missing }) => (missing ? [label] : []));
  const said = marks.map(({ at, kind, until, label }) => {
    const when = periods[at]?.label ?? "";
    if (kind === "rebase") return `limits begin anew in ${when} (${label})`;
    if (kind === "freeze") return `limits frozen from ${when} to ${periods[until ?? at]?.label ?? ""} (${label})`;
    return kind === "pdsa" ? `test of change in ${when} (${label})` : `${label} in ${when}`;
  });
  return [
    ...(said.length === 0 ? [] : [`Marked: ${said.join("; ")}.`]),
    ...(missing.length === 0 ? [] : [`No data for ${missing.join(", ")}.`]),
  ];
}
