import { type Block, button, buttons, context, type Input, paragraph } from "../chat/card.ts";
import { data, text } from "../chat/text.ts";
import { partsOf } from "./excerpt.ts";

/** Characters of a narrative that a card shows at once. */
const shownAtOnce = 2500;

/**
 * What somebody told, a part of it where it is long.
 * @param part counted from 1
 * @param command shows the record; takes the part beside `about`
 */
export function narrative(told: string, part: number, command: string, about: Input): Block[] {
  const all = partsOf(told, shownAtOnce);
  const parts = all.length;
  const shown = Math.min(Math.max(1, part), parts);
  const words = paragraph(text`${data(all[shown - 1] ?? "")}`);
  if (parts === 1) return [words];
  const turn = [
    ...(shown > 1 ? [button("Earlier part", command, { ...about, part: shown - 1 })] : []),
    ...(shown < parts ? [button("Next part", command, { ...about, part: shown + 1 })] : []),
  ];
  return [words, context(text`Part ${shown} of ${parts} of the text`), buttons(...turn)];
}
