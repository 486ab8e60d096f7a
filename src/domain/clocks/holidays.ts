import { DateTime } from "luxon";

interface Holiday {
  month: number;
  /** Of the month, or the nth of a weekday (1 is Monday); -1 is the last. */
  day: number | { weekday: number; nth: number };
  /** First year, where it is younger than the rest. */
  since?: number;
}

const monday = 1;
const thursday = 4;

/** 5 U.S.C. 6103(a), as it reads since 1978. Inauguration Day is a day off in the District of Columbia alone. */
const federal: readonly Holiday[] = [
  { month: 1, day: 1 },
  { month: 1, day: { weekday: monday, nth: 3 }, since: 1986 },
  { month: 2, day: { weekday: monday, nth: 3 } },
  { month: 5, day: { weekday: monday, nth: -1 } },
  { month: 6, day: 19, since: 2021 },
  { month: 7, day: 4 },
  { month: 9, day: { weekday: monday, nth: 1 } },
  { month: 10, day: { weekday: monday, nth: 2 } },
  { month: 11, day: 11 },
  { month: 11, day: { weekday: thursday, nth: 4 } },
  { month: 12, day: 25 },
];

/**
 * The days off (`YYYY-MM-DD`) for federal holidays that fall in a year. A holiday on a Saturday is taken on the Friday before
 * (5 U.S.C. 6103(b)), one on a Sunday on the Monday after (Executive Order 11582): New Year's Day may be taken in the old year.
 */
export function federalHolidays(year: number): ReadonlySet<string> {
  const known = holidaysOf.get(year);
  if (known) return known;
  const days = [year, year + 1]
    .flatMap((of) => federal.filter(({ since = 0 }) => of >= since).map((holiday) => observed(dayOf(holiday, of))))
    .filter((day) => day.year === year)
    .map(isoOf);
  const holidays = new Set(days);
  holidaysOf.set(year, holidays);
  return holidays;
}

const holidaysOf = new Map<number, ReadonlySet<string>>();

function dayOf({ month, day }: Holiday, year: number): DateTime {
  const first = DateTime.utc(year, month, 1);
  if (typeof day === "number") return first.set({ day });
  if (day.nth > 0) return first.plus({ days: ((day.weekday - first.weekday + 7) % 7) + 7 * (day.nth - 1) });
  const last = first.endOf("month").startOf("day");
  return last.minus({ days: (last.weekday - day.weekday + 7) % 7 });
}

function observed(day: DateTime): DateTime {
  if (day.weekday === 6) return day.minus({ days: 1 });
  return day.weekday === 7 ? day.plus({ days: 1 }) : day;
}

/** Monday to Friday, neither a federal holiday nor one of the organisation's own (`YYYY-MM-DD`). */
export const isWorkingDay = (day: DateTime, own: ReadonlySet<string>): boolean =>
  day.weekday < 6 && !isHoliday(day, own);

/** A federal holiday, or one of the organisation's own (`YYYY-MM-DD`). */
export function isHoliday(day: DateTime, own: ReadonlySet<string>): boolean {
  const date = isoOf(day);
  return federalHolidays(day.year).has(date) || own.has(date);
}

const isoOf = (day: DateTime): string => day.toFormat("yyyy-MM-dd");
