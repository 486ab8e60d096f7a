import type { Bound, Change } from "../../store/store.ts";
import type { Act } from "../act.ts";
import type { Calendar } from "../clocks/compute.ts";
import type { ClockId } from "../clocks/presets.ts";
import { endClocks as endAll, startClock as start } from "../clocks/start.ts";

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

/** Starts a clock on a grievance, unless it runs there. */
export async function startClock(
  change: Change,
  { actor, now }: Act,
  grievanceId: string,
  { from, ...given }: NewClock,
): Promise<void> {
  await start(change, { ...given, grievanceId, startAt: from }, now, actor.id);
}

/** Ends the clocks that run on a grievance: met by what was done, or withdrawn with a reason. */
export const endClocks = (
  change: Change,
  { actor, now }: Act,
  grievanceId: string,
  state: "met" | "withdrawn",
  { rule, reason }: { rule?: ClockId; reason?: string } = {},
): Promise<void> => endAll(change, { grievanceId, ...(rule && { rules: [rule] }) }, state, now, actor.id, reason);
