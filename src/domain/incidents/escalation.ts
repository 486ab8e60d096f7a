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
      const next = steps[level] ?? [];
      const won = await change.incident.updateMany({
        where: { id: incident.id, escalateAt: incident.escalateAt, acknowledgedAt: null, closedAt: null },
        data: {
          escalatedTo: level,
          escalateAt: steps.length > level + 1 ? escalationDue(now, acknowledgeWithinHours) : null,
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
