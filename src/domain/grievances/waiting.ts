import type { Bound, Prisma } from "../../store/store.ts";
import { named } from "../named.ts";
import { hasAccess, hasIt, visibleGrievances } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import type { Waits } from "../waits.ts";
import type { Sort } from "./decide.ts";
import { coded, rowWith } from "./read.ts";
import { reference } from "./rules.ts";

/** A complaint or grievance that waits for a person. */
export interface GrievanceWaiting extends Waits {
  type: "grievance";
  /** Answer: a clock runs on it. */
  part: "acknowledge" | "answer" | "handle";
  /** It goes to the next person up, or its clock ends, when it is due. */
  isPressing: boolean;
  /** It was given to somebody; whoever has it by their acknowledgement alone takes it before they answer it. */
  isAssigned: boolean;
  sort: Sort;
  unit: { code: string; name: string };
}

/** A complaint that somebody has is to be seen to within a week, as a grievance is. */
const seenToWithin = 7 * 24 * 3_600_000;

const shown = {
  number: true,
  sort: true,
  escalateAt: true,
  loggedAt: true,
  acknowledgedAt: true,
  acknowledgedBy: named,
  ...rowWith,
  timeline: { where: { kind: "assigned" }, orderBy: { at: "desc" }, take: 1, select: { at: true } },
} as const;

/** What this person is to acknowledge, and what they have; at most so many of each, the oldest first. */
export async function grievancesWaiting(store: Bound, actor: Actor, atMost: number): Promise<GrievanceWaiting[]> {
  const toAcknowledge = grievancesToAcknowledge(actor);
  const some = { select: shown, orderBy: { number: "asc" }, take: atMost } as const;
  const [unacknowledged, theirs] = await Promise.all([
    toAcknowledge ? store.grievance.findMany({ where: toAcknowledge, ...some }) : [],
    store.grievance.findMany({ where: { AND: [visibleGrievances(actor), hasIt(actor), { closedAt: null }] }, ...some }),
  ]);
  return [
    ...unacknowledged.map((row) => ({
      ...common(row),
      part: "acknowledge" as const,
      due: row.escalateAt ?? row.loggedAt,
      since: row.loggedAt,
      isPressing: row.escalateAt !== null,
      isAssigned: false,
      whose: null,
    })),
    ...theirs.map(({ timeline: [assigned], clocks: [clock], acknowledgedAt, acknowledgedBy, ...row }) => {
      const since = (row.assignee ? assigned?.at : acknowledgedAt) ?? row.loggedAt;
      const whose = row.assignee ?? acknowledgedBy;
      return {
        ...common(row),
        part: clock ? ("answer" as const) : ("handle" as const),
        due: clock?.dueAt ?? new Date(since.getTime() + seenToWithin),
        since,
        isPressing: clock !== undefined,
        isAssigned: row.assignee !== null,
        whose: whose?.id === actor.id ? null : whose,
      };
    }),
  ];
}

function common(row: { number: number; sort: string; unit: { code: string; name: string } }) {
  const { number, sort, unit } = coded(row);
  return { type: "grievance" as const, about: reference(number), sort, unit };
}

/**
 * Those that wait for this person's acknowledgement: of the units they manage; for quality those that have come to the last
 * step, and what may be abuse or harm. Undefined where none ever does.
 */
function grievancesToAcknowledge(actor: Actor): Prisma.GrievanceWhereInput | undefined {
  const managed = hasAccess(actor, "manager") ? [{ unitId: { in: [...actor.managedUnitIds] } }] : [];
  const last = hasAccess(actor, "quality") ? [{ escalateAt: null }, { harmOrAbuse: true }] : [];
  const any = [...managed, ...last];
  return any.length === 0
    ? undefined
    : { AND: [visibleGrievances(actor), { acknowledgedAt: null, closedAt: null, OR: any }] };
}
