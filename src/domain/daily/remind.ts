import type { Bound } from "../../store/store.ts";
import { toColumn } from "../days.ts";
import { tell } from "../notices.ts";
import { dayToRemind } from "./rules.ts";
import { whoWaits } from "./who.ts";

/** Notices written by one statement. */
const batch = 1_000;
/** An organisation's whole staff is looked at in one transaction, in milliseconds. */
const patience = { timeout: 30_000 };

/**
 * Writes the one reminder of the day to everybody for whom something may wait, zone by zone as their mornings come; whoever
 * was looked at is not looked at again that day. What it says is made at delivery, and where it says nothing it is withdrawn.
 */
export async function remindDaily(store: Bound, now: Date): Promise<void> {
  const organisation = await store.organisation();
  const zones = await store.person.groupBy({ by: ["zone"], where: { active: true } });
  let waits: ReadonlySet<string> | undefined;
  for (const { zone } of zones) {
    const day = dayToRemind(now, zone ?? organisation.zone, organisation);
    if (day === undefined) continue;
    const on = toColumn(day);
    const unseen = { zone, active: true, OR: [{ remindedOn: null }, { remindedOn: { lt: on } }] };
    const people = await store.person.findMany({
      where: unseen,
      select: {
        id: true,
        remindFrom: true,
        _count: { select: { identities: { where: { platform: { not: "shell" } } } } },
      },
    });
    if (people.length === 0) continue;
    waits ??= await whoWaits(store, now);
    const told = people.filter(
      ({ id, remindFrom, _count }) =>
        waits?.has(id) && _count.identities > 0 && (remindFrom === null || remindFrom <= now),
    );
    await store.change(async (change) => {
      for (let from = 0; from < told.length; from += batch)
        await tell(
          change,
          told.slice(from, from + batch).map(({ id }) => ({
            kind: "waiting",
            recordId: id,
            to: { personId: id },
            dueAt: now,
            key: `waiting:${id}:${day}`,
          })),
        );
      await change.person.updateMany({ where: unseen, data: { remindedOn: on } });
    }, patience);
  }
}
