import type { Repeat } from "../../chat/form.ts";
import type { Bound } from "../../store/store.ts";
import type { Actor } from "../staff/actor.ts";
import type { Waits } from "../waits.ts";
import { reference } from "./rules.ts";
import type { ReminderDetails } from "./service.ts";

export interface ReminderWaiting extends Waits {
  type: "reminder";
  reminder: ReminderDetails;
}

const named = { select: { id: true, name: true } } as const;

/** The reminders of this person that wait, and those to come; the next ones first. Nobody's cover gets them. */
export async function remindersWaiting(store: Bound, actor: Actor, atMost: number): Promise<ReminderWaiting[]> {
  const rows = await store.reminder.findMany({
    where: { whoId: actor.id, doneAt: null, OR: [{ dueAt: { not: null } }, { nextAt: { not: null } }] },
    include: { who: named, by: named },
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
      reminder: { ...row, every: row.every as Repeat },
    };
  });
}
