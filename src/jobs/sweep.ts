import { tellUnits } from "../domain/actions/youSaid.ts";
import { remindOfClocks } from "../domain/clocks/remind.ts";
import { remindDaily } from "../domain/daily/remind.ts";
import { followByRule } from "../domain/digests/byRule.ts";
import { moveFromLeavers } from "../domain/digests/owners.ts";
import { releaseDigests } from "../domain/digests/release.ts";
import { escalateGrievances } from "../domain/grievances/escalation.ts";
import { escalate } from "../domain/incidents/escalation.ts";
import { handOver } from "../domain/incidents/orphans.ts";
import { measureNightly } from "../domain/kpis/nightly.ts";
import { handOn } from "../domain/leavers/handOn.ts";
import { releaseReminders } from "../domain/reminders/release.ts";
import type { Bound, Store } from "../store/store.ts";
import { type DueDigest, together } from "./digests.ts";
import type { JobQueue } from "./queue.ts";

/** How far ahead the queue is filled: more than the time between two sweeps, so that each notice is queued before it is due. */
const ahead = 60_000;
/** A sender that was killed is given up after this: longer than any send may take. */
const sendingAtMost = 120_000;
const batch = 500;
const claimsKeptFor = 24 * 3_600_000;

/**
 * Looks at the rows for what is due and fills the queue with it: the rows are the truth and the queue an index, so a
 * queue that was emptied is whole again after one sweep. Any number of sweeps may run at once. What fails in one
 * organisation is thrown once all the others were looked at.
 */
export async function sweep(store: Store, queue: Pick<JobQueue, "deliver">, now: Date): Promise<void> {
  const failures: unknown[] = [];
  const organisations = await store.unbound.organisation.findMany({ select: { id: true } });
  for (const { id } of organisations) {
    const bound = store.of(id);
    const until = new Date(now.getTime() + ahead);
    for (const step of [
      () => releaseReminders(bound, until),
      () => escalate(bound, now),
      () => handOver(bound, now),
      () => handOn(bound, now),
      () => remindOfClocks(bound, now),
      () => escalateGrievances(bound, now),
      () => remindDaily(bound, now),
      () => tellUnits(bound, now),
      () => measureNightly(bound, now),
      () => followByRule(bound, now),
      () => moveFromLeavers(bound, now),
      () => releaseDigests(bound, until),
      () => releaseKilled(bound, now),
      () => queueDue(bound, queue, until, now),
      () => queueRedrawn(bound, queue, until, now),
      () => bound.draft.deleteMany({ where: { expiresAt: { lt: now } } }),
      () => bound.sentFile.deleteMany({ where: { expiresAt: { lt: now } } }),
    ]) {
      try {
        await step();
      } catch (cause) {
        failures.push(cause);
      }
    }
  }
  await store.unbound.claim.deleteMany({ where: { at: { lt: new Date(now.getTime() - claimsKeptFor) } } });
  if (failures.length > 0) throw new AggregateError(failures, "A sweep failed in part.", { cause: failures[0] });
}

const releaseKilled = (bound: Bound, now: Date) =>
  bound.notice.updateMany({
    where: { state: "sending", claimedAt: { lt: new Date(now.getTime() - sendingAtMost) } },
    data: { state: "waiting", tryAt: now, attempts: { increment: 1 } },
  });

async function queueDue(bound: Bound, queue: Pick<JobQueue, "deliver">, until: Date, now: Date): Promise<void> {
  const digests: DueDigest[] = [];
  for (let last: { tryAt: Date; id: string } | undefined, more = true; more; ) {
    const due = await bound.notice.findMany({
      where: {
        state: "waiting",
        tryAt: { lte: until },
        ...(last && { OR: [{ tryAt: { gt: last.tryAt } }, { tryAt: last.tryAt, id: { gt: last.id } }] }),
      },
      select: { id: true, tryAt: true, attempts: true, kind: true, recordId: true },
      orderBy: [{ tryAt: "asc" }, { id: "asc" }],
      take: batch,
    });
    const single = due
      .filter(({ kind }) => kind !== "digest")
      .map(({ id, tryAt, attempts }) => ({
        organisation: bound.organisationId,
        notices: [id],
        tryAt,
        attempts,
      }));
    if (single.length > 0) await queue.deliver(single, now);
    digests.push(...due.filter(({ kind }) => kind === "digest"));
    last = due.at(-1);
    more = due.length === batch;
  }
  if (digests.length > 0) await queue.deliver(await together(bound, digests), now);
}

/** Messages that are to be drawn again; the oldest first, and what is left comes with the next sweep. */
async function queueRedrawn(bound: Bound, queue: Pick<JobQueue, "deliver">, until: Date, now: Date): Promise<void> {
  const due = await bound.notice.findMany({
    where: { state: "sent", refreshAt: { lte: until } },
    select: { id: true, refreshAt: true, attempts: true },
    orderBy: { refreshAt: "asc" },
    take: batch,
  });
  const notices = due.map(({ id, refreshAt, attempts }) => ({
    organisation: bound.organisationId,
    notices: [id],
    tryAt: refreshAt ?? now,
    attempts,
  }));
  if (notices.length > 0) await queue.deliver(notices, now);
}

/**
 * Gives up every sender at once: for the only service of a database, which knows at its start that whoever was sending is
 * gone.
 */
export async function releaseSenders(store: Store, now: Date): Promise<void> {
  await store.unbound.notice.updateMany({
    where: { state: "sending" },
    data: { state: "waiting", tryAt: now, attempts: { increment: 1 } },
  });
}
