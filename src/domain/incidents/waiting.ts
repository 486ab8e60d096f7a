import type { Bound } from "../../store/store.ts";
import { named } from "../named.ts";
import { hasIt, incidentsToAcknowledge, visibleIncidents } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import type { Waits } from "../waits.ts";
import type { IncidentRow } from "./read.ts";
import { reference } from "./rules.ts";

export interface IncidentWaiting extends Waits, Pick<IncidentRow, "number" | "kind" | "category" | "harm" | "unit"> {
  type: "acknowledge" | "handle" | "answer";
  /** It goes to the next person up when it is due. */
  goesUp: boolean;
  /** It was given to somebody; whoever has it by their acknowledgement alone takes it before they close it. */
  isAssigned: boolean;
}

/** An incident that somebody has is to be seen to within a week, where no clock says when; so is a question to the reporter. */
const seenToWithin = 7 * 24 * 3_600_000;

/**
 * The incidents that wait to be acknowledged by this person, those that they have, and those that they filed and are asked
 * about; at most so many of each, the oldest first.
 */
export async function incidentsWaiting(store: Bound, actor: Actor, atMost: number): Promise<IncidentWaiting[]> {
  const toAcknowledge = incidentsToAcknowledge(actor);
  const [unacknowledged, theirs, asked] = await Promise.all([
    toAcknowledge
      ? store.incident.findMany({ where: toAcknowledge, select: shown, orderBy: { number: "asc" }, take: atMost })
      : [],
    store.incident.findMany({
      where: { AND: [visibleIncidents(actor), hasIt(actor), { closedAt: null }] },
      select: {
        ...shown,
        assignee: named,
        acknowledgedAt: true,
        acknowledgedBy: named,
        timeline: {
          where: { kind: "assigned" },
          orderBy: { at: "desc" },
          take: 1,
          select: { at: true },
        },
      },
      orderBy: { number: "asc" },
      take: atMost,
    }),
    store.incident.findMany({
      where: { AND: [visibleIncidents(actor), { reporterId: actor.id, questionAt: { not: null }, closedAt: null }] },
      select: { ...shown, questionAt: true },
      orderBy: { number: "asc" },
      take: atMost,
    }),
  ]);
  return [
    ...unacknowledged.map(({ reportedAt, escalateAt, ...row }) => ({
      ...coded(row),
      type: "acknowledge" as const,
      due: escalateAt ?? reportedAt,
      since: reportedAt,
      goesUp: escalateAt !== null,
      isAssigned: false,
      whose: null,
    })),
    ...theirs.map(({ assignee, timeline: [assigned], escalateAt: _, reportedAt, ...row }) => {
      const { acknowledgedAt, acknowledgedBy, ...shown } = row;
      const since = (assignee ? assigned?.at : acknowledgedAt) ?? reportedAt;
      const whose = assignee ?? acknowledgedBy;
      return {
        ...coded(shown),
        type: "handle" as const,
        due: new Date(since.getTime() + seenToWithin),
        since,
        goesUp: false,
        isAssigned: assignee !== null,
        whose: whose?.id === actor.id ? null : whose,
      };
    }),
    ...asked.map(({ questionAt, escalateAt: _, reportedAt, ...row }) => {
      const since = questionAt ?? reportedAt;
      const due = new Date(since.getTime() + seenToWithin);
      return { ...coded(row), type: "answer" as const, due, since, goesUp: false, isAssigned: false, whose: null };
    }),
  ];
}

const shown = {
  number: true,
  kind: true,
  category: true,
  harm: true,
  escalateAt: true,
  reportedAt: true,
  unit: { select: { code: true, name: true } },
} as const;

// The columns are text in the database; only the domain writes them, always from its lists of codes.
const coded = <Row extends { number: number }>(row: Row) => ({
  ...(row as Row & Pick<IncidentRow, "kind" | "category" | "harm">),
  about: reference(row.number),
});
