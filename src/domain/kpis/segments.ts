import type { Observation } from "./spc/limits.ts";

/** What somebody noted on a chart. Limits begin anew at a rebase, and come from the baseline of a freeze. */
export interface Mark {
  kind: "rebase" | "freeze" | "event" | "pdsa";
  /** `YYYY-MM-DD` */
  onDay: string;
  /** The last day of a freeze's baseline; null of other marks. */
  untilDay: string | null;
  text: string;
}

/** A point where limits begin anew, and the baseline that they come from where they are frozen. */
export interface Start {
  at: number;
  freeze?: number;
  frozen?: Mark;
}

/**
 * Where limits begin anew, in their order: the first point on or after the day of each rebase and baseline. A baseline ends
 * where limits begin anew within it, and is none with a single figure.
 */
export function startsIn(points: readonly { startOn: string }[], marks: readonly Mark[]): Start[] {
  const byPoint = new Map<number, Mark | undefined>();
  for (const mark of marks) {
    if (mark.kind !== "rebase" && mark.kind !== "freeze") continue;
    const at = points.findIndex(({ startOn }) => startOn >= mark.onDay);
    if (at >= 0) byPoint.set(at, mark.kind === "freeze" ? mark : byPoint.get(at));
  }
  const ats = [...byPoint.keys()].sort((one, other) => one - other);
  return ats.map((at, index): Start => {
    const frozen = byPoint.get(at);
    const next = ats[index + 1] ?? points.length;
    const freeze = points.slice(at, next).filter(({ startOn }) => startOn <= (frozen?.untilDay ?? "")).length;
    return frozen && freeze > 1 ? { at, freeze, frozen } : { at };
  });
}

export function startAt(starts: readonly Start[], at: number): Pick<Observation, "rebase" | "freeze"> {
  const start = starts.find((one) => one.at === at);
  return { rebase: start !== undefined, ...(start?.freeze !== undefined && { freeze: start.freeze }) };
}
