import type { Change, DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { tell } from "../notices.ts";
import { addEntry, changeIncident, checkMayClose, type Found, record, takeUp, toPerson } from "./change.ts";
import { checkOpen, type Harm, harmOf, isUrgent } from "./rules.ts";
import { type Probability, type Severity, safetyCode } from "./safetyCode.ts";
import { startImplied } from "./startImplied.ts";

export interface Grade {
  harm: Harm;
  /** What is not given stays as it was graded before. */
  severity?: Severity | undefined;
  probability?: Probability | undefined;
  why?: string | undefined;
}

export function grading(store: DomainStore) {
  return {
    /** The reviewer's grade beside the reporter's; those before it stay in the timeline. */
    grade: (act: Act, number: number, { harm, why, ...given }: Grade) =>
      changeIncident(store, act, number, async (change, incident) => {
        const claimed = await change.claimRequest(act.requestId, incident.id, act.now);
        if (!claimed.first) return;
        checkOpen(incident);
        checkMayClose(act, incident, "graded");
        // The columns are text in the database; only the domain writes them, from its lists of codes.
        const severity = given.severity ?? (incident.severity as Severity | null);
        const probability = given.probability ?? (incident.probability as Probability | null);
        const sac = severity && probability ? safetyCode(severity, probability) : null;
        const grade = { severity, probability, sac };
        const won = await change.incident.updateMany({
          where: { id: incident.id, closedAt: null },
          data: { ...grade, gradedHarm: harm, gradedAt: act.now, gradedById: act.actor.id },
        });
        if (won.count === 0) checkOpen({ ...incident, closedAt: act.now });
        await takeUp(change, act, incident);
        if (isUrgent(harm) && !wasUrgent(incident)) await tellOfSevere(change, act, incident);
        await addEntry(change, act, incident.id, { kind: "graded", text: why ?? null, details: { harm, ...grade } });
        await startImplied(change, incident.id, act.now, act.actor.id);
        await record(change, act, incident.id, "incident.graded", { harm, ...(sac !== null && { sac }) });
      }),
  };
}

const wasUrgent = (incident: Found): boolean => isUrgent(harmOf(incident as { harm: Harm; gradedHarm: Harm | null }));

/**
 * Quality hears of death and severe harm at once, also where that is found out of what was reported as less; told once.
 * @param others who are told with them
 */
export async function tellOfSevere(
  change: Change,
  act: Act,
  { id, leftOutId }: Found,
  others: readonly string[] = [],
): Promise<void> {
  const people = await change.person.findMany({
    where: {
      active: true,
      OR: [{ access: { has: "quality" } }, { id: { in: [...others] } }],
      id: { notIn: [act.actor.id, ...(leftOutId ? [leftOutId] : [])] },
    },
    select: { id: true },
  });
  await tell(
    change,
    people.map((person) => toPerson("incident-graded", id, person.id, act.now)),
  );
}
