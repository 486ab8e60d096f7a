import { type Bar, barDrawing } from "./bars.ts";
import { number } from "./figures.ts";
import { colours } from "./look.ts";
import { type Picture, picture } from "./picture.ts";

export interface ComplianceData {
  /** "Fire safety training". */
  title: string;
  /** What is counted, and when: "Current, as of 5 Nov". */
  subtitle: string;
  /** From 0 to 100; null where there is no figure. One row at the least, in the order in which they are shown. */
  rows: readonly { name: string; percent: number | null }[];
  /** From 0 to 100. */
  target: number;
}

export function compliancePicture(data: ComplianceData): Promise<Picture> {
  const { title, subtitle, rows, target } = data;
  const drawing = barDrawing({
    name: "compliance",
    header: { title, subtitle },
    bars: rows.map(({ name, percent }) => barOf(name, percent, target)),
    most: 100,
    at: { value: target, text: `target ${percentOf(target)}` },
    legend: rows.some(({ percent }) => isBelow(percent, target)) ? [{ sample: below, text: "below the target" }] : [],
  });
  return picture(drawing, complianceWords(data));
}

const below = { shape: "down", colour: colours.concern } as const;

const isBelow = (percent: number | null, target: number): boolean => percent !== null && percent < target;

function barOf(name: string, percent: number | null, target: number): Bar {
  const isShort = isBelow(percent, target);
  return {
    name,
    value: percent,
    said: percent === null ? "no data" : percentOf(percent, target),
    colour: isShort ? colours.softConcern : colours.soft,
    ...(isShort && { bold: true, mark: below }),
  };
}

/** Without decimals, unless these decide whether the target is met. */
function percentOf(percent: number, target = percent): string {
  const isClose = Math.round(percent) === Math.round(target) && percent !== target;
  return `${number(percent, isClose ? 1 : 0)} %`;
}

function complianceWords({ title, subtitle, rows, target }: ComplianceData): string {
  const short = rows.filter(({ percent }) => isBelow(percent, target));
  const missing = rows.filter(({ percent }) => percent === null);
  const met = rows.length - short.length - missing.length;
  const named = short.map(({ name, percent }) => `${name} ${percentOf(percent ?? 0, target)}`);
  return [
    `Bar chart of ${title}: ${subtitle}. Target ${percentOf(target)}.`,
    `${met} of ${rows.length} ${met === 1 ? "meets" : "meet"} it${short.length === 0 ? "" : `; below it: ${named.join(", ")}`}.`,
    ...(missing.length === 0 ? [] : [`No data for ${missing.map(({ name }) => name).join(", ")}.`]),
  ].join(" ");
}
