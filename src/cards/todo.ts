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
import { strong, text } from "../chat/text.ts";
import type { Waiting } from "../domain/todo.ts";
import { snoozeAll } from "./daily.ts";
import { todoRow } from "./todoRow.ts";

const rowsShown = 8;
const hour = 3_600_000;

/** What waits for a person, the most urgent first; a page at a time. */
export function todoCard(waiting: readonly Waiting[], now: Date, page = 1): Card {
  const pages = Math.max(1, Math.ceil(waiting.length / rowsShown));
  const at = Math.min(page, pages);
  const shown = waiting.slice((at - 1) * rowsShown, at * rowsShown);
  const [first] = shown;
  if (!first)
    return card(
      text`Nothing waits for you.`,
      heading(text`Nothing waits for you`),
      paragraph(text`Incidents to acknowledge or to see to, and your reminders, appear here as they come.`),
      buttons(button("Report an incident", "incident report", {}, "primary")),
    );
  const left = waiting.length - at * rowsShown;
  return card(
    text`Waiting for you: ${waiting.length}`,
    heading(text`Waiting for you · ${waiting.length}`),
    grouped(shown, now),
    left > 0 ? [context(text`${left} more`)] : [],
    buttons(
      { ...todoRow(first).open, label: "Open the first", style: "primary" },
      ...(left > 0 ? [button(`Next ${Math.min(left, rowsShown)}`, "todo", { page: at + 1 })] : []),
      ...(at > 1 ? [button("Back to the first", "todo", { page: 1 })] : []),
      snoozeAll,
    ),
  );
}

/** Now, this week and later, each with its rows; groups without any are left out. */
function grouped(shown: readonly Waiting[], now: Date): Block[] {
  const within = (due: Date, hours: number) => due.getTime() <= now.getTime() + hours * hour;
  const groupOf = ({ due }: Waiting) => (within(due, 12) ? "Now" : within(due, 7 * 24) ? "This week" : "Later");
  return [...Map.groupBy(shown, groupOf)].flatMap(([name, rows]) => [
    paragraph(text`${strong(name)}`),
    list(rows.map(rowOf)),
  ]);
}

function rowOf(waiting: Waiting): ListItem {
  const { text: said, detail, open, done } = todoRow(waiting);
  return { text: said, detail, button: done ?? open };
}
