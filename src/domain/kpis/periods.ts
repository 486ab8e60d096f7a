import { dayPlus, fromColumn, toColumn } from "../days.ts";
import type { Period } from "./metric.ts";

/** Days after the end of a period in which its figure is still awaited. */
const awaited: Record<Period, number> = { month: 14, quarter: 30, week: 3, day: 1 };

// Days of the calendar, many thousands for a digest of many measures: computed without a zone.

const partsOf = (day: string) => ({
  year: Number(day.slice(0, 4)),
  month: Number(day.slice(5, 7)),
  day: Number(day.slice(8, 10)),
});

const dayOf = (year: number, month: number, day: number): string =>
  fromColumn(new Date(Date.UTC(year, month - 1, day)));

/** First day (`YYYY-MM-DD`) of the period that a day lies in. */
export function periodOf(day: string, period: Period): string {
  const { year, month } = partsOf(day);
  if (period === "month") return dayOf(year, month, 1);
  if (period === "quarter") return dayOf(year, month - ((month - 1) % 3), 1);
  return period === "day" ? day : dayPlus(day, -((toColumn(day).getUTCDay() + 6) % 7));
}

/** First day of the period after one that begins on this day. */
export function periodAfter(start: string, period: Period): string {
  if (period === "day" || period === "week") return dayPlus(start, period === "day" ? 1 : 7);
  const { year, month, day } = partsOf(start);
  return dayOf(year, month + (period === "month" ? 1 : 3), day);
}

/** Whether a figure younger than this one should be there by now. */
export const isStale = (last: string, period: Period, today: string): boolean =>
  today > dayPlus(periodAfter(periodAfter(last, period), period), awaited[period]);

/** "Oct 2026", "Q4 2026", "week of 5 Oct 2026", "5 Oct 2026". */
export function periodInWords(start: string, period: Period): string {
  const { year, month, day } = partsOf(start);
  if (period === "month") return `${monthNames[month - 1]} ${year}`;
  if (period === "quarter") return `Q${Math.ceil(month / 3)} ${year}`;
  const written = `${day} ${monthNames[month - 1]} ${year}`;
  return period === "week" ? `week of ${written}` : written;
}

/** "Oct 26": the same for the axis of a chart. */
export const periodInBrief = (start: string, period: Period): string =>
  periodInWords(start, period)
    .replace("week of ", "")
    .replace(/\d\d(\d\d)$/, "$1");

const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
