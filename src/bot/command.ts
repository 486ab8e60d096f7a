import type { Card } from "../chat/card.ts";
import type { Reply } from "../chat/reply.ts";
import type { Identity, Place } from "../chat/request.ts";
import type { SentFile } from "../chat/sentFile.ts";
import type { Access, Actor } from "../domain/staff/actor.ts";
import type { Services } from "../services.ts";
import type { Field, Fields, Values } from "./field.ts";

/** What a handler may use: who asks, where, when, and the domain services. */
export interface Context {
  actor: Actor;
  place: Place;
  /** Who the asker is on the platform. */
  asker: Identity;
  now: Date;
  /** Claimed by commands that change something, so that a delivery that comes twice has one effect. */
  requestId: string;
  services: Services;
  /** What came with the message, for the command that takes files. */
  files: readonly SentFile[];
  /** Says how far the work is, where it takes more than a second. */
  progress(words: string): void;
  /** Reads what was typed as this field would; throws a refusal at the input that it came in. */
  read<Value>(field: Field<Value>, written: string, input: string): Promise<Value>;
  /** The help that this person sees, of everything or of one area. */
  help(area?: string): Card;
}

export interface Command<F extends Fields = Fields> {
  /** "incident report": folder and file of the command, or one word. */
  path: string;
  /** One line for help, the form's intro and the manifests. */
  summary: string;
  /** Usage hint in Slack's slash command menu, "what happened where". */
  usage: string;
  /** Title of its form, at most 24 characters (Slack's limit for a modal's title). */
  title: string;
  input: F;
  /** Who may ask; what comes back is cut to what they may see. */
  roles: "all" | readonly Access[];
  /**
   * It is given what somebody sends in their own chat: files of these names whatever is written with them, others where
   * nothing is. One command does.
   */
  takesFiles?: RegExp;
  /** It writes; a command that only reads writes nothing. */
  changes: boolean;
  /**
   * Asked with this input it leaves nothing of who asked: no claim of the delivery, no text kept aside, no place where they
   * were seen, and nobody joins by it. The handler keeps its own side of it.
   */
  withoutTrace?(input: Partial<Values<F>>): boolean;
  run(context: Context, input: Values<F>): Promise<Reply>;
}

/** Declares a command; the folder's file exports it as default. */
export const command = <F extends Fields>(declared: Command<F>): Command<F> => declared;
