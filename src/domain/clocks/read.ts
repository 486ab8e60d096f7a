import type { Bound, Prisma } from "../../store/store.ts";
import { notFound } from "../refusal.ts";
import { hasAccess, mayRunClock, visibleClocks } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import { type Calendar, calendarOf } from "./compute.ts";
import { countdown } from "./countdown.ts";
import { ruleOf } from "./presets.ts";
import { type ClockRule, type ClockState, canPause, isOpen } from "./rules.ts";

export const reference = (number: number): string => `CLK-${number}`;

/** A clock, as a line of what it runs on. */
export interface ClockLine {
  number: number;
  rule: ClockRule;
  state: ClockState;
  dueAt: Date;
  /** Codes of what started it, with spaces between them. */
  because: string;
  startedAt: Date;
  /** "4 business days left", "overdue by 2 days", "paused"; undefined where no moment was given. */
  left: string | undefined;
}

export interface ClockDetails extends ClockLine {
  id: string;
  startAt: Date;
  reason: string | null;
  endedAt: Date | null;
  /** What it runs on: "INC-142", and its unit; nothing where it is the organisation's own. */
  about: { reference: string; unit: string } | undefined;
  /** What this person may do with it now; `run` is to say that it is done, and to shorten it. */
  may: { run: boolean; pause: boolean; withdraw: boolean };
}

type Row = Omit<ClockLine, "rule" | "state" | "left"> & { rule: string; state: string };

/** Says how long each has left, by the organisation's days. */
export async function countedDown(store: Bound, rows: readonly Row[], now: Date | undefined): Promise<ClockLine[]> {
  const calendar = rows.length === 0 || now === undefined ? undefined : calendarOf(await store.organisation());
  return rows.map((row) => lineOf(row, now, calendar));
}

function lineOf(
  { number, rule: id, state, dueAt, because, startedAt }: Row,
  now?: Date,
  calendar?: Calendar,
): ClockLine {
  const rule = ruleOf(id);
  const left = now && calendar ? countdown(rule, dueAt, now, calendar) : undefined;
  return {
    number,
    rule,
    dueAt,
    because,
    startedAt,
    state: state as ClockState,
    left: state === "paused" ? "paused" : left,
  };
}

export async function clockCard(store: Bound, actor: Actor, number: number, now: Date): Promise<ClockDetails> {
  const [clock] = await clocksSeen(store, actor, { number }, 1, now);
  if (!clock) throw notFound(reference(number), "clock");
  return clock;
}

/** Rows on a page: what fits a phone's screen. */
const pageSize = 8;

export interface ClockPage {
  rows: ClockDetails[];
  hasMore: boolean;
}

export async function clockPage(store: Bound, actor: Actor, after: number | undefined, now: Date): Promise<ClockPage> {
  const last = after === undefined ? undefined : await clockCard(store, actor, after, now);
  const following = last && {
    OR: [{ dueAt: { gt: last.dueAt } }, { dueAt: last.dueAt, number: { gt: last.number } }],
  };
  const open: Prisma.ClockWhereInput = { state: { in: ["running", "paused"] } };
  const rows = await clocksSeen(store, actor, following ? { AND: [open, following] } : open, pageSize + 1, now);
  return { rows: rows.slice(0, pageSize), hasMore: rows.length > pageSize };
}

/** Clocks that this person may see, the first one due first. */
export async function clocksSeen(
  store: Bound,
  actor: Actor,
  where: Prisma.ClockWhereInput,
  atMost: number,
  now: Date,
): Promise<ClockDetails[]> {
  const shown = { number: true, unitId: true, assigneeId: true, unit: { select: { name: true } } } as const;
  const access = { select: { personId: true, part: true } } as const;
  const rows = await store.clock.findMany({
    where: { AND: [visibleClocks(actor), where] },
    include: { incident: { select: { ...shown, access } }, grievance: { select: shown } },
    orderBy: [{ dueAt: "asc" }, { number: "asc" }],
    take: atMost,
  });
  if (rows.length === 0) return [];
  const calendar = calendarOf(await store.organisation());
  return rows.map((row) => {
    const record = row.incident ?? row.grievance ?? undefined;
    const open = isOpen(row);
    const runs = open && mayRunClock(actor, record);
    return {
      ...lineOf(row, now, calendar),
      id: row.id,
      startAt: row.startAt,
      reason: row.reason,
      endedAt: row.endedAt,
      about: record && { reference: `${row.incident ? "INC" : "GRV"}-${record.number}`, unit: record.unit.name },
      may: { run: runs, pause: runs && canPause(ruleOf(row.rule)), withdraw: open && hasAccess(actor, "quality") },
    };
  });
}
