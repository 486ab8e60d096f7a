import { type Strength, strongestOf } from "../actions/rules.ts";
import type { ClockLine } from "../clocks/read.ts";
import { type Named, named } from "../named.ts";
import { hasAccess, mayClose, mayCorrect, mayDetail, mayGiveAbout, mayHandle, maySummarise } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import type { Factor } from "./causation.ts";
import { mergedFields } from "./merged.ts";
import type { Harm } from "./rules.ts";
import type { Probability, SafetyCode, Severity } from "./safetyCode.ts";

// How far the handling of an incident has come, beside what was reported.

export interface IncidentStanding {
  gradedHarm: Harm | null;
  severity: Severity | null;
  probability: Probability | null;
  sac: SafetyCode | null;
  whys: string[];
  factors: Factor[];
  /** Who needs to know of it; undefined where it is not restricted. */
  needsToKnow: Named[] | undefined;
  privilegedAt: Date | null;
  /** The number of the one that it was merged into. */
  mergedInto: number | null;
  /** It is closed, and so is the one that it was merged into. */
  isOver: boolean;
  /** Why it was closed with actions open. */
  waived: string | null;
  actions: { open: number; done: number; strongest: Strength | undefined };
  /** What runs on it, the first due first. */
  clocks: ClockLine[];
  /** What this person may do with it now. */
  may: Record<
    | "acknowledge"
    | "detail"
    | "withdrawClocks"
    | "answer"
    | "ask"
    | "assign"
    | "give"
    | "grade"
    | "review"
    | "close"
    | "correct"
    | "merge"
    | "restrict"
    | "reopen"
    | "summarise",
    boolean
  >;
}

export const standingFields = {
  mergedInto: mergedFields,
  access: { select: { personId: true, part: true, person: named }, orderBy: { person: { name: "asc" } } },
  actions: { select: { state: true, strength: true } },
  clocks: {
    where: { endedAt: null },
    select: { number: true, rule: true, state: true, dueAt: true, because: true, startedAt: true },
    orderBy: { dueAt: "asc" },
  },
} as const;

interface Row {
  unitId: string;
  assigneeId: string | null;
  reporterId: string | null;
  reportedAt: Date;
  acknowledgedAt: Date | null;
  closedAt: Date | null;
  questionAt: Date | null;
  restricted: boolean;
  mergedInto: { number: number; closedAt: Date | null } | null;
  access: { personId: string; part: string; person: Named }[];
  actions: { state: string; strength: string | null }[];
}

/** @param now without it, what may be done for some time alone is left out */
export function standingOf(
  actor: Actor,
  incident: Row,
  now: Date | undefined,
): Pick<IncidentStanding, "needsToKnow" | "mergedInto" | "isOver" | "actions" | "may"> {
  return {
    needsToKnow: incident.restricted
      ? incident.access.filter(({ part }) => part === "needs-to-know").map(({ person }) => person)
      : undefined,
    mergedInto: incident.mergedInto?.number ?? null,
    isOver: (incident.mergedInto ?? incident).closedAt !== null,
    actions: actionsOf(incident.actions),
    may: rightsOf(actor, incident, now),
  };
}

function actionsOf(actions: Row["actions"]): IncidentStanding["actions"] {
  const kept = actions.filter(({ state }) => state !== "dropped");
  return {
    open: kept.filter(({ state }) => state === "open").length,
    done: kept.filter(({ state }) => state === "done").length,
    strongest: strongestOf(actions),
  };
}

function rightsOf(actor: Actor, incident: Row, now: Date | undefined): IncidentStanding["may"] {
  const open = incident.closedAt === null;
  const quality = hasAccess(actor, "quality");
  const closes = open && mayClose(actor, incident);
  return {
    acknowledge: open && incident.acknowledgedAt === null && mayHandle(actor, incident),
    answer: incident.questionAt !== null && incident.reporterId === actor.id,
    detail: open && mayDetail(actor, incident),
    withdrawClocks: open && quality,
    ask: open && mayHandle(actor, incident) && incident.reporterId !== actor.id,
    assign: open && mayHandle(actor, incident),
    give: open && mayGiveAbout(actor, incident),
    grade: closes,
    review: closes,
    close: closes,
    correct: open && (now === undefined ? quality : mayCorrect(actor, incident, now)),
    merge: open && quality,
    restrict: quality,
    reopen: !open && quality,
    summarise: maySummarise(actor),
  };
}
