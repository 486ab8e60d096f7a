import { button, buttons, type Card, card, context, heading, list, paragraph } from "../chat/card.ts";
import { data, strong, text } from "../chat/text.ts";
import type { HandedOn } from "../domain/leavers/service.ts";

const rowsShown = 8;

/** What somebody had open is the reader's now, because they left. */
export function handedOnCard({ leaver, records }: HandedOn): Card {
  const left = records.length - rowsShown;
  const title = text`What ${data(leaver)} had open is yours now`;
  return card(
    title,
    heading(title),
    paragraph(
      text`${data(leaver)} has left, and you are the next person up. Give it to somebody else where they should have it.`,
    ),
    list(
      records.slice(0, rowsShown).map(({ type, about, unit }) => ({
        text: unit === null ? text`${strong(about)}` : text`${strong(about)} · ${unit}`,
        button: button("Open", `${type} show`, { [type]: about }),
      })),
    ),
    left > 0 ? [context(text`${left} more in your list`)] : [],
    buttons(button("What waits for me", "todo")),
  );
}
