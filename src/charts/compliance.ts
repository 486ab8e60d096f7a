import type { Direction } from "../domain/kpis/spc/reading.ts";
import { type Bar, barDrawing } from "./bars.ts";
import { figure, isSign, number } from "./figures.ts";
import { colours } from "./look.ts";
import { type Picture, picture } from "./picture.ts";

export interface ComplianceData {
  /** "Fire safety training". */
  title: string;
  /** What is counted, and when: "Current, as of 5 Nov". */
  subtitle: string;
  /** "%", or "per 1,000 patient days". */
  unit: string;
  /** Which side of the target is right; none where neither way is better. */
  direction: Direction;
  /** Null where there is no figure. One row at the least, in the order in which they are shown. */
  rows: readonly { name: string; value: number | null }[];
  /** None where none is set. */
  target?: number;
}

/** How far each of several comes in one figure, beside what they are to reach. */
export function compliancePicture(data: ComplianceData): Promise<Picture> {
  const { title, subtitle, rows, target, unit } = data;
  const most = Math.max(...rows.map(({ value }) => value ?? 0), target ?? 0);
  const drawing = barDrawing({
    name: "compliance",
    header: { title, subtitle: isSign(unit) ? subtitle : `${unit} · ${subtitle}` },
    bars: rows.map((row) => barOf(row, data)),
    most: unit === "%" && most > 50 ? 100 : most === 0 ? 1 : most * 1.05,
    ...(target !== undefined && { at: { value: target, text: `target ${saidOf(target, data)}` } }),
    legend: rows.some(({ value }) => misses(value, data))
      ? [{ sample: missing, text: `${sides[data.direction]} the target` }]
      : [],
  });
  return picture(drawing, complianceWords(data));
}

const missing = { shape: "down", colour: colours.concern } as const;
const sides = { increase: "below", decrease: "above", neutral: "off" } as const;

const misses = (value: number | null, { target, direction }: ComplianceData): boolean =>
  value !== null &&
  target !== undefined &&
  (direction === "increase" ? value < target : direction === "decrease" && value > target);

function barOf({ name, value }: ComplianceData["rows"][number], data: ComplianceData): Bar {
  const isShort = misses(value, data);
  return {
    name,
    value,
    said: value === null ? "no data" : saidOf(value, data),
    colour: isShort ? colours.softConcern : colours.soft,
    ...(isShort && { bold: true, mark: missing }),
  };
}

/** Percents without decimals, unless these decide whether the target is met. */
function saidOf(value: number, { unit, target }: ComplianceData): string {
  if (unit !== "%") return figure(value, unit);
  const isClose = target !== undefined && Math.round(value) === Math.round(target) && value !== target;
  return `${number(value, isClose || value < 10 ? 1 : 0)} %`;
}

function complianceWords(data: ComplianceData): string {
  const { title, subtitle, rows, target, unit, direction } = data;
  const said = (some: ComplianceData["rows"]) =>
    some.map(({ name, value }) => `${name} ${value === null ? "" : saidOf(value, data)}`).join(", ");
  const known = rows.filter(({ value }) => value !== null);
  const short = known.filter(({ value }) => misses(value, data));
  const met = known.length - short.length;
  const right = known.filter(({ value }) => !misses(value, data));
  const none = rows.filter(({ value }) => value === null);
  return [
    `Bar chart of ${title}${isSign(unit) ? "" : `, ${unit}`}: ${subtitle}.`,
    ...(target === undefined || direction === "neutral"
      ? [`${target === undefined ? "No target is set." : `Target ${saidOf(target, data)}.`} ${said(known)}.`]
      : [
          `Target ${saidOf(target, data)}. ${met} of ${rows.length} ${met === 1 ? "meets" : "meet"} it${right.length === 0 ? "" : `: ${said(right)}`}${short.length === 0 ? "" : `; ${sides[direction]} it: ${said(short)}`}.`,
        ]),
    ...(none.length === 0 ? [] : [`No data for ${none.map(({ name }) => name).join(", ")}.`]),
  ].join(" ");
}
