import { type Card, notice } from "../chat/card.ts";
import { text } from "../chat/text.ts";

/** The card after something was given to somebody whom no message can reach. */
export const notReached = (card: Card, name: string): Card => ({
  ...card,
  blocks: [
    ...card.blocks,
    notice("warning", text`${name} has not used Rounds yet, so nothing could be sent. Tell them yourself.`),
  ],
});
