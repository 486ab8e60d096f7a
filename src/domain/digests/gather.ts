import type { Bound, Prisma } from "../../store/store.ts";
import { reference as actionReference } from "../actions/rules.ts";
import { budgetsUnexplained } from "../budgets/waiting.ts";
import { reference as clockReference, clocksSeen } from "../clocks/read.ts";
import { dayAt, daysBetween, fromColumn, toColumn } from "../days.ts";
import { readings } from "../kpis/read.ts";
import { hasAccess, visibleActions } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import { unitAndBelow } from "../staff/below.ts";
import type { DigestParts, Underway } from "./digest.ts";

/** A clock is about to run over this long before it is due, in milliseconds. */
const soon = 3 * 24 * 3_600_000;
/** Of each sort that is counted; more is said as that many. */
const countedAtMost = 200;

interface Asked {
  unitId: string;
  /** Codes; empty is all that are switched on. */
  metrics: readonly string[];
  inPublic: boolean;
}

/** What was entered as patient safety work product, or is for a few alone, is in no digest. */
const open: Prisma.IncidentWhereInput = { restricted: false, privilegedAt: null };

/** What a digest of a unit is made of, as far as this person may know it: a constant number of queries. */
export async function gatherDigest(store: Bound, actor: Actor, asked: Asked, now: Date): Promise<DigestParts> {
  const { unitId, metrics, inPublic } = asked;
  const today = dayAt(now, actor.zone);
  // Whoever answers for one unit alone has none below it.
  const isOnlyOne = actor.managedUnitIds.length < 2 && !hasAccess(actor, "quality");
  const unitIds = isOnlyOne ? [unitId] : await unitAndBelow(store, unitId);
  const [read, underway, clocks, actions, budgets] = await Promise.all([
    readings(store, actor, { unitIds, ...(metrics.length > 0 && { metrics }), inPublic }, now),
    inPublic ? [] : actionsUnderway(store, actor, unitIds),
    clocksSeen(
      store,
      actor,
      {
        state: "running",
        dueAt: { lte: new Date(now.getTime() + soon) },
        OR: [{ incident: { unitId: { in: unitIds }, ...open } }, { grievance: { unitId: { in: unitIds } } }],
      },
      countedAtMost,
      now,
    ),
    store.action.findMany({
      where: {
        AND: [visibleActions(actor), { OR: [{ incidentId: null }, { incident: open }] }],
        unitId: { in: unitIds },
        state: "open",
        dueOn: { lt: toColumn(today) },
      },
      select: { number: true, dueOn: true },
      orderBy: [{ dueOn: "asc" }, { number: "asc" }],
      take: countedAtMost,
    }),
    budgetsUnexplained(store, actor, unitIds, now),
  ]);
  const month = budgets
    .map((one) => one.month)
    .sort()
    .at(-1);
  const owed = budgets.filter((one) => one.month === month);
  return {
    readings: read,
    underway,
    clocks: clocks.map(({ number, about, rule, left }) => ({
      reference: about?.reference ?? clockReference(number),
      title: rule.title,
      left: left ?? "",
    })),
    actions: actions.map(({ number, dueOn }) => ({
      reference: actionReference(number),
      overdueDays: daysBetween(fromColumn(dueOn), today),
    })),
    unexplained:
      month === undefined ? undefined : { month, lines: owed.flatMap(({ lines }) => lines.map(({ name }) => name)) },
  };
}

/** Open actions about measures, so that nobody is asked for another one. */
async function actionsUnderway(store: Bound, actor: Actor, unitIds: readonly string[]): Promise<Underway[]> {
  const found = await store.action.findMany({
    where: { AND: [visibleActions(actor)], unitId: { in: [...unitIds] }, state: "open", metric: { not: null } },
    select: { number: true, metric: true, unitId: true, dueOn: true },
    orderBy: { number: "asc" },
    take: countedAtMost,
  });
  return found.flatMap(({ number, metric, unitId, dueOn }) =>
    metric === null || unitId === null ? [] : [{ metric, unitId, dueOn, reference: actionReference(number) }],
  );
}
