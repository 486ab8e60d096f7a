import { SendFailed } from "../chat/messenger.ts";
import type { Place } from "../chat/request.ts";
import type { Found } from "../domain/staff/recipients.ts";
import type { Bound } from "../store/store.ts";
import { askerOf, cardFor, recipientOf } from "./audience.ts";
import { type DeliveryParts, hashOf, longestPause, pauseAfter, readerOf, triesAtMost } from "./send.ts";
import type { Notice } from "./told/telling.ts";
import { over } from "./told.ts";

/** Longer than any edit may take: one that was killed is made again after this, in milliseconds. */
const drawnWithin = 120_000;

/**
 * Draws the message of a notice again, as its recipient may see the record now; what is over becomes its short end. The row
 * says that it is to be drawn until it was: the time in it moves on while this process has it in hand, and a change that
 * comes meanwhile sets another one.
 */
export async function refresh(parts: DeliveryParts, organisationId: string, noticeId: string): Promise<void> {
  const bound = parts.store.of(organisationId);
  const now = parts.clock();
  const notice = await bound.notice.findFirst({
    where: { id: noticeId, state: "sent", refreshAt: { lte: new Date(now.getTime() + 1_000) } },
  });
  if (!notice) return;
  const inHand = new Date(now.getTime() + drawnWithin);
  const claimed = await bound.notice.updateMany({
    where: { id: noticeId, state: "sent", refreshAt: notice.refreshAt },
    data: { refreshAt: inHand },
  });
  if (claimed.count === 0) return;
  const settle = async (data: Parameters<Bound["notice"]["updateMany"]>[0]["data"]) =>
    void (await bound.notice.updateMany({ where: { id: noticeId, refreshAt: inHand }, data }));
  try {
    const until = await draw(parts, bound, notice, now);
    await settle({ refreshAt: until ?? null });
  } catch (error) {
    const givenUp = (error instanceof SendFailed && error.final) || notice.attempts + 1 >= triesAtMost;
    parts.log.info(
      { organisation: organisationId, notice: noticeId, attempt: notice.attempts + 1, cause: error },
      givenUp ? "a message stays as it was sent" : "a message could not be drawn again; it is tried again",
    );
    if (givenUp) return settle({ refreshAt: null });
    const at = new Date(parts.clock().getTime() + pauseAfter(error, notice.attempts));
    await settle({ refreshAt: at, attempts: notice.attempts + 1 });
  }
}

/** Gives a time where it has to wait for its platform. */
async function draw(parts: DeliveryParts, bound: Bound, notice: Notice, now: Date): Promise<Date | undefined> {
  if (notice.message === null || notice.sentTo === null) return undefined;
  // Rounds wrote the row; the column holds a Place as JSON.
  const place = notice.sentTo as unknown as Place;
  const messenger = parts.messengers.get(place.platform);
  const recipient = await readerNow(parts, bound, notice, now);
  if (!messenger || recipient === "elsewhere") return new Date(now.getTime() + longestPause);
  if (recipient === "gone") return undefined;
  const made = await cardFor(parts, bound, notice, recipient, now);
  const { services } = parts;
  const card = made?.card ?? (await over({ services, organisationId: bound.organisationId, notice, recipient, now }));
  const drawn = hashOf(card);
  if (drawn === notice.drawn) return undefined;
  const reader =
    notice.toldId === null
      ? { zone: recipient.actor.zone, mentions: {} }
      : await readerOf(parts, recipient, card, place);
  await messenger.update(place, notice.message, card, reader);
  await bound.notice.updateMany({ where: { id: notice.id }, data: { drawn } });
  return undefined;
}

/** Who was told then, with the rights of now. */
function readerNow(parts: DeliveryParts, bound: Bound, notice: Notice, now: Date): Promise<Found> {
  const id = notice.toldId ?? notice.personId;
  return id === null ? askerOf(parts, bound, notice, now) : recipientOf(parts, bound, id, now);
}
