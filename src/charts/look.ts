/** The page's colours in light (adapters/web/page/look/colours.css): a picture has a background of its own, for dark surroundings as well. */
export const colours = {
  panel: "#ffffff",
  quiet: "#f1f3f5",
  line: "#dde1e5",
  lineText: "#8a939c",
  text: "#1b1f23",
  subtle: "#56606a",
  accent: "#0b6b5d",
  soft: "#7fb5ab",
  concern: "#b3450b",
  softConcern: "#e3b08f",
  neutral: "#4f52b2",
} as const;

/**
 * Everything is laid out in the pixels of what a card leaves for a picture on the narrowest screen, 320 pixels across, and
 * drawn several times as large: a letter is never smaller there than it is here.
 */
export const width = 270;
export const margin = 10;
export const fontSize = 12;
export const font = "Inter";

/** Of the first line of what stands below the title. */
export const headerHeight = 48;
export const legendHeight = 18;

/** About what a text takes in Inter, in pixels; rather more than less. */
export function textWidth(text: string, size: number = fontSize): number {
  let ems = 0;
  for (const letter of text) ems += wide.find(([letters]) => letters.test(letter))?.[1] ?? 0.58;
  return ems * size;
}

/** Widths in ems. */
const wide: readonly (readonly [RegExp, number])[] = [
  [/[\s.,:;'’|!ijl·]/u, 0.29],
  [/[frt()[\]/]/u, 0.38],
  [/[mwMW%@—…]/u, 0.9],
  [/[A-Z]/u, 0.7],
  [/[0-9$−–+]/u, 0.64],
  [/[\u2e80-\uffff]/u, 1],
];

/** The text, cut at the end where it takes more than there is. */
export function fitted(text: string, room: number, size: number = fontSize): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (textWidth(line, size) <= room) return line;
  const letters = [...line];
  while (letters.length > 0 && textWidth(`${letters.join("")}…`, size) > room) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}
