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

/** Every set of signals once, at the number whose bits they are: points share them. */
const sets: readonly (readonly Signal[])[] = Array.from({ length: 2 ** signals.length }, (_, bits) =>
  signals.filter((_signal, rule) => (bits & (1 << rule)) !== 0),
);

/** The marks of one segment. */
export function plotTheDots(values: readonly number[], lines: readonly Lines[]): Mark[] {
  const { sides, outside, near } = placesOf(values, lines);
  const ways = [outside, trends(values), twoInThree(near, sides), shifts(sides)];
  return values.map((_, at) => {
    let bits = 0;
    let way: Way = 0;
    for (let rule = ways.length - 1; rule >= 0; rule -= 1) {
      const found = ways[rule]?.[at] ?? 0;
      if (found === 0) continue;
      bits |= 1 << rule;
      way = found > 0 ? 1 : -1;
    }
    return { signals: sets[bits] ?? [], way };
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
    sides[at] = wayBeyond(value, centre, centre, slack);
    outside[at] = wayBeyond(value, lower, upper, slack);
    if (outside[at] === 0) near[at] = wayBeyond(value, nearLower, nearUpper, slack);
  });
  return { sides, outside, near };
}

function wayBeyond(value: number, least: number | null, most: number | null, slack: number): Way {
  if (most !== null && value > most + slack) return 1;
  return least !== null && value < least - slack ? -1 : 0;
}

/** Seven or more that each rise, or each fall: all of them. A point where one trend ends and another begins belongs to the later. */
export function trends(values: ArrayLike<number>): Int8Array {
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
    const side = sides[first] ?? 0;
    if (side === 0 || sides[first + 1] !== side || sides[first + 2] !== side) continue;
    const close = [first, first + 1, first + 2].filter((at) => near[at] !== 0);
    if (close.length >= 2) for (const at of close) marks[at] = side;
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
