import type { Change } from "../../store/store.ts";
import { fromColumn, toColumn } from "../days.ts";
import { Refusal } from "../refusal.ts";
import type { Actor } from "./actor.ts";

/** Both days (`YYYY-MM-DD`, in the facility's zone) are days of leave. */
export interface NewLeave {
  from: string;
  until: string;
  coverId: string;
}

/** Leave that has a day of these. */
export const during = (from: string, until: string) => ({
  fromOn: { lte: toColumn(until) },
  untilOn: { gte: toColumn(from) },
});

/** Throws where the days are no time to come; leave that has begun already can be entered until its last day. */
export function checkDays(from: string, until: string, today: string): void {
  if (until < from) throw new Refusal("The last day of leave is before the first. Give the later day here.", "until");
  if (until < today) throw new Refusal("That leave is over already. Give days that are still to come.", "until");
}

/** Throws where this person could not see to what comes: the reason and the way on are about the cover alone. */
export async function checkCover(change: Change, actor: Actor, { from, until, coverId }: NewLeave): Promise<void> {
  if (coverId === actor.id) throw refused("You cannot be your own cover. Choose somebody who is there.");
  const cover = await change.person.findFirst({
    where: { id: coverId, active: true },
    select: { name: true, access: true, away: { where: during(from, until), select: { untilOn: true } } },
  });
  if (!cover) throw refused("That person has left or is not in the directory. Choose somebody else.");
  if (cover.away.length > 0)
    throw refused(`${cover.name} is on leave in that time too. Choose somebody else, or other days.`);
  const manages = await change.unit.count({ where: { managerId: actor.id } });
  if (manages > 0 && !cover.access.includes("manager"))
    throw refused(
      `You manage units, and ${cover.name} has no manager access to see to them. Choose another manager, or ask an admin to give it.`,
    );
  if (actor.access.includes("quality") && !cover.access.includes("quality"))
    throw refused(
      `You have quality access, and ${cover.name} has not, so what comes to you could not be seen to. Choose somebody in quality, or ask an admin to give it.`,
    );
}

/** Throws where somebody else counts on this person in that time: a cover has no cover. */
export async function checkNotCovering(change: Change, actor: Actor, from: string, until: string): Promise<void> {
  const other = await change.away.findFirst({
    where: { coverId: actor.id, ...during(from, until) },
    select: { fromOn: true, untilOn: true, person: { select: { name: true } } },
  });
  if (other)
    throw new Refusal(
      `You are ${other.person.name}'s cover from ${fromColumn(other.fromOn)} until ${fromColumn(other.untilOn)}. Choose other days, or ask them to choose somebody else first.`,
      "from",
    );
}

const refused = (message: string) => new Refusal(message, "cover");
