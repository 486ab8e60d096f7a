import { auditAll } from "../../audit.ts";
import type { Bound, Change } from "../../store/store.ts";
import { redraw, tell } from "../notices.ts";
import { ableAbove, type Ladder, readLadder } from "../staff/above.ts";

/** Something open that somebody who left has. */
interface Left {
  subject: "incident" | "grievance" | "action";
  id: string;
  from: string;
  /** Whose it becomes. */
  to: string | undefined;
}

const needsToKnow = { where: { part: "needs-to-know", person: { active: true } }, select: { personId: true } } as const;
const ofIncident = { unitId: true, leftOutId: true, restricted: true, access: needsToKnow } as const;

interface OfIncident {
  unitId: string;
  leftOutId: string | null;
  restricted: boolean;
  access: readonly { personId: string }[];
}

/**
 * What somebody who left has open becomes another's, so that nothing waits for nobody: the unit's manager's, the next one's
 * up, and then quality's. What is restricted stays within its need-to-know list. The history says so, and each of those
 * who have it now is told in one notice.
 */
export async function handOn(store: Bound, now: Date): Promise<void> {
  const gone = await store.person.findMany({ where: { active: false }, select: { id: true } });
  if (gone.length === 0) return;
  const left = await leftBy(
    store,
    gone.map(({ id }) => id),
  );
  if (left.length === 0) return;
  await store.change(async (change) => {
    const handed: (Left & { to: string })[] = [];
    for (const { to, ...one } of left)
      if (to !== undefined && (await give(change, { ...one, to }))) handed.push({ ...one, to });
    await change.timelineEntry.createMany({
      data: handed.map(({ subject, id, from, to }) => ({
        [`${subject}Id`]: id,
        at: now,
        kind: subject === "action" ? "reassigned" : "assigned",
        aboutId: to,
        details: { from },
      })),
    });
    await auditAll(
      change,
      handed.map(({ subject, id: subjectId, from, to }) => ({
        at: now,
        actorId: null,
        action: `${subject}.${subject === "action" ? "reassigned" : "assigned"}`,
        subject,
        subjectId,
        details: { from, to },
      })),
    );
    const pairs = new Map(handed.map(({ from, to }) => [`${from}:${to}`, { from, to }]));
    await tell(
      change,
      [...pairs].map(([pair, { from, to }]) => ({
        kind: "handed-on",
        recordId: from,
        to: { personId: to },
        dueAt: now,
        key: `handed-on:${pair}:${now.toISOString()}`,
      })),
    );
    await redraw(
      change,
      handed.map(({ id }) => id),
      now,
    );
  });
}

/** What these people have open, each with whose it becomes; nobody's where nobody may have it. */
async function leftBy(store: Bound, gone: readonly string[]): Promise<Left[]> {
  const theirs = { in: [...gone] };
  const had = { closedAt: null, OR: [{ assigneeId: theirs }, { assigneeId: null, acknowledgedById: theirs }] };
  const who = { id: true, assigneeId: true, acknowledgedById: true } as const;
  const unchecked = { state: "done", checkedAt: null, checkOn: { not: null } };
  const [incidents, grievances, actions] = await Promise.all([
    store.incident.findMany({ where: had, select: { ...who, ...ofIncident } }),
    store.grievance.findMany({ where: had, select: { ...who, unitId: true } }),
    store.action.findMany({
      where: { ownerId: theirs, OR: [{ state: "open" }, unchecked] },
      select: { id: true, ownerId: true, givenById: true, unitId: true, incident: { select: ofIncident } },
    }),
  ]);
  if (incidents.length + grievances.length + actions.length === 0) return [];
  const ladder = await readLadder(store);
  const fromOf = (row: { assigneeId: string | null; acknowledgedById: string | null }) =>
    row.assigneeId ?? row.acknowledgedById ?? "";
  return [
    ...incidents.map((row): Left => ({ subject: "incident", id: row.id, from: fromOf(row), to: heirOf(ladder, row) })),
    ...grievances.map(
      (row): Left => ({ subject: "grievance", id: row.id, from: fromOf(row), to: ableAbove(ladder, row.unitId)[0] }),
    ),
    ...actions.map(({ id, ownerId: from, givenById, unitId, incident }): Left => {
      const giver = unitId === null && !gone.includes(givenById) ? [givenById] : [];
      const to = incident ? heirOf(ladder, incident) : [...giver, ...ableAbove(ladder, unitId ?? "")][0];
      return { subject: "action", id, from, to };
    }),
  ];
}

/** The nearest person up who may see an incident and close it; of a restricted one anybody on its list before nobody. */
function heirOf(ladder: Ladder, { unitId, leftOutId, restricted, access }: OfIncident): string | undefined {
  const able = ableAbove(ladder, unitId, leftOutId === null ? [] : [leftOutId]);
  if (!restricted) return able[0];
  const listed = access.map(({ personId }) => personId);
  return [...able.filter((id) => listed.includes(id)), ...listed][0];
}

/** False where it is closed or somebody else's by now. */
async function give(change: Change, { subject, id, from, to }: Left & { to: string }): Promise<boolean> {
  if (subject === "action") {
    const won = await change.action.updateMany({
      where: { id, ownerId: from, state: { not: "dropped" } },
      data: { ownerId: to, snoozedUntil: null },
    });
    return won.count > 0;
  }
  const where = { id, closedAt: null, OR: [{ assigneeId: from }, { assigneeId: null, acknowledgedById: from }] };
  const data = { assigneeId: to };
  const won =
    subject === "incident"
      ? await change.incident.updateMany({ where, data: { ...data, status: "in-review" } })
      : await change.grievance.updateMany({ where, data });
  return won.count > 0;
}
