import { randomUUID } from "node:crypto";
import { audit } from "../../audit.ts";
import type { Repeat } from "../../chat/form.ts";
import type { Place } from "../../chat/request.ts";
import type { Bound, Change, DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { redraw, tell } from "../notices.ts";
import { notFound, Refusal } from "../refusal.ts";
import { activePerson } from "../staff/active.ts";
import type { Actor } from "../staff/actor.ts";
import { detailsOf, type ReminderDetails, withPeople } from "./read.ts";
import { checkWhen, nextOccurrence, reference } from "./rules.ts";
import { type ReminderWaiting, remindersWaiting } from "./waiting.ts";

export interface NewReminder {
  what: string;
  when: Date;
  every: Repeat;
  who: { personId: string } | { place: Place };
}

export function reminderService(store: DomainStore) {
  return {
    /** Remembers to remind; the same delivery asks once. */
    async remind({ actor, requestId, now }: Act, given: NewReminder): Promise<ReminderDetails> {
      checkWhen(given.when, now);
      const bound = store.of(actor.organisationId);
      const id = await bound.change(async (change) => {
        const claimed = await change.claimRequest(requestId, randomUUID(), now);
        if (!claimed.first) return claimed.recordId;
        if ("personId" in given.who) await activePerson(change, given.who.personId, "who");
        const first = firstOccurrence(given, actor.zone);
        await change.reminder.create({
          data: {
            id: claimed.recordId,
            number: await change.nextNumber("reminder"),
            what: given.what,
            byId: actor.id,
            firstAt: given.when,
            zone: actor.zone,
            every: given.every,
            nextAt: first,
            ...("personId" in given.who ? { whoId: given.who.personId } : { place: { ...given.who.place } }),
          },
        });
        await audit(change, {
          at: now,
          actorId: actor.id,
          action: "reminder.made",
          subject: "reminder",
          subjectId: claimed.recordId,
          details: { every: given.every },
        });
        return claimed.recordId;
      });
      return details(bound, { id });
    },

    /** A reminder that this person gave or got. */
    async show(actor: Actor, number: number): Promise<ReminderDetails> {
      return details(store.of(actor.organisationId), mine(actor, number), number);
    },

    /** Done: the occurrence that waits, and with `stop` every later one. Twice is once. */
    async done({ actor, now }: Act, number: number, stop: boolean): Promise<ReminderDetails> {
      const bound = store.of(actor.organisationId);
      await bound.change(async (change) => {
        const reminder = await change.reminder.findFirst({ where: mine(actor, number) });
        if (!reminder) throw notFound(reference(number), "reminder");
        const over = stop || reminder.every === "once";
        const changed = await change.reminder.updateMany({
          where: { id: reminder.id, doneAt: null },
          data: over ? { doneAt: now, dueAt: null, nextAt: null } : { dueAt: null },
        });
        await forgetSnoozed(change, reminder);
        await redrawOccurrence(change, actor, reminder, now);
        if (changed.count > 0)
          await audit(change, {
            at: now,
            actorId: actor.id,
            action: "reminder.done",
            subject: "reminder",
            subjectId: reminder.id,
          });
      });
      return details(bound, mine(actor, number), number);
    },

    /** Reminds again at that time. */
    async snooze({ actor, now }: Act, number: number, until: Date): Promise<ReminderDetails> {
      checkWhen(until, now);
      const bound = store.of(actor.organisationId);
      await bound.change(async (change) => {
        const reminder = await change.reminder.findFirst({ where: mine(actor, number) });
        if (!reminder) throw notFound(reference(number), "reminder");
        if (reminder.doneAt) throw new Refusal(`${reference(number)} is done already, so nothing was changed.`);
        await forgetSnoozed(change, reminder);
        await redrawOccurrence(change, actor, reminder, now);
        await change.reminder.updateMany({ where: { id: reminder.id }, data: { dueAt: until } });
        const to = reminder.whoId ? { personId: reminder.whoId } : { place: reminder.place as unknown as Place };
        await tell(change, [
          {
            kind: "reminder",
            recordId: reminder.id,
            to,
            dueAt: until,
            key: `reminder:${reminder.id}:${until.toISOString()}`,
          },
        ]);
        await audit(change, {
          at: now,
          actorId: actor.id,
          action: "reminder.snoozed",
          subject: "reminder",
          subjectId: reminder.id,
        });
      });
      return details(bound, mine(actor, number), number);
    },

    /** The reminder behind a notice; undefined where it is gone. */
    async forNotice(organisationId: string, id: string): Promise<ReminderDetails | undefined> {
      const row = await store.of(organisationId).reminder.findFirst({ where: { id }, include: withPeople });
      return row ? detailsOf(row) : undefined;
    },

    /** What waits for this person, and what is to come; the next ones first. */
    waiting: (actor: Actor, _now: Date, atMost: number): Promise<ReminderWaiting[]> =>
      remindersWaiting(store.of(actor.organisationId), actor, atMost),
  };
}

/** The time that it was put off to before is not told any more. */
async function forgetSnoozed(change: Change, reminder: { id: string; dueAt: Date | null }): Promise<void> {
  if (reminder.dueAt)
    await change.notice.deleteMany({ where: { recordId: reminder.id, state: "waiting", dueAt: reminder.dueAt } });
}

/** The message of the occurrence that was done or put off says so. */
async function redrawOccurrence(
  change: Change,
  actor: Actor,
  { id, dueAt }: { id: string; dueAt: Date | null },
  now: Date,
): Promise<void> {
  if (dueAt) await redraw(change, id, now, { by: actor.id, dueAt });
}

const mine = (actor: Actor, number: number) => ({ number, OR: [{ whoId: actor.id }, { byId: actor.id }] });

async function details(
  store: Bound,
  where: { id: string } | ReturnType<typeof mine>,
  number = 0,
): Promise<ReminderDetails> {
  const row = await store.reminder.findFirst({ where, include: withPeople });
  if (!row) throw notFound(reference(number), "reminder");
  return detailsOf(row);
}

/** "Every weekday" that starts on a Saturday has its first occurrence on Monday. */
function firstOccurrence(given: NewReminder, zone: string): Date {
  const justBefore = new Date(given.when.getTime() - 1);
  return given.every === "weekdays"
    ? (nextOccurrence(given.when, "weekdays", zone, justBefore) ?? given.when)
    : given.when;
}
