import type { Repeat } from "../../chat/form.ts";
import type { Place } from "../../chat/request.ts";
import type { Bound } from "../../store/store.ts";
import { tell } from "../notices.ts";
import { latestOccurrence, nextOccurrence } from "./rules.ts";

const batch = 500;

/**
 * Hands each occurrence that comes before a moment to a notice, from when on it waits for the person, and moves the
 * reminder on to its next one, in one transaction. Occurrences that were missed while Rounds was down are one: the last is told late, the others are not.
 */
export async function releaseReminders(store: Bound, until: Date): Promise<void> {
  const due = await store.reminder.findMany({
    where: { nextAt: { lte: until }, doneAt: null },
    orderBy: { nextAt: "asc" },
    take: batch,
  });
  for (const reminder of due) {
    const every = reminder.every as Repeat;
    const occurrence = latestOccurrence(reminder.firstAt, every, reminder.zone, until);
    const next = nextOccurrence(reminder.firstAt, every, reminder.zone, until);
    await store.change(async (change) => {
      const won = await change.reminder.updateMany({
        where: { id: reminder.id, nextAt: reminder.nextAt, doneAt: null },
        data: { nextAt: next ?? null, dueAt: occurrence },
      });
      if (won.count === 0) return;
      const to = reminder.whoId ? { personId: reminder.whoId } : { place: reminder.place as unknown as Place };
      await tell(change, [
        {
          kind: "reminder",
          recordId: reminder.id,
          to,
          dueAt: occurrence,
          key: `reminder:${reminder.id}:${occurrence.toISOString()}`,
        },
      ]);
    });
  }
  if (due.length === batch) await releaseReminders(store, until);
}
