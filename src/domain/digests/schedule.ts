import { DateTime } from "luxon";
import { isHoliday, isWorkingDay } from "../clocks/holidays.ts";

/** Weekly is the first working day of a week, monthly that of a month, so that a holiday moves them and loses none. */
export const schedules = [
  { code: "daily", label: "Every day" },
  { code: "weekdays", label: "Weekdays" },
  { code: "weekly", label: "Once a week" },
  { code: "monthly", label: "Once a month" },
] as const;
export type Schedule = (typeof schedules)[number]["code"];

export interface Timing {
  schedule: Schedule;
  /** `HH:mm` on the wall in the zone. */
  at: string;
  zone: string;
}

/** Days looked ahead: more than any run of days off. */
const daysAhead = 500;

/**
 * The first time after a moment: the same time on the wall across every change of the clocks, on no holiday. A time that
 * the spring change skips moves on by the hour that is missing; one that comes twice in autumn is the first of the two.
 * @param own the organisation's days off, `YYYY-MM-DD`
 */
export function nextDigest({ schedule, at, zone }: Timing, own: ReadonlySet<string>, after: Date): Date {
  const [hour = 0, minute = 0] = at.split(":").map(Number);
  const today = DateTime.fromJSDate(after, { zone }).startOf("day");
  for (let ahead = 0; ahead < daysAhead; ahead += 1) {
    const day = today.plus({ days: ahead });
    const time = day.set({ hour, minute });
    if (time.toMillis() > after.getTime() && isDue(schedule, day, own)) return time.toJSDate();
  }
  throw new Error(`No ${schedule} digest within ${daysAhead} days.`);
}

/**
 * The last time from a first one on that is not after `until`: of those that were missed one is told, late. Undefined where
 * the first one fell on a day that became a holiday since.
 */
export function lastDigest(timing: Timing, own: ReadonlySet<string>, first: Date, until: Date): Date | undefined {
  let last: Date | undefined;
  let next = nextDigest(timing, own, new Date(first.getTime() - 1));
  while (next <= until) {
    last = next;
    next = nextDigest(timing, own, last);
  }
  return last;
}

function isDue(schedule: Schedule, day: DateTime, own: ReadonlySet<string>): boolean {
  switch (schedule) {
    case "daily":
      return !isHoliday(day, own);
    case "weekdays":
      return isWorkingDay(day, own);
    case "weekly":
      return isFirstSince(day.startOf("week"), day, own);
    case "monthly":
      return isFirstSince(day.startOf("month"), day, own);
  }
}

function isFirstSince(start: DateTime, day: DateTime, own: ReadonlySet<string>): boolean {
  if (!isWorkingDay(day, own)) return false;
  for (let before = start; before < day; before = before.plus({ days: 1 })) if (isWorkingDay(before, own)) return false;
  return true;
}
