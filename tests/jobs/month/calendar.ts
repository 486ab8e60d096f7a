import { DateTime } from "luxon";
import { isHoliday, isWorkingDay } from "../../../src/domain/clocks/holidays.ts";
import type { Timing } from "../../../src/domain/digests/schedule.ts";

const halfHour = 1_800_000;
const dayInMs = 24 * 3_600_000;

/**
 * When digests are due from a moment on until another one, told apart from how Rounds computes it: the half hours of the
 * time are looked through for the one at which the wall shows the day and the time; where none does, for an hour later.
 */
export function dueTimes(
  { schedule, at, zone }: Timing,
  own: ReadonlySet<string>,
  from: number,
  until: number,
): number[] {
  const first = firstShown(zone, from, until);
  const hourLater = `${String(Number(at.slice(0, 2)) + 1).padStart(2, "0")}${at.slice(2)}`;
  return daysOf(schedule, own, from, until)
    .map((day) => first.get(`${day} ${at}`) ?? first.get(`${day} ${hourLater}`) ?? Number.NaN)
    .filter((time) => time > from && time <= until);
}

const shown = new Map<string, Map<string, number>>();

/** Of each time on the wall (`YYYY-MM-DD HH:mm`) the first moment that shows it. */
function firstShown(zone: string, from: number, until: number): Map<string, number> {
  const key = `${zone} ${from} ${until}`;
  const known = shown.get(key);
  if (known) return known;
  const wall = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  const first = new Map<string, number>();
  for (let at = from - dayInMs; at <= until + dayInMs; at += halfHour) {
    const time = wall.format(at);
    if (!first.has(time)) first.set(time, at);
  }
  shown.set(key, first);
  return first;
}

function daysOf(schedule: Timing["schedule"], own: ReadonlySet<string>, from: number, until: number): string[] {
  // A month earlier, so that the first working day of a month is the first.
  const all: DateTime[] = [];
  for (let at = from - 40 * dayInMs; at <= until + dayInMs; at += dayInMs)
    all.push(DateTime.fromMillis(at, { zone: "utc" }));
  const days = all.map((day) => day.startOf("day"));
  const working = days.filter((day) => isWorkingDay(day, own));
  const firstOf = (span: "week" | "month") =>
    [...Map.groupBy(working, (day) => day.startOf(span).toMillis()).values()]
      .flatMap(([day]) => (day ? [day] : []))
      .slice(1);
  const due = {
    daily: () => days.filter((day) => !isHoliday(day, own)),
    weekdays: () => working,
    weekly: () => firstOf("week"),
    monthly: () => firstOf("month"),
  }[schedule]();
  return due.map((day) => day.toFormat("yyyy-MM-dd"));
}
