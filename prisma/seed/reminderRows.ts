import { DateTime } from "luxon";
import { nextOccurrence } from "../../src/domain/reminders/rules.ts";
import type { Prisma } from "../../src/store/store.ts";
import type { Cast } from "./cast.ts";
import type { Chance } from "./chance.ts";
import { demonstrationTenant } from "./directoryRows.ts";
import { reminders, type SeedReminder } from "./reminders.ts";

export interface ReminderRows {
  reminders: Prisma.ReminderCreateManyInput[];
  audit: Prisma.AuditCreateManyInput[];
}

const huddle = { platform: "web", tenant: demonstrationTenant, conversation: "huddle", kind: "channel" };

/** Reminders as they stand: due and waiting, to come, repeating, and done. */
export function reminderRows(chance: Chance, cast: Cast, now: Date, zone: string): ReminderRows {
  const rows: ReminderRows = { reminders: [], audit: [] };
  reminders.forEach((reminder, index) => {
    const { firstAt, nextAt, lastAt } = occurrences(reminder, now, zone);
    const madeAt = DateTime.fromJSDate(now).minus({ days: reminder.since, hours: 3 }).toJSDate();
    const id = chance.id(madeAt);
    const byId = cast.person(reminder.by);
    rows.reminders.push({
      id,
      number: index + 1,
      what: reminder.what,
      byId,
      ...(reminder.who === "channel" ? { place: huddle } : { whoId: cast.person(reminder.who) }),
      firstAt,
      zone,
      every: reminder.every,
      nextAt,
      dueAt: reminder.waits ? lastAt : null,
      doneAt: reminder.done ? DateTime.fromJSDate(firstAt).plus({ minutes: 25 }).toJSDate() : null,
    });
    rows.audit.push({
      id: chance.id(madeAt),
      at: madeAt,
      actorId: byId,
      action: "reminder.made",
      subject: "reminder",
      subjectId: id,
      details: { every: reminder.every },
    });
  });
  return rows;
}

function occurrences({ next, every, since }: SeedReminder, now: Date, zone: string) {
  if (typeof next === "number") {
    const at = DateTime.fromJSDate(now).plus({ minutes: next }).toJSDate();
    return { firstAt: at, nextAt: next > 0 ? at : null, lastAt: at };
  }
  const [hour, minute] = next.split(":").map(Number);
  const begun = DateTime.fromJSDate(now, { zone }).minus({ days: since });
  const firstAt = begun.set({ hour: hour ?? 0, minute: minute ?? 0, second: 0, millisecond: 0 }).toJSDate();
  const nextAt = nextOccurrence(firstAt, every, zone, now) ?? null;
  let lastAt = firstAt;
  for (
    let at = nextOccurrence(firstAt, every, zone, lastAt);
    at && at <= now;
    at = nextOccurrence(firstAt, every, zone, at)
  )
    lastAt = at;
  return { firstAt, nextAt, lastAt };
}
