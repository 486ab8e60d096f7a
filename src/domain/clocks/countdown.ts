import { DateTime } from "luxon";
import { counted } from "../../chat/text.ts";
import { type Calendar, daysOff } from "./compute.ts";
import { isWorkingDay } from "./holidays.ts";
import type { ClockRule } from "./rules.ts";

/** How long is left, in the unit that one thinks in: “4 business days left”, “6 h left”, “due today”, “overdue by 2 days”. */
export function countdown(rule: ClockRule, due: Date, now: Date, calendar: Calendar): string {
  const { zone } = calendar;
  const end = DateTime.fromJSDate(due, { zone });
  const at = DateTime.fromJSDate(now, { zone });
  if (at > end) return `overdue by ${passed(rule, end, at)}`;
  if (rule.unit === "hours") return `${hours(end.diff(at).milliseconds)} left`;
  const days = daysBetween(at, end);
  if (days === 0) return rule.ends === "close-of-business" ? `due today by ${end.toFormat("HH:mm")}` : "due today";
  if (days === 1) return "due tomorrow";
  return `${left(rule, at, end, days, calendar)} left`;
}

/** Where the day it was due is not over yet, and for the first two days of a clock in hours, hours. */
function passed({ unit }: ClockRule, end: DateTime, at: DateTime): string {
  const days = daysBetween(end, at);
  const exact = at.diff(end).milliseconds;
  return days === 0 || (unit === "hours" && exact < 48 * hour) ? hours(exact) : counted(days, "day");
}

function left(rule: ClockRule, at: DateTime, end: DateTime, days: number, { holidays }: Calendar): string {
  if (rule.unit === "months") {
    const months = Math.trunc(end.diff(at, "months").months);
    return months < 2 ? counted(days, "day") : counted(months, "month");
  }
  if (rule.unit === "calendar-days") return counted(days, "day");
  const off = daysOff(rule.unit, holidays);
  const working = Array.from({ length: days }, (_, index) => at.plus({ days: index + 1 }));
  const business = working.filter((day) => isWorkingDay(day, off)).length;
  // A day that became a holiday after the clock had started may be all that is left.
  return business === 0 ? counted(days, "day") : counted(business, "business day");
}

const hour = 3_600_000;

/** Whole hours, and minutes within the last or first one. */
function hours(milliseconds: number): string {
  if (milliseconds >= hour) return `${Math.trunc(milliseconds / hour)} h`;
  const minutes = Math.trunc(milliseconds / 60_000);
  return minutes === 0 ? "less than a minute" : `${minutes} min`;
}

/** From one day of the calendar to another, whatever the hours. */
const daysBetween = (from: DateTime, to: DateTime): number =>
  Math.round(to.startOf("day").diff(from.startOf("day"), "days").days);
