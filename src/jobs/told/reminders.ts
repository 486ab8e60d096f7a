import { dueReminderCard, reminderCard } from "../../cards/reminder.ts";
import type { Over, Teller } from "./telling.ts";

/** A notice that is tried for the first time this long after it was promised says that it is late. */
const lateAfter = 5 * 60_000;

/** Quiet hours hold back no reminder that somebody set for themselves. */
export const tellReminder: Teller = async ({ services, organisationId, notice, recipient, now }) => {
  const reminder = await services.reminders.forNotice(organisationId, notice.recordId);
  // Done, put off, or come again since.
  if (reminder?.dueAt?.getTime() !== notice.dueAt.getTime()) return undefined;
  const late =
    notice.attempts === 0 &&
    notice.tryAt.getTime() === notice.dueAt.getTime() &&
    now.getTime() - notice.dueAt.getTime() > lateAfter;
  return {
    card: dueReminderCard(reminder, recipient.actor, notice.dueAt, late),
    evenInQuietHours: reminder.by.id === recipient.actor.id,
  };
};

/** How it stands by now. */
export const reminderOver: Over = async ({ services, organisationId, notice, recipient }) => {
  const reminder = await services.reminders.forNotice(organisationId, notice.recordId);
  return reminder && reminderCard(reminder, recipient.actor);
};
