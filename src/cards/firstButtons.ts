import { type Block, type Button, button, buttons, type Input } from "../chat/card.ts";

/** Buttons that a card shows at once; the others are behind “More”. */
const shownAtOnce = 3;
/** Buttons in a row of the whole list. */
const inRow = 5;

/**
 * What a person can do with a record: what comes next first, or all of it.
 * @param command shows the record; takes `more` beside `about`
 */
export function firstButtons(each: readonly Button[], all: boolean, command: string, about: Input): Block[] {
  if (all)
    return Array.from({ length: Math.ceil(each.length / inRow) }, (_, row) =>
      buttons(...each.slice(row * inRow, (row + 1) * inRow)),
    );
  const first = each.slice(0, shownAtOnce);
  const more = each.length > first.length ? [button("More", command, { ...about, more: true })] : [];
  return [buttons(...first, ...more)];
}
