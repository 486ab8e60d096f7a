import { randomUUID } from "node:crypto";
import { audit } from "../../audit.ts";
import type { Change } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { redraw, tell } from "../notices.ts";
import { calendarOf, dueOf } from "./compute.ts";
import { type ClockId, ruleOf } from "./presets.ts";
import type { ClockLine } from "./read.ts";
import { nextReminderFrom } from "./reminding.ts";
import { isOpen, withAmount } from "./rules.ts";
import { ofClock, whomOf } from "./whom.ts";

/** What a clock runs on; nothing where it is the organisation's own. */
export interface ClockRecord {
  incidentId?: string | null;
  grievanceId?: string | null;
}

export interface NewClock extends ClockRecord {
  rule: ClockId;
  /** The trigger, from when on it is counted. */
  startAt: Date;
  /** Where the rule leaves it open, or less than the rule takes. */
  amount?: number | undefined;
  /** A code: the same cause starts a clock once. */
  because: string;
}

/** A clock of the same rule on the same record, of before. */
interface Before {
  state: string;
  because: string;
  startAt: Date;
}

/**
 * Starts a clock, in the transaction of what causes it. Undefined where another one on the record is in the way: one that has
 * not ended, unless something else is said.
 * @param actorId who starts it, null is Rounds itself
 * @param doneBy whose doing it is: they are not told of it
 */
export async function startClock(
  change: Change,
  given: NewClock,
  now: Date,
  actorId: string | null,
  { isInTheWay = isOpen, doneBy = actorId }: { isInTheWay?: (before: Before) => boolean; doneBy?: string | null } = {},
): Promise<ClockLine | undefined> {
  const record = { incidentId: given.incidentId ?? null, grievanceId: given.grievanceId ?? null };
  const isThere = async () =>
    (
      await change.clock.findMany({
        where: { rule: given.rule, ...record },
        select: { state: true, because: true, startAt: true },
      })
    ).some(isInTheWay);
  if (await isThere()) return undefined;
  // Locks the series: whoever starts the same clock at the same time waits here, and then finds this one.
  const number = await change.nextNumber("clock");
  if (await isThere()) return undefined;
  const organisation = await change.organisation();
  const preset = ruleOf(given.rule);
  const rule = given.amount === undefined ? preset : withAmount(preset, given.amount, "days");
  const { due } = dueOf(rule, given.startAt, calendarOf(organisation));
  const id = randomUUID();
  const times = { startAt: given.startAt, dueAt: due };
  await change.clock.create({
    data: {
      id,
      number,
      rule: rule.id,
      ...record,
      ...times,
      amount: given.amount ?? null,
      because: given.because,
      startedAt: now,
      startedById: actorId,
      remindAt: nextReminderFrom(rule, times, now, organisation),
    },
  });
  await audit(change, {
    at: now,
    actorId,
    action: "clock.started",
    subject: "clock",
    subjectId: id,
    details: { rule: rule.id },
  });
  // What is counted in hours cannot wait for the reminder of the day.
  if (rule.unit === "hours") {
    const { owner, quality } = (await whomOf(change, [{ id, ...record }]))(id);
    const told = [...new Set([...owner, ...quality])].filter((personId) => personId !== doneBy);
    await tell(change, told.map(ofClock("clock-started", id, now)));
  }
  return { number, rule, dueAt: due, because: given.because, startedAt: now, state: "running", left: undefined };
}

interface ClockEnd {
  state: "met" | "withdrawn";
  reason?: string | undefined;
}

/** Ends those of a record that run, by their rules; nothing where none does. */
export async function endClocks(
  change: Change,
  { rules, ...record }: ClockRecord & { rules?: readonly ClockId[] },
  act: Act,
  end: ClockEnd,
): Promise<void> {
  const open = await change.clock.findMany({
    where: { ...record, ...(rules && { rule: { in: [...rules] } }), endedAt: null },
    select: { id: true },
  });
  for (const clock of open) await endClock(change, clock, act, end);
}

/** Met or withdrawn, once; false where it had ended before. */
export async function endClock(
  change: Change,
  clock: { id: string },
  { actor, now }: Act,
  { state, reason }: ClockEnd,
): Promise<boolean> {
  const { count } = await change.clock.updateMany({
    where: { id: clock.id, state: { in: ["running", "paused"] } },
    data: { state, endedAt: now, endedById: actor.id, remindAt: null, ...(reason !== undefined && { reason }) },
  });
  if (count === 0) return false;
  await redraw(change, clock.id, now, { by: actor.id });
  await audit(change, { at: now, actorId: actor.id, action: `clock.${state}`, subject: "clock", subjectId: clock.id });
  return true;
}

/** On the timeline of what it runs on; a clock of the organisation's own has none. */
export async function addClockEntry(
  change: Change,
  entry: {
    kind: string;
    rule: string;
    incidentId: string | null;
    grievanceId: string | null;
    because?: string | undefined;
    reason?: string | undefined;
  },
  { now, actor }: { now: Date; actor: { id: string | null } },
): Promise<void> {
  const { kind, rule, incidentId, grievanceId, because, reason } = entry;
  if (incidentId === null && grievanceId === null) return;
  const details = { rule, ...(because !== undefined && { because }) };
  await change.timelineEntry.create({
    data: { kind, incidentId, grievanceId, at: now, actorId: actor.id, text: reason ?? null, details },
  });
}
