import { button, buttons, type Card, card, context, formButton, heading, list, paragraph } from "../chat/card.ts";
import { date, text, words } from "../chat/text.ts";
import type { Waiting } from "../domain/todo.ts";
import { todoRow } from "./todoRow.ts";

const rowsShown = 8;

/** The one reminder of a day: what presses, as short as the list itself; each row leads to all that can be done with it. */
export function dailyCard(pressing: readonly Waiting[], all: number): Card {
  const shown = pressing.slice(0, rowsShown);
  const left = all - shown.length;
  return card(
    text`Waiting for you: ${pressing.length}`,
    heading(text`Waiting for you · ${pressing.length}`),
    list(
      shown.map((one) => {
        const { text: said, detail } = todoRow(one);
        return { text: said, detail, button: button("More", "todo show", { about: one.about }) };
      }),
    ),
    left > 0 ? [context(text`${left} more in your list`)] : [],
    buttons(button("Show all", "todo", {}, "primary"), snoozeAll),
  );
}

export const snoozeAll = button("Snooze all to tomorrow", "todo snooze", { until: "tomorrow" });

/** What is left of the reminder of an earlier day. */
export const replacedCard = (by: Date): Card =>
  card(text`Replaced by a later list.`, paragraph(text`Replaced by the list of ${date(by)}.`));

/** One thing that waits, with all that can be done with it. */
export function thingCard(waiting: Waiting, reader: { access: readonly string[] }): Card {
  const { text: said, detail, acts } = todoRow(waiting);
  return card(text`${words(waiting.about)} waits for you.`, heading(said), context(detail), buttons(...acts(reader)));
}

/** It was done, or is not this person's any more. */
export const notWaiting = (about: string): Card =>
  card(
    text`${words(about)} does not wait for you any more.`,
    paragraph(text`${words(about)} does not wait for you any more.`),
    buttons(button("What waits for me", "todo")),
  );

/** What a snooze has done. */
export function snoozedCard(until: string, about: string | undefined): Card {
  const what = about === undefined ? text`You are reminded of nothing` : text`You are not reminded of ${words(about)}`;
  return card(
    text`Snoozed.`,
    paragraph(text`${what} before ${words(until)}. It stays in your list, and what is new is told as ever.`),
    buttons(
      button("What waits for me", "todo"),
      formButton("Another day", "todo snooze", about === undefined ? {} : { about }),
    ),
  );
}
