import type { Drawing, LineSeriesOption } from "./drawing.ts";
import { area, atFoot, type Element, frame, legend } from "./elements.ts";
import { money, roundScale, shortMoney } from "./figures.ts";
import { colours, headerHeight, legendHeight, margin, textWidth, width } from "./look.ts";
import { type Picture, picture } from "./picture.ts";
import { type Plot, periodAxis, ticks, valueAxis, x, y } from "./plot.ts";

export interface BudgetData {
  /** "4 West". */
  place: string;
  /** What the lines are: "Expense by month, fiscal year 2026". */
  subtitle: string;
  /** As they stand on the axis, in the order of the fiscal year. */
  months: readonly string[];
  /** One a month each; null where there is none. */
  budget: readonly (number | null)[];
  actual: readonly (number | null)[];
  forecast: readonly (number | null)[];
  /** Around the last month's forecast. */
  range?: { low: number; high: number };
  /** The sign before amounts. */
  currency: string;
}

export function budgetPicture(data: BudgetData): Promise<Picture> {
  return picture(budgetDrawing(data), budgetWords(data));
}

const height = 226;

const looks = {
  budget: { colour: colours.lineText, width: 1.6, dash: [4, 3] },
  actual: { colour: colours.accent, width: 2.2, dash: [] },
  forecast: { colour: colours.accent, width: 1.6, dash: [1.5, 2.5] },
};

function budgetDrawing(data: BudgetData): Drawing {
  const { months, budget, actual, range, currency } = data;
  const forecast = joined(actual, data.forecast);
  const all = [...budget, ...actual, ...forecast, range?.low, range?.high].filter((one) => typeof one === "number");
  const scale = roundScale(all.length === 0 ? [0] : all, 5);
  const widest = Math.max(...ticks(scale).map((value) => textWidth(shortMoney(value, currency))));
  const plot: Plot = {
    left: margin + widest + 4,
    right: width - margin - 6,
    top: headerHeight + 6,
    bottom: height - legendHeight - 30,
    scale,
    periods: months.length,
  };
  const newest = lastOf(actual);
  const elements: Element[] = [
    ...frame(
      {
        title: data.place,
        subtitle: data.subtitle,
        ...(newest && { value: { text: money(newest.value, currency), of: `actual, ${months[newest.at] ?? ""}` } }),
      },
      height,
    ),
    ...(range === undefined ? [] : fan(plot, data, range)),
    ...valueAxis(plot, (value) => shortMoney(value, currency)),
    ...periodAxis(plot, months),
    ...legend(
      (["actual", "budget", "forecast"] as const).flatMap((name) =>
        data[name].some((value) => value !== null) ? [{ sample: looks[name], text: name }] : [],
      ),
      atFoot(height),
    ),
  ];
  return {
    name: "budget",
    height,
    option: {
      grid: { left: plot.left, right: width - plot.right, top: plot.top, bottom: height - plot.bottom },
      xAxis: { type: "category", data: months.map((_, at) => String(at)), show: false },
      yAxis: { type: "value", min: scale.least, max: scale.most, show: false },
      series: [series("budget", budget, false), series("forecast", forecast, false), series("actual", actual, true)],
      graphic: elements,
    },
  };
}

function series(name: keyof typeof looks, values: readonly (number | null)[], dots: boolean): LineSeriesOption {
  const { colour, width: thick, dash } = looks[name];
  return {
    type: "line",
    silent: true,
    z: 10,
    showAllSymbol: true,
    symbol: dots ? "circle" : "none",
    symbolSize: 5,
    itemStyle: { color: colour },
    lineStyle: { color: colour, width: thick, type: dash.length === 0 ? "solid" : dash },
    data: values.map((value) => value ?? "-"),
  };
}

/** The forecast goes on from the last month that is closed. */
function joined(actual: readonly (number | null)[], forecast: readonly (number | null)[]): (number | null)[] {
  const newest = lastOf(actual);
  return forecast.map((value, at) => (at === newest?.at && value === null ? newest.value : value));
}

function fan(plot: Plot, { actual, months }: BudgetData, { low, high }: { low: number; high: number }): Element[] {
  const from = lastOf(actual);
  if (from === undefined) return [];
  const end = x(plot, months.length - 1);
  const start: [number, number] = [x(plot, from.at), y(plot, from.value)];
  return [area([start, [end, y(plot, high)], [end, y(plot, low)]], colours.quiet)];
}

function lastOf(values: readonly (number | null)[]): { at: number; value: number } | undefined {
  const at = values.findLastIndex((value) => value !== null);
  const value = values[at];
  return value === null || value === undefined ? undefined : { at, value };
}

function budgetWords(data: BudgetData): string {
  const { place, subtitle, months, budget, actual, forecast, range, currency } = data;
  const said = (value: number) => money(value, currency);
  const newest = lastOf(actual);
  const planned = newest === undefined ? null : (budget[newest.at] ?? null);
  const end = lastOf(forecast);
  return [
    `Budget chart of ${place}: ${subtitle}.`,
    newest === undefined
      ? "No month is closed yet."
      : `Actual ${said(newest.value)} in ${months[newest.at]}${planned === null ? ", without a budget" : `, ${against(newest.value, planned, said)}`}.`,
    ...(end === undefined
      ? []
      : [
          `Forecast ${said(end.value)} for ${months[end.at]}${range === undefined ? "" : `, between ${said(range.low)} and ${said(range.high)}`}${againstEnd(end, budget, said)}.`,
        ]),
  ].join(" ");
}

/** Above or below says no more than it is: whether that is favourable depends on the line. */
function against(value: number, planned: number, said: (value: number) => string): string {
  if (said(value) === said(planned)) return `as budgeted`;
  const share =
    planned === 0
      ? ""
      : ` (${((Math.abs(value - planned) / Math.abs(planned)) * 100).toLocaleString("en-US", { maximumFractionDigits: 1 })} %)`;
  return `${said(Math.abs(value - planned))}${share} ${value > planned ? "above" : "below"} the budget of ${said(planned)}`;
}

function againstEnd(
  end: { at: number; value: number },
  budget: readonly (number | null)[],
  said: (value: number) => string,
) {
  const planned = budget[end.at];
  return planned === null || planned === undefined ? "" : `; ${against(end.value, planned, said)}`;
}
