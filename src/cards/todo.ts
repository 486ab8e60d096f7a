import {
  type Block,
  button,
  buttons,
  type Card,
  card,
  context,
  heading,
  type ListItem,
  list,
  paragraph,
} from "../chat/card.ts";
import { data, strong, type Text, text, time, words } from "../chat/text.ts";
import { reference as incidentReference } from "../domain/incidents/rules.ts";
import { reference as reminderReference } from "../domain/reminders/rules.ts";
import type { Waiting } from "../domain/todo.ts";
import { excerpt } from "./excerpt.ts";
import { kindOf } from "./incidentWords.ts";

const rowsShown = 8;
const day = 24 * 3_600_000;

/** What waits for a person, the most urgent first. */
export function todoCard(waiting: readonly Waiting[], now: Date): Card {
  if (waiting.length === 0) {
    return card(
      text`Nothing waits for you.`,
      heading(text`Nothing waits for you`),
      paragraph(text`Incidents to acknowledge or to see to, and your reminders, appear here as they come.`),
      buttons(button("Report an incident", "incident report", {}, "primary")),
    );
  }
  const shown = waiting.slice(0, rowsShown);
  const groups: [string, Waiting[]][] = [
    ["Now", shown.filter((one) => one.due.getTime() <= now.getTime() + day / 2)],
    [
      "This week",
      shown.filter(
        (one) => one.due.getTime() > now.getTime() + day / 2 && one.due.getTime() <= now.getTime() + 7 * day,
      ),
    ],
    ["Later", shown.filter((one) => one.due.getTime() > now.getTime() + 7 * day)],
  ];
  const left = waiting.length - shown.length;
  return card(
    text`Waiting for you: ${waiting.length}`,
    heading(text`Waiting for you · ${waiting.length}`),
    groups.flatMap(([name, rows]): Block[] =>
      rows.length === 0 ? [] : [paragraph(text`${strong(name)}`), list(rows.map(row))],
    ),
    left > 0 ? [context(text`${left} more`)] : [],
  );
}

function row(waiting: Waiting): ListItem {
  if (waiting.type === "reminder") {
    const { reminder } = waiting;
    const due = reminder.dueAt ?? reminder.nextAt;
    return {
      text: text`${data(excerpt(reminder.what, 120))}`,
      detail: text`${words(reminderReference(reminder.number))}${due ? text` · ${time(due)}` : []}`,
      button: button("Done", "reminder done", { reminder: reminderReference(reminder.number) }),
    };
  }
  const number = incidentReference(waiting.number);
  const what: Text =
    waiting.type === "acknowledge" ? text`Acknowledge ${strong(number)}` : text`See to ${strong(number)}`;
  const until = waiting.goesUp ? text`before ${time(waiting.due)}` : text`since ${time(waiting.due)}`;
  return {
    text: text`${what} · ${words(kindOf(waiting))} · ${waiting.unit.name}`,
    detail: until,
    button: button("Open", "incident show", { incident: number }),
  };
}
