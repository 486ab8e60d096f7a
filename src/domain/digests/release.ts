import type { Place } from "../../chat/request.ts";
import type { Bound } from "../../store/store.ts";
import { dayAt } from "../days.ts";
import { type NewNotice, tell } from "../notices.ts";
import { lastDigest, nextDigest, type Schedule } from "./schedule.ts";

const batch = 500;

/**
 * Hands the digests that come before a moment to notices and moves each follow on, a batch in one transaction. Those that
 * were missed while Rounds was down are one: the last is told late. A digest's notice is one for each day, however many sweeps there are.
 */
export async function releaseDigests(store: Bound, until: Date): Promise<void> {
  const due = await store.follow.findMany({
    where: { nextAt: { lte: until } },
    orderBy: { nextAt: "asc" },
    take: batch,
  });
  if (due.length === 0) return;
  const own = new Set((await store.organisation()).holidays);
  await store.change(async (change) => {
    const notices: NewNotice[] = [];
    const groups = Map.groupBy(due, ({ nextAt, schedule, at, zone }) => [nextAt?.getTime(), schedule, at, zone].join());
    for (const follows of groups.values()) {
      const [first] = follows;
      if (!first?.nextAt) continue;
      const timing = { schedule: first.schedule as Schedule, at: first.at, zone: first.zone };
      const dueAt = lastDigest(timing, own, first.nextAt, until);
      // One that was stopped, changed or handed out since it was read is not ours any more.
      const ours = await change.follow.updateManyAndReturn({
        where: { id: { in: follows.map(({ id }) => id) }, nextAt: first.nextAt, ...timing },
        data: { nextAt: nextDigest(timing, own, until) },
      });
      if (!dueAt) continue;
      for (const { id, ownerId, place } of ours)
        notices.push({
          kind: "digest",
          recordId: id,
          to: place ? { place: place as unknown as Place } : { personId: ownerId },
          dueAt,
          key: `digest:${id}:${dayAt(dueAt, first.zone)}`,
        });
    }
    await tell(change, notices);
  });
  if (due.length === batch) await releaseDigests(store, until);
}
