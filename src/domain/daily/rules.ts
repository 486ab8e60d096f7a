import { DateTime } from "luxon";
import { isWorkingDay } from "../clocks/holidays.ts";
import { type QuietHours, quietUntil } from "../quietHours.ts";
import type { Waits } from "../waits.ts";

/** When people of an organisation are reminded of what waits. */
export interface RemindingHours {
  /** `HH:mm` in each person's own zone. */
  remindAt: string;
  /** Days off of the organisation (`YYYY-MM-DD`), beside the federal holidays. */
  holidays: readonly string[];
}

/** After this hour of a working day the reminder that was missed waits for the next one, which says the same. */
const workEndsAt = 17;

/** What is due today or on one of the days that follow is due soon. */
const soonDays = 2;

/** From when until when the reminder of a day may come, on a working day; undefined on any other. */
function hoursOf(
  at: DateTime,
  { remindAt, holidays }: RemindingHours,
): { from: DateTime; until: DateTime } | undefined {
  if (!isWorkingDay(at, new Set(holidays))) return undefined;
  const [hour = 0, minute = 0] = remindAt.split(":").map(Number);
  const from = at.startOf("day").set({ hour, minute });
  return { from, until: DateTime.max(from.plus({ hours: 1 }), at.startOf("day").set({ hour: workEndsAt })) };
}

/** The day (`YYYY-MM-DD`) whose reminder may come at a moment, in a zone; undefined outside working hours. */
export function dayToRemind(now: Date, zone: string, hours: RemindingHours): string | undefined {
  const at = DateTime.fromJSDate(now, { zone });
  const within = hoursOf(at, hours);
  return within && at >= within.from && at < within.until ? at.toFormat("yyyy-MM-dd") : undefined;
}

/**
 * Whether the reminder that fell due at a time may still come: within the working hours of that day; and for people whose
 * quiet hours take up all of those, at the end of their quiet hours.
 */
export function stillFits(
  dueAt: Date,
  now: Date,
  zone: string,
  quiet: QuietHours | undefined,
  hours: RemindingHours,
): boolean {
  const due = DateTime.fromJSDate(dueAt, { zone });
  const within = hoursOf(due, hours);
  if (!within) return false;
  const at = DateTime.fromJSDate(now, { zone });
  if (at < within.until) return true;
  const free = quiet && quietUntil(quiet, zone, dueAt);
  return free !== undefined && free >= within.until.toJSDate() && at < DateTime.fromJSDate(free).plus({ hours: 1 });
}

/**
 * What a person is reminded of: overdue or due soon, or theirs since they were reminded last. Of what came today they have
 * heard, or did it themselves; a reminder that they asked for comes at its own time.
 */
export function isPressing(
  one: Waits & { type: string },
  now: Date,
  zone: string,
  remindedAt: Date | undefined,
): boolean {
  const today = DateTime.fromJSDate(now, { zone }).startOf("day");
  if (one.since >= today.toJSDate()) return false;
  const soon = one.due < today.plus({ days: soonDays + 1 }).toJSDate();
  // What came on the day of the last reminder was not in it.
  const isNew =
    remindedAt === undefined || one.since >= DateTime.fromJSDate(remindedAt, { zone }).startOf("day").toJSDate();
  return one.type === "reminder" ? one.due <= now : soon || isNew;
}
