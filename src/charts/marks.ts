import { type Element, label, line } from "./elements.ts";
import { colours, fitted, headerHeight, margin, textWidth, width } from "./look.ts";
import { type Plot, x } from "./plot.ts";

export interface ChartMark {
  /** The period, by index. */
  at: number;
  /** Limits begin anew at a `rebase`. */
  kind: "rebase" | "event" | "pdsa";
  label: string;
}

export const markHeight = 15;
const rowsAtMost = 2;
const longest = 120;

interface Arranged {
  /** That the words take above the plot. */
  rows: number;
  marks: { mark: ChartMark; text: string; row: number | undefined }[];
}

/** Words in rows where they would touch; a mark whose words find no room keeps its line. */
export function arranged(marks: readonly ChartMark[], periods: number): Arranged {
  const across = (width - 110) / periods;
  const ends = Array.from({ length: rowsAtMost }, () => Number.NEGATIVE_INFINITY);
  const placed = marks
    .toSorted((one, other) => one.at - other.at)
    .map((mark) => {
      const text = fitted(mark.label, longest);
      const half = textWidth(text) / 2 + 5;
      const row = ends.findIndex((end) => mark.at * across - half > end);
      if (row >= 0) ends[row] = mark.at * across + half;
      return { mark, text, row: row < 0 ? undefined : row };
    });
  return { rows: Math.max(0, ...placed.map(({ row }) => (row === undefined ? 0 : row + 1))), marks: placed };
}

/** A line through the plot for each mark: whole where limits begin anew, dashed at an event. */
export const markLines = (plot: Plot, { marks }: Arranged): Element[] =>
  marks.flatMap(({ mark, text, row }) => {
    const across = mark.kind === "rebase" ? x(plot, mark.at - 0.5) : x(plot, mark.at);
    const top = row === undefined ? plot.top : headerHeight + (row + 1) * markHeight;
    const half = textWidth(text) / 2;
    const middle = Math.min(Math.max(across, margin + half), width - margin - half);
    const dash = mark.kind === "rebase" ? {} : { dash: [2, 2] };
    const drawn = line([across, top], [across, plot.bottom], { colour: colours.lineText, width: 1, ...dash });
    if (row === undefined) return [drawn];
    const look = { align: "center", colour: colours.text, onPanel: true } as const;
    return [drawn, label(text, middle, headerHeight + 6 + row * markHeight, look)];
  });
