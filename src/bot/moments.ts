import * as chrono from "chrono-node/en";
import { DateTime } from "luxon";

/** Dates and times as people write them, read in their own zone. */
export interface Clock {
  now: Date;
  /** IANA zone. */
  zone: string;
}

/** A date in words is short; whatever is longer is none, and is not searched for one. */
const longestDate = 60;
/** Nothing that hospitals look after is older. */
const firstYear = 1900;

/** "2026-11-23T06:10", the same with an offset, "now", "tomorrow 9am"; undefined when it is no date and time. */
export function readDateTime(written: string, { now, zone }: Clock, towards: "past" | "future"): Date | undefined {
  const trimmed = written.trim();
  if (/^now$/i.test(trimmed)) return now;
  if (/^\d{4}-\d{2}-\d{2}/.test(trimmed)) {
    const iso = DateTime.fromISO(trimmed.replace(" ", "T"), { zone });
    return iso.isValid && iso.year >= firstYear ? iso.toJSDate() : undefined;
  }
  return inWords(trimmed, { now, zone }, towards)?.toJSDate();
}

/** "2026-11-23", "today", "next friday" → `YYYY-MM-DD`. */
export function readDate(written: string, clock: Clock, towards: "past" | "future"): string | undefined {
  const trimmed = written.trim();
  if (/^\d{4}-\d{2}-\d{2}$/.test(trimmed)) {
    const iso = DateTime.fromISO(trimmed);
    return iso.isValid && iso.year >= firstYear ? trimmed : undefined;
  }
  return inWords(trimmed, clock, towards)?.toISODate() ?? undefined;
}

/** "9", "9:30", "9am", "21:05" → `HH:mm`. */
export function readTime(written: string): string | undefined {
  const parts = /^(\d{1,2})(?::?(\d{2}))?\s*(am|pm)?$/i.exec(written.trim());
  if (!parts) return undefined;
  const half = parts[3]?.toLowerCase();
  const given = Number(parts[1]);
  if (half !== undefined && (given < 1 || given > 12)) return undefined;
  const hour = half === undefined ? given : (given % 12) + (half === "pm" ? 12 : 0);
  const minute = Number(parts[2] ?? 0);
  return hour < 24 && minute < 60 ? `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}` : undefined;
}

/** "2026-10", "oct", "October 2025" → `YYYY-MM`; a month without a year is the last one that has begun. */
export function readMonth(written: string, { now, zone }: Clock): string | undefined {
  const trimmed = written.trim();
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(trimmed)) return trimmed;
  const today = DateTime.fromJSDate(now, { zone });
  for (const format of ["LLL yyyy", "LLLL yyyy", "LLL", "LLLL"]) {
    const read = DateTime.fromFormat(trimmed.toLowerCase(), format, { locale: "en-US" });
    if (!read.isValid) continue;
    if (format.includes("y")) return read.toFormat("yyyy-MM");
    const thisYear = read.set({ year: today.year });
    return (thisYear > today ? thisYear.minus({ years: 1 }) : thisYear).toFormat("yyyy-MM");
  }
  return undefined;
}

/** "Q2", "q2 2026", "2026-Q2", "Q2 FY 2026" → `Q2`, `2026-Q2`: of the fiscal year that is called so. */
export function readQuarter(written: string): string | undefined {
  const text = written.trim().toUpperCase();
  const parts = /^Q([1-4])(?:[ -](?:FY ?)?(\d{4}))?$/.exec(text) ?? undefined;
  const turned = /^(?:FY ?)?(\d{4})[ -]?Q([1-4])$/.exec(text) ?? undefined;
  if (turned) return `${turned[1]}-Q${turned[2]}`;
  return parts && (parts[2] === undefined ? `Q${parts[1]}` : `${parts[2]}-Q${parts[1]}`);
}

/** The whole text has to be one date; the wall clock is taken in the zone, whatever zone the machine is in. */
function inWords(written: string, { now, zone }: Clock, towards: "past" | "future"): DateTime | undefined {
  if (written.length > longestDate) return undefined;
  const here = DateTime.fromJSDate(now, { zone });
  const wallClock = new Date(here.year, here.month - 1, here.day, here.hour, here.minute, here.second);
  const results = chrono.casual.parse(written, wallClock, { forwardDate: towards === "future" });
  const result = results[0];
  if (results.length !== 1 || !result || result.index !== 0 || result.text.length !== written.length || result.end)
    return undefined;
  const part = (name: "year" | "month" | "day" | "hour" | "minute") => result.start.get(name) ?? 0;
  // Seconds are said by "in 30 seconds" and meant by "in a minute"; "tomorrow" only borrows them from now.
  const second = result.start.isCertain("second") ? (result.start.get("second") ?? 0) : 0;
  const read = DateTime.fromObject(
    { year: part("year"), month: part("month"), day: part("day"), hour: part("hour"), minute: part("minute"), second },
    { zone },
  );
  if (!read.isValid) return undefined;
  if (towards === "future" || read.toMillis() <= now.getTime()) return read;
  if (result.start.isCertain("day")) return result.start.isCertain("year") ? read : read.minus({ years: 1 });
  return read.minus(result.start.isCertain("weekday") ? { weeks: 1 } : { days: 1 });
}
