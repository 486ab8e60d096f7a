import type { Change } from "../../store/store.ts";

/**
 * Of two records of one person the second one takes over what the first one is told, has, is asked and is kept out of; the
 * first one has left then. The audit trail stays as it was written.
 */
export async function moveEverything(change: Change, from: string, to: string): Promise<void> {
  await moveStanding(change, from, to);
  await moveSafety(change, from, to);
  await moveAccess(change, from, to);
  await moveNumbers(change, from, to);
  await moveReminders(change, from, to);
  await moveLeave(change, from, to);
  await change.person.updateMany({ where: { id: from }, data: { active: false } });
}

async function moveStanding(change: Change, from: string, to: string): Promise<void> {
  await change.identity.updateMany({ where: { personId: from }, data: { personId: to } });
  await change.unit.updateMany({ where: { managerId: from }, data: { managerId: to } });
  await change.person.updateMany({ where: { supervisorId: from, id: { not: to } }, data: { supervisorId: to } });
  await change.person.updateMany({ where: { id: from }, data: { supervisorId: null } });
}

async function moveSafety(change: Change, from: string, to: string): Promise<void> {
  await change.incident.updateMany({ where: { reporterId: from }, data: { reporterId: to } });
  await change.incident.updateMany({ where: { assigneeId: from }, data: { assigneeId: to } });
  await change.incident.updateMany({ where: { acknowledgedById: from }, data: { acknowledgedById: to } });
  await change.incident.updateMany({ where: { closedById: from }, data: { closedById: to } });
  await change.incident.updateMany({ where: { gradedById: from }, data: { gradedById: to } });
  await change.incident.updateMany({ where: { leftOutId: from }, data: { leftOutId: to } });
  await change.grievance.updateMany({ where: { loggedById: from }, data: { loggedById: to } });
  await change.grievance.updateMany({ where: { assigneeId: from }, data: { assigneeId: to } });
  await change.grievance.updateMany({ where: { acknowledgedById: from }, data: { acknowledgedById: to } });
  await change.action.updateMany({ where: { ownerId: from }, data: { ownerId: to } });
  await change.action.updateMany({ where: { givenById: from }, data: { givenById: to } });
  await change.clock.updateMany({ where: { startedById: from }, data: { startedById: to } });
  await change.clock.updateMany({ where: { endedById: from }, data: { endedById: to } });
  await change.timelineEntry.updateMany({ where: { actorId: from }, data: { actorId: to } });
  await change.timelineEntry.updateMany({ where: { aboutId: from }, data: { aboutId: to } });
}

/** Who may see what beside their office: both of them may have been sent the same incident. */
async function moveAccess(change: Change, from: string, to: string): Promise<void> {
  const found = await change.incidentAccess.findMany({
    where: { personId: from },
    select: { incidentId: true, part: true },
  });
  await change.incidentAccess.createMany({
    data: found.map((access) => ({ ...access, personId: to })),
    skipDuplicates: true,
  });
  await change.incidentAccess.deleteMany({ where: { personId: from } });
  const routes = await change.route.findMany({ where: { personIds: { has: from } } });
  for (const { id, personIds } of routes) {
    const moved = personIds.map((personId) => (personId === from ? to : personId));
    await change.route.updateMany({ where: { id }, data: { personIds: [...new Set(moved)] } });
  }
}

async function moveNumbers(change: Change, from: string, to: string): Promise<void> {
  await change.explanation.updateMany({ where: { byId: from }, data: { byId: to } });
  await change.explanation.updateMany({ where: { reviewedById: from }, data: { reviewedById: to } });
  const kept = await change.follow.findMany({ where: { target: to }, select: { unitId: true } });
  // Of the same unit the digest of the record that stays goes on.
  await change.follow.deleteMany({ where: { target: from, unitId: { in: kept.map(({ unitId }) => unitId) } } });
  await change.follow.updateMany({ where: { target: from }, data: { target: to } });
  await change.follow.updateMany({ where: { ownerId: from }, data: { ownerId: to } });
}

async function moveReminders(change: Change, from: string, to: string): Promise<void> {
  await change.reminder.updateMany({ where: { whoId: from }, data: { whoId: to } });
  await change.reminder.updateMany({ where: { byId: from }, data: { byId: to } });
  await change.notice.updateMany({ where: { personId: from, state: "waiting" }, data: { personId: to } });
  await change.notice.updateMany({ where: { toldId: from }, data: { toldId: to } });
  await change.draft.updateMany({ where: { personId: from }, data: { personId: to } });
  const snoozed = await change.snooze.findMany({ where: { personId: to }, select: { about: true } });
  await change.snooze.deleteMany({ where: { personId: from, about: { in: snoozed.map(({ about }) => about) } } });
  await change.snooze.updateMany({ where: { personId: from }, data: { personId: to } });
}

/** Nobody is their own cover. */
async function moveLeave(change: Change, from: string, to: string): Promise<void> {
  await change.away.deleteMany({ where: { personId: from, coverId: to } });
  await change.away.deleteMany({ where: { personId: to, coverId: from } });
  await change.away.updateMany({ where: { personId: from }, data: { personId: to } });
  await change.away.updateMany({ where: { coverId: from }, data: { coverId: to } });
}
