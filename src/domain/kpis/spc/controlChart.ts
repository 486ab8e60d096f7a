import { type Chart, drawn, type Lines, linesFrom, type Observation } from "./limits.ts";
import { type Mark, plotTheDots, type Signal } from "./plotTheDots.ts";
import { type Assurance, assuranceOf, type Direction } from "./reading.ts";

export interface ChartOptions {
  chart: Chart;
  /** Which way is better. */
  direction: Direction;
  /** In the unit of what is drawn. */
  target?: number;
  /** Limits come from so many first points of each segment, and hold for the rest of it. At least 2. */
  freeze?: number;
  /** Leaves outlying moving ranges out of an XmR chart's limits. */
  screen: boolean;
}

/** What a point shows; `high` and `low` where neither way is better. */
export type Kind = "common" | "improvement" | "concern" | "high" | "low";

export interface ControlChart {
  /** Of the last segment. */
  centre: number;
  /** One for each point. */
  limits: Lines[];
  points: { value: number; signals: readonly Signal[]; kind: Kind }[];
  /** Of the last point. */
  variation: Kind;
  /** Null without a target, without limits, and where neither way is better. */
  assurance: Assurance | null;
  /** The last segment's limits come from too few points to be kept. */
  trial: boolean;
}

/** What a signal means where one way is better. */
const kindOf = ({ way }: Mark, direction: Direction): Kind => {
  if (way === 0) return "common";
  if (direction === "neutral") return way === 1 ? "high" : "low";
  return (direction === "increase") === (way === 1) ? "improvement" : "concern";
};

function segmentsOf(observations: readonly Observation[]): Observation[][] {
  const starts = observations.flatMap(({ rebase }, at) => (at === 0 || rebase ? [at] : []));
  return starts.map((start, index) => observations.slice(start, starts[index + 1]));
}

/** Limits from fewer points are trial limits: NHSRplotthedots, “Number of points required”. */
const enough = 12;

/** The chart of observations in the order of their periods, one at the least. Segments are never mixed: neither in limits nor in rules. */
export function controlChart(observations: readonly Observation[], options: ChartOptions): ControlChart {
  if (observations.length === 0) throw new RangeError("A control chart has at least one point.");
  const limits: Lines[] = [];
  const points: ControlChart["points"] = [];
  let last = { centre: 0, base: 0 };
  for (const segment of segmentsOf(observations)) {
    const base = segment.slice(0, segment[0]?.freeze ?? options.freeze ?? segment.length);
    const linesAt = linesFrom(options.chart, base, options.screen);
    const values = segment.map(drawn);
    const lines = segment.map(linesAt);
    for (const each of lines) limits.push(each);
    plotTheDots(values, lines).forEach((mark, at) => {
      points.push({ value: values[at] ?? 0, signals: mark.signals, kind: kindOf(mark, options.direction) });
    });
    last = { centre: lines[0]?.centre ?? 0, base: base.length };
  }
  return {
    centre: last.centre,
    limits,
    points,
    variation: points.at(-1)?.kind ?? "common",
    assurance: assuranceOf(limits.at(-1), options.target, options.direction),
    trial: last.base < enough,
  };
}
