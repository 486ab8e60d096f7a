import { audit } from "../../audit.ts";
import type { Bound } from "../../store/store.ts";
import { tell } from "../notices.ts";
import { stepsUp } from "../staff/above.ts";
import { escalationDue } from "./rules.ts";

const batch = 200;

/** Tells the next person up of each incident that nobody has acknowledged in time; at the top it stays with quality. */
export async function escalate(store: Bound, now: Date): Promise<void> {
  const due = await store.incident.findMany({
    where: { escalateAt: { lte: now } },
    select: { id: true, unitId: true, reporterId: true, escalateAt: true, escalatedTo: true },
    orderBy: { escalateAt: "asc" },
    take: batch,
  });
  if (due.length === 0) return;
  const { acknowledgeWithinHours } = await store.organisation();
  for (const incident of due) {
    await store.change(async (change) => {
      const steps = await stepsUp(change, incident.unitId, incident.reporterId);
      const level = incident.escalatedTo + 1;
      const told = await change.notice.findMany({
        where: { recordId: incident.id, kind: { in: ["incident-filed", "incident-unacknowledged"] } },
        select: { personId: true, kind: true },
      });
      const at = nextStep(steps, told);
      const next = steps[at] ?? [];
      const won = await change.incident.updateMany({
        where: { id: incident.id, escalateAt: incident.escalateAt, acknowledgedAt: null, closedAt: null },
        data: {
          escalatedTo: level,
          escalateAt: at >= 0 && steps.length > at + 1 ? escalationDue(now, acknowledgeWithinHours) : null,
        },
      });
      if (won.count === 0 || next.length === 0) return;
      for (const aboutId of next)
        await change.timelineEntry.create({ data: { incidentId: incident.id, at: now, kind: "escalated", aboutId } });
      await tell(
        change,
        next.map((personId) => ({
          kind: "incident-unacknowledged",
          recordId: incident.id,
          to: { personId },
          dueAt: now,
          key: `incident-unacknowledged:${incident.id}:${level}:${personId}`,
        })),
      );
      await audit(change, {
        at: now,
        actorId: null,
        action: "incident.escalated",
        subject: "incident",
        subjectId: incident.id,
        details: { level },
      });
    });
  }
  if (due.length === batch) await escalate(store, now);
}

/**
 * The first step of whom nobody was told yet: people leave and managers change while an incident waits, so the steps are
 * not counted. Quality hears of severe harm when it is filed, and again when it comes to them.
 */
function nextStep(
  steps: readonly (readonly string[])[],
  told: readonly { personId: string | null; kind: string }[],
): number {
  const heard = (id: string, isLast: boolean) =>
    told.some((notice) => notice.personId === id && (notice.kind === "incident-unacknowledged" || !isLast));
  return steps.findIndex((step, index) => !step.some((id) => heard(id, index === steps.length - 1)));
}
