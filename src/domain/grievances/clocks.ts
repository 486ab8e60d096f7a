import { randomUUID } from "node:crypto";
import { audit } from "../../audit.ts";
import type { Bound, Change } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { type Calendar, dueOf } from "../clocks/compute.ts";
import { type ClockId, ruleOf } from "../clocks/presets.ts";
import { withAmount } from "../clocks/rules.ts";

/** By which days the clocks of an organisation are counted. */
export async function calendarOf(store: Pick<Bound, "organisation">): Promise<Calendar> {
  const { zone, holidays } = await store.organisation();
  return { zone, holidays: new Set(holidays) };
}

export interface NewClock {
  rule: ClockId;
  /** The trigger. */
  from: Date;
  /** In place of the rule's own number of days. */
  amount?: number;
  /** What started it, a code. */
  because: string;
}

/** Starts a clock on a grievance; returns when it is due. */
export async function startClock(
  change: Change,
  { actor, now }: Act,
  grievanceId: string,
  calendar: Calendar,
  { rule, from, amount, because }: NewClock,
): Promise<Date> {
  const given = amount === undefined ? ruleOf(rule) : withAmount(ruleOf(rule), amount, "days");
  const { start, due } = dueOf(given, from, calendar);
  const id = randomUUID();
  await change.clock.create({
    data: {
      id,
      number: await change.nextNumber("clock"),
      rule,
      grievanceId,
      startAt: start,
      dueAt: due,
      amount: amount ?? null,
      because,
      startedAt: now,
      startedById: actor.id,
    },
  });
  await audit(change, {
    at: now,
    actorId: actor.id,
    action: "clock.started",
    subject: "clock",
    subjectId: id,
    details: { rule },
  });
  return due;
}

/** Ends the clocks that run on a grievance: met by what was done, or withdrawn with a reason. */
export async function endClocks(
  change: Change,
  { actor, now }: Act,
  grievanceId: string,
  state: "met" | "withdrawn",
  { rule, reason }: { rule?: ClockId; reason?: string } = {},
): Promise<void> {
  const running = await change.clock.findMany({
    where: { grievanceId, state: "running", ...(rule !== undefined && { rule }) },
    select: { id: true },
  });
  for (const { id } of running) {
    const ended = await change.clock.updateMany({
      where: { id, state: "running" },
      data: { state, endedAt: now, endedById: actor.id, remindAt: null, ...(reason !== undefined && { reason }) },
    });
    if (ended.count > 0)
      await audit(change, { at: now, actorId: actor.id, action: `clock.${state}`, subject: "clock", subjectId: id });
  }
}
