import type { Change } from "../../store/store.ts";
import { nextDigest, type Schedule } from "./schedule.ts";

/**
 * What comes to these people keeps its time on the wall where they are now; called in the transaction that moves them.
 * What goes to a place stays in its zone: whoever asked for it has moved, and not those who work there.
 */
export async function moveZones(change: Change, personIds: readonly string[], now: Date): Promise<void> {
  const { zone: facility, holidays } = await change.organisation();
  const own = new Set(holidays);
  const follows = await change.follow.findMany({
    where: { ownerId: { in: [...personIds] } },
    include: { owner: { select: { zone: true } } },
  });
  for (const { id, place, schedule, at, zone: before, nextAt, owner } of follows) {
    const zone = owner.zone ?? facility;
    if (place !== null || zone === before) continue;
    const next = nextAt && nextDigest({ schedule: schedule as Schedule, at, zone }, own, now);
    await change.follow.updateMany({ where: { id }, data: { zone, nextAt: next } });
  }
}
