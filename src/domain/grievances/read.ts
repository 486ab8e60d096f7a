import type { Bound, Change } from "../../store/store.ts";
import { type Calendar, calendarOf } from "../clocks/compute.ts";
import { countdown } from "../clocks/countdown.ts";
import { ruleOf } from "../clocks/presets.ts";
import { dayAt } from "../days.ts";
import { type Named, named } from "../named.ts";
import { notFound } from "../refusal.ts";
import { hasAccess, hearsOfUnhandled, mayClose, mayHandle, visibleGrievances } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import { decide, type Reason, type Sort, sortBy } from "./decide.ts";
import { type Channel, isWriting, reference, type Status } from "./rules.ts";

/** The clock that runs on it. */
export interface Due {
  at: Date;
  /** The day in the facility's zone, `YYYY-MM-DD`. */
  on: string;
  isOver: boolean;
  /** How long is left, in words. */
  left: string;
}

export interface GrievanceRow {
  number: number;
  sort: Sort;
  status: Status;
  channel: Channel;
  unit: { code: string; name: string };
  /** A day, kept at midnight UTC. */
  receivedOn: Date;
  assignee: Named | null;
  due: Due | null;
}

export interface GrievanceDetails extends GrievanceRow {
  id: string;
  what: string;
  /** What decided by fact, what else spoke for the same, and what quality decided otherwise. */
  decision: { sort: Sort; because: Reason; also: Reason[]; overruled: string | null };
  loggedAt: Date;
  loggedBy: Named | "you";
  acknowledgedAt: Date | null;
  escalateAt: Date | null;
  extendedDays: number | null;
  promisedOn: Date | null;
  contact: string | null;
  steps: string | null;
  results: string | null;
  completedOn: Date | null;
  changed: string | null;
  closedAt: Date | null;
  timeline: {
    at: Date;
    kind: string;
    actor: Named | null;
    about: Named | null;
    text: string | null;
    details: unknown;
  }[];
  /** What the written answer still has to hold. */
  missing: ("steps" | "results")[];
  /** The hospital's name, for letters. */
  hospital: string;
  /** What this person may do with it now. */
  may: {
    acknowledge: boolean;
    assign: boolean;
    /** Extend and resolve a grievance, close a complaint. */
    answer: boolean;
    /** Write down steps and results. */
    handle: boolean;
    overrule: boolean;
    reopen: boolean;
    /** Letters to the patient. */
    draft: boolean;
  };
}

/** What an admin is told of one that nobody sees to. */
export type UnhandledGrievance = Pick<GrievanceDetails, "number" | "sort" | "unit" | "loggedAt">;

/** For rows that show what they are and when they are due. */
export const rowWith = {
  unit: { select: { code: true, name: true } },
  assignee: named,
  clocks: { where: { state: "running" }, orderBy: { dueAt: "asc" }, take: 1, select: { rule: true, dueAt: true } },
} as const;

// The columns are text in the database; only the domain writes them, always from these lists of codes.
type Coded = { sort: Sort; because: Reason; status: Status; channel: Channel };
type Running = { clocks: readonly { rule: string; dueAt: Date }[] };

export const coded = <Row extends object>(row: Row) => row as Row & Coded;

export function dueOfRow({ clocks }: Running, now: Date, calendar: Calendar): Due | null {
  const [first] = clocks;
  return first
    ? {
        at: first.dueAt,
        on: dayAt(first.dueAt, calendar.zone),
        isOver: first.dueAt < now,
        left: countdown(ruleOf(first.rule), first.dueAt, now, calendar),
      }
    : null;
}

export async function grievanceDetails(
  store: Bound,
  actor: Actor,
  number: number,
  now: Date,
): Promise<GrievanceDetails> {
  const found = await store.grievance.findFirst({
    where: { AND: [{ number }, visibleGrievances(actor)] },
    include: {
      ...rowWith,
      loggedBy: named,
      timeline: { orderBy: [{ at: "asc" }, { id: "asc" }], include: { actor: named, about: named } },
    },
  });
  if (!found) throw notFound(reference(number), "grievance");
  const { name: hospital } = await store.organisation();
  const grievance = coded(found);
  const { sort, because, overruled, channel, timeline } = grievance;
  const open = grievance.closedAt === null;
  const kept = open ? keptIn(grievance, timeline) : grievance;
  const handles = mayHandle(actor, grievance);
  const answers = mayClose(actor, grievance);
  return {
    ...grievance,
    steps: kept.steps,
    results: kept.results,
    decision: {
      sort: sortBy(because),
      because,
      also: decide({ ...grievance, inWriting: isWriting(channel) }).also,
      overruled,
    },
    loggedBy: grievance.loggedById === actor.id ? "you" : grievance.loggedBy,
    due: dueOfRow(grievance, now, calendarOf(await store.organisation())),
    missing: sort === "grievance" && open ? (["steps", "results"] as const).filter((part) => kept[part] === null) : [],
    hospital,
    may: {
      acknowledge: open && grievance.acknowledgedAt === null && handles,
      assign: open && handles,
      answer: open && answers,
      handle: open && (handles || (grievance.assigneeId !== null && actor.standsFor.includes(grievance.assigneeId))),
      overrule: open && hasAccess(actor, "quality"),
      reopen: !open && hasAccess(actor, "quality"),
      draft: handles || answers,
    },
  };
}

interface Kept {
  steps: string | null;
  results: string | null;
}

/** Steps and results as they were added while it was handled, since it was last resolved. */
function keptIn(grievance: Kept, timeline: readonly { kind: string; text: string | null }[]): Kept {
  const since = timeline.slice(timeline.findLastIndex(({ kind }) => kind === "resolved") + 1);
  const joined = (before: string | null, kind: "steps" | "results"): string | null => {
    const parts = [before, ...since.filter((entry) => entry.kind === kind).map(({ text }) => text)];
    return parts.filter((part) => part !== null).join("\n") || null;
  };
  return { steps: joined(grievance.steps, "steps"), results: joined(grievance.results, "results") };
}

export async function keptSince(change: Change, grievance: Kept & { id: string }): Promise<Kept> {
  const timeline = await change.timelineEntry.findMany({
    where: { grievanceId: grievance.id, kind: { in: ["resolved", "steps", "results"] } },
    select: { kind: true, text: true },
    orderBy: [{ at: "asc" }, { id: "asc" }],
  });
  return keptIn(grievance, timeline);
}

/** For admins: number, sort and unit of one that nobody has acknowledged; undefined for everybody else. */
export async function unhandledGrievance(
  store: Bound,
  actor: Actor,
  id: string,
): Promise<UnhandledGrievance | undefined> {
  if (!hearsOfUnhandled(actor)) return undefined;
  const grievance = await store.grievance.findFirst({
    where: { id, acknowledgedAt: null, closedAt: null },
    select: { number: true, sort: true, loggedAt: true, unit: { select: { code: true, name: true } } },
  });
  return grievance ? coded(grievance) : undefined;
}
