import { isAskedFor } from "../domain/digests/change.ts";
import type { Recipient } from "../domain/staff/recipients.ts";
import type { Bound } from "../store/store.ts";
import type { DueNotices } from "./queue.ts";
import type { DeliveryParts } from "./send.ts";
import { digestTold } from "./told/digests.ts";
import type { Told } from "./told/telling.ts";

export interface DueDigest {
  id: string;
  recordId: string;
  tryAt: Date;
  attempts: number;
}

/** Digests that are prepared together: what many of them need is read once, and those of a unit share its figures. */
const atOnce = 50;

/** Puts digests of one moment together, those of a unit beside each other. */
export async function together(bound: Bound, digests: readonly DueDigest[]): Promise<DueNotices[]> {
  const follows = await bound.follow.findMany({
    where: { id: { in: [...new Set(digests.map(({ recordId }) => recordId))] } },
    select: { id: true, unitId: true },
  });
  const unitOf = new Map(follows.map(({ id, unitId }) => [id, unitId]));
  const due: DueNotices[] = [];
  for (const those of Map.groupBy(digests, ({ tryAt, attempts }) => `${tryAt.getTime()} ${attempts}`).values()) {
    const ordered = those
      .map((one) => ({ ...one, unit: unitOf.get(one.recordId) ?? "" }))
      .sort((one, other) => (one.unit < other.unit ? -1 : one.unit > other.unit ? 1 : 0));
    for (let from = 0; from < ordered.length; from += atOnce) {
      const some = ordered.slice(from, from + atOnce);
      const [first] = some;
      if (!first) continue;
      const { tryAt, attempts } = first;
      due.push({ organisation: bound.organisationId, notices: some.map(({ id }) => id), tryAt, attempts });
    }
  }
  return due;
}

/** What a digest's recipient is told, read a moment before it is sent. */
export interface Prepared {
  at: Date;
  recipient: Recipient;
  made: Told | undefined;
}

/**
 * The digests among these notices that are still to be sent, by their ids: read together, by a number of statements that
 * does not grow with theirs. What needs a look of its own is left out: that of a place, of somebody who is on leave or
 * cannot be reached.
 */
export async function prepareDigests(
  { services, messengers }: DeliveryParts,
  bound: Bound,
  ids: readonly string[],
  now: Date,
): Promise<Map<string, Prepared>> {
  const { organisationId } = bound;
  const notices = await bound.notice.findMany({
    where: { id: { in: [...ids] }, kind: "digest", state: "waiting", personId: { not: null } },
  });
  const people = [...new Set(notices.flatMap(({ personId }) => personId ?? []))];
  const [found, away] = await Promise.all([
    services.recipients.findAll(organisationId, people, new Set(messengers.keys()), now),
    services.leave.onLeave(organisationId, people, now),
  ]);
  const ready = notices.flatMap((notice) => {
    const recipient = away.has(notice.personId ?? "") ? undefined : found.get(notice.personId ?? "");
    return recipient && typeof recipient !== "string" ? [{ notice, recipient }] : [];
  });
  const digests = await services.digests.forNotices(
    organisationId,
    ready.map(({ notice, recipient }) => ({
      id: notice.recordId,
      actor: recipient.actor,
      askedFor: isAskedFor(notice.key),
    })),
    now,
  );
  const prepared = new Map<string, Prepared>();
  for (const [at, { notice, recipient }] of ready.entries())
    prepared.set(notice.id, { at: now, recipient, made: await digestTold(digests[at], notice, now) });
  return prepared;
}
