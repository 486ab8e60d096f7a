import { DateTime } from "luxon";

/** The moment at which a day (`YYYY-MM-DD`) begins in a zone. */
export const startOfDay = (day: string, zone: string): Date =>
  DateTime.fromISO(day, { zone }).startOf("day").toJSDate();

/** The day (`YYYY-MM-DD`) that it is in a zone at a moment. */
export const dayAt = (at: Date, zone: string): string => DateTime.fromJSDate(at, { zone }).toFormat("yyyy-MM-dd");

/** ISO 8601 as the clock on the wall shows it, with the zone's offset: 2026-11-23T06:10:00-05:00. */
export const withOffset = (at: Date, zone: string): string =>
  DateTime.fromJSDate(at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ssZZ");

/** So many days later, or earlier. */
export const dayPlus = (day: string, days: number): string =>
  fromColumn(new Date(toColumn(day).getTime() + days * 24 * 3_600_000));

/** How a column of days holds one, and back. */
export const toColumn = (day: string): Date => new Date(`${day}T00:00:00Z`);
export const fromColumn = (day: Date): string => day.toISOString().slice(0, 10);

/** Whole days from one day to another; negative where it was before. */
export const daysBetween = (from: string, until: string): number =>
  DateTime.fromISO(until, { zone: "utc" }).diff(DateTime.fromISO(from, { zone: "utc" }), "days").days;
