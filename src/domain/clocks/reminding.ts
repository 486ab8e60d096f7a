import { DateTime } from "luxon";
import type { ClockRule } from "./rules.ts";

const hour = 3_600_000;
const day = 24 * hour;

/** When people are told, of an organisation's working day. */
export interface ReminderTimes {
  /** IANA zone of the facility. */
  zone: string;
  /** Wall-clock time of the grouped reminder, `HH:mm`. */
  remindAt: string;
}

/**
 * When a running clock is told of next, later than a moment; undefined where that was all. In hours: at half time, an hour
 * before it is due (of a day or more, a quarter of the time), when it is due, and every day after. In days: in the morning of
 * the day that it is due, and in the morning after it ran over; what comes before is for the grouped reminder.
 */
export function nextReminder(
  rule: ClockRule,
  { startAt, dueAt }: { startAt: Date; dueAt: Date },
  after: Date,
  times: ReminderTimes,
): Date | undefined {
  const moments = rule.unit === "hours" ? hourly(startAt, dueAt, after) : daily(dueAt, times);
  return moments.filter((moment) => moment > after).sort((one, other) => one.getTime() - other.getTime())[0];
}

/** When a clock that starts or changes at a moment is told of next: one whose reminders have all passed, at once. */
export const nextReminderFrom = (
  rule: ClockRule,
  clock: { startAt: Date; dueAt: Date },
  now: Date,
  times: ReminderTimes,
): Date | null => nextReminder(rule, clock, now, times) ?? (clock.dueAt <= now ? now : null);

function hourly(startAt: Date, dueAt: Date, after: Date): Date[] {
  const due = dueAt.getTime();
  const length = due - startAt.getTime();
  const before = length >= day ? length / 4 : Math.min(hour, length / 4);
  const daysOver = Math.max(0, Math.floor((after.getTime() - due) / day) + 1);
  return [due - length / 2, due - before, due, due + daysOver * day].map((moment) => new Date(moment));
}

function daily(dueAt: Date, { zone, remindAt }: ReminderTimes): Date[] {
  const [hour = 0, minute = 0] = remindAt.split(":").map(Number);
  const morning = DateTime.fromJSDate(dueAt, { zone }).set({ hour, minute, second: 0, millisecond: 0 });
  return [morning, morning.plus({ days: 1 })].map((moment) => moment.toJSDate());
}
