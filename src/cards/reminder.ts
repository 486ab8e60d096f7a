import {
  type Button,
  button,
  buttons,
  type Card,
  card,
  context,
  formButton,
  heading,
  notice,
  paragraph,
} from "../chat/card.ts";
import { repeats } from "../chat/form.ts";
import { data, staff, type Text, text, time, words } from "../chat/text.ts";
import type { ReminderDetails } from "../domain/reminders/read.ts";
import { reference } from "../domain/reminders/rules.ts";

/** A reminder after it was asked for, snoozed or done: what is now true. */
export function reminderCard(reminder: ReminderDetails, reader: { id: string }): Card {
  const number = words(reference(reminder.number));
  const next = reminder.dueAt ?? reminder.nextAt;
  const state: Text =
    reminder.doneAt || !next
      ? text`${number} is done.`
      : text`${number} · ${whom(reminder, reader)} reminded ${time(next)}${often(reminder)}`;
  return card(
    text`${number}`,
    heading(text`${number} · reminder`),
    paragraph(text`${data(reminder.what)}`),
    context(state),
    reminder.doneAt || !next ? [] : [buttons(...actions(reminder))],
  );
}

/**
 * What the person sees when the time has come, or whoever asked for it where that person cannot be reached. `late` says
 * how it is when Rounds was down at that time.
 */
export function dueReminderCard(reminder: ReminderDetails, reader: { id: string }, dueAt: Date, late: boolean): Card {
  const from = reminder.by.id === reader.id ? [] : text` · asked by ${staff(reminder.by)}`;
  const instead =
    reminder.who && reminder.who.id !== reader.id
      ? [notice("info", text`${staff(reminder.who)} could not be reached, so this comes to you.`)]
      : [];
  return card(
    text`Reminder ${words(reference(reminder.number))}`,
    heading(text`Reminder`),
    instead,
    paragraph(text`${data(reminder.what)}`),
    context(
      text`${words(reference(reminder.number))}${from}${often(reminder)}${late ? text` · late: it was due ${time(dueAt)}` : []}`,
    ),
    buttons(...actions(reminder)),
  );
}

function actions(reminder: ReminderDetails): Button[] {
  const about = { reminder: reference(reminder.number) };
  return [
    button("Done", "reminder done", about, "primary"),
    button("Tomorrow", "reminder snooze", { ...about, until: "tomorrow 09:00" }),
    formButton("Another time", "reminder snooze", about),
    ...(reminder.every === "once" ? [] : [button("Stop", "reminder done", { ...about, stop: true })]),
  ];
}

const whom = (reminder: ReminderDetails, reader: { id: string }): Text => {
  if (!reminder.who) return text`this place is`;
  return reminder.who.id === reader.id ? text`you are` : text`${staff(reminder.who)} is`;
};

const often = (reminder: ReminderDetails): Text =>
  reminder.every === "once"
    ? []
    : text` · ${words(repeats.find((one) => one.code === reminder.every)?.label.toLowerCase() ?? "")}`;
