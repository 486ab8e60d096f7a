import { type Card, card, paragraph } from "../chat/card.ts";
import { text } from "../chat/text.ts";

/** Milliseconds before it is said that something is under way, and between two such words. */
const firstAfter = 1_000;
const nextAfter = 2_000;

export interface Underway {
  /** How far the work is. */
  note(words: string): void;
  ended(): void;
}

/** Shows the last that was noted: not before a second has passed, and not more often than people can read. */
export function underway(show: (card: Card) => void): Underway {
  let latest: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  const wait = (milliseconds: number) => {
    timer = setTimeout(() => {
      if (latest !== undefined) show(card(text`${latest}`, paragraph(text`${latest}`)));
      latest = undefined;
      wait(nextAfter);
    }, milliseconds);
  };
  return {
    note(words) {
      latest = words;
      if (timer === undefined) wait(firstAfter);
    },
    ended: () => clearTimeout(timer),
  };
}
