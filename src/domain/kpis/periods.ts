import { DateTime } from "luxon";
import { dayPlus } from "../days.ts";
import type { Period } from "./metric.ts";

const steps = { month: { months: 1 }, quarter: { months: 3 }, week: { weeks: 1 }, day: { days: 1 } } as const;
/** Days after the end of a period in which its figure is still awaited. */
const awaited: Record<Period, number> = { month: 14, quarter: 30, week: 3, day: 1 };

const utc = (day: string): DateTime => DateTime.fromISO(day, { zone: "utc" });
const iso = (day: DateTime): string => day.toFormat("yyyy-MM-dd");

/** First day (`YYYY-MM-DD`) of the period that a day lies in. */
export const periodOf = (day: string, period: Period): string => iso(utc(day).startOf(period));

/** First day of the period after. */
export const periodAfter = (start: string, period: Period): string => iso(utc(start).plus(steps[period]));

/** Whether a figure younger than this one should be there by now. */
export const isStale = (last: string, period: Period, today: string): boolean =>
  today > dayPlus(periodAfter(periodAfter(last, period), period), awaited[period]);

/** "Oct 2026", "Q4 2026", "week of 5 Oct 2026", "5 Oct 2026". */
export function periodInWords(start: string, period: Period): string {
  const day = utc(start);
  if (period === "month") return `${monthNames[day.month - 1]} ${day.year}`;
  if (period === "quarter") return `Q${day.quarter} ${day.year}`;
  const written = `${day.day} ${monthNames[day.month - 1]} ${day.year}`;
  return period === "week" ? `week of ${written}` : written;
}

/** "Oct 26": the same for the axis of a chart. */
export const periodInBrief = (start: string, period: Period): string =>
  periodInWords(start, period)
    .replace("week of ", "")
    .replace(/\d\d(\d\d)$/, "$1");

const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
