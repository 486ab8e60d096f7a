import type { Block as SlackBlock } from "@slack/types";
import type { Block } from "../../src/chat/card.ts";
import { chartLabel, chartPoints, chartSeries, chartTitle } from "./limits.ts";
import { clipped, visible } from "./text.ts";

type Chart = Extract<Block, { type: "chart" }>;

/** Slack's own chart, which its published types do not have yet. */
export interface ChartBlock extends SlackBlock {
  type: "data_visualization";
  title: string;
  chart: {
    type: "bar" | "line";
    series: { name: string; data: { label: string; value: number }[] }[];
    axis_config: { categories: string[] };
  };
}

/** The chart as Slack draws it; undefined where it has more than Slack takes, or where a value is missing, which Slack cannot show. */
export function chartBlock(chart: Chart): ChartBlock | undefined {
  const categories = chart.categories.map((category) => clipped(visible(category), chartLabel));
  const names = chart.series.map((series) => clipped(visible(series.name), chartLabel));
  const fits =
    isUnique(categories) &&
    isUnique(names) &&
    categories.length > 0 &&
    categories.length <= chartPoints &&
    names.length > 0 &&
    names.length <= chartSeries;
  if (!fits) return undefined;
  const series = chart.series.map(({ values }, index) => ({
    name: names[index] ?? "",
    data: categories.flatMap((label, point) => {
      const value = values[point];
      return value === undefined || value === null ? [] : [{ label, value }];
    }),
  }));
  if (series.some(({ data }) => data.length < categories.length)) return undefined;
  return {
    type: "data_visualization",
    title: clipped(visible(chart.title), chartTitle),
    chart: { type: chart.kind, series, axis_config: { categories } },
  };
}

/** A line for each series, for where no chart is drawn. */
export const chartLines = (chart: Chart): string[] =>
  chart.series.map(
    ({ name, values }) =>
      `${name}: ${chart.categories
        .map((category, index) => `${category} ${values[index]?.toLocaleString("en-US").replace("-", "−") ?? "n/a"}`)
        .join(" · ")}`,
  );

const isUnique = (names: string[]): boolean => new Set(names).size === names.length && !names.includes("");
