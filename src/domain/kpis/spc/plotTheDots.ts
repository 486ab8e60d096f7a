import type { Lines } from "./limits.ts";

/**
 * The rules of NHS England's “Making data count” (https://www.england.nhs.uk/publication/making-data-count/), as the NHS-R community's
 * NHSRplotthedots computes them (https://github.com/nhs-r-community/NHSRplotthedots). In the order of their precedence.
 */
export const signals = ["astronomical", "trend", "two-in-three", "shift"] as const;
export type Signal = (typeof signals)[number];

/** Up: above the centre, or rising. */
export type Way = -1 | 0 | 1;

export interface Mark {
  signals: readonly Signal[];
  /** By the first of the signals; 0 without any. */
  way: Way;
}

/** Points that make a trend or a shift. */
const long = 7;
const unmarked: Mark = { signals: [], way: 0 };

/** The marks of one segment. */
export function plotTheDots(values: readonly number[], lines: readonly Lines[]): Mark[] {
  const { sides, outside, near } = placesOf(values, lines);
  const ways = [outside, trends(values), twoInThree(near, sides), shifts(sides)];
  return values.map((_, at) => {
    if (ways.every((way) => way[at] === 0)) return unmarked;
    const found = signals.filter((_signal, rule) => ways[rule]?.[at] !== 0);
    return { signals: found, way: ways.map((way) => way[at]).find((way) => way !== 0) as Way };
  });
}

/** Figures closer to a line than this part of the largest of them are on it: they differ by the rounding of the computer alone. */
const rounding = 1e-12;

function placesOf(values: readonly number[], lines: readonly Lines[]) {
  const sides = new Int8Array(values.length);
  const outside = new Int8Array(values.length);
  const near = new Int8Array(values.length);
  const slack = rounding * values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  lines.forEach(({ centre, lower, upper, nearLower, nearUpper }, at) => {
    const value = values[at] ?? centre;
    const beyond = (least: number | null, most: number | null): Way => {
      if (most !== null && value > most + slack) return 1;
      return least !== null && value < least - slack ? -1 : 0;
    };
    sides[at] = beyond(centre, centre);
    outside[at] = beyond(lower, upper);
    near[at] = outside[at] === 0 ? beyond(nearLower, nearUpper) : 0;
  });
  return { sides, outside, near };
}

/** Seven or more that each rise, or each fall: all of them. A point where one trend ends and another begins belongs to the later. */
export function trends(values: readonly number[]): Int8Array {
  const marks = new Int8Array(values.length);
  const wayTo = (at: number) => Math.sign((values[at] ?? 0) - (values[at - 1] ?? 0));
  for (let first = 0, last = 0; first < values.length - 1; first = last) {
    last = first + 1;
    const way = wayTo(last);
    while (last + 1 < values.length && wayTo(last + 1) === way) last += 1;
    if (way !== 0 && last - first + 1 >= long) marks.fill(way, first, last + 1);
  }
  return marks;
}

/** Three neighbours on one side of the centre, two or more of them near the limit: those that are near. */
export function twoInThree(near: Int8Array, sides: Int8Array): Int8Array {
  const marks = new Int8Array(near.length);
  for (let first = 0; first + 3 <= near.length; first += 1) {
    const window = [first, first + 1, first + 2];
    const side = sides[first];
    if (side === 0 || window.some((at) => sides[at] !== side)) continue;
    const close = window.filter((at) => near[at] !== 0);
    if (close.length >= 2) for (const at of close) marks[at] = side ?? 0;
  }
  return marks;
}

/** Seven or more on one side of the centre: all of them. A point on the centre ends the run. */
export function shifts(sides: Int8Array): Int8Array {
  const marks = new Int8Array(sides.length);
  for (let first = 0, end = 0; first < sides.length; first = end) {
    while (end < sides.length && sides[end] === sides[first]) end += 1;
    if (sides[first] !== 0 && end - first >= long) marks.fill(sides[first] ?? 0, first, end);
  }
  return marks;
}
