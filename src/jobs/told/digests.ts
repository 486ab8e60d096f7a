import { digestCard } from "../../cards/digest.ts";
import { isLate } from "./late.ts";
import type { Teller } from "./telling.ts";

/** The digest as it is at delivery, under the rights of whoever gets it, or of whoever asked for it in a place. */
export const tellDigest: Teller = async ({ services, notice, recipient, now }) => {
  const digest = await services.digests.forNotice(recipient.actor, notice.recordId, now);
  if (!digest) return undefined;
  const lateFrom = isLate(notice, now) ? notice.dueAt : undefined;
  return { card: await digestCard(digest, { lateFrom }), evenInQuietHours: false };
};
