import type { Bound } from "../../store/store.ts";
import { reference as actionReference } from "../actions/rules.ts";
import { unexplainedIn } from "../budgets/waiting.ts";
import { reference as clockReference, countedDown } from "../clocks/read.ts";
import { dayAt, daysBetween, fromColumn, toColumn } from "../days.ts";
import { readingsOf } from "../kpis/read.ts";
import { hasAccess, visibleActions, visibleClocks } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import { unitsAndBelow } from "../staff/below.ts";
import { actionInHand, chooses, grievanceInHand, incidentInHand } from "../staff/inHand.ts";
import type { DigestParts } from "./digest.ts";

/** A clock is about to run over this long before it is due, in milliseconds. */
const soon = 3 * 24 * 3_600_000;
/** Of each sort that is counted; more is said as that many. */
const countedAtMost = 200;

export interface Asked {
  actor: Actor;
  unitId: string;
  /** Codes; empty is all that are switched on. */
  metrics: readonly string[];
  inPublic: boolean;
}

/** What was entered as patient safety work product, or is for a few alone, is in no digest. */
const open = { restricted: false, privilegedAt: null };

/**
 * What digests of units are made of, each as far as its reader may know it: a number of queries that does not grow with
 * theirs. What stands in the units is read once; what each reader sees of it is asked of the rows in hand.
 */
export async function gatherDigests(store: Bound, asked: readonly Asked[], now: Date): Promise<DigestParts[]> {
  const below = await unitsAndBelow(store);
  const scopes = asked.map(({ actor, unitId }) => (answersForOne(actor) ? [unitId] : below(unitId)));
  const unitIds = [...new Set(scopes.flat())];
  const [read, clocks, actions, books] = await Promise.all([
    readingsOf(
      store,
      asked.map(({ actor, metrics, inPublic }, at) => ({
        actor,
        choice: { unitIds: scopes[at], ...(metrics.length > 0 && { metrics }), inPublic },
      })),
      now,
    ),
    clocksIn(store, unitIds, now),
    actionsIn(store, unitIds),
    unexplainedIn(
      store,
      unitIds.filter((id) => asked.some(({ actor }) => seesBooks(actor, id))),
      now,
    ),
  ]);
  return asked.map(({ actor, inPublic }, at) => {
    const units = new Set(scopes[at]);
    const seen = visibleActions(actor);
    const those = actions.filter((action) => units.has(action.unitId ?? "") && chooses(seen, action));
    return {
      readings: read[at] ?? [],
      underway: inPublic ? [] : underway(those),
      clocks: clocks
        .filter(({ unitId, row }) => units.has(unitId) && chooses(visibleClocks(actor), row))
        .slice(0, countedAtMost)
        .map(({ line }) => line),
      actions: overdue(those, dayAt(now, actor.zone)),
      unexplained: newest(books.filter(({ unit }) => units.has(unit.id) && seesBooks(actor, unit.id))),
    };
  });
}

/** Whoever answers for one unit alone has none below it. */
const answersForOne = (actor: Actor): boolean => actor.managedUnitIds.length < 2 && !hasAccess(actor, "quality");

/** Clocks of these units that ran over or are about to, the first one due first. */
async function clocksIn(store: Bound, unitIds: readonly string[], now: Date) {
  const rows = await store.clock.findMany({
    where: {
      state: "running",
      dueAt: { lte: new Date(now.getTime() + soon) },
      OR: [{ incident: { unitId: { in: [...unitIds] }, ...open } }, { grievance: { unitId: { in: [...unitIds] } } }],
    },
    include: { incident: incidentInHand, grievance: grievanceInHand },
    orderBy: [{ dueAt: "asc" }, { number: "asc" }],
  });
  const lines = await countedDown(store, rows, now);
  return rows.map((row, at) => {
    const record = row.incident ?? row.grievance;
    const { rule, left = "" } = lines[at] ?? {};
    return {
      row,
      unitId: record?.unitId ?? "",
      line: {
        reference: record ? `${row.incident ? "INC" : "GRV"}-${record.number}` : clockReference(row.number),
        title: rule?.title ?? "",
        left,
      },
    };
  });
}

/** Open actions of these units, the first one due first. */
const actionsIn = (store: Bound, unitIds: readonly string[]) =>
  store.action.findMany({
    where: { unitId: { in: [...unitIds] }, state: "open" },
    select: { ...actionInHand, dueOn: true },
    orderBy: [{ dueOn: "asc" }, { number: "asc" }],
  });

type OpenAction = Awaited<ReturnType<typeof actionsIn>>[number];

const overdue = (actions: readonly OpenAction[], today: string): DigestParts["actions"] =>
  actions
    .filter((action) => action.dueOn < toColumn(today) && (action.incident === null || chooses(open, action.incident)))
    .slice(0, countedAtMost)
    .map(({ number, dueOn }) => ({
      reference: actionReference(number),
      overdueDays: daysBetween(fromColumn(dueOn), today),
    }));

/** Open actions about measures, so that nobody is asked for another one. */
const underway = (actions: readonly OpenAction[]): DigestParts["underway"] =>
  actions
    .flatMap(({ number, metric, unitId, dueOn }) =>
      metric === null || unitId === null ? [] : [{ number, metric, unitId, dueOn, reference: actionReference(number) }],
    )
    .sort((one, other) => one.number - other.number)
    .slice(0, countedAtMost);

const seesBooks = (actor: Actor, unitId: string): boolean =>
  hasAccess(actor, "manager") && actor.managedUnitIds.includes(unitId);

/** The lines of the last month in which any are owed. */
function newest(books: Awaited<ReturnType<typeof unexplainedIn>>): DigestParts["unexplained"] {
  const month = books
    .map(({ taken }) => taken.month)
    .sort()
    .at(-1);
  if (month === undefined) return undefined;
  const owed = books.filter(({ taken }) => taken.month === month);
  return { month, lines: owed.flatMap(({ lines }) => lines.map(({ name }) => name)) };
}
