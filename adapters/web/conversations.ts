import { randomUUID } from "node:crypto";
import type { File } from "../../src/chat/card.ts";
import type { Identity, Place } from "../../src/chat/request.ts";
import type { Drawn } from "./drawing.ts";

export interface Message {
  id: string;
  conversation: string;
  at: string;
  /** The person who wrote it; undefined for Rounds. */
  author?: string;
  text?: string;
  /** What the drawings show, in a line. */
  summary?: string;
  drawn?: Drawn;
  /** Zone of the reader: clients show moments in it. */
  zone?: string;
  /** Given with the card; fetched by their place in this list. */
  files: File[];
  /** The one person who sees it, in a place of many. */
  onlyFor?: string;
}

export type NewMessage = Omit<Message, "id" | "at">;
export type Listener = (message: Message) => void;

/** More than this is forgotten, oldest first: the page is for trying things. */
const remembered = 500;

/** The messages of the demonstration, in memory. */
export class Conversations {
  /** Their names, by id. */
  readonly #channels: ReadonlyMap<string, string>;
  readonly #messages = new Map<string, Message[]>();
  readonly #listeners = new Map<Listener, string>();

  constructor(channels: readonly { id: string; name: string }[]) {
    this.#channels = new Map(channels.map(({ id, name }) => [id, name]));
  }

  /** The conversation, if this person may be in it. */
  place(identity: Identity, conversation: string): Place | undefined {
    if (conversation !== ownChat(identity) && !this.#channels.has(conversation)) return undefined;
    const name = this.#channels.get(conversation);
    const place = { platform: "web", tenant: identity.tenant, conversation } as const;
    return name === undefined ? { ...place, kind: "personal" } : { ...place, kind: "channel", name };
  }

  add(message: NewMessage): Message {
    const whole = { ...message, id: randomUUID(), at: new Date().toISOString() };
    const all = this.#messages.get(message.conversation) ?? [];
    this.#messages.set(message.conversation, [...all, whole].slice(-remembered));
    this.#tell(whole);
    return whole;
  }

  /** Shows something else in a message; false when it is gone. */
  replace(conversation: string, id: string, shown: Pick<Message, "drawn" | "summary" | "zone" | "files">): boolean {
    const all = this.#messages.get(conversation) ?? [];
    const at = all.findIndex((message) => message.id === id);
    const before = all[at];
    if (!before) return false;
    const after = { ...before, ...shown };
    all[at] = after;
    this.#tell(after);
    return true;
  }

  seen(user: string, conversation: string): Message[] {
    return (this.#messages.get(conversation) ?? []).filter((message) => this.#sees(user, message));
  }

  find(user: string, id: string): Message | undefined {
    for (const all of this.#messages.values()) {
      const found = all.find((message) => message.id === id);
      if (found) return this.#sees(user, found) ? found : undefined;
    }
    return undefined;
  }

  /** Tells of every new or changed message that this person sees; returns what ends it. */
  listen(user: string, listener: Listener): () => void {
    this.#listeners.set(listener, user);
    return () => this.#listeners.delete(listener);
  }

  #tell(message: Message): void {
    for (const [listener, user] of this.#listeners) if (this.#sees(user, message)) listener(message);
  }

  #sees(user: string, message: Message): boolean {
    if (!this.#channels.has(message.conversation)) return message.conversation === `direct:${user}`;
    return message.onlyFor === undefined || message.onlyFor === user;
  }
}

/** A person's own chat with Rounds. */
export const ownChat = (identity: Pick<Identity, "user">): string => `direct:${identity.user}`;
