import { auditAll } from "../../audit.ts";
import type { Bound, Change } from "../../store/store.ts";
import { type NewNotice, tell } from "../notices.ts";
import { ableAbove, readLadder } from "../staff/above.ts";
import { maySeeMeasures } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";

/** A place's digest of a unit can be made under the rights of managers of it and of the units above, and of quality. */
export const mayOwn = async (change: Change, unitId: string, personId: string): Promise<boolean> =>
  ableAbove(await readLadder(change), unitId).includes(personId);

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

/** A digest of their own ends where its owner may not see the unit's measures any more; they are told once. */
export async function endUnseen(store: Bound, actor: Actor, followId: string, now: Date): Promise<void> {
  const follow = await store.follow.findFirst({ where: { id: followId, ownerId: actor.id, target: actor.id } });
  if (!follow || maySeeMeasures(actor, follow.unitId)) return;
  await store.change(async (change) => {
    const ended = await change.follow.deleteMany({ where: { id: followId } });
    if (ended.count > 0) await tell(change, [endedNotice(follow, now)]);
  });
}

const endedNotice = (
  { id, unitId, ownerId }: { id: string; unitId: string; ownerId: string },
  now: Date,
): NewNotice => ({
  kind: "digest-ended",
  recordId: unitId,
  to: { personId: ownerId },
  dueAt: now,
  key: `digest-ended:${id}`,
});

/**
 * Whoever left, or does not manage the unit any more, has no digest by rule; who is still here is told. What goes to a place from somebody who may not
 * answer for it now is the next one's, who is told; where there is nobody it ends.
 */
export async function moveFromLeavers(store: Bound, now: Date): Promise<void> {
  await endOwn(store, now);
  const placed = await store.follow.findMany({
    where: { nextAt: { not: null }, place: { not: {} } },
    select: { id: true, unitId: true, ownerId: true },
  });
  if (placed.length === 0) return;
  const ladder = await readLadder(store);
  const orphans = placed.flatMap((one) => {
    const owners = ableAbove(ladder, one.unitId);
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

async function endOwn(store: Bound, now: Date): Promise<void> {
  const running = await store.follow.findMany({
    where: { nextAt: { not: null }, OR: [{ byRule: true }, { owner: { active: false } }] },
    select: {
      id: true,
      unitId: true,
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
  await store.change(async (change) => {
    await change.follow.deleteMany({ where: { id: { in: lost.map(({ id }) => id) } } });
    await tell(
      change,
      lost.filter(({ owner }) => owner.active).map((one) => endedNotice(one, now)),
    );
  });
}
