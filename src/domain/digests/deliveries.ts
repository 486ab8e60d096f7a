import type { Identity } from "../../chat/request.ts";
import type { Bound, DomainStore } from "../../store/store.ts";
import { isId } from "../id.ts";
import type { Actor } from "../staff/actor.ts";

/**
 * What became of one digest: `acted` one of its buttons was used, `seen` the platform told that it was read, `none` there
 * was nothing to say or nobody who might see it.
 */
export type Outcome = "acted" | "seen" | "sent" | "waiting" | "failed" | "none";

export interface Delivery {
  id: string;
  /** When it was promised. */
  dueAt: Date;
  sentAt: Date | null;
  outcome: Outcome;
  /** It went to its owner instead of the place, or to the cover of somebody on leave. */
  instead: boolean;
  /** Sent some time after it was promised: quiet hours, a platform that did not answer, or Rounds was down. */
  late: boolean;
}

const lateAfter = 5 * 60_000;

const shown = {
  id: true,
  recordId: true,
  dueAt: true,
  sentAt: true,
  state: true,
  personId: true,
  toldId: true,
  seenAt: true,
  actedAt: true,
} as const;

/** A list looks back so many days for the last one: longer than from one month's to the next. */
const lookedBack = 40;
const dayInMs = 86_400_000;

/** The last ones of a digest, the newest first. */
export async function deliveriesOf(store: Bound, followId: string, atMost: number): Promise<Delivery[]> {
  const rows = await store.notice.findMany({
    where: { recordId: followId, kind: "digest" },
    select: shown,
    orderBy: { dueAt: "desc" },
    take: atMost,
  });
  return rows.map(deliveryOf);
}

/** The last one of each of these digests. */
export async function lastDeliveries(store: Bound, ids: readonly string[], now: Date): Promise<Map<string, Delivery>> {
  const rows = await store.notice.findMany({
    where: {
      recordId: { in: [...ids] },
      kind: "digest",
      dueAt: { gte: new Date(now.getTime() - lookedBack * dayInMs) },
    },
    select: shown,
    orderBy: { dueAt: "asc" },
  });
  return new Map(rows.map((row) => [row.recordId, deliveryOf(row)]));
}

type Row = Awaited<ReturnType<Bound["notice"]["findMany"]>>[number];

const deliveryOf = (row: Pick<Row, keyof typeof shown>): Delivery => ({
  id: row.id,
  dueAt: row.dueAt,
  sentAt: row.sentAt,
  outcome: outcomeOf(row),
  instead: row.state === "sent" && row.toldId !== row.personId,
  late: row.sentAt !== null && row.sentAt.getTime() - row.dueAt.getTime() > lateAfter,
});

function outcomeOf({ state, seenAt, actedAt }: Pick<Row, "state" | "seenAt" | "actedAt">): Outcome {
  switch (state) {
    case "sent":
      if (actedAt) return "acted";
      return seenAt ? "seen" : "sent";
    case "failed":
      return "failed";
    case "withdrawn":
      return "none";
    default:
      return "waiting";
  }
}

export function delivering(store: DomainStore) {
  return {
    /** One of the buttons of a digest was used, by whoever got it; what somebody else claims changes nothing. */
    async acted(actor: Actor, noticeId: string, now: Date): Promise<void> {
      if (!isId(noticeId)) return;
      await store.of(actor.organisationId).notice.updateMany({
        where: {
          id: noticeId,
          kind: "digest",
          state: { in: ["sending", "sent"] },
          actedAt: null,
          OR: [{ toldId: actor.id }, { personId: actor.id }, { place: { not: {} }, toldId: null }],
        },
        data: { actedAt: now },
      });
    },

    /** Somebody has read their own chat. @param until the platform's id of the last message that was read */
    async seen(identity: Identity, conversation: string, until: string, now: Date): Promise<void> {
      const asker = await store.asker(identity, now);
      if (!asker?.person) return;
      const bound = store.of(asker.organisationId);
      const mine = await bound.follow.findMany({ where: { ownerId: asker.person.id }, select: { id: true } });
      const unread = await bound.notice.findMany({
        where: {
          recordId: { in: mine.map(({ id }) => id) },
          kind: "digest",
          state: "sent",
          seenAt: null,
          toldId: asker.person.id,
          sentTo: { path: ["conversation"], equals: conversation },
        },
        select: { id: true, message: true },
      });
      const read = unread.filter(({ message }) => message !== null && Number(message) <= Number(until));
      if (read.length === 0) return;
      await bound.notice.updateMany({
        where: { id: { in: read.map(({ id }) => id) }, seenAt: null },
        data: { seenAt: now },
      });
    },
  };
}
