import type { ControlChart, Kind } from "../domain/kpis/spc/controlChart.ts";
import type { Lines } from "../domain/kpis/spc/limits.ts";
import { controlWords } from "./controlWords.ts";
import type { Drawing, LineSeriesOption } from "./drawing.ts";
import { area, atFoot, type Element, frame, label, legend, line, type Shape, symbol } from "./elements.ts";
import { digitsOf, figure, isSign, type Measured, number, roundScale } from "./figures.ts";
import { colours, fitted, headerHeight, legendHeight, margin, textWidth, width } from "./look.ts";
import { type Picture, picture } from "./picture.ts";
import { type Beside, besides, type Plot, periodAxis, ticks, valueAxis, x, y } from "./plot.ts";

export interface ControlChartData extends Measured {
  metric: string;
  /** The unit, or units, that it is of: "4 West". */
  place: string;
  /** In the order of time, as they stand on the axis: "Oct 26". Those that miss have no point in the chart. */
  periods: readonly { label: string; missing?: true }[];
  /** Of the periods that do not miss, in their order. */
  chart: ControlChart;
  /** In the unit of the chart's values. */
  target?: number;
  /** Limits go no further, in the unit of the chart's values: nothing that is counted is below 0. */
  least?: number;
  most?: number;
  /** At periods, by index. Where limits begin anew is a `rebase`. */
  marks?: readonly { at: number; kind: "rebase" | "event" | "pdsa"; label: string }[];
}

/** A point with where it stands. */
export interface Placed {
  at: number;
  value: number;
  kind: Kind;
  lines: Lines;
}

export function controlChartPicture(data: ControlChartData): Promise<Picture> {
  const placed = placedIn(data);
  return picture(controlDrawing(data, placed), controlWords(data, placed));
}

function placedIn({
  periods,
  chart,
  least = Number.NEGATIVE_INFINITY,
  most = Number.POSITIVE_INFINITY,
}: ControlChartData): Placed[] {
  const inside = (limit: number | null) => (limit === null ? null : Math.min(most, Math.max(least, limit)));
  const present = periods.flatMap(({ missing }, at) => (missing ? [] : [at]));
  return chart.points.flatMap(({ value, kind }, point) => {
    const at = present[point];
    const lines = chart.limits[point];
    return at === undefined || lines === undefined
      ? []
      : [{ at, value, kind, lines: { ...lines, lower: inside(lines.lower), upper: inside(lines.upper) } }];
  });
}

/** Colour never alone: each kind has a shape as well, and a word below. */
const kinds: Record<Kind, { shape: Shape; colour: string; word: string }> = {
  common: { shape: "dot", colour: colours.subtle, word: "ordinary" },
  improvement: { shape: "square", colour: colours.accent, word: "improvement" },
  concern: { shape: "diamond", colour: colours.concern, word: "concern" },
  high: { shape: "up", colour: colours.neutral, word: "unusually high" },
  low: { shape: "down", colour: colours.neutral, word: "unusually low" },
};

const height = 236;
const markHeight = 15;

function controlDrawing(data: ControlChartData, placed: readonly Placed[]): Drawing {
  const marks = arranged(data);
  const labels = lineLabels(data, placed);
  const plot = plotOf(data, placed, labels, marks.rows);
  const newest = placed.at(-1);
  const isLast = newest !== undefined && newest.at === data.periods.length - 1;
  const { step } = plot.scale;
  const elements: Element[] = [
    ...frame(
      {
        title: data.metric,
        subtitle: isSign(data.unit) ? data.place : `${data.unit} · ${data.place}`,
        value: {
          text: isLast ? figure(newest.value, data) : "no data",
          of: data.periods.at(-1)?.label ?? "",
        },
      },
      height,
    ),
    ...segmentsOf(data, placed).flatMap((segment) => band(plot, segment)),
    ...valueAxis(plot, (value) => number(value, digitsOf(step))),
    ...periodAxis(
      plot,
      data.periods.map(({ label }) => label),
    ),
    ...segmentsOf(data, placed).flatMap((segment) => limitLines(plot, segment)),
    ...(data.target === undefined ? [] : [targetLine(plot, data.target * data.scale)]),
    ...besides(plot, labels),
    ...marks.drawn(plot),
    ...legend(legendOf(data, placed), atFoot(height)),
  ];
  return {
    name: "control-chart",
    height,
    option: {
      grid: { left: plot.left, right: width - plot.right, top: plot.top, bottom: height - plot.bottom },
      xAxis: { type: "category", data: data.periods.map((_, at) => String(at)), show: false },
      yAxis: { type: "value", min: plot.scale.least, max: plot.scale.most, show: false },
      series: [pointSeries(data, placed)],
      graphic: elements,
    },
  };
}

