import type { Kind } from "../domain/kpis/spc/controlChart.ts";
import type { ControlChartData } from "./controlData.ts";
import { bands, limitDash, limitLines, type Placed } from "./controlLines.ts";
import type { Drawing, LineSeriesOption } from "./drawing.ts";
import { atFoot, type Element, frame, legend, line, type Shape, symbol } from "./elements.ts";
import { digitsOf, figure, isSign, number, roundScale } from "./figures.ts";
import { colours, headerHeight, legendHeight, margin, textWidth, width } from "./look.ts";
import { baselineLook, baselines, markLetters, markLines, markRoom, markWords, told } from "./marks.ts";
import { type Beside, besides, type Plot, periodAxis, ticks, valueAxis, y } from "./plot.ts";

/** Colour never alone: each kind has a shape as well, and a word below. */
const kinds: Record<Kind, { shape: Shape; colour: string; word: string }> = {
  concern: { shape: "diamond", colour: colours.concern, word: "concern" },
  improvement: { shape: "square", colour: colours.accent, word: "improvement" },
  high: { shape: "up", colour: colours.neutral, word: "unusually high" },
  low: { shape: "down", colour: colours.neutral, word: "unusually low" },
  common: { shape: "dot", colour: colours.subtle, word: "ordinary" },
};

/** Of the periods' names below the plot. */
const axisHeight = 22;
/** Without what marks take. */
const bareHeight = 236;

export function controlDrawing(data: ControlChartData, placed: readonly Placed[]): Drawing {
  const { metric, unit, place, periods, marks = [] } = data;
  const target = data.target === undefined ? undefined : data.target * data.scale;
  const labels = lineLabels(unit, placed.at(-1), target);
  const notes = told(marks);
  const { above, below } = markRoom(notes);
  const most = data.most === undefined ? Number.POSITIVE_INFINITY : data.most * data.scale;
  const plot = plotOf(placed, labels, periods.length, above, most);
  const height = bareHeight + above + below;
  const starts = marks.flatMap(({ kind, at }) => (kind === "rebase" || kind === "freeze" ? [at] : []));
  const elements: Element[] = [
    ...frame(
      { title: metric, subtitle: isSign(unit) ? place : `${unit} · ${place}`, value: newest(data, placed) },
      height,
    ),
    ...bands(plot, placed, starts),
    ...valueAxis(plot, (value) => number(value, digitsOf(plot.scale.step))),
    ...periodAxis(
      plot,
      periods.map(({ label }) => label),
    ),
    ...limitLines(plot, placed, starts),
    ...baselines(plot, marks),
    ...(target === undefined ? [] : [targetLine(plot, target)]),
    ...besides(plot, labels),
    ...markLines(plot, marks),
    ...markLetters(plot, notes),
    ...markWords(notes, plot.bottom + axisHeight),
    ...legend(legendOf(data, placed), atFoot(height)),
  ];
  return {
    name: "control-chart",
    height,
    option: {
      grid: { left: plot.left, right: width - plot.right, top: plot.top, bottom: height - plot.bottom },
      xAxis: { type: "category", data: periods.map((_, at) => String(at)), show: false },
      yAxis: { type: "value", min: plot.scale.least, max: plot.scale.most, show: false },
      series: [pointSeries(placed, periods.length)],
      graphic: elements,
    },
  };
}

/** The last period's figure; one that misses is never that of another period. */
function newest({ periods, unit }: ControlChartData, placed: readonly Placed[]) {
  const last = placed.at(-1);
  const isCurrent = last !== undefined && last.at === periods.length - 1;
  return { text: isCurrent ? figure(last.value, unit) : "no data", of: periods.at(-1)?.label ?? "" };
}

/** Of so many periods the shapes are drawn smaller. */
const many = 28;

function pointSeries(placed: readonly Placed[], periods: number): LineSeriesOption {
  const byPeriod = new Map(placed.map((point) => [point.at, point]));
  const part = periods > many ? 0.75 : 1;
  return {
    type: "line",
    silent: true,
    z: 10,
    showAllSymbol: true,
    lineStyle: { color: colours.lineText, width: 1.1 },
    data: Array.from({ length: periods }, (_, at) => {
      const point = byPeriod.get(at);
      if (point === undefined) return { value: "-", symbol: "none" };
      const { shape, colour } = kinds[point.kind];
      const [size, edge] = point.kind === "common" ? [4.6, 0] : [8, 0.8];
      return {
        value: point.value,
        symbol: symbol(shape),
        symbolSize: size * part,
        itemStyle: { color: colour, borderColor: colours.panel, borderWidth: edge },
      };
    }),
  };
}

/** The lines as they are at the last point. */
function lineLabels(unit: string, last: Placed | undefined, target: number | undefined): Beside[] {
  const limits = [last?.upper, last?.lower].filter((limit) => typeof limit === "number");
  return [
    ...limits.map((limit) => ({ text: `${figure(limit, unit)} limit`, value: limit })),
    ...(last ? [{ text: `${figure(last.centre, unit)} mean`, value: last.centre, colour: colours.text }] : []),
    ...(target === undefined
      ? []
      : [{ text: `${figure(target, unit)} target`, value: target, colour: colours.accent, bold: true as const }]),
  ];
}

function plotOf(
  placed: readonly Placed[],
  labels: readonly Beside[],
  periods: number,
  above: number,
  highest: number,
): Plot {
  const points = placed.flatMap(({ value, lower, upper, centre }) =>
    [value, lower, upper, centre].filter((one) => one !== null),
  );
  const round = roundScale([...points, ...labels.map(({ value }) => value)], 5);
  // No axis goes on where no figure can be, unless one is there.
  const end = Math.ceil(Math.max(highest, ...points) / round.step) * round.step;
  const scale = { ...round, most: Math.min(round.most, end) };
  const widest = Math.max(...ticks(scale).map((value) => textWidth(number(value, digitsOf(scale.step)))));
  const beside = Math.max(0, ...labels.map(({ text }) => textWidth(text)));
  return {
    left: margin + widest + 4,
    right: width - margin - beside,
    top: headerHeight + 6 + above,
    bottom: bareHeight + above - legendHeight - axisHeight - 6,
    scale,
    periods,
  };
}

const targetLine = (plot: Plot, value: number): Element =>
  line([plot.left, y(plot, value)], [plot.right, y(plot, value)], {
    colour: colours.accent,
    width: 1.4,
    dash: [1.5, 2.5],
  });

function legendOf({ chart, marks = [] }: ControlChartData, placed: readonly Placed[]) {
  const present = new Set(placed.map(({ kind }) => kind));
  return [
    ...Object.entries(kinds).flatMap(([kind, sample]) =>
      present.has(kind as Kind) ? [{ sample, text: sample.word }] : [],
    ),
    ...(chart.trial ? [{ sample: { colour: colours.lineText, dash: limitDash, width: 1 }, text: "trial limits" }] : []),
    ...(marks.some(({ kind }) => kind === "freeze") ? [{ sample: baselineLook, text: "baseline" }] : []),
  ];
}
