import { type Card, staffIn } from "../chat/card.ts";
import { type Messenger, SendFailed } from "../chat/messenger.ts";
import type { Identity, Place, Platform } from "../chat/request.ts";
import { quietUntil } from "../domain/quietHours.ts";
import type { Recipient } from "../domain/staff/recipients.ts";
import type { Log } from "../log.ts";
import type { Services } from "../services.ts";
import type { Bound, Store } from "../store/store.ts";
import { isComingGrievance } from "./told/grievances.ts";
import { isComing } from "./told/incidents.ts";
import type { Notice } from "./told/telling.ts";
import { told } from "./told.ts";

export interface DeliveryParts {
  store: Store;
  services: Services;
  messengers: ReadonlyMap<Platform, Messenger>;
  clock: () => Date;
  log: Log;
}

/** Pauses between tries grow from the first to the last of these, in milliseconds; never given up within a day. */
const firstPause = 2_000;
const longestPause = 15 * 60_000;
const triesAtMost = 120;

/**
 * Delivers one notice: claims its row, makes the card under the recipient's rights of this moment, sends it, and notes
 * the platform's message id. A second copy is possible only when this process ends between the platform's acceptance and
 * that note.
 */
export async function deliver(parts: DeliveryParts, organisationId: string, noticeId: string): Promise<void> {
  const bound = parts.store.of(organisationId);
  const now = parts.clock();
  const claimed = await bound.notice.updateMany({
    where: { id: noticeId, state: "waiting", tryAt: { lte: new Date(now.getTime() + 1_000) } },
    data: { state: "sending", claimedAt: now },
  });
  if (claimed.count === 0) return;
  const notice = await bound.notice.findFirstOrThrow({ where: { id: noticeId } });
  const settle = async (data: Parameters<Bound["notice"]["updateMany"]>[0]["data"]) =>
    void (await bound.notice.updateMany({ where: { id: noticeId, state: "sending", claimedAt: now }, data }));
  try {
    const outcome = notice.personId
      ? await tellPerson(parts, bound, notice, notice.personId, now)
      : await tellPlace(parts, bound, notice, now);
    switch (outcome.type) {
      case "sent":
        return await settle({
          state: "sent",
          sentAt: parts.clock(),
          message: outcome.message,
          sentTo: { ...outcome.place },
        });
      case "later":
        return await settle({ state: "waiting", tryAt: outcome.until });
      case "withdrawn":
        await settle({ state: "withdrawn" });
        return await passOn(bound, notice, now);
      case "failed":
        await settle({ state: "failed" });
        parts.log.error(
          { organisation: organisationId, notice: noticeId, reason: "undeliverable" },
          "a notice could not be delivered to anybody",
        );
        return await passOn(bound, notice, now);
    }
  } catch (error) {
    const failed = error instanceof SendFailed ? error : undefined;
    parts.log.warn(
      { organisation: organisationId, notice: noticeId, attempt: notice.attempts + 1, cause: error },
      "a notice could not be sent; it is tried again",
    );
    if (notice.attempts + 1 >= triesAtMost) {
      await settle({ state: "failed" });
      return passOn(bound, notice, now);
    }
    const pause = Math.max(
      failed?.retryAfter ?? 0,
      Math.min(longestPause, firstPause * 2 ** notice.attempts * (0.75 + Math.random() / 2)),
    );
    await settle({ state: "waiting", tryAt: new Date(parts.clock().getTime() + pause), attempts: notice.attempts + 1 });
  }
}

type Outcome =
  | { type: "sent"; message: string; place: Place }
  | { type: "later"; until: Date }
  | { type: "withdrawn" }
  | { type: "failed" };

