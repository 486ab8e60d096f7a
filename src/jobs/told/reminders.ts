import { dueReminderCard, reminderCard } from "../../cards/reminder.ts";
import { isLate } from "./late.ts";
import type { Over, Teller } from "./telling.ts";

/** Quiet hours hold back no reminder that somebody set for themselves. */
export const tellReminder: Teller = async ({ services, organisationId, notice, recipient, now }) => {
  const reminder = await services.reminders.forNotice(organisationId, notice.recordId);
  // Done, put off, or come again since.
  if (reminder?.dueAt?.getTime() !== notice.dueAt.getTime()) return undefined;
  return {
    card: dueReminderCard(reminder, recipient.actor, notice.dueAt, isLate(notice, now)),
    evenInQuietHours: reminder.by.id === recipient.actor.id,
  };
};

/** How it stands by now. */
export const reminderOver: Over = async ({ services, organisationId, notice, recipient }) => {
  const reminder = await services.reminders.forNotice(organisationId, notice.recordId);
  return reminder && reminderCard(reminder, recipient.actor);
};
