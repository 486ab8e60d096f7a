import { insteadOfPlace } from "../cards/digest.ts";
import { SendFailed } from "../chat/messenger.ts";
import type { Place } from "../chat/request.ts";
import { endUnseen, tellUnreached } from "../domain/digests/owners.ts";
import { quietUntil } from "../domain/quietHours.ts";
import type { Recipient } from "../domain/staff/recipients.ts";
import type { Bound } from "../store/store.ts";
import { askerOf, cardFor, leaveOf, recipientOf } from "./audience.ts";
import { type Prepared, prepareDigests } from "./digests.ts";
import { refresh } from "./refresh.ts";
import { type DeliveryParts, hashOf, longestPause, type Outcome, pauseAfter, send, triesAtMost } from "./send.ts";
import { isComingGrievance } from "./told/grievances.ts";
import { isComing } from "./told/incidents.ts";
import type { Notice, Told } from "./told/telling.ts";

export type { DeliveryParts } from "./send.ts";

/** What was read for a digest is old after this, in milliseconds, and read again for it alone. */
const preparedFor = 30_000;
/** Of digests that were prepared together so many are sent at the same time. */
const sentAtOnce = 4;

/** Delivers notices; several are prepared together, and each is then claimed, sent and noted by itself. */
export async function deliverAll(parts: DeliveryParts, organisationId: string, ids: readonly string[]): Promise<void> {
  const prepared =
    ids.length > 1 ? await prepareDigests(parts, parts.store.of(organisationId), ids, parts.clock()) : undefined;
  const left = [...ids];
  const next = async () => {
    for (let id = left.shift(); id !== undefined; id = left.shift())
      await deliver(parts, organisationId, id, prepared?.get(id));
  };
  await Promise.all(Array.from({ length: sentAtOnce }, next));
}

/**
 * Delivers one notice: claims its row, makes the card under the recipient's rights of this moment, sends it, and notes
 * the platform's message id. A second copy is possible only when this process ends between the platform's acceptance and
 * that note. One that was sent before is drawn again where that is due.
 */
