import { addedBy, type Metric, mayBeNegative, scaleOf } from "./metric.ts";
import { isStale } from "./periods.ts";
import { type Mark, type Start, startAt, startsIn } from "./segments.ts";
import { type ControlChart, controlChart, type Kind } from "./spc/controlChart.ts";
import type { Chart, Observation } from "./spc/limits.ts";
import type { Signal } from "./spc/plotTheDots.ts";
import type { Assurance } from "./spc/reading.ts";

/** A measure of a unit in one period, as it is kept. */
export interface KeptPoint {
  /** First day of the period, `YYYY-MM-DD`. */
  startOn: string;
  numerator: number | null;
  denominator: number | null;
  value: number | null;
}

/** What a sum of the units below is made of. */
export interface Below {
  /** Units that keep the measure. */
  units: number;
  /** The last period that any of them has a figure of which can be added up. */
  through: string | null;
  /** Whether any of them has a figure at all. */
  measured: boolean;
  /** Those without a figure in that period, or with one of too few people. */
  missing: readonly { code: string; name: string }[];
}

/** What is known of a measure in a unit, the oldest period first. */
export interface Series {
  unit: { id: string; code: string; name: string };
  metric: Metric;
  points: readonly KeptPoint[];
  /** In the metric's measure, as all figures of a reading are. */
  target: number | null;
  marks: readonly Mark[];
  /** Of a unit that keeps no figures of its own: those below are added up. */
  below?: Below;
}

export interface ReadPoint {
  startOn: string;
  value: number;
  /** How many the figure is of, where that is known. */
  n: number | null;
  centre: number;
  lower: number | null;
  upper: number | null;
  signals: readonly Signal[];
  kind: Kind;
}

/**
 * `current` a figure of the last period; `stale` the last one is missing by now; `suppressed` the last one is of too few
 * people to be shown; `none` there is no figure; `by-unit` the units below have figures that cannot be added up.
 */
export type Standing = "current" | "stale" | "suppressed" | "none" | "by-unit";

export interface Reading extends Omit<Series, "points"> {
  standing: Standing;
  /** What may be shown, the oldest first. */
  points: ReadPoint[];
  /** The last period with a figure, also where that is not shown. */
  lastOn: string | null;
  /** The last figure; null where it is stale, suppressed or missing, and never 0 in its place. */
  latest: ReadPoint | null;
  chart: Chart;
  /** The chart of what may be shown, in parts of the measure: its values times `scale` are the figures above. */
  control: ControlChart | null;
  scale: number;
  /** Of the last point; common where there is no current figure. */
  variation: Kind;
  assurance: Assurance | null;
  trial: boolean;
  /** Points that the last limits come from. */
  base: number;
  /** The baseline that the last limits come from, and hold since; undefined where they come from all points. */
  frozen: Mark | undefined;
  /** A current figure that is more than ordinary variation. */
  special: boolean;
  /** Of so few answers that it says little. */
  smallN: boolean;
}

export interface ReadOptions {
  /** `YYYY-MM-DD`, where the unit is. */
  today: string;
  /** Shares of fewer people are left out, of the chart and its limits as well. */
  suppressBelow: number;
  /** The last ones are shown; limits that are frozen may come from earlier ones. */
  periods: number;
}

/** Reads a series by the rules of src/domain/kpis/spc. */
export function readSeries(series: Series, { today, suppressBelow, periods }: ReadOptions): Reading {
  const { metric, marks, target } = series;
  const given = series.points.flatMap((point) => {
    const value = figureOf(point, metric);
    return value === null ? [] : [{ ...point, figure: value }];
  });
  const isSmall = ({ denominator }: KeptPoint) =>
    metric.people === true && denominator !== null && denominator < suppressBelow;
  const shown = given.filter((point) => !isSmall(point));
  const last = given.at(-1);
  const chart = chartFor(metric, shown);
  const starts = startsIn(shown, marks);
  const read = shown.length === 0 ? undefined : chartOf(shown, chart, starts, metric, target);
  const points = read ? pointsOf(shown, read, chart, metric) : [];
  const lastOn = lastOf(series, last?.startOn ?? null);
  const hidden = lastOn !== null && lastOn !== shown.at(-1)?.startOn;
  const standing = isByUnit(series) ? "by-unit" : standingOf(lastOn, hidden, metric, today);
  const latest = standing === "current" ? (points.at(-1) ?? null) : null;
  return {
    ...series,
    standing,
    points: points.slice(-periods),
    lastOn,
    latest,
    chart,
    control: read ? { ...read, points: read.points.slice(-periods), limits: read.limits.slice(-periods) } : null,
    scale: isCounted(chart) ? scaleOf(metric.measure) : 1,
    variation: latest?.kind ?? "common",
    assurance: latest ? (read?.assurance ?? null) : null,
    trial: read?.trial ?? true,
    base: starts.at(-1)?.freeze ?? shown.length - (starts.at(-1)?.at ?? 0),
    frozen: starts.at(-1)?.frozen,
    special: latest !== null && latest.kind !== "common",
    smallN: latest?.n != null && metric.flaggedBelow !== undefined && latest.n < metric.flaggedBelow,
  };
}

