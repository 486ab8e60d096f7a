import { auditAll } from "../../audit.ts";
import type { Bound, Change } from "../../store/store.ts";
import { type NewNotice, tell } from "../notices.ts";
import { type Ladder, readLadder, stepsUp } from "../staff/above.ts";

/** Whose rights a place's digest of a unit can be made under, the nearest first: managers of it and of the units above, then quality. */
function ownersOf(ladder: Ladder, unitId: string): string[] {
  const able = new Set(
    ladder.people.filter(({ access }) => access.includes("manager") || access.includes("quality")).map(({ id }) => id),
  );
  return stepsUp(ladder, unitId, [])
    .flat()
    .filter((id) => able.has(id));
}

export const mayOwn = async (change: Change, unitId: string, personId: string): Promise<boolean> =>
  ownersOf(await readLadder(change), unitId).includes(personId);

export const givenNotice = (id: string, personId: string, at: Date): NewNotice => ({
  kind: "digest-given",
  recordId: id,
  to: { personId },
  dueAt: at,
  key: `digest-given:${id}:${personId}:${at.getTime()}`,
});

/** The owner of a digest that was given up is told of it. */
export async function tellUnreached(store: Bound, noticeId: string, now: Date): Promise<void> {
  const notice = await store.notice.findFirst({ where: { id: noticeId, state: "failed" }, select: { recordId: true } });
  const follow =
    notice && (await store.follow.findFirst({ where: { id: notice.recordId }, select: { ownerId: true } }));
  if (!follow) return;
  const to = { personId: follow.ownerId };
  const unreached: NewNotice = {
    kind: "digest-unreached",
    recordId: noticeId,
    to,
    dueAt: now,
    key: `digest-unreached:${noticeId}`,
  };
  await store.change((change) => tell(change, [unreached]));
}

/**
 * Whoever left, or does not manage the unit any more, has no digest by rule. What goes to a place from somebody who may not
 * answer for it now is the next one's, who is told; where there is nobody it ends.
 */
export async function moveFromLeavers(store: Bound, now: Date): Promise<void> {
  await endOwn(store);
  const placed = await store.follow.findMany({
    where: { nextAt: { not: null }, place: { not: {} } },
    select: { id: true, unitId: true, ownerId: true },
  });
  if (placed.length === 0) return;
  const ladder = await readLadder(store);
  const orphans = placed.flatMap((one) => {
    const owners = ownersOf(ladder, one.unitId);
    return owners.includes(one.ownerId) ? [] : [{ ...one, next: owners[0] }];
  });
  for (const orphan of orphans) await store.change((change) => moveOn(change, orphan, now));
}

async function moveOn(
  change: Change,
  { id, unitId, ownerId, next }: { id: string; unitId: string; ownerId: string; next: string | undefined },
  now: Date,
): Promise<void> {
  const moved = await change.follow.updateMany({
    where: { id, ownerId, nextAt: { not: null } },
    data: next === undefined ? { nextAt: null } : { ownerId: next },
  });
  if (moved.count === 0) return;
  const action = next === undefined ? "digest.stopped" : "digest.given";
  const details = { digest: id, from: ownerId, ...(next !== undefined && { to: next }) };
  await auditAll(change, [{ at: now, actorId: null, action, subject: "unit", subjectId: unitId, details }]);
  if (next !== undefined) await tell(change, [givenNotice(id, next, now)]);
}

async function endOwn(store: Bound): Promise<void> {
  const running = await store.follow.findMany({
    where: { nextAt: { not: null }, OR: [{ byRule: true }, { owner: { active: false } }] },
    select: {
      id: true,
      ownerId: true,
      place: true,
      owner: { select: { active: true } },
      unit: { select: { managerId: true } },
    },
  });
  const lost = running.filter(
    ({ ownerId, place, owner, unit }) => place === null && (!owner.active || unit.managerId !== ownerId),
  );
  if (lost.length === 0) return;
  await store.change((change) => change.follow.deleteMany({ where: { id: { in: lost.map(({ id }) => id) } } }));
}
