import type { Card, Reader } from "../../src/chat/card.ts";
import { type Messenger, SendFailed } from "../../src/chat/messenger.ts";
import type { Identity, Place, Platform } from "../../src/chat/request.ts";
import { said } from "../support/person.ts";

export interface Sent {
  to: string;
  thread?: string | undefined;
  text: string;
  reader: Reader;
  card: Card;
}

/** A platform in memory that takes messages, refuses them, asks to wait, or holds them open. */
export function memoryMessenger(platform: Platform) {
  const sent: Sent[] = [];
  /** Messages that were drawn again: which, and what they say then. */
  const edits: { message: string; text: string; card: Card }[] = [];
  /** What the next sends fail with, by the user they go to; "*" is everybody. */
  const failing = new Map<string, SendFailed | Error>();
  let held: { promise: Promise<void>; release: () => void } | undefined;
  const check = (user: string) => {
    const failure = failing.get(user) ?? failing.get("*");
    if (failure) throw failure;
  };
  const messenger: Messenger = {
    platform,
    async personal({ tenant, user }: Identity): Promise<Place> {
      return { platform, tenant, conversation: user, kind: "personal" };
    },
    async post(place, card, reader) {
      await held?.promise;
      check(place.conversation);
      sent.push({ to: place.conversation, thread: place.thread, text: said(card), reader, card });
      return `${platform}-${sent.length}`;
    },
    async update(place, message, card) {
      await held?.promise;
      check(place.conversation);
      edits.push({ message, text: said(card), card });
    },
    async profile() {
      return undefined;
    },
  };
  return {
    messenger,
    sent,
    edits,
    fail: (user: string, failure: SendFailed | Error) => failing.set(user, failure),
    mend: () => failing.clear(),
    /** Sends wait from now on until what is returned is called. */
    hold(): () => void {
      let release = () => {};
      const promise = new Promise<void>((resolve) => {
        release = resolve;
      });
      held = { promise, release };
      return () => {
        held = undefined;
        release();
      };
    },
  };
}

export const busy = (retryAfter: number) => new SendFailed("busy", { final: false, retryAfter });
export const unknownPerson = () => new SendFailed("user_not_found", { final: true });
