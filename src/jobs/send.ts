import { createHash } from "node:crypto";
import { type Card, staffIn } from "../chat/card.ts";
import { type Messenger, SendFailed } from "../chat/messenger.ts";
import type { Identity, Place, Platform } from "../chat/request.ts";
import type { Recipient } from "../domain/staff/recipients.ts";
import type { Log } from "../log.ts";
import type { Services } from "../services.ts";
import type { Bound, Store } from "../store/store.ts";
import type { Notice } from "./told/telling.ts";
import { answersInThread } from "./told.ts";

export interface DeliveryParts {
  store: Store;
  services: Services;
  messengers: ReadonlyMap<Platform, Messenger>;
  clock: () => Date;
  log: Log;
}

/** Pauses between tries grow from the first to the last of these, in milliseconds; never given up within a day. */
const firstPause = 2_000;
export const longestPause = 15 * 60_000;
export const triesAtMost = 120;

/** How long to wait after a send that failed for the so-manyth time. */
export const pauseAfter = (error: unknown, attempts: number): number =>
  Math.max(
    (error instanceof SendFailed && error.retryAfter) || 0,
    Math.min(longestPause, firstPause * 2 ** attempts * (0.75 + Math.random() / 2)),
  );

export type Outcome =
  | { type: "sent"; message: string; place: Place; to: string | null; card: Card }
  | { type: "later"; until: Date }
  | { type: "withdrawn" }
  | { type: "failed" };

/** Tries each of the person's identities in turn; one that is gone for good is no reason to stay silent. */
export async function send(
  parts: DeliveryParts,
  bound: Bound,
  notice: Notice,
  recipient: Recipient,
  card: Card,
): Promise<Outcome> {
  for (const { identity, chat } of recipient.identities) {
    const messenger = parts.messengers.get(identity.platform);
    if (!messenger) continue;
    try {
      const place = await inThread(bound, notice, recipient, chat ?? (await messenger.personal(identity)));
      const reader = await readerOf(parts, recipient, card, identity);
      const message = await messenger.post(place, card, reader);
      return { type: "sent", place, to: recipient.actor.id, card, message };
    } catch (error) {
      if (!(error instanceof SendFailed) || !error.final) throw error;
      parts.log.warn(
        { platform: identity.platform, person: recipient.actor.id, cause: error },
        "a person cannot be reached on a platform",
      );
    }
  }
  return { type: "failed" };
}

/** What goes on with a record answers in the thread of the first message about it, where the platform has threads in a person's own chat. */
async function inThread(bound: Bound, notice: Notice, recipient: Recipient, place: Place): Promise<Place> {
  if (place.platform !== "slack" || !answersInThread(notice.kind)) return place;
  const first = await bound.notice.findFirst({
    where: {
      recordId: notice.recordId,
      toldId: recipient.actor.id,
      state: "sent",
      sentTo: { path: ["conversation"], equals: place.conversation },
    },
    orderBy: { sentAt: "asc" },
    select: { message: true },
  });
  return first?.message ? { ...place, thread: first.message } : place;
}

/** Who reads a card on a platform, with the people whom it names as that platform knows them. */
export async function readerOf(
  { services }: DeliveryParts,
  recipient: Recipient,
  card: Card,
  on: Pick<Identity, "platform" | "tenant">,
) {
  const named = staffIn(card);
  const mentions = named.length === 0 ? {} : await services.people.mentions(recipient.actor, named, on);
  return { zone: recipient.actor.zone, mentions };
}

/** Tells a card from any that would look different. */
export const hashOf = (card: Card): string =>
  createHash("sha256").update(JSON.stringify(card)).digest("base64url").slice(0, 22);