export async function deliver(
  parts: DeliveryParts,
  organisationId: string,
  noticeId: string,
  prepared?: Prepared,
): Promise<void> {
  const bound = parts.store.of(organisationId);
  const now = parts.clock();
  const [notice] = await bound.notice.updateManyAndReturn({
    where: { id: noticeId, state: "waiting", tryAt: { lte: new Date(now.getTime() + 1_000) } },
    data: { state: "sending", claimedAt: now },
  });
  if (!notice) return refresh(parts, organisationId, noticeId);
  const settle = async (data: Parameters<Bound["notice"]["updateMany"]>[0]["data"]) =>
    void (await bound.notice.updateMany({ where: { id: noticeId, state: "sending", claimedAt: now }, data }));
  try {
    const isFresh = prepared !== undefined && now.getTime() - prepared.at.getTime() <= preparedFor;
    const outcome = isFresh
      ? await tellPrepared(parts, bound, notice, prepared, now)
      : notice.personId
        ? await tellPerson(parts, bound, notice, notice.personId, now)
        : await tellPlace(parts, bound, notice, now);
    switch (outcome.type) {
      case "sent":
        if (notice.kind === "waiting") await replaceEarlier(bound, notice, now);
        return await settle({
          state: "sent",
          sentAt: parts.clock(),
          message: outcome.message,
          sentTo: { ...outcome.place },
          toldId: outcome.to,
          drawn: hashOf(outcome.card),
        });
      case "later":
        return await settle({ state: "waiting", tryAt: outcome.until });
      case "withdrawn":
        await settle({ state: "withdrawn" });
        if (notice.kind === "digest") return await endWithdrawn(parts, bound, notice, now);
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
    parts.log.warn(
      { organisation: organisationId, notice: noticeId, attempt: notice.attempts + 1, cause: error },
      "a notice could not be sent; it is tried again",
    );
    if (notice.attempts + 1 >= triesAtMost) {
      await settle({ state: "failed" });
      return passOn(bound, notice, now);
    }
    const tryAt = new Date(parts.clock().getTime() + pauseAfter(error, notice.attempts));
    await settle({ state: "waiting", tryAt, attempts: notice.attempts + 1 });
  }
}

const tellPrepared = async (
  parts: DeliveryParts,
  bound: Bound,
  notice: Notice,
  { recipient, made }: Prepared,
  now: Date,
): Promise<Outcome> => (made ? sendUnlessQuiet(parts, bound, notice, recipient, made, now) : { type: "withdrawn" });

async function tellPerson(
  parts: DeliveryParts,
  bound: Bound,
  notice: Notice,
  personId: string,
  now: Date,
): Promise<Outcome> {
  const away = await leaveOf(parts, bound, notice, now);
  if (away?.cover) {
    if (away.cover === "elsewhere") return elsewhere(now);
    const made = await cardFor(parts, bound, notice, away.cover, now);
    if (made) return sendUnlessQuiet(parts, bound, notice, away.cover, made, now);
  }
  const recipient = await recipientOf(parts, bound, personId, now);
  if (recipient === "gone")
    return notice.kind === "reminder" ? tellAsker(parts, bound, notice, now) : { type: "failed" };
  if (recipient === "elsewhere") return elsewhere(now);
  const made = await cardFor(parts, bound, notice, recipient, now);
  if (!made) return { type: "withdrawn" };
  if (away) {
    // What the cover may not see waits for the person, and somebody else sees to it meanwhile.
    await goUp(bound, notice, now);
    return { type: "later", until: away.leave.ends };
  }
  const outcome = await sendUnlessQuiet(parts, bound, notice, recipient, made, now);
  return outcome.type === "failed" && notice.kind === "reminder" ? tellAsker(parts, bound, notice, now) : outcome;
}

const elsewhere = (now: Date): Outcome => ({ type: "later", until: new Date(now.getTime() + longestPause) });

async function sendUnlessQuiet(
  parts: DeliveryParts,
  bound: Bound,
  notice: Notice,
  recipient: Recipient,
  made: Told,
  now: Date,
): Promise<Outcome> {
  const until =
    recipient.quiet && !made.evenInQuietHours ? quietUntil(recipient.quiet, recipient.actor.zone, now) : undefined;
  return until ? { type: "later", until } : send(parts, bound, notice, recipient, made.card);
}

/** A reminder or digest whose person or place cannot be reached comes to whoever asked for it. */
async function tellAsker(parts: DeliveryParts, bound: Bound, notice: Notice, now: Date): Promise<Outcome> {
  const asker = await askerOf(parts, bound, notice, now);
  if (asker === "elsewhere") return elsewhere(now);
  const made = asker === "gone" ? undefined : await cardFor(parts, bound, notice, asker, now);
  if (!made || asker === "gone") return { type: "failed" };
  return send(parts, bound, notice, asker, notice.kind === "digest" ? insteadOfPlace(made.card) : made.card);
}

async function tellPlace(parts: DeliveryParts, bound: Bound, notice: Notice, now: Date): Promise<Outcome> {
  // Rounds wrote the row; the column holds a Place as JSON.
  const place = notice.place as unknown as Place;
  const asker = await askerOf(parts, bound, notice, now);
  if (asker === "elsewhere") return elsewhere(now);
  const made = asker === "gone" ? undefined : await cardFor(parts, bound, notice, asker, now);
  if (asker === "gone" || !made) return { type: "withdrawn" };
  const messenger = parts.messengers.get(place.platform);
  try {
    if (messenger) {
      const message = await messenger.post(place, made.card, { zone: asker.actor.zone, mentions: {} });
      return { type: "sent", place, to: null, card: made.card, message };
    }
  } catch (error) {
    if (!(error instanceof SendFailed) || !error.final) throw error;
  }
  return tellAsker(parts, bound, notice, now);
}

/** The list of an earlier day says that another one has come. */
async function replaceEarlier(bound: Bound, { personId, dueAt }: Notice, now: Date): Promise<void> {
  const earlier = await bound.notice.findFirst({
    where: { kind: "waiting", personId, state: "sent", dueAt: { lt: dueAt } },
    orderBy: { dueAt: "desc" },
    select: { id: true },
  });
  if (earlier) await bound.notice.updateMany({ where: { id: earlier.id }, data: { refreshAt: now } });
}

/**
 * A record that its person cannot be told of, or may not see, goes to the next person up at once; of a digest that reached
 * nobody its owner is told.
 */
async function passOn(bound: Bound, notice: Notice, now: Date): Promise<void> {
  await goUp(bound, notice, now);
  if (notice.kind === "digest") await tellUnreached(bound, notice.id, now);
}

async function goUp(bound: Bound, notice: Notice, now: Date): Promise<void> {
  const ignored = { id: notice.recordId, acknowledgedAt: null, closedAt: null, escalateAt: { not: null } };
  const change = { where: ignored, data: { escalateAt: now } };
  if (isComing(notice.kind)) await bound.incident.updateMany(change);
  if (isComingGrievance(notice.kind)) await bound.grievance.updateMany(change);
}

/** A digest that was not sent, because its person may not see it any more, is none from now on. */
async function endWithdrawn(parts: DeliveryParts, bound: Bound, notice: Notice, now: Date): Promise<void> {
  const person = notice.personId === null ? "gone" : await recipientOf(parts, bound, notice.personId, now);
  if (typeof person !== "string") await endUnseen(bound, person.actor, notice.recordId, now);
}
