import { digestCard, digestSent } from "../../cards/digest.ts";
import { digestEndedCard, digestGivenCard, digestUnreachedCard } from "../../cards/digestFollow.ts";
import { isAskedFor } from "../../domain/digests/change.ts";
import type { DigestView } from "../../domain/digests/service.ts";
import { isLate } from "./late.ts";
import type { Notice, Teller, Told } from "./telling.ts";

/** The digest as it is at delivery, under the rights of whoever gets it, or of whoever asked for it in a place. */
export const tellDigest: Teller = async ({ services, notice, recipient, now }) => {
  const digest = await services.digests.forNotice(recipient.actor, notice.recordId, isAskedFor(notice.key), now);
  return digestTold(digest, notice, now);
};

/** A digest that was made; nothing where it is gone or has nothing to say. */
export async function digestTold(digest: DigestView | undefined, notice: Notice, now: Date): Promise<Told | undefined> {
  if (!digest) return undefined;
  const lateFrom = isLate(notice, now) ? notice.dueAt : undefined;
  return { card: digestSent(await digestCard(digest, { lateFrom }), notice.id), evenInQuietHours: false };
}

/** Somebody has a place's digest from now on. */
export const tellGiven: Teller = async ({ services, notice, recipient, now }) => {
  const follow = await services.digests.given(recipient.actor, notice.recordId, now);
  return follow && { card: digestGivenCard(follow), evenInQuietHours: false };
};

/** A digest of theirs reached nobody. */
export const tellUnreached: Teller = async ({ services, notice, recipient, now }) => {
  const found = await services.digests.unreached(recipient.actor, notice.recordId, now);
  return found && { card: digestUnreachedCard(found.follow, found.dueAt), evenInQuietHours: false };
};

/** A digest of theirs has ended, because they see or manage something else now. */
export const tellEnded: Teller = async ({ services, notice, recipient }) => {
  const unit = await services.digests.ended(recipient.actor, notice.recordId);
  return unit && { card: digestEndedCard(unit.name), evenInQuietHours: false };
};
