import type { Bound, Prisma } from "../../store/store.ts";
import { dayAt, daysBetween, fromColumn, toColumn } from "../days.ts";
import type { Harm } from "../incidents/rules.ts";
import { metricOf } from "../kpis/own.ts";
import { type Named, named } from "../named.ts";
import { notFound } from "../refusal.ts";
import { mayFinish, mayRedirect, visibleActions, visibleGrievances, visibleIncidents } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import { type ActionState, needsStronger, reference, type Strength, strongestOf } from "./rules.ts";

/** Rows on a page: what fits a phone's screen. */
const pageSize = 8;
/** Beyond this the list says "more than". */
const countedAtMost = 99;

export interface ActionRow {
  number: number;
  what: string;
  owner: Named;
  /** Midnight UTC of the day, as all days here. */
  dueOn: Date;
  state: ActionState;
  strength: Strength | null;
  checkOn: Date | null;
  checkedAt: Date | null;
  worked: boolean | null;
  snoozedUntil: Date | null;
  /** Days since it was due, of one that is open; 0 where it is not overdue. */
  overdueDays: number;
}

export interface ActionDetails extends ActionRow {
  id: string;
  givenBy: Named;
  givenAt: Date;
  endedAt: Date | null;
  measure: string | null;
  unit: { code: string; name: string } | null;
  /** "INC-142", where this person sees it. */
  about: string | null;
  /** The measure that it is about. */
  measured: { code: string; name: string } | null;
  /** What it is about is a serious event, and nothing stronger than weak was decided. */
  needsStronger: boolean;
  timeline: { at: Date; kind: string; actor: Named | null; about: Named | null; text: string | null }[];
  /** What this person may do with it now. */
  may: { finish: boolean; redirect: boolean; check: boolean };
}

export interface ActionFilter {
  status: "open" | "done" | "all";
  mine?: boolean | undefined;
  overdue?: boolean | undefined;
  /** "INC-142", "GRV-7". */
  about?: string | undefined;
  /** The page that follows this number. */
  after?: number | undefined;
}

export interface ActionPage {
  rows: ActionRow[];
  /** How many follow this page; `atLeast` where they were not counted to the end. */
  more: { count: number; atLeast: boolean };
}

const unit = { select: { code: true, name: true } } as const;

// The columns are text in the database; only the domain writes them, always from its lists of codes.
export const rowOf = <Row extends { state: string; strength: string | null; dueOn: Date }>(
  row: Row,
  today: string,
) => ({
  ...row,
  state: row.state as ActionState,
  strength: row.strength as Strength | null,
  overdueDays: row.state === "open" ? Math.max(0, daysBetween(fromColumn(row.dueOn), today)) : 0,
});

/** An action with its history, as this person may see it; throws where they may not. */
export const actionCard = (store: Bound, actor: Actor, which: Which, now: Date): Promise<ActionDetails> =>
  detailsOf(store, actor, { AND: [which, visibleActions(actor)] }, which, now);

/** An action that this person has changed just now: whoever gave it away may not see it any more after the answer. */
export const changedCard = (store: Bound, actor: Actor, number: number, now: Date): Promise<ActionDetails> =>
  detailsOf(store, actor, { number }, { number }, now);

type Which = { number: number } | { id: string };

async function detailsOf(
  store: Bound,
  actor: Actor,
  where: Prisma.ActionWhereInput,
  which: Which,
  now: Date,
): Promise<ActionDetails> {
  const action = await store.action.findFirst({
    where,
    include: {
      owner: named,
      givenBy: named,
      unit,
      timeline: { orderBy: [{ at: "asc" }, { id: "asc" }], include: { actor: named, about: named } },
    },
  });
  if (!action) throw notFound("number" in which ? reference(which.number) : "action", "action");
  return {
    ...rowOf(action, dayAt(now, actor.zone)),
    ...(await aboutOf(store, actor, action)),
    measured: action.metric === null ? null : await metricOf(store, action.metric),
    may: {
      finish: action.state === "open" && mayFinish(actor, action),
      redirect: action.state === "open" && mayRedirect(actor, action),
      check: action.state === "done" && action.checkedAt === null && mayFinish(actor, action),
    },
  };
}

/** What it is about, as far as this person sees that. */
async function aboutOf(
  store: Bound,
  actor: Actor,
  { incidentId, grievanceId }: { incidentId: string | null; grievanceId: string | null },
): Promise<Pick<ActionDetails, "about" | "needsStronger">> {
  if (incidentId !== null) {
    const incident = await store.incident.findFirst({
      where: { AND: [{ id: incidentId }, visibleIncidents(actor)] },
      select: {
        number: true,
        harm: true,
        gradedHarm: true,
        sac: true,
        actions: { select: { strength: true, state: true } },
      },
    });
    if (incident) {
      // The columns are text in the database; only the domain writes them, always from its lists of codes.
      const event = incident as typeof incident & { harm: Harm; gradedHarm: Harm | null };
      return {
        about: `INC-${incident.number}`,
        needsStronger: needsStronger(event, strongestOf(incident.actions)),
      };
    }
  }
  if (grievanceId !== null) {
    const grievance = await store.grievance.findFirst({
      where: { AND: [{ id: grievanceId }, visibleGrievances(actor)] },
      select: { number: true },
    });
    if (grievance) return { about: `GRV-${grievance.number}`, needsStronger: false };
  }
  return { about: null, needsStronger: false };
}

/** A page of the actions that this person may see: open ones by when they are due, others the newest first. */
export async function listActions(store: Bound, actor: Actor, filter: ActionFilter, now: Date): Promise<ActionPage> {
  const today = dayAt(now, actor.zone);
  const byDue = filter.status === "open";
  const chosen = { AND: [visibleActions(actor), ...narrowed(actor, filter, today)] };
  const following = filter.after === undefined ? {} : await after(store, actor, filter.after, byDue);
  const where: Prisma.ActionWhereInput = { AND: [chosen, following] };
  const [rows, counted] = await Promise.all([
    store.action.findMany({
      where,
      include: { owner: named },
      orderBy: byDue ? [{ dueOn: "asc" }, { number: "asc" }] : [{ number: "desc" }],
      take: pageSize,
    }),
    store.action.count({ where, take: pageSize + countedAtMost + 1 }),
  ]);
  const left = counted - rows.length;
  return {
    rows: rows.map((row) => rowOf(row, today)),
    more: { count: Math.min(left, countedAtMost), atLeast: left > countedAtMost },
  };
}

function narrowed(actor: Actor, { status, mine, overdue, about }: ActionFilter, today: string) {
  const conditions: Prisma.ActionWhereInput[] = [];
  if (status !== "all") conditions.push({ state: status });
  if (mine) conditions.push({ ownerId: { in: [...actor.standsFor] } });
  if (overdue) conditions.push({ state: "open", dueOn: { lt: toColumn(today) } });
  if (about !== undefined) {
    const number = Number(about.split("-")[1]);
    conditions.push(
      about.startsWith("INC-")
        ? { incident: { AND: [{ number }, visibleIncidents(actor)] } }
        : { grievance: { AND: [{ number }, visibleGrievances(actor)] } },
    );
  }
  return conditions;
}

async function after(store: Bound, actor: Actor, number: number, byDue: boolean): Promise<Prisma.ActionWhereInput> {
  if (!byDue) return { number: { lt: number } };
  const last = await store.action.findFirst({
    where: { AND: [{ number }, visibleActions(actor)] },
    select: { dueOn: true },
  });
  if (!last) return {};
  return { OR: [{ dueOn: { gt: last.dueOn } }, { dueOn: last.dueOn, number: { gt: number } }] };
}
