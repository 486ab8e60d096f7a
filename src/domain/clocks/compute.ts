import { DateTime } from "luxon";
import { isWorkingDay } from "./holidays.ts";
import type { ClockRule, ClockUnit } from "./rules.ts";

/** Where and by which days off a clock is counted. */
export interface Calendar {
  /** IANA zone of the facility. */
  zone: string;
  /** Days off of the organisation (`YYYY-MM-DD`), beside the federal holidays, which are known. */
  holidays: ReadonlySet<string>;
}

export const calendarOf = ({ zone, holidays }: { zone: string; holidays: readonly string[] }): Calendar => ({
  zone,
  holidays: new Set(holidays),
});

/**
 * When a clock that was triggered at `from` is due. Hours are counted as they pass, whatever the wall clock does; for all else
 * the day of the trigger is day 0, and the last day belongs to the clock.
 */
export function dueOf(rule: ClockRule, from: Date, { zone, holidays }: Calendar): { start: Date; due: Date } {
  const anchor = anchorOf(rule, DateTime.fromJSDate(from, { zone }));
  if (rule.unit === "hours") return { start: from, due: anchor.plus({ hours: rule.amount }).toJSDate() };
  const last = lastDay(rule, anchor, holidays);
  const end = rule.ends === "close-of-business" ? { hour: 17, minute: 0, second: 0 } : endOfDay;
  return { start: from, due: last.set({ ...end, millisecond: 0 }).toJSDate() };
}

const endOfDay = { hour: 23, minute: 59, second: 59 };

function anchorOf({ anchor }: ClockRule, trigger: DateTime): DateTime {
  if (anchor === "trigger") return trigger;
  if (anchor === "end-of-year") return trigger.endOf("year");
  if (anchor === "end-of-quarter") return trigger.endOf("quarter");
  const [month, day] = anchor.slice("following-year-".length).split("-").map(Number);
  return trigger
    .startOf("year")
    .plus({ years: 1 })
    .set({ month: month ?? 1, day: day ?? 1 });
}

function lastDay({ anchor, amount, unit }: ClockRule, day0: DateTime, holidays: ReadonlySet<string>): DateTime {
  if (unit === "calendar-days") return day0.plus({ days: amount });
  if (unit !== "months") return nthWorkingDay(day0, amount, daysOff(unit, holidays));
  const months = day0.plus({ months: Math.trunc(amount) });
  // Whole months after the end of a year or quarter end with a month: June 30 and four of them is October 31.
  return (anchor === "trigger" ? months : months.endOf("month")).plus({ days: amount % 1 === 0 ? 0 : 15 });
}

function nthWorkingDay(day0: DateTime, amount: number, off: ReadonlySet<string>): DateTime {
  let day = day0;
  for (let left = amount; left > 0; ) {
    day = day.plus({ days: 1 });
    if (isWorkingDay(day, off)) left -= 1;
  }
  return day;
}

const none: ReadonlySet<string> = new Set();

/** What a unit leaves out beside weekends and federal holidays: a hospital's own holidays are no days off of the government. */
export const daysOff = (unit: ClockUnit, holidays: ReadonlySet<string>): ReadonlySet<string> =>
  unit === "federal-work-days" ? none : holidays;
