import type { Change } from "../../store/store.ts";
import type { ClockLine } from "../clocks/read.ts";
import { isOpen } from "../clocks/rules.ts";
import { addClockEntry, startClock } from "../clocks/start.ts";
import { impliedBy, type Known } from "./implied.ts";

/**
 * Starts the clocks that an incident implies as it is now, in the transaction of what made it so; Rounds starts them, and
 * `doneBy` is not told of their own doing (null where nobody may know who it was). What runs or was met is not started again,
 * nor is what was withdrawn, unless there is a cause that did not hold then.
 */
export async function startImplied(
  change: Change,
  incidentId: string,
  now: Date,
  doneBy: string | null,
): Promise<ClockLine[]> {
  const incident = await change.incident.findFirstOrThrow({
    where: { id: incidentId },
    select: {
      kind: true,
      category: true,
      harm: true,
      gradedHarm: true,
      severity: true,
      sac: true,
      answers: true,
      reportedAt: true,
      happenedAt: true,
    },
  });
  // The columns are text and JSON in the database; only the domain writes them, always from its lists of codes.
  const implied = impliedBy(incident as typeof incident & Known);
  if (implied.length === 0) return [];
  const before = await change.clock.findMany({
    where: { incidentId, rule: { in: implied.map(({ rule }) => rule) } },
    select: { rule: true, state: true, because: true },
  });
  const from = { reported: incident.reportedAt, happened: incident.happenedAt, decided: now };
  const started: ClockLine[] = [];
  for (const { rule, because, from: trigger } of implied) {
    const withdrawn = before.filter((clock) => clock.rule === rule && clock.state === "withdrawn");
    const spent = new Set(withdrawn.flatMap((clock) => clock.because.split(" ")));
    const left = because.filter((code) => !spent.has(code));
    if (left.length === 0) continue;
    const given = { rule, incidentId, startAt: from[trigger], because: left.join(" ") };
    const isInTheWay = (clock: { state: string }) => isOpen(clock) || clock.state === "met";
    const clock = await startClock(change, given, now, null, { isInTheWay, doneBy });
    if (!clock) continue;
    started.push(clock);
    const entry = { kind: "clock-started", rule, incidentId, grievanceId: null, because: given.because };
    await addClockEntry(change, entry, { now, actor: { id: null } });
  }
  return started;
}
