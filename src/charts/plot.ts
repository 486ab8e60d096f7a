import { type Element, label, line } from "./elements.ts";
import type { Scale } from "./figures.ts";
import { colours, textWidth, width } from "./look.ts";

/** Where things over time stand: periods from left to right, values from below. */
export interface Plot {
  left: number;
  right: number;
  top: number;
  bottom: number;
  scale: Scale;
  periods: number;
}

/** The middle of a period; half steps are the edges between two. */
export const x = ({ left, right, periods }: Plot, period: number): number =>
  left + ((period + 0.5) * (right - left)) / periods;

export const y = ({ top, bottom, scale }: Plot, value: number): number =>
  bottom - ((value - scale.least) * (bottom - top)) / (scale.most - scale.least);

export const ticks = ({ least, most, step }: Scale): number[] =>
  Array.from({ length: Math.round((most - least) / step) + 1 }, (_, at) => least + at * step);

/** Quiet lines across, with their values on the left. */
export const valueAxis = (plot: Plot, said: (value: number) => string): Element[] =>
  ticks(plot.scale).flatMap((value) => [
    line([plot.left, y(plot, value)], [plot.right, y(plot, value)], { colour: colours.line, width: 0.75 }),
    label(said(value), plot.left - 5, y(plot, value), { align: "right" }),
  ]);

/** As many periods as can be read, the last among them. */
export function periodAxis(plot: Plot, periods: readonly string[]): Element[] {
  const widest = Math.max(...periods.map((period) => textWidth(period))) + 8;
  const every = Math.max(1, Math.ceil((widest * periods.length) / (plot.right - plot.left)));
  return periods.flatMap((period, at) => {
    if ((periods.length - 1 - at) % every !== 0) return [];
    const half = textWidth(period) / 2;
    const middle = Math.min(Math.max(x(plot, at), half + 6), width - half - 6);
    return [
      line([x(plot, at), plot.bottom], [x(plot, at), plot.bottom + 3], { colour: colours.lineText, width: 0.75 }),
      label(period, middle, plot.bottom + 12, { align: "center" }),
    ];
  });
}

export interface Beside {
  text: string;
  value: number;
  colour?: string;
  bold?: true;
}

/** What lines are, at their right end; labels that would touch move apart. */
export function besides(plot: Plot, labels: readonly Beside[]): Element[] {
  const apart = 13;
  const sorted = labels.toSorted((one, other) => other.value - one.value);
  const places = sorted.map(({ value }) => y(plot, value));
  for (let at = 1; at < places.length; at += 1) places[at] = Math.max(places[at] ?? 0, (places[at - 1] ?? 0) + apart);
  let lowest = plot.bottom;
  for (let at = places.length - 1; at >= 0; at -= 1) {
    places[at] = Math.min(places[at] ?? 0, lowest);
    lowest = (places[at] ?? 0) - apart;
  }
  return sorted.map(({ text, colour, bold }, at) =>
    label(text, plot.right + 5, places[at] ?? 0, { ...(colour !== undefined && { colour }), ...(bold && { bold }) }),
  );
}
