import { DateTime } from "luxon";
import type { Repeat } from "../../chat/form.ts";
import { Refusal } from "../refusal.ts";

export const reference = (number: number): string => `REM-${number}`;

/** How far ahead a reminder may be asked for. */
const furthestYears = 5;

export function checkWhen(when: Date, now: Date): void {
  if (when.getTime() <= now.getTime())
    throw new Refusal("That time has passed. Give a time that is still to come.", "when");
  if (when.getTime() > DateTime.fromJSDate(now).plus({ years: furthestYears }).toMillis())
    throw new Refusal(`That is more than ${furthestYears} years away. Check the year.`, "when");
}

/**
 * The first occurrence after a moment, at the wall-clock time of the first one in its zone, so that 09:00 stays 09:00
 * across a change of the clocks; undefined when there is none. A time that the spring change skips moves on by the hour
 * that is missing. Monthly ones keep the day of the month, or take the month's last day.
 */
export function nextOccurrence(first: Date, every: Repeat, zone: string, after: Date): Date | undefined {
  const start = DateTime.fromJSDate(first, { zone });
  const past = DateTime.fromJSDate(after, { zone });
  switch (every) {
    case "once":
      return first.getTime() > after.getTime() ? first : undefined;
    case "day":
      return following(start, after, Math.floor(past.diff(start, "days").days), (count) => start.plus({ days: count }));
    case "weekdays":
      return following(
        start,
        after,
        Math.floor(past.diff(start, "days").days),
        (count) => start.plus({ days: count }),
        (at) => at.weekday <= 5,
      );
    case "week":
      return following(start, after, Math.floor(past.diff(start, "weeks").weeks), (count) =>
        start.plus({ weeks: count }),
      );
    case "two-weeks":
      return following(start, after, Math.floor(past.diff(start, "weeks").weeks / 2), (count) =>
        start.plus({ weeks: 2 * count }),
      );
    case "month":
      return following(start, after, Math.floor(past.diff(start, "months").months), (count) =>
        start.plus({ months: count }),
      );
  }
}

/** More than the longest time between two occurrences, in days. */
const longestBetween = 32;

/** The last occurrence that is not after `until`; the first one where that is the only one so far. */
export function latestOccurrence(first: Date, every: Repeat, zone: string, until: Date): Date {
  const recent = new Date(Math.max(first.getTime() - 1, until.getTime() - longestBetween * 24 * 3_600_000));
  let latest = first;
  let next = nextOccurrence(first, every, zone, recent);
  while (next && next <= until) {
    latest = next;
    next = nextOccurrence(first, every, zone, latest);
  }
  return latest;
}

/** Steps on from a count that is not past `after` yet, so that a year of absence costs no more than a day of it. */
function following(
  start: DateTime,
  after: Date,
  from: number,
  at: (count: number) => DateTime,
  fits = (_at: DateTime) => true,
): Date {
  for (let count = Math.max(0, from - 1); ; count += 1) {
    const occurrence = at(count);
    if (occurrence.toMillis() > after.getTime() && occurrence >= start && fits(occurrence))
      return occurrence.toJSDate();
  }
}
