import { DateTime } from "luxon";
import { audit } from "../../audit.ts";
import type { Change, DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { redraw } from "../notices.ts";
import { notFound, Refusal } from "../refusal.ts";
import { mayRunClock, visibleClocks } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import { type ClockId, ruleOf } from "./presets.ts";
import { type ClockDetails, clockCard, reference } from "./read.ts";
import { nextReminderFrom } from "./reminding.ts";
import { canPause, isOpen } from "./rules.ts";
import { addClockEntry, endClock, endClocks } from "./start.ts";

// What people do with a clock that runs.

/** Two readings of one deadline: what is said of one of them holds for the other. */
const oneAnalysis: readonly ClockId[] = ["jc.rca", "jc.rca.conservative"];

type Row = NonNullable<Awaited<ReturnType<typeof find>>>;

const find = (change: Change, actor: Actor, number: number) =>
  change.clock.findFirst({
    where: { AND: [{ number }, visibleClocks(actor)] },
    include: {
      incident: {
        select: { unitId: true, assigneeId: true, access: { select: { personId: true, part: true } } },
      },
      grievance: { select: { unitId: true, assigneeId: true } },
    },
  });

export function changingClocks(store: DomainStore) {
  /** One transaction on a clock that this person may see; answers with the clock as it is then. */
  async function changeClock(act: Act, number: number, work: (change: Change, clock: Row) => Promise<void>) {
    const bound = store.of(act.actor.organisationId);
    await bound.change(async (change) => {
      const clock = await find(change, act.actor, number);
      if (!clock) throw notFound(reference(number), "clock");
      await work(change, clock);
    });
    return clockCard(bound, act.actor, number, act.now);
  }

  /** A change of a clock that has not ended, by somebody who may; nothing where somebody else was first. */
  async function move(
    change: Change,
    act: Act,
    clock: Row,
    kind: "shortened" | "paused" | "resumed",
    data: { dueAt?: Date; state?: string; pausedAt?: Date | null; reason?: string },
  ): Promise<boolean> {
    const { dueAt = clock.dueAt, state = clock.state } = data;
    const next = nextReminderFrom(ruleOf(clock.rule), { ...clock, dueAt }, act.now, await change.organisation());
    const { count } = await change.clock.updateMany({
      where: { id: clock.id, state: clock.state, dueAt: clock.dueAt },
      data: { ...data, remindAt: state === "running" ? next : null },
    });
    if (count === 0) return false;
    await redraw(change, clock.id, act.now, { by: act.actor.id });
    const { rule, incidentId, grievanceId } = clock;
    await addClockEntry(change, { kind: `clock-${kind}`, rule, incidentId, grievanceId, reason: data.reason }, act);
    await audit(change, {
      at: act.now,
      actorId: act.actor.id,
      action: `clock.${kind}`,
      subject: "clock",
      subjectId: clock.id,
    });
    return true;
  }

  const end = (act: Act, number: number, state: "met" | "withdrawn", reason: string | undefined) =>
    changeClock(act, number, async (change, clock) => {
      if (state === "met") checkMay(act.actor, clock);
      const ended = await endClock(change, clock, act, { state, reason });
      const { incidentId, grievanceId, rule } = clock;
      if (ended) await addClockEntry(change, { kind: `clock-${state}`, rule, incidentId, grievanceId, reason }, act);
      if (ended && incidentId !== null && oneAnalysis.some((id) => id === rule))
        await endClocks(change, { incidentId, rules: oneAnalysis }, act, { state, reason });
      if (!ended && clock.state !== state) checkOpen(clock);
    });

  return {
    /** It was started wrongly, says quality; the same cause does not start it again. Twice is once. */
    withdraw: (act: Act, number: number, reason: string): Promise<ClockDetails> =>
      end(act, number, "withdrawn", reason),

    /** What it asked for is done. Twice is once. */
    done: (act: Act, number: number, note: string | undefined): Promise<ClockDetails> => end(act, number, "met", note),

    /** Due earlier than it was; of a clock in days, at the end of that day. */
    shorten: (act: Act, number: number, until: Date, reason: string): Promise<ClockDetails> =>
      changeClock(act, number, async (change, clock) => {
        checkMay(act.actor, clock);
        checkOpen(clock);
        const dueAt = endOf(clock, until, (await change.organisation()).zone);
        if (dueAt.getTime() === clock.dueAt.getTime()) return;
        if (dueAt > clock.dueAt)
          throw new Refusal(
            `${reference(number)} can become shorter, never longer. Give a time before it is due.`,
            "until",
          );
        if (!(await move(change, act, clock, "shortened", { dueAt, reason })))
          throw new Refusal(`${reference(number)} was changed by somebody else just now. Look at it again.`);
      }),

    /** Only a facility's own targets; those of a law or a guidance go on. Twice is once. */
    pause: (act: Act, number: number, reason: string): Promise<ClockDetails> =>
      changeClock(act, number, async (change, clock) => {
        checkMay(act.actor, clock);
        checkOpen(clock);
        const rule = ruleOf(clock.rule);
        if (!canPause(rule))
          throw new Refusal(
            `${reference(number)} ${rule.authority === "promise" ? "was promised to a patient" : `comes from a law or a guidance (${rule.source})`}, so it is not paused. It can be shortened; quality can withdraw it where it was started wrongly.`,
          );
        if (clock.state === "running")
          await move(change, act, clock, "paused", { state: "paused", pausedAt: act.now, reason });
      }),

    /** Goes on, due as much later as it stood still. Twice is once. */
    resume: (act: Act, number: number): Promise<ClockDetails> =>
      changeClock(act, number, async (change, clock) => {
        checkMay(act.actor, clock);
        checkOpen(clock);
        if (clock.pausedAt === null) return;
        const dueAt = afterPause(clock, clock.pausedAt, act.now, (await change.organisation()).zone);
        await move(change, act, clock, "resumed", { dueAt, state: "running", pausedAt: null });
      }),
  };
}

function checkMay(actor: Actor, clock: Row): void {
  if (!mayRunClock(actor, clock.incident ?? clock.grievance ?? undefined))
    throw new Refusal(
      `${reference(clock.number)} is for quality, for whoever has what it runs on, and for the managers of its unit. Tell them instead.`,
    );
}

/** Throws where a clock that has ended would be changed. */
function checkOpen(clock: Row): void {
  if (!isOpen(clock))
    throw new Refusal(
      `${reference(clock.number)} has ended (${clock.state}), so nothing was changed. Where it is still needed, start it again by “clock start”.`,
    );
}

function endOf({ rule }: Row, until: Date, zone: string): Date {
  const { unit, ends } = ruleOf(rule);
  if (unit === "hours") return until;
  const day = DateTime.fromJSDate(until, { zone }).startOf("day");
  const end = ends === "close-of-business" ? { hour: 17 } : { hour: 23, minute: 59, second: 59 };
  return day.set(end).toJSDate();
}

/** Days are added as days, so that a day's end stays one across a change of the wall clock. */
function afterPause({ rule, dueAt }: Row, pausedAt: Date, now: Date, zone: string): Date {
  if (ruleOf(rule).unit === "hours") return new Date(dueAt.getTime() + now.getTime() - pausedAt.getTime());
  const dayOf = (moment: Date) => DateTime.fromJSDate(moment, { zone }).startOf("day");
  const days = Math.round(dayOf(now).diff(dayOf(pausedAt), "days").days);
  return DateTime.fromJSDate(dueAt, { zone }).plus({ days }).toJSDate();
}
