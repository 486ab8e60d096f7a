import { mean, meanRange, sum } from "./average.ts";

/**
 * `xmr` any figure by period; `p` a share of cases; `u` events per exposure; `c` events at equal exposure; `t` time between rare
 * events; `pp` and `up` Laney's p′ and u′, for denominators so large that a p or u chart finds nearly every point unusual.
 */
export const charts = ["xmr", "p", "u", "c", "t", "pp", "up"] as const;
export type Chart = (typeof charts)[number];

/** One period. What is drawn is numerator ÷ denominator; a figure of its own has the denominator 1. */
export interface Observation {
  numerator: number;
  /** Above 0: cases of a p chart, exposure of a u chart. */
  denominator: number;
  /** Here the process was changed on purpose: limits begin anew. */
  rebase?: boolean;
  /** At the first point of a segment: limits come from so many first points of it, and hold for the rest. At least 2. */
  freeze?: number;
}

/** The lines at one point; null where there is none, as where a single point has no range. */
export interface Lines {
  centre: number;
  lower: number | null;
  upper: number | null;
  /** Two thirds of the way to the limits. */
  nearLower: number | null;
  nearUpper: number | null;
}

export type LinesAt = (point: Observation) => Lines;

export const drawn = ({ numerator, denominator }: Observation): number => numerator / denominator;

/**
 * The lines of one segment, computed from its base. Formulas: D. C. Montgomery, Introduction to Statistical Quality Control, chapters 6
 * and 7; those of a chart's own stand at it.
 */
export const linesFrom = (chart: Chart, base: readonly Observation[], screen: boolean): LinesAt =>
  methods[chart](base, screen);

const methods: Record<Chart, (base: readonly Observation[], screen: boolean) => LinesAt> = {
  xmr: (base, screen) => everywhere(individuals(base.map(drawn), screen, unbounded)),
  p: (base) => {
    const centre = pooled(base);
    return ({ denominator }) => band(centre, shareSigma(centre, denominator), share);
  },
  u: (base) => {
    const centre = pooled(base);
    return ({ denominator }) => band(centre, Math.sqrt(centre / denominator), notNegative);
  },
  c: (base) => {
    const centre = mean(base.map(drawn));
    return everywhere(band(centre, Math.sqrt(centre), notNegative));
  },
  t: (base) => everywhere(timesBetween(base.map(drawn))),
  pp: (base) => {
    const centre = pooled(base);
    return laney(base, centre, (size) => shareSigma(centre, size), share);
  },
  up: (base) => {
    const centre = pooled(base);
    return laney(base, centre, (size) => Math.sqrt(centre / size), notNegative);
  },
};

/** d2 for ranges of two: a mean moving range is 1.128 σ. */
const d2 = 1.128;
/** 3 ÷ d2 as it is printed since Shewhart; the NHS tool computes with it as well. */
const xmrFactor = 2.66;
/** Exponent that makes waiting times nearly normal: L. S. Nelson, A control chart for parts-per-million nonconforming items (1994). */
const waiting = 3.6;

const unbounded = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };
const notNegative = { least: 0, most: Number.POSITIVE_INFINITY };
const share = { least: 0, most: 1 };
type Bounds = typeof unbounded;

function band(centre: number, sigma: number, { least, most }: Bounds): Lines {
  const inside = (value: number) => Math.min(most, Math.max(least, value));
  return {
    centre,
    lower: inside(centre - 3 * sigma),
    upper: inside(centre + 3 * sigma),
    nearLower: inside(centre - 2 * sigma),
    nearUpper: inside(centre + 2 * sigma),
  };
}

const everywhere =
  (lines: Lines): LinesAt =>
  () =>
    lines;

/** XmR, with outlying moving ranges left out as in L. S. Nelson, Control Charts for Individual Measurements (1982). */
function individuals(values: readonly number[], screen: boolean, bounds: Bounds): Lines {
  const centre = mean(values);
  const range = meanRange(values, screen);
  return range === null
    ? { centre, lower: null, upper: null, nearLower: null, nearUpper: null }
    : band(centre, (xmrFactor * range) / 3, bounds);
}

function timesBetween(values: readonly number[]): Lines {
  const back = (value: number | null) => (value === null ? null : value ** waiting);
  const { centre, lower, upper, nearLower, nearUpper } = individuals(
    values.map((value) => value ** (1 / waiting)),
    false,
    notNegative,
  );
  return {
    centre: centre ** waiting,
    lower: back(lower),
    upper: back(upper),
    nearLower: back(nearLower),
    nearUpper: back(nearUpper),
  };
}

const pooled = (base: readonly Observation[]): number =>
  sum(base.map(({ numerator }) => numerator)) / sum(base.map(({ denominator }) => denominator));

const shareSigma = (centre: number, size: number): number => Math.sqrt((centre * (1 - centre)) / size);

/** D. B. Laney, Improved control charts for attributes, Quality Engineering 14(4), 2002: σ grows by what lies between the periods. */
function laney(base: readonly Observation[], centre: number, sigma: (size: number) => number, bounds: Bounds): LinesAt {
  const scores = base.map((point) => {
    const within = sigma(point.denominator);
    return within === 0 ? 0 : (drawn(point) - centre) / within;
  });
  const range = meanRange(scores, false);
  if (range === null) return everywhere({ centre, lower: null, upper: null, nearLower: null, nearUpper: null });
  return ({ denominator }) => band(centre, (sigma(denominator) * range) / d2, bounds);
}
