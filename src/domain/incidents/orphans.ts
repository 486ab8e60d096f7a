import { auditAll } from "../../audit.ts";
import type { Bound } from "../../store/store.ts";

const batch = 100;

/**
 * Gives restricted incidents of whose need-to-know list everybody has left to quality, so that none is closed to all: each gets
 * all of quality on its list, save whom it leaves out, and its timeline says so.
 */
export async function handOver(store: Bound, now: Date): Promise<void> {
  const onList = { part: "needs-to-know", person: { active: true } };
  const orphans = await store.incident.findMany({
    where: { restricted: true, access: { none: onList } },
    select: { id: true, leftOutId: true },
    take: batch,
  });
  if (orphans.length === 0) return;
  await store.change(async (change) => {
    const quality = await change.person.findMany({
      where: { active: true, access: { has: "quality" } },
      select: { id: true },
    });
    const given = orphans.flatMap(({ id: incidentId, leftOutId }) =>
      quality
        .filter(({ id }) => id !== leftOutId)
        .map(({ id: personId }) => ({ incidentId, personId, part: "needs-to-know" })),
    );
    const won = await change.incidentAccess.createMany({ data: given, skipDuplicates: true });
    if (won.count === 0) return;
    const handed = [...new Set(given.map(({ incidentId }) => incidentId))];
    await change.timelineEntry.createMany({
      data: handed.map((incidentId) => ({ incidentId, at: now, kind: "handed-over" })),
    });
    await auditAll(
      change,
      handed.map((subjectId) => ({
        at: now,
        actorId: null,
        action: "incident.handed-over",
        subject: "incident",
        subjectId,
      })),
    );
  });
}
