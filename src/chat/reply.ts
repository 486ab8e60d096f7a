import type { Card, Reader } from "./card.ts";
import type { Form } from "./form.ts";

/** What a handler returns; only adapters have effects. */
export type Reply =
  /** Only for the asker; never falls back to public. */
  | { type: "privately"; card: Card }
  /** For everybody in the place where it was asked. */
  | { type: "here"; card: Card }
  /** Replaces the card whose button or form was used; sent privately where there is none. */
  | { type: "update"; card: Card }
  | { type: "form"; form: Form }
  | { type: "nothing" };

/** A reply with what an adapter needs to draw and send it. */
export interface Answer {
  reply: Reply;
  reader: Reader;
  /** It was not done: a rule refused it, or it failed. The reply says why. */
  refused: boolean;
  /** Nothing of who asked may be kept for it, also not where they were seen. */
  withoutTrace?: true;
  /** The delivery came again: an answer that travels in the HTTP response is given again, a new message is not. */
  repeated: boolean;
}

/** Shows how far something is that takes its time, in place of what was shown of it before. */
export type ShowProgress = (card: Card, reader: Reader) => void;

export const privately = (card: Card): Reply => ({ type: "privately", card });
export const here = (card: Card): Reply => ({ type: "here", card });
export const update = (card: Card): Reply => ({ type: "update", card });
export const ask = (form: Form): Reply => ({ type: "form", form });
export const nothing: Reply = { type: "nothing" };
