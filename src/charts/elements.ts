import type { GraphicComponentOption } from "echarts/components";
import { colours, fitted, font, fontSize, legendHeight, margin, textWidth, width } from "./look.ts";

export type Element = GraphicComponentOption;

interface Look {
  size?: number;
  bold?: true;
  colour?: string;
  align?: "left" | "center" | "right";
  /** Over lines that it crosses. */
  onPanel?: true;
}

/** A line of text; `y` is its middle. */
export function label(text: string, x: number, y: number, look: Look = {}): Element {
  const { size = fontSize, bold, colour = colours.subtle, align = "left", onPanel } = look;
  return {
    type: "text",
    silent: true,
    z: 20,
    style: {
      text,
      x,
      y,
      align,
      verticalAlign: "middle",
      fontFamily: font,
      fontSize: size,
      fontWeight: bold ? 600 : 400,
      fill: colour,
      ...(onPanel && { stroke: colours.panel, lineWidth: 3 }),
    },
  };
}

export const line = (
  [fromX, fromY]: readonly [number, number],
  [toX, toY]: readonly [number, number],
  { colour, width: lineWidth = 1, dash }: { colour: string; width?: number; dash?: number[] },
): Element => ({
  type: "line",
  silent: true,
  z: 1,
  shape: { x1: fromX, y1: fromY, x2: toX, y2: toY },
  style: { stroke: colour, lineWidth, fill: "none", ...(dash && { lineDash: dash }) },
});

export const area = (points: [number, number][], fill: string): Element => ({
  type: "polygon",
  silent: true,
  z: 0,
  shape: { points },
  style: { fill },
});

/** Marks that differ by their shape: corners around a middle, about 1 away from it; none is a dot. */
const corners = {
  dot: [],
  diamond: [
    [0, -1.25],
    [1.25, 0],
    [0, 1.25],
    [-1.25, 0],
  ],
  square: [
    [-0.95, -0.95],
    [0.95, -0.95],
    [0.95, 0.95],
    [-0.95, 0.95],
  ],
  up: [
    [0, -1.1],
    [1.15, 0.95],
    [-1.15, 0.95],
  ],
  down: [
    [0, 1.1],
    [1.15, -0.95],
    [-1.15, -0.95],
  ],
} satisfies Record<string, [number, number][]>;
export type Shape = keyof typeof corners;

/** The shape as a series takes it. */
export const symbol = (shape: Shape): string =>
  shape === "dot" ? "circle" : `path://M${corners[shape].map((corner) => corner.join(",")).join("L")}Z`;

/** What may stand for something in a legend: a shape, or a piece of a line. */
export type Sample = { shape: Shape; colour: string } | { dash?: number[]; colour: string; width: number };

function mark(shape: Shape, x: number, y: number, radius: number, colour: string): Element {
  const common = { silent: true, z: 20, style: { fill: colour } };
  if (shape === "dot") return { type: "circle", ...common, shape: { cx: x, cy: y, r: radius * 0.8 } };
  const points = corners[shape].map(([across = 0, down = 0]) => [x + across * radius, y + down * radius]);
  return { type: "polygon", ...common, shape: { points } };
}

/** The border that holds the picture together on any background. */
const border = (height: number): Element => ({
  type: "rect",
  silent: true,
  z: 30,
  shape: { x: 0.5, y: 0.5, width: width - 1, height: height - 1 },
  style: { fill: "none", stroke: colours.line, lineWidth: 1 },
});

export interface Header {
  title: string;
  subtitle: string;
  /** The figure that matters now, and what it is of. */
  value?: { text: string; of: string };
}

/** Title on the left, the newest figure on the right. */
export function frame({ title, subtitle, value }: Header, height: number): Element[] {
  const right = width - margin;
  const taken = value === undefined ? 0 : Math.max(textWidth(value.text, 16), textWidth(value.of)) + 10;
  const room = right - margin - taken;
  return [
    border(height),
    label(fitted(title, room, 13.5), margin, 19, { size: 13.5, bold: true, colour: colours.text }),
    label(fitted(subtitle, room), margin, 36),
    ...(value === undefined
      ? []
      : [
          label(value.text, right, 18, { size: 16, bold: true, colour: colours.text, align: "right" }),
          label(value.of, right, 36, { align: "right" }),
        ]),
  ];
}

/** Samples with their words, in a line whose middle is at `y`; what no longer fits is left out, the last first. */
export function legend(entries: readonly { sample: Sample; text: string }[], at: { x: number; y: number }): Element[] {
  const { y } = at;
  let { x } = at;
  return entries.flatMap(({ sample, text }) => {
    const long = "shape" in sample ? 12 : 23;
    const from = x;
    const to = from + long + textWidth(text);
    if (to > width - margin + 4) return [];
    x = to + 12;
    const drawn =
      "shape" in sample
        ? mark(sample.shape, from + 4, y, 3.6, sample.colour)
        : line([from, y], [from + 18, y], { ...sample });
    return text === "" ? [drawn] : [drawn, label(text, from + long, y)];
  });
}

/** Where the legend of a picture stands. */
export const atFoot = (height: number) => ({ x: margin, y: height - legendHeight / 2 - 6 });
