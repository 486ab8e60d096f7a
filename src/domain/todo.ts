import type { DomainStore } from "../store/store.ts";
import type { Act } from "./act.ts";
import type { ActionWaiting } from "./actions/waiting.ts";
import type { BudgetWaiting } from "./budgets/waiting.ts";
import type { ClockWaiting } from "./clocks/service.ts";
import { isPressing, stillFits } from "./daily/rules.ts";
import { dayAt, startOfDay } from "./days.ts";
import type { GrievanceWaiting } from "./grievances/waiting.ts";
import type { IncidentWaiting } from "./incidents/waiting.ts";
import type { QuietHours } from "./quietHours.ts";
import { Refusal } from "./refusal.ts";
import type { ReminderWaiting } from "./reminders/waiting.ts";
import type { Actor } from "./staff/actor.ts";

/** What waits for a person: one thing to do, with when it is due. Each area has its own. */
export type Waiting =
  | IncidentWaiting
  | ClockWaiting
  | GrievanceWaiting
  | ActionWaiting
  | BudgetWaiting
  | ReminderWaiting;

/** What an area has for a person: at most so many of each sort, the most urgent. */
interface Area<Sort extends Waiting> {
  waiting(actor: Actor, now: Date, atMost: number): Promise<Sort[]>;
}

interface Areas {
  incidents: Area<IncidentWaiting>;
  clocks: Area<ClockWaiting>;
  grievances: Area<GrievanceWaiting>;
  actions: Area<ActionWaiting>;
  budgets: Area<BudgetWaiting>;
  reminders: Area<ReminderWaiting>;
}

/** The reminder of a day, as far as it was sent. */
interface Daily {
  id: string;
  dueAt: Date;
}

/** Things gathered of each sort: more than anybody pages through. */
const gathered = 200;

export function todoService(store: DomainStore, areas: Areas) {
  /** Everything that waits for this person and for those whose cover they are today, the most urgent first. */
  const waiting = async (actor: Actor, now: Date): Promise<Waiting[]> => {
    const of: Waiting[][] = await Promise.all([
      areas.incidents.waiting(actor, now, gathered),
      areas.clocks.waiting(actor, now, gathered),
      areas.grievances.waiting(actor, now, gathered),
      areas.actions.waiting(actor, now, gathered),
      areas.budgets.waiting(actor, now, gathered),
      areas.reminders.waiting(actor, now, gathered),
    ]);
    return of.flat().sort((one, other) => one.due.getTime() - other.due.getTime());
  };

  return {
    waiting,

    /** One thing that waits, by its record ("INC-142"); undefined where it does not wait any more. */
    async find(actor: Actor, about: string, now: Date): Promise<Waiting | undefined> {
      return (await waiting(actor, now)).find((one) => one.about === about);
    },

    /** What the reminder of a day says at a moment; undefined where it is not to come at all, or was replaced by another one. */
    async daily(actor: Actor, { id, dueAt }: Daily, quiet: QuietHours | undefined, now: Date) {
      const bound = store.of(actor.organisationId);
      const person = await bound.person.findFirst({ where: { id: actor.id }, select: { remindFrom: true } });
      if (person?.remindFrom && person.remindFrom > now) return undefined;
      if (!stillFits(dueAt, now, actor.zone, quiet, await bound.organisation())) return undefined;
      const own = { kind: "waiting", personId: actor.id, id: { not: id } };
      const [before, snoozed, all] = await Promise.all([
        bound.notice.findFirst({
          where: { ...own, state: "sent", dueAt: { lt: dueAt } },
          orderBy: { dueAt: "desc" },
          select: { sentAt: true },
        }),
        bound.snooze.findMany({ where: { personId: actor.id, until: { gt: now } }, select: { about: true } }),
        waiting(actor, now),
      ]);
      const silent = new Set(snoozed.map(({ about }) => about));
      const pressing = all.filter(
        (one) => !silent.has(one.about) && isPressing(one, now, actor.zone, before?.sentAt ?? undefined),
      );
      return { pressing, all: all.length };
    },

    /** The day's reminder that came after this one. */
    async after(organisationId: string, personId: string, { id, dueAt }: Daily): Promise<Date | undefined> {
      const later = await store.of(organisationId).notice.findFirst({
        where: { kind: "waiting", personId, id: { not: id }, dueAt: { gt: dueAt }, state: { in: ["sending", "sent"] } },
        orderBy: { dueAt: "desc" },
        select: { dueAt: true },
      });
      return later?.dueAt;
    },

    /**
     * No reminder before a day (`YYYY-MM-DD`) begins: of one thing, or of anything. What waits stays in the list.
     * @param about "INC-142"
     */
    async snooze({ actor, now }: Act, day: string, about: string | undefined): Promise<void> {
      if (day <= dayAt(now, actor.zone)) throw new Refusal("Give a day that is still to come.", "until");
      const until = startOfDay(day, actor.zone);
      await store.of(actor.organisationId).change(async (change) => {
        if (about === undefined) {
          await change.person.updateMany({ where: { id: actor.id }, data: { remindFrom: until } });
          return;
        }
        await change.snooze.deleteMany({ where: { personId: actor.id, about } });
        await change.snooze.createMany({ data: [{ personId: actor.id, about, until }], skipDuplicates: true });
      });
    },
  };
}
