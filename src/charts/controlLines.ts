import type { Kind } from "../domain/kpis/spc/controlChart.ts";
import type { ControlChartData } from "./controlData.ts";
import { area, type Element } from "./elements.ts";
import { colours } from "./look.ts";
import { type Plot, x, y } from "./plot.ts";

/** A point where it stands, in the unit that people read. */
export interface Placed {
  /** Its period, by index. */
  at: number;
  value: number;
  kind: Kind;
  centre: number;
  lower: number | null;
  upper: number | null;
}

/** Each point of the chart at its period. */
export function placedIn(data: ControlChartData): Placed[] {
  const { periods, chart, scale, least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = data;
  const inside = (limit: number | null) => (limit === null ? null : Math.min(most, Math.max(least, limit)) * scale);
  const present = periods.flatMap(({ missing }, at) => (missing ? [] : [at]));
  return chart.points.flatMap(({ value, kind }, point) => {
    const at = present[point];
    const lines = chart.limits[point];
    if (at === undefined || lines === undefined) return [];
    const { centre, lower, upper } = lines;
    return [{ at, value: value * scale, kind, centre: centre * scale, lower: inside(lower), upper: inside(upper) }];
  });
}

/** The band between the limits; it begins anew at each of the starts. */
export const bands = (plot: Plot, placed: readonly Placed[], starts: readonly number[]): Element[] =>
  segmentsOf(placed, starts).flatMap((segment) => {
    const upper = steps(plot, segment, (point) => point.upper);
    const lower = steps(plot, segment, (point) => point.lower);
    return upper.length === 0 || lower.length === 0 ? [] : [area([...upper, ...lower.toReversed()], colours.quiet)];
  });

/** Mean and limits, which begin anew at each of the starts. */
export const limitLines = (plot: Plot, placed: readonly Placed[], starts: readonly number[]): Element[] =>
  segmentsOf(placed, starts).flatMap((segment) => [
    ...stepped(
      steps(plot, segment, ({ upper }) => upper),
      colours.lineText,
      limitDash,
    ),
    ...stepped(
      steps(plot, segment, ({ lower }) => lower),
      colours.lineText,
      limitDash,
    ),
    ...stepped(
      steps(plot, segment, ({ centre }) => centre),
      colours.subtle,
    ),
  ]);

export const limitDash = [4, 3];

function segmentsOf(placed: readonly Placed[], starts: readonly number[]): Placed[][] {
  const segments = new Map<number, Placed[]>();
  for (const point of placed) {
    const segment = starts.filter((start) => start <= point.at).length;
    segments.set(segment, [...(segments.get(segment) ?? []), point]);
  }
  return [...segments.values()];
}

/** A step for every point: limits of shares and rates follow their denominators. */
const steps = (plot: Plot, segment: readonly Placed[], of: (point: Placed) => number | null): [number, number][] =>
  segment.flatMap((point, index): [number, number][] => {
    const value = of(point);
    const until = segment[index + 1]?.at ?? point.at + 1;
    if (value === null) return [];
    return [
      [x(plot, point.at - 0.5), y(plot, value)],
      [x(plot, until - 0.5), y(plot, value)],
    ];
  });

function stepped(points: [number, number][], colour: string, dash?: number[]): Element[] {
  if (points.length === 0) return [];
  const style = { stroke: colour, lineWidth: 1, fill: "none", ...(dash && { lineDash: dash }) };
  return [{ type: "polyline", silent: true, z: 2, shape: { points }, style }];
}
