import type { Bound } from "../../store/store.ts";
import type { Actor } from "../staff/actor.ts";
import type { Waits } from "../waits.ts";
import { detailsOf, type ReminderDetails, withPeople } from "./read.ts";
import { reference } from "./rules.ts";

export interface ReminderWaiting extends Waits {
  type: "reminder";
  reminder: ReminderDetails;
}

/** The reminders of this person that wait, and those to come; the next ones first. Nobody's cover gets them. */
export async function remindersWaiting(store: Bound, actor: Actor, atMost: number): Promise<ReminderWaiting[]> {
  const rows = await store.reminder.findMany({
    where: { whoId: actor.id, doneAt: null, OR: [{ dueAt: { not: null } }, { nextAt: { not: null } }] },
    include: withPeople,
    orderBy: [{ dueAt: { sort: "asc", nulls: "last" } }, { nextAt: "asc" }],
    take: atMost,
  });
  return rows.map((row) => {
    const due = row.dueAt ?? row.nextAt ?? row.firstAt;
    return {
      type: "reminder",
      about: reference(row.number),
      due,
      since: due,
      whose: null,
      reminder: detailsOf(row),
    };
  });
}
