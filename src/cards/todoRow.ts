import { type Button, button } from "../chat/card.ts";
import { data, strong, type Text, text, time, words } from "../chat/text.ts";
import type { GrievanceWaiting } from "../domain/grievances/waiting.ts";
import type { IncidentWaiting } from "../domain/incidents/waiting.ts";
import type { ReminderWaiting } from "../domain/reminders/waiting.ts";
import type { Waiting } from "../domain/todo.ts";
import { excerpt } from "./excerpt.ts";
import { kindOf } from "./incidentWords.ts";

/** How a thing that waits is said in a list. */
interface TodoRow {
  text: Text;
  detail: Text;
  /** Opens the record. */
  open?: Button;
  /** Where one click can do it. */
  done?: Button;
}

/** Each sort of thing has its row; whose it is follows where it is not the reader's. */
export function todoRow(waiting: Waiting): TodoRow {
  const row = rowOf(waiting);
  return waiting.whose ? { ...row, detail: text`${row.detail} · for ${waiting.whose.name}` } : row;
}

function rowOf(waiting: Waiting): TodoRow {
  switch (waiting.type) {
    case "acknowledge":
    case "handle":
      return incidentRow(waiting);
    case "grievance":
      return grievanceRow(waiting);
    case "reminder":
      return reminderRow(waiting);
  }
}

function incidentRow(waiting: IncidentWaiting): TodoRow {
  const what = words(waiting.type === "acknowledge" ? "Acknowledge" : "See to");
  return {
    text: text`${what} ${strong(waiting.about)} · ${words(kindOf(waiting))} · ${waiting.unit.name}`,
    detail: waiting.goesUp ? text`before ${time(waiting.due)}` : text`since ${time(waiting.since)}`,
    open: button("Open", "incident show", { incident: waiting.about }),
  };
}

const parts = { acknowledge: "Acknowledge", answer: "Answer", handle: "See to" } as const;

function grievanceRow({ part, about, sort, unit, isPressing, due, since }: GrievanceWaiting): TodoRow {
  return {
    text: text`${words(parts[part])} ${strong(about)} · ${words(sort)} · ${unit.name}`,
    detail: isPressing ? text`before ${time(due)}` : text`since ${time(since)}`,
    open: button("Open", "grievance show", { grievance: about }),
  };
}

function reminderRow({ about, due, reminder }: ReminderWaiting): TodoRow {
  return {
    text: text`${data(excerpt(reminder.what, 120))}`,
    detail: text`${words(about)} · ${time(due)}`,
    done: button("Done", "reminder done", { reminder: about }),
  };
}
