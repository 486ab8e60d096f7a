import { type Block, button, buttons, type Card, card, context, heading, list, paragraph } from "../chat/card.ts";
import { data, join, staff, strong, type Text, text, words } from "../chat/text.ts";
import type { ActionFilter, ActionPage, ActionRow } from "../domain/actions/read.ts";
import { reference, states, strengths } from "../domain/actions/rules.ts";
import { overdueInWords } from "./actionWords.ts";
import { day } from "./day.ts";
import { excerpt } from "./excerpt.ts";
import { label } from "./incidentWords.ts";

type Given = Record<string, string | number | boolean>;

/** A page of actions, with the filters as buttons. */
export function actionListCard(page: ActionPage, filter: ActionFilter, given: Given): Card {
  const title = text`${words(titleOf(filter))}`;
  const last = page.rows.at(-1);
  const filters = filtersOf(filter, given);
  const add = button("Add an action", "action add", {}, last ? "default" : "primary");
  if (!last)
    return card(
      title,
      heading(title),
      narrowedTo(filter),
      paragraph(text`Nothing here. What you promise, what you are given and what you give to others appears here.`),
      buttons(add, ...filters),
    );
  const { count, atLeast } = page.more;
  const next = button(
    `Next ${Math.min(count, page.rows.length)}`,
    "action list",
    { ...given, after: last.number },
    "primary",
  );
  return card(
    title,
    heading(title),
    narrowedTo(filter),
    list(
      page.rows.map((row) => ({
        text: text`${strong(reference(row.number))} · ${data(excerpt(row.what, 120))}`,
        detail: detailOf(row),
        button: button("Open", "action show", { action: reference(row.number) }),
      })),
    ),
    count > 0 ? [context(text`${words(atLeast ? "more than " : "")}${count} more`)] : [],
    buttons(...(count > 0 ? [next] : []), ...filters, add),
  );
}

function filtersOf({ status, mine, overdue }: ActionFilter, given: Given) {
  return [
    ...(status === "open" ? [] : [button("Open", "action list", { ...given, status: "open" })]),
    ...(status === "done" ? [] : [button("Done", "action list", { ...given, status: "done", overdue: false })]),
    mine
      ? button("Everybody’s", "action list", { ...given, mine: false })
      : button("Mine", "action list", { ...given, mine: true }),
    ...(overdue ? [] : [button("Overdue", "action list", { ...given, status: "open", overdue: true })]),
  ];
}

const titleOf = ({ status, mine, overdue }: ActionFilter): string => {
  const which = status === "all" ? "All" : label(states, status);
  return `${mine ? "Your" : which} actions${mine ? `, ${which.toLowerCase()}` : ""}${overdue ? ", overdue" : ""}`;
};

const narrowedTo = ({ about }: ActionFilter): Block[] =>
  about === undefined ? [] : [context(text`Only about ${words(about)}`)];

function detailOf(row: ActionRow): Text {
  const parts: Text[] = [text`${staff(row.owner)}`, stateOf(row)];
  if (row.strength) parts.push(text`${words(label(strengths, row.strength).toLowerCase())}`);
  if (row.overdueDays > 0) parts.push(text`${words(overdueInWords(row.overdueDays).toLowerCase())}`);
  return join(parts, " · ");
}

function stateOf(row: ActionRow): Text {
  if (row.state === "open") return text`due ${day(row.dueOn)}`;
  if (row.state === "dropped") return text`dropped`;
  if (row.worked) return text`done, it worked`;
  return row.checkOn ? text`done, effect check ${day(row.checkOn)}` : text`done`;
}
