import { type Button, button, formButton } from "../chat/card.ts";
import { data, strong, type Text, text, time, words } from "../chat/text.ts";
import type { ActionWaiting } from "../domain/actions/waiting.ts";
import type { BudgetWaiting } from "../domain/budgets/waiting.ts";
import type { ClockWaiting } from "../domain/clocks/service.ts";
import type { GrievanceWaiting } from "../domain/grievances/waiting.ts";
import type { IncidentWaiting } from "../domain/incidents/waiting.ts";
import type { ReminderWaiting } from "../domain/reminders/waiting.ts";
import type { Waiting } from "../domain/todo.ts";
import { overdueInWords } from "./actionWords.ts";
import { explainButton, monthName } from "./budgetWords.ts";
import { dueInWords } from "./clock.ts";
import { day } from "./day.ts";
import { excerpt } from "./excerpt.ts";
import { kindOf } from "./incidentWords.ts";

/** How a thing that waits is said in a list, and what can be done with it. */
interface TodoRow {
  text: Text;
  detail: Text;
  /** Opens the record. */
  open: Button;
  /** Where one click can do it. */
  done?: Button;
  /** Done, snooze, reassign, comment: as far as the reader may. */
  acts(reader: { access: readonly string[] }): Button[];
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
    case "answer":
      return incidentRow(waiting);
    case "grievance":
      return grievanceRow(waiting);
    case "action":
      return actionRow(waiting);
    case "clock":
      return clockRow(waiting);
    case "budget":
      return budgetRow(waiting);
    case "reminder":
      return reminderRow(waiting);
  }
}

const whatToDo = { acknowledge: "Acknowledge", handle: "See to", answer: "Answer a question about" } as const;

function incidentRow(waiting: IncidentWaiting): TodoRow {
  const about = { incident: waiting.about };
  const what = words(whatToDo[waiting.type]);
  const finish: Finish =
    waiting.type === "acknowledge"
      ? () => button("Acknowledge", "incident acknowledge", about, "primary")
      : doneOrTaken("incident", about, waiting.isAssigned, formButton("Done", "incident close", about, "primary"));
  return {
    text: text`${what} ${strong(waiting.about)} · ${words(kindOf(waiting))} · ${waiting.unit.name}`,
    detail: waiting.goesUp ? text`before ${time(waiting.due)}` : text`since ${time(waiting.since)}`,
    ...(waiting.type === "answer" ? answerActs(waiting.about) : recordActs("incident", about, finish)),
  };
}

/** The reporter is asked something. */
function answerActs(incident: string): Pick<TodoRow, "open" | "acts"> {
  const open = button("Open", "incident show", { incident });
  const answer = formButton("Answer", "incident note", { incident }, "primary");
  return { open, acts: () => [answer, ...snooze(incident), open] };
}

const parts = { acknowledge: "Acknowledge", answer: "Answer", handle: "See to" } as const;

function grievanceRow({
  part,
  about: number,
  sort,
  unit,
  isPressing,
  isAssigned,
  due,
  since,
}: GrievanceWaiting): TodoRow {
  const about = { grievance: number };
  const done = sort === "grievance" ? "grievance resolve" : "grievance close";
  return {
    text: text`${words(parts[part])} ${strong(number)} · ${words(sort)} · ${unit.name}`,
    detail: isPressing ? text`before ${time(due)}` : text`since ${time(since)}`,
    ...recordActs(
      "grievance",
      about,
      part === "acknowledge"
        ? () => button("Acknowledge", "grievance acknowledge", about, "primary")
        : doneOrTaken("grievance", about, isAssigned, formButton("Done", done, about, "primary")),
    ),
  };
}

/** What brings a record to its end, for a reader. */
type Finish = (reader: { access: readonly string[] }) => Button;

/** A manager closes and answers what is assigned to them; quality anything. */
const doneOrTaken =
  (area: string, about: Record<string, string>, isAssigned: boolean, done: Button): Finish =>
  ({ access }) =>
    isAssigned || access.includes("quality")
      ? done
      : button("Take it", `${area} assign`, { ...about, to: "me" }, "primary");

