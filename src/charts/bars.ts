import type { Drawing } from "./drawing.ts";
import { atFoot, type Element, frame, type Header, label, legend, line, type Sample } from "./elements.ts";
import { colours, fitted, headerHeight, legendHeight, margin, textWidth, width } from "./look.ts";

export interface Bar {
  name: string;
  /** Null where there is none: no bar, and never 0 in its place. */
  value: number | null;
  /** At the right edge. */
  said: string;
  bold?: true;
  colour: string;
  /** Before what is said: colour never alone. */
  mark?: Sample;
}

interface Bars {
  name: string;
  header: Header;
  bars: readonly Bar[];
  /** The value that is as long as there is room for. */
  most: number;
  /** A line through all bars. */
  at?: { value: number; text: string };
  /** A line under so many bars. */
  under?: number;
  legend: readonly { sample: Sample; text: string }[];
}

const rowHeight = 23;
const axisHeight = 18;

/** Names on the left, bars across, figures on the right. */
export function barDrawing({ name, header, bars, most, at, under, legend: entries }: Bars): Drawing {
  const said = Math.max(...bars.map((bar) => textWidth(bar.said) + (bar.bold ? 4 : 0) + (bar.mark ? 13 : 0)));
  const names = Math.min(118, Math.max(...bars.map((bar) => textWidth(bar.name))));
  const left = margin + names + 8;
  const right = width - margin - said - 8;
  const top = headerHeight + 6;
  const bottom = top + bars.length * rowHeight;
  const height = bottom + (at === undefined ? 6 : axisHeight + 4) + (entries.length === 0 ? 4 : legendHeight + 6);
  const middle = (row: number) => top + (row + 0.5) * rowHeight;
  const elements: Element[] = [
    ...frame(header, height),
    line([left, top], [left, bottom], { colour: colours.lineText, width: 0.75 }),
    ...bars.flatMap((bar, row) => [
      label(fitted(bar.name, names + 2), margin, middle(row), { colour: colours.text }),
      label(bar.said, width - margin, middle(row), {
        align: "right",
        colour: bar.value === null ? colours.subtle : colours.text,
        ...(bar.bold && { bold: true }),
      }),
      ...(bar.mark ? legend([{ sample: bar.mark, text: "" }], { x: width - margin - said, y: middle(row) }) : []),
    ]),
    ...(at === undefined ? [] : target(left + ((right - left) * at.value) / most, top, bottom, at.text)),
    ...(under === undefined
      ? []
      : [
          line([margin, top + under * rowHeight], [width - margin, top + under * rowHeight], {
            colour: colours.lineText,
            dash: [4, 3],
          }),
        ]),
    ...legend(entries, atFoot(height)),
  ];
  return {
    name,
    height,
    option: {
      grid: { left, right: width - right, top, bottom: height - bottom },
      xAxis: { type: "value", min: 0, max: most, show: false },
      yAxis: { type: "category", inverse: true, data: bars.map((_, at) => String(at)), show: false },
      series: [
        {
          type: "bar",
          silent: true,
          barWidth: 13,
          data: bars.map((bar) => ({
            value: bar.value ?? "-",
            itemStyle: { color: bar.colour, borderRadius: [0, 2, 2, 0] },
          })),
        },
      ],
      graphic: elements,
    },
  };
}

function target(across: number, top: number, bottom: number, text: string): Element[] {
  const half = textWidth(text) / 2;
  const middle = Math.min(Math.max(across, margin + half), width - margin - half);
  return [
    { ...line([across, top - 2], [across, bottom + 4], { colour: colours.text, width: 1.4, dash: [1.5, 2.5] }), z: 15 },
    label(text, middle, bottom + 12, { align: "center", bold: true, colour: colours.text }),
  ];
}
