import type { Prisma } from "../../src/store/store.ts";
import { type Cast, stepsUp } from "./cast.ts";
import type { Chance } from "./chance.ts";
import { acknowledgeWithinHours, type Life, type Step } from "./lives.ts";

export interface IncidentRows {
  incidents: Prisma.IncidentCreateManyInput[];
  timeline: Prisma.TimelineEntryCreateManyInput[];
  audit: Prisma.AuditCreateManyInput[];
}

/** What people add about the moment. */
const circumstances = [
  "It was during handoff.",
  "Night shift, one colleague short.",
  "The unit was full.",
  "Two admissions came at the same time.",
  "A float nurse helped on the unit.",
  "Charge nurse informed.",
  "This is the second time this month.",
  "Family was present.",
];

const actions = {
  reported: "incident.reported",
  escalated: "incident.escalated",
  acknowledged: "incident.acknowledged",
  assigned: "incident.assigned",
  note: "incident.noted",
  closed: "incident.closed",
} as const;

/** The rows of incidents as they stand at a moment: what comes later in their lives has not happened yet. */
export function incidentRows(chance: Chance, lives: readonly Life[], cast: Cast, now: Date): IncidentRows {
  const rows: IncidentRows = { incidents: [], timeline: [], audit: [] };
  lives.forEach((life, index) => {
    const id = chance.id(life.reportedAt);
    const past = life.steps.filter((step) => step.at <= now);
    const last = (kind: Step["kind"]) => past.findLast((step) => step.kind === kind);
    const acknowledged = last("acknowledged");
    const assigned = last("assigned");
    const closed = last("closed");
    rows.incidents.push({
      id,
      number: index + 1,
      kind: life.scenario.kind,
      category: life.scenario.category ?? null,
      harm: life.harm,
      identity: life.identity,
      what: `${chance.fill(life.telling.what)}${chance.is(0.5) ? ` ${chance.pick(circumstances)}` : ""}`,
      immediate: life.telling.immediate && chance.is(0.7) ? chance.fill(life.telling.immediate) : null,
      informed: chance.is(0.4) ? chance.pick(["Charge nurse", "Provider on call", "Provider and family"]) : null,
      unitId: cast.unit(life.unit),
      happenedAt: life.happenedAt,
      reportedAt: life.reportedAt,
      reporterId: life.reporter && cast.person(life.reporter),
      status: closed
        ? "closed"
        : last("actions")
          ? "actions"
          : assigned
            ? "in-review"
            : acknowledged
              ? "acknowledged"
              : "new",
      assigneeId: assigned?.about ? cast.person(assigned.about) : null,
      acknowledgedAt: acknowledged?.at ?? null,
      acknowledgedById: acknowledged?.actor ? cast.person(acknowledged.actor) : null,
      ...escalation(life, past),
      closedAt: closed?.at ?? null,
      closedById: closed?.actor ? cast.person(closed.actor) : null,
      changed: closed?.text ?? null,
      ...{ gradedHarm: null, severity: null, probability: null, sac: null, gradedAt: null, gradedById: null },
      answers: {},
    });
    addSteps(chance, rows, id, life, past, cast);
  });
  return rows;
}

/** How far up it went, and when it goes on while nobody acknowledges it. */
function escalation(life: Life, past: readonly Step[]): { escalatedTo: number; escalateAt: Date | null } {
  const escalatedTo = new Set(past.filter((step) => step.kind === "escalated").map((step) => step.at.getTime())).size;
  const over = past.some((step) => step.kind === "acknowledged") || stepsUp(life.unit).length <= escalatedTo + 1;
  const due = life.reportedAt.getTime() + (escalatedTo + 1) * acknowledgeWithinHours * 3_600_000;
  return { escalatedTo, escalateAt: over ? null : new Date(due) };
}

function addSteps(chance: Chance, rows: IncidentRows, id: string, life: Life, past: readonly Step[], cast: Cast): void {
  let level = 0;
  let escalatedAt = 0;
  for (const step of past) {
    const { at, kind, about, text } = step;
    const actorId = step.actor && cast.person(step.actor);
    const aboutId = about ? cast.person(about) : null;
    if (kind === "actions") continue;
    rows.timeline.push({ id: chance.id(at), incidentId: id, at, kind, actorId, aboutId, text: text ?? null });
    // Several people are told in one step.
    if (kind === "escalated" && at.getTime() === escalatedAt) continue;
    if (kind === "escalated") {
      level += 1;
      escalatedAt = at.getTime();
    }
    rows.audit.push({
      id: chance.id(at),
      at,
      actorId,
      action: actions[kind],
      subject: "incident",
      subjectId: id,
      details: {
        ...(kind === "reported" && { kind: life.scenario.kind, harm: life.harm, identity: life.identity }),
        ...(kind === "escalated" && { level }),
        ...(kind === "assigned" && { to: aboutId }),
      },
    });
  }
}