function pointSeries(data: ControlChartData, placed: readonly Placed[]): LineSeriesOption {
  const byPeriod = new Map(placed.map((point) => [point.at, point]));
  const small = data.periods.length > 40;
  return {
    type: "line",
    silent: true,
    z: 10,
    showAllSymbol: true,
    lineStyle: { color: colours.lineText, width: 1.1 },
    data: data.periods.map((_, at) => {
      const point = byPeriod.get(at);
      if (point === undefined) return { value: "-", symbol: "none" };
      const { shape, colour } = kinds[point.kind];
      const size = (point.kind === "common" ? 4.6 : 8) * (small ? 0.75 : 1);
      return {
        value: point.value * data.scale,
        symbol: symbol(shape),
        symbolSize: size,
        itemStyle: { color: colour, borderColor: colours.panel, borderWidth: point.kind === "common" ? 0 : 0.8 },
      };
    }),
  };
}

function lineLabels({ scale, target, ...data }: ControlChartData, placed: readonly Placed[]): Beside[] {
  const last = placed.at(-1)?.lines;
  const said = (value: number) => figure(value, { scale, unit: data.unit });
  if (last === undefined) return [];
  return [
    ...(last.upper === null ? [] : [{ text: `${said(last.upper)} limit`, value: last.upper * scale }]),
    { text: `${said(last.centre)} mean`, value: last.centre * scale, colour: colours.text },
    ...(last.lower === null ? [] : [{ text: `${said(last.lower)} limit`, value: last.lower * scale }]),
    ...(target === undefined
      ? []
      : [{ text: `${said(target)} target`, value: target * scale, colour: colours.accent, bold: true as const }]),
  ];
}

function plotOf(data: ControlChartData, placed: readonly Placed[], labels: readonly Beside[], rows: number): Plot {
  const values = placed.flatMap(({ value, lines: { lower, upper, centre } }) =>
    [value, lower, upper, centre].filter((one) => one !== null),
  );
  const scale = roundScale(
    [...values, ...(data.target === undefined ? [] : [data.target])].map((value) => value * data.scale),
    4,
  );
  const widest = Math.max(...ticks(scale).map((value) => textWidth(number(value, digitsOf(scale.step)))));
  const beside = Math.max(...labels.map(({ text }) => textWidth(text)));
  return {
    left: margin + widest + 4,
    right: width - margin - beside,
    top: headerHeight + 6 + rows * markHeight,
    bottom: height - legendHeight - 30,
    scale,
    periods: data.periods.length,
  };
}

/** What lies between two rebases has limits of its own. */
function segmentsOf({ marks = [], scale }: ControlChartData, placed: readonly Placed[]): Placed[][] {
  const starts = marks.flatMap(({ kind, at }) => (kind === "rebase" ? [at] : []));
  const segments = new Map<number, Placed[]>();
  for (const { lines, ...point } of placed) {
    const segment = starts.filter((start) => start <= point.at).length;
    const shown = { ...point, value: point.value * scale, lines: scaled(lines, scale) };
    segments.set(segment, [...(segments.get(segment) ?? []), shown]);
  }
  return [...segments.values()];
}

const scaled = (lines: Lines, scale: number): Lines => {
  const of = (value: number | null) => (value === null ? null : value * scale);
  return {
    centre: lines.centre * scale,
    lower: of(lines.lower),
    upper: of(lines.upper),
    nearLower: of(lines.nearLower),
    nearUpper: of(lines.nearUpper),
  };
};