/** What is done with a safety record: its managers and quality finish it and give it away, everybody else who has it comments. */
function recordActs(area: string, about: Record<string, string>, finish: Finish): Pick<TodoRow, "open" | "acts"> {
  const open = button("Open", `${area} show`, about);
  return {
    open,
    acts: ({ access }) => [
      ...(access.includes("manager") || access.includes("quality")
        ? [finish({ access }), formButton("Reassign", `${area} assign`, about)]
        : []),
      formButton("Comment", `${area} note`, about),
      ...Object.values(about).flatMap(snooze),
      open,
    ],
  };
}

function clockRow({ about, clock }: ClockWaiting): TodoRow {
  const open = button("Open", "clock show", { clock: about });
  const on = clock.about ? text` · ${words(clock.about.reference)}` : [];
  return {
    text: text`${words(clock.rule.title)}${on}`,
    detail: text`${words(about)} · ${dueInWords(clock)}`,
    open,
    acts: () => [button("Done", "clock done", { clock: about }, "primary"), ...snooze(about), open],
  };
}

/** Lines of a unit's month that are to be explained, or to be accepted. */
function budgetRow({ part, about, unit, month, lines, due }: BudgetWaiting): TodoRow {
  const at = { unit: unit.id, month };
  const [first] = lines;
  const what = text`${words(part === "explain" ? "Explain" : "Review")} ${words(monthName(month))}`;
  const of = first && lines.length === 1 ? text`${first.name.toLowerCase()}` : text`${lines.length} lines`;
  const open =
    part === "review" && first
      ? button("Open", "budget variance", { ...at, line: first.id })
      : button("Open", "budget unexplained", at);
  const ways =
    part === "explain"
      ? lines.slice(0, 2).map((line) => explainButton(at, line))
      : lines.slice(0, 1).map((line) => button("Accept", "budget accept", { ...at, line: line.id }, "primary"));
  return {
    text: text`${what} · ${of} · ${unit.name}`,
    detail: text`${words(about)} · before ${time(due)}`,
    open,
    acts: () => [...ways, ...snooze(about), open],
  };
}

function reminderRow({ about, due, reminder }: ReminderWaiting): TodoRow {
  return {
    text: text`${data(excerpt(reminder.what, 120))}`,
    detail: text`${words(about)} · ${time(due)}`,
    open: button("Open", "todo show", { about }),
    done: button("Done", "reminder done", { reminder: about, list: true }),
    acts: () => [
      button("Done", "reminder done", { reminder: about }, "primary"),
      button("Tomorrow", "reminder snooze", { reminder: about, until: "tomorrow 09:00" }),
      formButton("Another time", "reminder snooze", { reminder: about }),
    ],
  };
}

function actionRow({ part, about, action }: ActionWaiting): TodoRow {
  const what = text`${strong(about)} · ${data(excerpt(action.what, 120))}`;
  const late = action.overdueDays > 0 ? text` · ${words(overdueInWords(action.overdueDays).toLowerCase())}` : [];
  const input = { action: about };
  const open = button("Open", "action show", input);
  const acts = (...first: Button[]) => ({ open, acts: () => [...first, ...snooze(about), open] });
  const reassign = button("Reassign", "action reassign", input);
  switch (part) {
    case "do":
      return {
        text: what,
        detail: text`due ${day(action.dueOn)}${late}`,
        ...acts(formButton("Done", "action done", input, "primary"), reassign),
      };
    case "check":
      return {
        text: text`Check the effect of ${what}`,
        detail: text`since ${day(action.checkOn ?? action.dueOn)}`,
        ...acts(
          button("It worked", "action check", { ...input, worked: "yes" }, "primary"),
          formButton("It did not", "action check", { ...input, worked: "no" }),
        ),
      };
    case "ask":
      return {
        text: text`Ask after ${what}`,
        detail: text`${words(overdueInWords(action.overdueDays))}`,
        ...acts(reassign),
      };
  }
}

/** No reminder of it until then; it stays in the list. */
const snooze = (about: string): Button[] => [
  button("Tomorrow", "todo snooze", { about, until: "tomorrow" }),
  formButton("Another day", "todo snooze", { about }),
];
