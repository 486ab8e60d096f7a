import type { DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { recordService } from "../records.ts";
import { Refusal } from "../refusal.ts";
import { clocksToMeet, mayRunClock } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import type { Waits } from "../waits.ts";
import { changingClocks } from "./change.ts";
import type { ClockId } from "./presets.ts";
import { type ClockDetails, type ClockPage, clockCard, clockPage, clocksSeen, reference } from "./read.ts";
import { isOpen } from "./rules.ts";
import { addClockEntry, startClock } from "./start.ts";

export interface StartedByHand {
  rule: ClockId;
  /** "INC-142"; nothing where it is the organisation's own. */
  about?: string | undefined;
  from: Date;
  amount?: number | undefined;
}

export interface ClockWaiting extends Waits {
  type: "clock";
  clock: ClockDetails;
}

/** A clock appears among what waits for a person this long before it is due, in milliseconds. */
const waitsBefore = 7 * 24 * 3_600_000;

export function clockService(store: DomainStore) {
  const records = recordService(store);
  return {
    ...changingClocks(store),

    /** Starts one by hand, on a record or for the organisation; where it runs there already, answers with that one. */
    async start(act: Act, { rule, about, from, amount }: StartedByHand): Promise<ClockDetails> {
      if (from > act.now) throw new Refusal("A clock starts with what has happened. Give a time that is past.", "from");
      const found = about === undefined ? undefined : await records.find(act.actor, about);
      if (!mayRunClock(act.actor, found && { ...found, assigneeId: null }))
        throw new Refusal(
          "Clocks are started by quality, and by managers on what their units have. Give what it is about, or ask quality.",
        );
      const bound = store.of(act.actor.organisationId);
      const record = {
        incidentId: about?.startsWith("INC-") && found ? found.id : null,
        grievanceId: about?.startsWith("GRV-") && found ? found.id : null,
      };
      const isInTheWay = (before: { state: string; startAt: Date }) =>
        isOpen(before) && (found !== undefined || before.startAt.getTime() === from.getTime());
      const given = { ...record, rule, startAt: from, amount, because: "by-hand" };
      const started = await bound.change(async (change) => {
        const clock = await startClock(change, given, act.now, act.actor.id, { isInTheWay });
        if (clock) await addClockEntry(change, { kind: "clock-started", ...given, because: undefined }, act);
        return clock;
      });
      const { number } =
        started ??
        (await bound.clock.findFirstOrThrow({
          where: { ...record, rule, state: { in: ["running", "paused"] } },
          select: { number: true },
          orderBy: { number: "desc" },
        }));
      return clockCard(bound, act.actor, number, act.now);
    },

    show: (actor: Actor, number: number, now: Date): Promise<ClockDetails> =>
      clockCard(store.of(actor.organisationId), actor, number, now),

    /** Those that run and that this person may see, the first one due first; the page after a clock, by its number. */
    list: (actor: Actor, after: number | undefined, now: Date): Promise<ClockPage> =>
      clockPage(store.of(actor.organisationId), actor, after, now),

    /** The clock behind a notice; undefined where this person may not see it. */
    async forNotice(actor: Actor, id: string, now: Date): Promise<ClockDetails | undefined> {
      return (await clocksSeen(store.of(actor.organisationId), actor, { id }, 1, now))[0];
    },

    /** What waits for this person: clocks that ran over or are due soon, the first ones first. */
    async waiting(actor: Actor, now: Date, atMost: number): Promise<ClockWaiting[]> {
      const soon = { state: "running", dueAt: { lte: new Date(now.getTime() + waitsBefore) } };
      const where = { AND: [clocksToMeet(actor), soon] };
      const clocks = await clocksSeen(store.of(actor.organisationId), actor, where, atMost, now);
      return clocks.map((clock) => ({
        type: "clock",
        about: reference(clock.number),
        due: clock.dueAt,
        since: clock.startedAt,
        own: false,
        whose: null,
        clock,
      }));
    },
  };
}
