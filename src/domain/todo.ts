import type { DomainStore } from "../store/store.ts";
import type { Category, Harm, Kind } from "./incidents/rules.ts";
import type { ReminderDetails, Reminders } from "./reminders/service.ts";
import { incidentsToAcknowledge } from "./staff/access.ts";
import type { Actor } from "./staff/actor.ts";

/** What waits for a person: one thing to do, with when it is due. */
export type Waiting =
  | {
      type: "acknowledge" | "handle";
      due: Date;
      /** It goes to the next person up at that time; else it waits since then. */
      goesUp: boolean;
      number: number;
      kind: Kind;
      category: Category | null;
      harm: Harm;
      unit: { code: string; name: string };
    }
  | { type: "reminder"; due: Date; reminder: ReminderDetails };

/** Things gathered of each sort; the list says how many there are beside. */
const gathered = 50;

export function todoService(store: DomainStore, reminders: Reminders) {
  return {
    /** Everything that waits for this person, the most urgent first. */
    async waiting(actor: Actor): Promise<Waiting[]> {
      const bound = store.of(actor.organisationId);
      const fields = {
        number: true,
        kind: true,
        category: true,
        harm: true,
        escalateAt: true,
        reportedAt: true,
        unit: { select: { code: true, name: true } },
      } as const;
      const toAcknowledge = incidentsToAcknowledge(actor);
      const [unacknowledged, mine, ownReminders] = await Promise.all([
        toAcknowledge
          ? bound.incident.findMany({
              where: toAcknowledge,
              select: fields,
              orderBy: { number: "asc" },
              take: gathered,
            })
          : [],
        bound.incident.findMany({
          where: { assigneeId: actor.id, closedAt: null },
          select: fields,
          orderBy: { number: "asc" },
          take: gathered,
        }),
        reminders.waiting(actor, gathered),
      ]);
      // The columns are text in the database; only the domain writes them, always from its lists of codes.
      const coded = (row: (typeof mine)[number]) =>
        row as typeof row & { kind: Kind; category: Category | null; harm: Harm };
      const found: Waiting[] = [
        ...unacknowledged.map((row) => ({
          type: "acknowledge" as const,
          due: row.escalateAt ?? row.reportedAt,
          goesUp: row.escalateAt !== null,
          ...coded(row),
        })),
        ...mine.map((row) => ({ type: "handle" as const, due: row.reportedAt, goesUp: false, ...coded(row) })),
        ...ownReminders.map((reminder) => ({
          type: "reminder" as const,
          due: reminder.dueAt ?? reminder.nextAt ?? new Date(0),
          reminder,
        })),
      ];
      return found.sort((one, other) => one.due.getTime() - other.due.getTime());
    },
  };
}