async function tellPerson(
  parts: DeliveryParts,
  bound: Bound,
  notice: Notice,
  personId: string,
  now: Date,
): Promise<Outcome> {
  const recipient = await parts.services.recipients.find(
    bound.organisationId,
    personId,
    new Set(parts.messengers.keys()),
    now,
  );
  if (recipient === "gone")
    return notice.kind === "reminder" ? tellAsker(parts, bound, notice, now) : { type: "failed" };
  if (recipient === "elsewhere") return { type: "later", until: new Date(now.getTime() + longestPause) };
  const made = await tellingOf(parts, bound, notice, recipient, now);
  if (!made) return { type: "withdrawn" };
  const until =
    recipient.quiet && !made.evenInQuietHours ? quietUntil(recipient.quiet, recipient.actor.zone, now) : undefined;
  if (until) return { type: "later", until };
  const outcome = await send(parts, recipient, made.card);
  return outcome.type === "failed" && notice.kind === "reminder" ? tellAsker(parts, bound, notice, now) : outcome;
}

/** A reminder whose person or place cannot be reached comes to whoever asked for it. */
async function tellAsker(parts: DeliveryParts, bound: Bound, notice: Notice, now: Date): Promise<Outcome> {
  const asker = await askerOf(parts, bound, notice, now);
  if (asker === "elsewhere") return { type: "later", until: new Date(now.getTime() + longestPause) };
  const made = asker === "gone" ? undefined : await tellingOf(parts, bound, notice, asker, now);
  return made && asker !== "gone" ? send(parts, asker, made.card) : { type: "failed" };
}

const tellingOf = ({ services }: DeliveryParts, bound: Bound, notice: Notice, recipient: Recipient, now: Date) =>
  told({ services, organisationId: bound.organisationId, notice, recipient, now });

async function askerOf(
  parts: DeliveryParts,
  bound: Bound,
  notice: Notice,
  now: Date,
): Promise<Recipient | "gone" | "elsewhere"> {
  const reminder = await bound.reminder.findFirst({
    where: { id: notice.recordId, doneAt: null },
    select: { byId: true },
  });
  if (!reminder) return "gone";
  return parts.services.recipients.find(bound.organisationId, reminder.byId, new Set(parts.messengers.keys()), now);
}

/** Tries each of the person's identities in turn; one that is gone for good is no reason to stay silent. */
async function send(parts: DeliveryParts, recipient: Recipient, card: Card): Promise<Outcome> {
  for (const { identity, chat } of recipient.identities) {
    const messenger = parts.messengers.get(identity.platform);
    if (!messenger) continue;
    try {
      const place = chat ?? (await messenger.personal(identity));
      const reader = { zone: recipient.actor.zone, mentions: await mentionsIn(parts, recipient, card, identity) };
      return { type: "sent", place, message: await messenger.post(place, card, reader) };
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

async function tellPlace(parts: DeliveryParts, bound: Bound, notice: Notice, now: Date): Promise<Outcome> {
  // Rounds wrote the row; the column holds a Place as JSON.
  const place = notice.place as unknown as Place;
  const asker = await askerOf(parts, bound, notice, now);
  if (asker === "elsewhere") return { type: "later", until: new Date(now.getTime() + longestPause) };
  const made = asker === "gone" ? undefined : await tellingOf(parts, bound, notice, asker, now);
  if (asker === "gone" || !made) return { type: "withdrawn" };
  const messenger = parts.messengers.get(place.platform);
  try {
    if (messenger)
      return {
        type: "sent",
        place,
        message: await messenger.post(place, made.card, { zone: asker.actor.zone, mentions: {} }),
      };
  } catch (error) {
    if (!(error instanceof SendFailed) || !error.final) throw error;
  }
  return tellAsker(parts, bound, notice, now);
}

async function mentionsIn(
  parts: DeliveryParts,
  recipient: Recipient,
  card: Card,
  identity: Identity,
): Promise<Record<string, string>> {
  const named = staffIn(card);
  return named.length === 0 ? {} : parts.services.people.mentions(recipient.actor, named, identity);
}

/** A record that its person cannot be told of, or may not see, goes to the next person up at once. */
async function passOn(bound: Bound, notice: Notice, now: Date): Promise<void> {
  const ignored = { id: notice.recordId, acknowledgedAt: null, closedAt: null, escalateAt: { not: null } };
  const change = { where: ignored, data: { escalateAt: now } };
  if (isComing(notice.kind)) await bound.incident.updateMany(change);
  if (isComingGrievance(notice.kind)) await bound.grievance.updateMany(change);
}
