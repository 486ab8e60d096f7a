import type { GrievanceWaiting } from "./grievances/waiting.ts";
import type { IncidentWaiting } from "./incidents/waiting.ts";
import type { ReminderWaiting } from "./reminders/waiting.ts";
import type { Actor } from "./staff/actor.ts";

/** What waits for a person: one thing to do, with when it is due. Each area has its own. */
export type Waiting = IncidentWaiting | GrievanceWaiting | ReminderWaiting;

/** What an area has for a person: at most so many of each sort, the most urgent. */
interface Area<Sort extends Waiting> {
  waiting(actor: Actor, now: Date, atMost: number): Promise<Sort[]>;
}

/** Things gathered of each sort: more than anybody pages through. */
const gathered = 200;

export function todoService(areas: {
  incidents: Area<IncidentWaiting>;
  grievances: Area<GrievanceWaiting>;
  reminders: Area<ReminderWaiting>;
}) {
  return {
    /** Everything that waits for this person and for those whose cover they are today, the most urgent first. */
    async waiting(actor: Actor, now: Date): Promise<Waiting[]> {
      const of: Waiting[][] = await Promise.all([
        areas.incidents.waiting(actor, now, gathered),
        areas.grievances.waiting(actor, now, gathered),
        areas.reminders.waiting(actor, now, gathered),
      ]);
      return of.flat().sort((one, other) => one.due.getTime() - other.due.getTime());
    },
  };
}
