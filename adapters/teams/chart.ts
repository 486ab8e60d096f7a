import type { CardElementArray } from "@microsoft/teams.cards";
import type { Block, Series } from "../../src/chat/card.ts";
import { literal } from "./text.ts";

type Chart = Extract<Block, { type: "chart" }>;

/** A chart with what it shows in words beneath; a client that draws no charts shows the title in its place. */
export function chartElements(chart: Chart): CardElementArray {
  const title = literal(chart.title);
  const common = {
    title,
    showTitle: true,
    fallback: { type: "RichTextBlock", inlines: [{ type: "TextRun", text: title, weight: "Bolder" }] },
  } as const;
  return [
    drawn(chart, common),
    {
      type: "RichTextBlock",
      spacing: "Small",
      inlines: [{ type: "TextRun", text: literal(chart.alt), isSubtle: true, size: "Small" }],
    },
  ];
}

function drawn(chart: Chart, common: object): CardElementArray[number] {
  const { kind, categories, series } = chart;
  switch (kind) {
    case "line":
      return {
        type: "Chart.Line",
        ...common,
        data: series.map((one) => ({ legend: literal(one.name), values: points(categories, one) })),
      };
    case "bar": {
      const [only] = series;
      return series.length === 1 && only !== undefined
        ? { type: "Chart.VerticalBar", ...common, data: points(categories, only) }
        : {
            type: "Chart.VerticalBar.Grouped",
            ...common,
            data: series.map((one) => ({ legend: literal(one.name), values: points(categories, one) })),
          };
    }
  }
}

/** A category without a value has no point, rather than one at zero. */
const points = (categories: string[], series: Series) =>
  series.values.flatMap((y, index) => (y === null ? [] : [{ x: literal(categories[index] ?? ""), y }]));
