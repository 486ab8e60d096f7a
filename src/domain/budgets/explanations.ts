import type { Bound, Change, Prisma } from "../../store/store.ts";
import { type Named, named } from "../named.ts";
import { visibleBudgets } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import { fromMonthColumn, monthColumn, monthPlus } from "./fiscal.ts";
import { readUnits, type UnitNode, unitsAbove } from "./scope.ts";

/** Why a line was over or under its budget. */
export const kinds = [
  { code: "timing", label: "Timing", detail: "It comes back in another month" },
  { code: "one-time", label: "One time", detail: "It will not come again" },
  { code: "recurring", label: "Recurring", detail: "It comes every month from now on" },
  { code: "volume", label: "Volume", detail: "More or fewer patients" },
  { code: "rate", label: "Rate", detail: "Dearer or cheaper" },
  { code: "error", label: "Error", detail: "Booked wrongly; finance corrects it" },
] as const;
export type Kind = (typeof kinds)[number]["code"];

export const states = [
  { code: "open", label: "To be reviewed" },
  { code: "accepted", label: "Accepted" },
  { code: "returned", label: "Returned" },
] as const;
export type State = (typeof states)[number]["code"];

/** What an explanation is of. */
export interface Place {
  unitId: string;
  /** `YYYY-MM`. */
  month: string;
  lineId: string;
}

export interface ExplanationDetails extends Place {
  id: string;
  unit: Named;
  line: Named;
  why: string;
  kind: string | null;
  plan: string | null;
  /** On the result of the year, a decimal; below 0 is worse. */
  effect: string | null;
  state: State;
  by: Named;
  at: Date;
  reviewedBy: Named | null;
  reviewedAt: Date | null;
  note: string | null;
  action: { number: number; state: string; dueOn: Date; owner: Named } | null;
  /** Whose it is to accept or return; null where nobody is above. */
  reviewer: Named | null;
  timeline: { at: Date; kind: string; actor: Named | null; text: string | null }[];
  may: { explain: boolean; review: boolean };
}

/**
 * Whose it is to review what somebody explains of a unit: the manager of the unit above, and further up where that is the
 * same person. Null where nobody is above.
 */
export function reviewerOf(units: readonly UnitNode[], unitId: string, byId: string): string | null {
  const own = units.find(({ id }) => id === unitId)?.managerId;
  const above = unitsAbove(units, unitId).map(({ managerId }) => managerId);
  return above.find((id) => id !== null && id !== own && id !== byId) ?? null;
}

const included = {
  unit: named,
  line: named,
  by: named,
  reviewedBy: named,
  action: { select: { number: true, state: true, dueOn: true, owner: named } },
  timeline: { include: { actor: named }, orderBy: [{ at: "asc" as const }, { id: "asc" as const }] },
} satisfies Prisma.ExplanationInclude;

/** Those that are chosen, of units whose budgets this person sees; the newest month first. */
export async function readExplanations(
  store: Pick<Bound | Change, "explanation" | "unit" | "person">,
  actor: Actor,
  where: Prisma.ExplanationWhereInput,
): Promise<ExplanationDetails[]> {
  const rows = await store.explanation.findMany({
    where: { AND: [where, visibleBudgets(actor)] },
    include: included,
    orderBy: [{ month: "desc" }, { at: "desc" }],
  });
  if (rows.length === 0) return [];
  const units = await readUnits(store);
  const reviewers = new Map(rows.map(({ id, unitId, byId }) => [id, reviewerOf(units, unitId, byId)]));
  const people = await store.person.findMany({
    where: { id: { in: [...reviewers.values()].filter((id) => id !== null) } },
    ...named,
  });
  return rows.map((row) => {
    const reviewer = people.find(({ id }) => id === reviewers.get(row.id)) ?? null;
    const review = reviewer !== null && row.byId !== actor.id && actor.standsFor.includes(reviewer.id);
    return {
      ...row,
      month: fromMonthColumn(row.month),
      effect: row.effect?.toString() ?? null,
      state: row.state as State,
      reviewer,
      may: { explain: row.state !== "accepted" || row.reviewedById === null, review },
    };
  });
}

/** What was said of a line in the twelve months up to one, the newest first. */
export const historyOf = (
  store: Pick<Bound, "explanation" | "unit" | "person">,
  actor: Actor,
  { unitId, month, lineId }: Place,
): Promise<ExplanationDetails[]> =>
  readExplanations(store, actor, {
    unitId,
    lineId,
    month: { gte: monthColumn(monthPlus(month, -11)), lte: monthColumn(month) },
  });
