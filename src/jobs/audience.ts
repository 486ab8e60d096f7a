import { forWhom } from "../cards/leave.ts";
import type { Found, Recipient } from "../domain/staff/recipients.ts";
import type { Bound } from "../store/store.ts";
import type { DeliveryParts } from "./send.ts";
import type { Notice, Told } from "./told/telling.ts";
import { told, whileOnLeave } from "./told.ts";

export const recipientOf = (parts: DeliveryParts, bound: Bound, personId: string, now: Date): Promise<Found> =>
  parts.services.recipients.find(bound.organisationId, personId, new Set(parts.messengers.keys()), now);

/** Who asked for the reminder or digest behind a notice. */
export async function askerOf(parts: DeliveryParts, bound: Bound, notice: Notice, now: Date): Promise<Found> {
  if (notice.kind === "digest") {
    const ownerId = await parts.services.digests.ownerOf(bound.organisationId, notice.recordId);
    return ownerId === undefined ? "gone" : recipientOf(parts, bound, ownerId, now);
  }
  const reminder = await bound.reminder.findFirst({ where: { id: notice.recordId }, select: { byId: true } });
  return reminder ? recipientOf(parts, bound, reminder.byId, now) : "gone";
}

/** The leave that the person whom a notice is for is on, and their cover where it goes there; undefined where it is told as ever. */
export async function leaveOf(parts: DeliveryParts, bound: Bound, notice: Notice, now: Date) {
  const rule = whileOnLeave(notice.kind);
  if (notice.personId === null || rule === "told") return undefined;
  const leave = await parts.services.leave.running(bound.organisationId, notice.personId, now);
  if (!leave) return undefined;
  const cover = rule === "cover" ? await recipientOf(parts, bound, leave.cover.id, now) : undefined;
  // A cover who left is none.
  return cover === "gone" ? undefined : { leave, cover };
}

/** The card of a notice for its recipient, who may be the cover of the person whom it is for. */
export async function cardFor(
  { services }: DeliveryParts,
  { organisationId }: Bound,
  notice: Notice,
  recipient: Recipient,
  now: Date,
): Promise<Told | undefined> {
  const made = await told({ services, organisationId, notice, recipient, now });
  const own = notice.personId === null || notice.personId === recipient.actor.id;
  if (!made || own || whileOnLeave(notice.kind) !== "cover") return made;
  const leave = await services.leave.running(organisationId, notice.personId ?? "", now);
  return leave ? { ...made, card: forWhom(made.card, leave) } : made;
}
