import { type Element, label, line } from "./elements.ts";
import { colours, fitted, margin, width } from "./look.ts";
import { type Plot, x } from "./plot.ts";

export interface ChartMark {
  /** The period, by index. */
  at: number;
  /** Limits begin anew at a `rebase`; at a `freeze` a baseline begins that they come from. */
  kind: "rebase" | "freeze" | "event" | "pdsa";
  /** Of a freeze: the last period of its baseline. */
  until?: number;
  label: string;
}

/** Of each line of words below the plot, and of the letters above it. */
const lineHeight = 15;
const letterHeight = 18;
/** Marks that are told in words, the last ones; the others keep their lines. */
const toldAtMost = 6;
const letters = "ABCDEF";
const apart = 10;

interface Told {
  mark: ChartMark;
  letter: string;
}

/** The last marks with a letter each, in their order. */
export const told = (marks: readonly ChartMark[]): Told[] =>
  marks
    .toSorted((one, other) => one.at - other.at)
    .slice(-toldAtMost)
    .map((mark, at) => ({ mark, letter: letters[at] ?? "" }));

/** What the letters take above the plot, and the words below. */
export const markRoom = (marks: readonly Told[]): { above: number; below: number } =>
  marks.length === 0 ? { above: 0, below: 0 } : { above: letterHeight, below: marks.length * lineHeight };

const begins = ({ kind }: ChartMark): boolean => kind === "rebase" || kind === "freeze";
const acrossOf = (plot: Plot, mark: ChartMark): number => x(plot, begins(mark) ? mark.at - 0.5 : mark.at);

/** A line through the plot for each mark: whole where limits begin anew, dashed at an event. */
export const markLines = (plot: Plot, marks: readonly ChartMark[]): Element[] =>
  marks.map((mark) => {
    const across = acrossOf(plot, mark);
    const dash = begins(mark) ? {} : { dash: [2, 2] };
    return line([across, plot.top], [across, plot.bottom], { colour: colours.lineText, width: 1, ...dash });
  });

/** The letters above their lines, apart where these are close to each other. */
export function markLetters(plot: Plot, marks: readonly Told[]): Element[] {
  const places = marks.map(({ mark }) => acrossOf(plot, mark));
  let most = width - margin;
  for (let at = places.length - 1; at >= 0; at -= 1) {
    places[at] = Math.min(places[at] ?? 0, most);
    most = (places[at] ?? 0) - apart;
  }
  return marks.map(({ letter }, at) =>
    label(letter, places[at] ?? 0, plot.top - 9, { align: "center", bold: true, colour: colours.text }),
  );
}

const kinds = { rebase: "Rebased", freeze: "Frozen", pdsa: "PDSA", event: "" } as const;

/** What each letter stands for, a line each; `from` is where the first one begins. */
export const markWords = (marks: readonly Told[], from: number): Element[] =>
  marks.flatMap(({ mark: { kind, label: text }, letter }, at) => {
    const y = from + (at + 0.5) * lineHeight;
    const known = kinds[kind] === "" || text.toLowerCase().startsWith(kinds[kind].toLowerCase());
    const words = fitted(known ? text : `${kinds[kind]}: ${text}`, width - 2 * margin - 15);
    return [
      label(letter, margin, y, { bold: true, colour: colours.text }),
      label(words, margin + 15, y, { colour: colours.text }),
    ];
  });

export const baselineLook = { colour: colours.text, width: 3 } as const;

/** The periods that frozen limits come from, as a bar on the axis. */
export const baselines = (plot: Plot, marks: readonly ChartMark[]): Element[] =>
  marks.flatMap(({ at, until }) =>
    until === undefined
      ? []
      : [{ ...line([x(plot, at - 0.5), plot.bottom], [x(plot, until + 0.5), plot.bottom], baselineLook), z: 3 }],
  );
