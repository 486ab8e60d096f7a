import { auditAll } from "../../audit.ts";
import type { Bound, Change } from "../../store/store.ts";
import { escalationDue } from "../incidents/rules.ts";
import { redraw, tell } from "../notices.ts";
import { nextStep, readLadder, stepsUp } from "../staff/above.ts";
import { toPerson } from "./change.ts";

const batch = 200;

interface Ignored {
  id: string;
  unitId: string;
  loggedById: string;
  escalateAt: Date | null;
  escalatedTo: number;
}

/** Whom to tell next of one, and whether anybody comes after them. */
interface Step {
  grievance: Ignored;
  next: readonly string[];
  isLast: boolean;
}

/** Tells the next person up of each that nobody has acknowledged in time; at the top it stays with quality. */
export async function escalateGrievances(store: Bound, now: Date): Promise<void> {
  const due = await store.grievance.findMany({
    where: { escalateAt: { lte: now } },
    select: { id: true, unitId: true, loggedById: true, escalateAt: true, escalatedTo: true },
    orderBy: { escalateAt: "asc" },
    take: batch,
  });
  if (due.length === 0) return;
  const { acknowledgeWithinHours } = await store.organisation();
  await store.change(async (change) => {
    const steps = await nextSteps(change, due);
    const won = new Set([
      ...(await claim(change, steps, now, true, null)),
      ...(await claim(change, steps, now, false, escalationDue(now, acknowledgeWithinHours))),
    ]);
    const told = steps.filter(({ grievance, next }) => won.has(grievance.id) && next.length > 0);
    await change.timelineEntry.createMany({
      data: told.flatMap(({ grievance, next }) =>
        next.map((aboutId) => ({ grievanceId: grievance.id, at: now, kind: "escalated", aboutId })),
      ),
    });
    await tell(
      change,
      told.flatMap(({ grievance: { id, escalatedTo }, next }) =>
        next.map((personId) => toPerson("grievance-unacknowledged", id, personId, now, `${id}:${escalatedTo + 1}`)),
      ),
    );
    await redraw(change, [...won], now);
    await auditAll(
      change,
      told.map(({ grievance }) => ({
        at: now,
        actorId: null,
        action: "grievance.escalated",
        subject: "grievance",
        subjectId: grievance.id,
        details: { level: grievance.escalatedTo + 1 },
      })),
    );
  });
  if (due.length === batch) await escalateGrievances(store, now);
}

async function nextSteps(change: Change, due: readonly Ignored[]): Promise<Step[]> {
  const told = await change.notice.findMany({
    where: {
      recordId: { in: due.map(({ id }) => id) },
      kind: { in: ["grievance-logged", "grievance-unacknowledged"] },
    },
    select: { recordId: true, personId: true, kind: true },
  });
  const toldOf = Map.groupBy(told, ({ recordId }) => recordId);
  const ladder = await readLadder(change);
  return due.map((grievance) => {
    const steps = stepsUp(ladder, grievance.unitId, [grievance.loggedById]);
    const at = nextStep(steps, toldOf.get(grievance.id) ?? [], "grievance-unacknowledged");
    return { grievance, next: steps[at] ?? [], isLast: at < 0 || steps.length <= at + 1 };
  });
}

/** Takes those that nobody has acknowledged or passed up meanwhile; returns their ids. */
async function claim(
  change: Change,
  steps: readonly Step[],
  now: Date,
  isLast: boolean,
  escalateAt: Date | null,
): Promise<string[]> {
  const won = await change.grievance.updateManyAndReturn({
    where: {
      id: { in: steps.filter((step) => step.isLast === isLast).map(({ grievance }) => grievance.id) },
      escalateAt: { lte: now },
      acknowledgedAt: null,
      closedAt: null,
    },
    data: { escalatedTo: { increment: 1 }, escalateAt },
    select: { id: true },
  });
  return won.map(({ id }) => id);
}
