import type { Platform } from "../../src/chat/request.ts";
import type { Hospital } from "../support/hospital.ts";

export type Handle = keyof Hospital["people"];

/** How a person uses Rounds on one platform; the stories speak only this. */
export interface Driver {
  platform: Platform;
  hospital: Hospital;
  /** Types in their own chat with Rounds. */
  says(who: Handle, text: string): Promise<void>;
  /** Sends a file in their own chat with Rounds. */
  sends(who: Handle, name: string, text: string): Promise<void>;
  /** Types the last thing again: the same delivery comes twice. */
  repeats(): Promise<void>;
  /** Asks Rounds where others read along; returns what the others see beyond the question. */
  asksBeforeOthers: ((who: Handle, text: string) => Promise<{ asker: string; others: string }>) | Fallback;
  /** All that this person sees in their own chat, a line an element; the newest last. */
  sees(who: Handle): Promise<string>;
  /** The newest message or replaced card with a button of this label is clicked. */
  clicks(who: Handle, label: string): Promise<void>;
  /** The open form: its fields with what stands in them, and what is wrong. Opened by its button where the platform needs one. */
  form(who: Handle): Promise<string>;
  fills(who: Handle, values: Record<string, string>): Promise<void>;
  /** How many messages this person's chat holds. */
  messages(who: Handle): Promise<number>;
  /** Asks in a thread; returns whether the answer hangs on it. */
  asksInThread: ((who: Handle, text: string) => Promise<boolean>) | Fallback;
  /** The platform delivers the bot's own message back to it; returns whether anything was answered. */
  hearsItself: (() => Promise<boolean>) | Fallback;
  /** What is due is swept and delivered by the real jobs. */
  delivers: (() => Promise<void>) | Fallback;
  /** The person reads their own chat to its end, and the platform tells the bot so. */
  reads: ((who: Handle) => Promise<void>) | Fallback;
  close(): Promise<void>;
}

/** Something that the platform lacks, and what stands in for it. */
export interface Fallback {
  instead: string;
}

export const isFallback = (one: unknown): one is Fallback =>
  typeof one === "object" && one !== null && "instead" in one;