type Shown = KeptPoint & { figure: number };

/** In the metric's measure; null where there is nothing to divide by. */
export function figureOf({ numerator, denominator, value }: Omit<KeptPoint, "startOn">, metric: Metric): number | null {
  if (numerator !== null && denominator !== null)
    return denominator === 0 || denominator < (metric.leastDenominator ?? 0)
      ? null
      : (numerator / denominator) * scaleOf(metric.measure);
  return value ?? numerator;
}

/** The last period with a figure; a sum of shares may have nothing in it but what is of too few people. */
const lastOf = ({ below, metric }: Series, last: string | null): string | null =>
  below && addedBy(metric) !== "figures" ? below.through : last;

const isByUnit = ({ below, metric }: Series): boolean =>
  below !== undefined && (addedBy(metric) === undefined || (below.through === null && below.measured));

function standingOf(lastOn: string | null, isSmall: boolean, { period }: Metric, today: string): Standing {
  if (lastOn === null) return "none";
  if (isStale(lastOn, period, today)) return "stale";
  return isSmall ? "suppressed" : "current";
}

const counted = ["p", "pp", "u", "up"] as const;
const isCounted = (chart: Chart): boolean => counted.some((one) => one === chart);

/** The metric's own chart where the figures are of its kind, and else that of single figures. */
function chartFor({ chart }: Metric, points: readonly Shown[]): Chart {
  if (isCounted(chart))
    return points.every(({ numerator, denominator }) => numerator !== null && denominator !== null) ? chart : "xmr";
  if (chart === "t") return points.every(({ figure }) => figure >= 0) ? chart : "xmr";
  if (chart === "c") return points.every(({ figure }) => figure >= 0 && Number.isInteger(figure)) ? chart : "xmr";
  return chart;
}

function chartOf(
  points: readonly Shown[],
  chart: Chart,
  starts: readonly Start[],
  metric: Metric,
  target: number | null,
): ControlChart {
  const scale = isCounted(chart) ? scaleOf(metric.measure) : 1;
  const observations = points.map(
    ({ numerator, denominator, figure }, at): Observation => ({
      numerator: isCounted(chart) ? (numerator ?? 0) : figure,
      denominator: isCounted(chart) ? (denominator ?? 1) : 1,
      ...startAt(starts, at),
    }),
  );
  return controlChart(observations, {
    chart,
    direction: metric.direction,
    screen: true,
    ...(target !== null && { target: target / scale }),
  });
}

function pointsOf(shown: readonly Shown[], read: ControlChart, chart: Chart, metric: Metric): ReadPoint[] {
  const scale = isCounted(chart) ? scaleOf(metric.measure) : 1;
  const least = mayBeNegative(metric) ? Number.NEGATIVE_INFINITY : 0;
  const most = metric.chart === "p" || metric.chart === "pp" ? scaleOf(metric.measure) : Number.POSITIVE_INFINITY;
  const inside = (limit: number | null | undefined) =>
    limit == null ? null : Math.min(most, Math.max(least, limit * scale));
  return shown.map(({ startOn, figure, denominator }, at) => {
    const { signals = [], kind = "common" } = read.points[at] ?? {};
    const lines = read.limits[at];
    return {
      startOn,
      value: figure,
      n: denominator,
      centre: (lines?.centre ?? 0) * scale,
      lower: inside(lines?.lower),
      upper: inside(lines?.upper),
      signals,
      kind,
    };
  });
}
