import type { Bound, Prisma } from "../../store/store.ts";
import { calendarOf } from "../clocks/compute.ts";
import { toColumn } from "../days.ts";
import { literally } from "../like.ts";
import { visibleGrievances } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import { unitAndBelow } from "../staff/below.ts";
import { coded, dueOfRow, type GrievanceRow, rowWith } from "./read.ts";
import type { Status } from "./rules.ts";

/** Rows on a page: what fits a phone's screen. */
const pageSize = 8;
/** Beyond this the list says "more than". */
const countedAtMost = 99;

export interface GrievanceFilter {
  status: "open" | "closed" | "all" | Status;
  unitId?: string | undefined;
  /** Logged by this person, or assigned to them. */
  mine?: boolean | undefined;
  /** The day it was received or later, `YYYY-MM-DD`. */
  since?: string | undefined;
  /** Words in what was said. */
  search?: string | undefined;
  /** The page that follows this number. */
  before?: number | undefined;
}

export interface GrievancePage {
  rows: GrievanceRow[];
  /** How many follow this page; `atLeast` where they were not counted to the end. */
  more: { count: number; atLeast: boolean };
}

/** The page of complaints and grievances that this person may see, newest first. */
export async function listGrievances(
  store: Bound,
  actor: Actor,
  filter: GrievanceFilter,
  now: Date,
): Promise<GrievancePage> {
  const where = { AND: [visibleGrievances(actor), ...(await conditions(store, actor, filter))] };
  const [found, counted] = await Promise.all([
    store.grievance.findMany({
      where,
      select: { number: true, sort: true, status: true, channel: true, receivedOn: true, ...rowWith },
      orderBy: { number: "desc" },
      take: pageSize,
    }),
    store.grievance.count({ where, take: pageSize + countedAtMost + 1 }),
  ]);
  const calendar = calendarOf(await store.organisation());
  const left = counted - found.length;
  return {
    rows: found.map((row) => ({ ...coded(row), due: dueOfRow(row, now, calendar) })),
    more: { count: Math.min(left, countedAtMost), atLeast: left > countedAtMost },
  };
}

async function conditions(
  store: Bound,
  actor: Actor,
  { status, unitId, mine, since, search, before }: GrievanceFilter,
): Promise<Prisma.GrievanceWhereInput[]> {
  return [
    status === "open"
      ? { closedAt: null }
      : status === "closed"
        ? { closedAt: { not: null } }
        : status === "all"
          ? {}
          : { status },
    unitId === undefined ? {} : { unitId: { in: await unitAndBelow(store, unitId) } },
    mine ? { OR: [{ loggedById: actor.id }, { assigneeId: actor.id }] } : {},
    since === undefined ? {} : { receivedOn: { gte: toColumn(since) } },
    search === undefined ? {} : { what: { contains: literally(search), mode: "insensitive" } },
    before === undefined ? {} : { number: { lt: before } },
  ];
}
