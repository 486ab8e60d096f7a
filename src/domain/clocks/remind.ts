import type { Bound } from "../../store/store.ts";
import { tell } from "../notices.ts";
import { ruleOf } from "./presets.ts";
import { nextReminder } from "./reminding.ts";
import { ofClock, whomOf } from "./whom.ts";

const batch = 2_000;
/** Milliseconds that a batch may take. */
const patience = { timeout: 60_000 };

/**
 * Tells of every running clock that is due to be told of, and notes when it is told of next, in one transaction a batch.
 * A clock that ran over goes to quality and to the next manager up as well.
 */
export async function remindOfClocks(store: Bound, now: Date): Promise<void> {
  const organisation = await store.organisation();
  for (let count = batch; count === batch; )
    count = await store.change(async (change) => {
      const due = await change.clocksToTell(now, batch);
      if (due.length === 0) return 0;
      const whom = await whomOf(change, due);
      await tell(
        change,
        due.flatMap((clock) => {
          const { owner, next, quality } = whom(clock.id);
          const isOver = clock.dueAt <= now;
          const inHours = ruleOf(clock.rule).unit === "hours";
          const told = isOver ? [...owner, ...next, ...quality] : inHours ? [...owner, ...quality] : owner;
          const kind = isOver ? "clock-overdue" : "clock-due-soon";
          return [...new Set(told)].map(ofClock(kind, clock.id, clock.remindAt));
        }),
      );
      await change.tellClocksNext(
        due.map((clock) => ({
          id: clock.id,
          remindAt: nextReminder(ruleOf(clock.rule), clock, now, organisation) ?? null,
        })),
      );
      return due.length;
    }, patience);
}
