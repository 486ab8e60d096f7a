import { barDrawing } from "./bars.ts";
import { number } from "./figures.ts";
import { colours } from "./look.ts";
import { type Picture, picture } from "./picture.ts";

export interface ParetoData {
  /** "Contributing factors". */
  title: string;
  /** What is counted, and when: "Falls, Jan to Oct 2026". */
  subtitle: string;
  /** In any order; counts above 0, one at the least. */
  rows: readonly { name: string; count: number }[];
}

/** Rows that a phone shows; the rest are one row together. */
const rowsAtMost = 8;
const enough = 0.8;

/** J. M. Juran's vital few: the largest first, up to four fifths of all. */
export function paretoPicture(data: ParetoData): Promise<Picture> {
  const { total, rows, few } = ranked(data);
  const drawing = barDrawing({
    name: "pareto",
    header: { title: data.title, subtitle: data.subtitle, value: { text: number(total, 0), of: "in all" } },
    bars: rows.map(({ name, count, running }, at) => ({
      name,
      value: count,
      said: `${number(count, 0)} · ${percent(running, total)}`,
      colour: at < few ? colours.accent : colours.soft,
      ...(at < few && { bold: true as const }),
    })),
    most: Math.max(...rows.map(({ count }) => count)),
    ...(few < rows.length && { under: few }),
    legend: [
      {
        sample: { shape: "square", colour: colours.accent },
        text: `${percent(rows[few - 1]?.running ?? total, total)} of all · count · running share`,
      },
    ],
  });
  return picture(drawing, paretoWords(data));
}

function ranked(data: ParetoData) {
  const sorted = data.rows.toSorted((one, other) => other.count - one.count);
  const total = sorted.reduce((sum, { count }) => sum + count, 0);
  const kept = sorted.length > rowsAtMost ? sorted.slice(0, rowsAtMost - 1) : sorted;
  const others = total - kept.reduce((sum, { count }) => sum + count, 0);
  let running = 0;
  const rows = [...kept, ...(others > 0 ? [{ name: `${sorted.length - kept.length} others`, count: others }] : [])].map(
    (row) => {
      running += row.count;
      return { ...row, running };
    },
  );
  return { total, rows, few: rows.findIndex((row) => row.running >= total * enough) + 1 };
}

/** A part is never said to be all. */
const percent = (part: number, total: number): string =>
  `${number(part < total ? Math.min(99, (part / total) * 100) : 100, 0)} %`;

function paretoWords(data: ParetoData): string {
  const { total, rows, few } = ranked(data);
  const named = rows.slice(0, few).map(({ name, count }) => `${name} ${number(count, 0)}`);
  const rest = rows.slice(few).map(({ name, count }) => `${name} ${number(count, 0)}`);
  return [
    `Pareto chart of ${data.title}: ${data.subtitle}, ${number(total, 0)} in all.`,
    `${named.join(", ")} ${few === 1 ? "makes" : "make"} up ${percent(rows[few - 1]?.running ?? total, total)}.`,
    ...(rest.length === 0 ? [] : [`The rest: ${rest.join(", ")}.`]),
  ].join(" ");
}