/** A step for every point: limits of shares and rates follow their denominators. */
const steps = (plot: Plot, segment: readonly Placed[], of: (lines: Lines) => number | null): [number, number][] =>
  segment.flatMap(({ at, lines }, index): [number, number][] => {
    const value = of(lines);
    const until = segment[index + 1]?.at ?? at + 1;
    if (value === null) return [];
    return [
      [x(plot, at - 0.5), y(plot, value)],
      [x(plot, until - 0.5), y(plot, value)],
    ];
  });

function band(plot: Plot, segment: readonly Placed[]): Element[] {
  const upper = steps(plot, segment, (lines) => lines.upper);
  const lower = steps(plot, segment, (lines) => lines.lower);
  return upper.length === 0 || lower.length === 0 ? [] : [area([...upper, ...lower.toReversed()], colours.quiet)];
}

function limitLines(plot: Plot, segment: readonly Placed[]): Element[] {
  const stroke = (points: [number, number][], colour: string, dash?: number[]): Element[] =>
    points.length === 0
      ? []
      : [
          {
            type: "polyline",
            silent: true,
            z: 2,
            shape: { points },
            style: { stroke: colour, lineWidth: 1, fill: "none", ...(dash && { lineDash: dash }) },
          },
        ];
  return [
    ...stroke(
      steps(plot, segment, ({ upper }) => upper),
      colours.lineText,
      [4, 3],
    ),
    ...stroke(
      steps(plot, segment, ({ lower }) => lower),
      colours.lineText,
      [4, 3],
    ),
    ...stroke(
      steps(plot, segment, ({ centre }) => centre),
      colours.subtle,
    ),
  ];
}

const targetLine = (plot: Plot, value: number): Element =>
  line([plot.left, y(plot, value)], [plot.right, y(plot, value)], {
    colour: colours.accent,
    width: 1.4,
    dash: [1.5, 2.5],
  });

/** Marks with their words above the plot, in rows where they would touch; one that finds no room keeps its line alone. */
function arranged({ marks = [], periods }: ControlChartData) {
  const rowsAtMost = 2;
  const rowOf = new Map<number, number>();
  const about = (width - 110) / periods.length;
  const ends = Array.from({ length: rowsAtMost }, () => Number.NEGATIVE_INFINITY);
  const sorted = marks.toSorted((one, other) => one.at - other.at);
  const words = sorted.map((mark) => fitted(mark.label, 110));
  for (const [index, mark] of sorted.entries()) {
    const half = textWidth(words[index] ?? "") / 2 + 5;
    const row = ends.findIndex((end) => mark.at * about - half > end);
    if (row < 0) continue;
    ends[row] = mark.at * about + half;
    rowOf.set(index, row);
  }
  const rows = Math.max(0, ...[...rowOf.values()].map((row) => row + 1));
  const drawn = (plot: Plot): Element[] =>
    sorted.flatMap((mark, index) => {
      const across = mark.kind === "rebase" ? x(plot, mark.at - 0.5) : x(plot, mark.at);
      const row = rowOf.get(index);
      const top = row === undefined ? plot.top : headerHeight + row * markHeight + markHeight;
      const text = words[index] ?? "";
      const half = textWidth(text) / 2;
      const middle = Math.min(Math.max(across, margin + half), width - margin - half);
      return [
        line([across, top], [across, plot.bottom], {
          colour: colours.lineText,
          width: 1,
          ...(mark.kind !== "rebase" && { dash: [2, 2] }),
        }),
        ...(row === undefined
          ? []
          : [
              label(text, middle, headerHeight + 6 + row * markHeight, {
                align: "center",
                colour: colours.text,
                onPanel: true,
              }),
            ]),
      ];
    });
  return { rows, drawn };
}

function legendOf({ chart }: ControlChartData, placed: readonly Placed[]) {
  const present = (Object.keys(kinds) as Kind[]).filter((kind) => placed.some((point) => point.kind === kind));
  return [
    ...present.toReversed().map((kind) => ({ sample: kinds[kind], text: kinds[kind].word })),
    ...(chart.trial ? [{ sample: { colour: colours.lineText, dash: [4, 3], width: 1 }, text: "trial limits" }] : []),
  ];
}
