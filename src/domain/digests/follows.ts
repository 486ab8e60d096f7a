import type { Place } from "../../chat/request.ts";
import type { Bound, Prisma } from "../../store/store.ts";
import { isId } from "../id.ts";
import { type Named, named } from "../named.ts";
import { Refusal } from "../refusal.ts";
import { maySeeMeasures } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import { type Delivery, lastDeliveries } from "./deliveries.ts";
import { mayChange } from "./rights.ts";
import type { Schedule, Timing } from "./schedule.ts";

export interface FollowDetails extends Timing {
  id: string;
  unit: { id: string; code: string; name: string };
  /** Whose rights it is made under. */
  owner: Named;
  metrics: readonly string[];
  silentWhenNothing: boolean;
  /** Null for the owner's own chat. */
  place: Place | null;
  /** Null when it is stopped. */
  nextAt: Date | null;
  /** The last one; undefined where there was none of late. */
  last: Delivery | undefined;
  /** This person may send it now, stop it and, where it goes to a place, give it to somebody else. */
  mayChange: boolean;
}

export interface FollowPage {
  rows: FollowDetails[];
  total: number;
}

/** A list, and the history of one, shows so many at once. */
export const followsShown = 8;

const withNames = {
  unit: { select: { id: true, code: true, name: true } },
  owner: named,
} as const;

/** A digest that this person may know of; throws where there is none. What comes to a place is no secret to those who see the measures. */
export async function findFollow(store: Bound, actor: Actor, id: string) {
  const found = isId(id) ? await store.follow.findFirst({ where: { id }, include: withNames }) : null;
  if (found && (mayChange(actor, found) || (found.place !== null && maySeeMeasures(actor, found.unitId)))) return found;
  throw new Refusal("There is no such digest that you may see. “settings digests” lists yours.");
}

/** The same to change it. */
export async function findToChange(store: Bound, actor: Actor, id: string) {
  const found = await findFollow(store, actor, id);
  if (mayChange(actor, found)) return found;
  throw new Refusal("Its owner, the unit’s manager, quality and admins change that digest. Ask one of them.");
}

/** One digest as it is now. */
export async function followOf(
  store: Bound,
  actor: Actor,
  which: { id: string } | { unitId: string; target: string },
  now: Date,
): Promise<FollowDetails> {
  const row = await store.follow.findFirst({ where: which, include: withNames });
  if (!row) throw new Refusal("There is no digest of that unit here. “kpi follow” asks for one.", "unit");
  const last = await lastDeliveries(store, [row.id], now);
  return detailsOf(row, actor, last);
}

/** A page of those that run, by unit. @param page from 1 on */
export async function followPage(
  store: Bound,
  actor: Actor,
  where: Prisma.FollowWhereInput,
  page: number,
  now: Date,
): Promise<FollowPage> {
  const running = { AND: [where, { nextAt: { not: null } }] };
  const [rows, total] = await Promise.all([
    store.follow.findMany({
      where: running,
      include: withNames,
      orderBy: [{ unit: { name: "asc" } }, { id: "asc" }],
      skip: (page - 1) * followsShown,
      take: followsShown,
    }),
    store.follow.count({ where: running }),
  ]);
  const last = await lastDeliveries(
    store,
    rows.map(({ id }) => id),
    now,
  );
  return { rows: rows.map((row) => detailsOf(row, actor, last)), total };
}

type Row = Awaited<ReturnType<typeof findFollow>>;

// The columns are text and JSON in the database; only the domain writes them, always from its lists and types.
const detailsOf = (row: Row, actor: Actor, last: ReadonlyMap<string, Delivery>): FollowDetails => ({
  ...row,
  schedule: row.schedule as Schedule,
  place: row.place as unknown as Place | null,
  last: last.get(row.id),
  mayChange: mayChange(actor, row),
});
