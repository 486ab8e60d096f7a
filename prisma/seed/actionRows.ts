import { DateTime } from "luxon";
import { reference } from "../../src/domain/actions/rules.ts";
import { dayAt, dayPlus, toColumn } from "../../src/domain/days.ts";
import type { Prisma } from "../../src/store/store.ts";
import { type Cast, staffOf } from "./cast.ts";
import type { Chance } from "./chance.ts";
import { correctiveActions } from "./correctiveActions.ts";
import { units } from "./units.ts";

export interface ActionRows {
  actions: Prisma.ActionCreateManyInput[];
  timeline: Prisma.TimelineEntryCreateManyInput[];
  audit: Prisma.AuditCreateManyInput[];
}

interface About {
  id: string;
  unitId: string;
  category: string | null;
  assigneeId: string;
  acknowledgedAt: Date;
  closedAt: Date | null;
}

/** Days from today on which the open ones are due, in turn. */
const dueIn = [-6, 3, 12, -1, 24, 1, 7];
/** Days after which the effect of a finished one is looked at, in turn. */
const checkedAfter = [5, 14, 45];
/** Of the incidents that were closed lately one in so many had an action. */
const every = 4;
const closedAtMost = 60;
const hour = 3_600_000;

/** Open actions where an incident has come to its actions, and finished ones of those that were closed lately. */
export function actionRows(
  chance: Chance,
  incidents: readonly Prisma.IncidentCreateManyInput[],
  cast: Cast,
  now: Date,
  zone: string,
): ActionRows {
  const rows: ActionRows = { actions: [], timeline: [], audit: [] };
  const closed = incidents.filter(({ status }) => status === "closed").slice(-closedAtMost);
  const chosen = new Set([
    ...incidents.filter(({ status }) => status === "actions"),
    ...closed.filter((_, index) => index % every === 0),
  ]);
  const about = incidents.filter((incident) => chosen.has(incident)).filter(isAssigned);
  const turns = { open: 0, done: 0 };
  for (const incident of about) {
    const action = given(chance, incident, cast, rows.actions.length + 1, now);
    const { givenAt } = action;
    tell(chance, rows, action, givenAt, "added", action.givenById, action.ownerId);
    if (incident.closedAt === null) {
      const soonest = dayPlus(dayAt(givenAt, zone), 1);
      const wanted = dayPlus(dayAt(now, zone), inTurn(dueIn, turns.open++));
      const dueOn = wanted > soonest ? wanted : soonest;
      const checkOn = toColumn(dayPlus(dueOn, 30));
      rows.actions.push({ ...action, ...open, state: "open", dueOn: toColumn(dueOn), checkOn });
      continue;
    }
    const endedAt = new Date(givenAt.getTime() + (incident.closedAt.getTime() - givenAt.getTime()) * 0.8);
    const checkOn = dayPlus(dayAt(endedAt, zone), inTurn(checkedAfter, turns.done++));
    // Every fifth one waits to be looked at.
    const checkedAt = turns.done % 5 === 0 ? undefined : checkMoment(checkOn, zone, now);
    tell(chance, rows, action, endedAt, "done", action.ownerId);
    if (checkedAt) tell(chance, rows, action, checkedAt, "worked", action.givenById);
    rows.actions.push({
      ...action,
      state: "done",
      dueOn: toColumn(dayPlus(dayAt(endedAt, zone), 1)),
      checkOn: toColumn(checkOn),
      endedAt,
      checkedAt: checkedAt ?? null,
      worked: checkedAt ? true : null,
    });
  }
  return rows;
}

const open = { endedAt: null, checkedAt: null, worked: null } as const;

const inTurn = (days: readonly number[], turn: number): number => days[turn % days.length] ?? 0;

const isAssigned = (incident: Prisma.IncidentCreateManyInput): incident is Prisma.IncidentCreateManyInput & About =>
  incident.id !== undefined && Boolean(incident.assigneeId) && Boolean(incident.acknowledgedAt);

/** Ten in the morning of that day; undefined while it is to come. */
function checkMoment(day: string, zone: string, now: Date): Date | undefined {
  const at = DateTime.fromISO(day, { zone }).set({ hour: 10 }).toJSDate();
  return at < now ? at : undefined;
}

/** What was given some hours after somebody took the incident up, by whoever has it. */
function given(chance: Chance, incident: About, cast: Cast, number: number, now: Date) {
  const { id: incidentId, unitId, assigneeId, acknowledgedAt, closedAt } = incident;
  const latest = (closedAt ?? now).getTime() - hour;
  const givenAt = new Date(Math.min(acknowledgedAt.getTime() + chance.between(4, 40) * hour, latest));
  const unit = units.find(({ code }) => cast.unit(code) === unitId);
  const staff = unit ? staffOf(unit.code).filter(({ left }) => !left) : [];
  const owner = staff.length > 0 && chance.is(0.6) ? cast.person(chance.pick(staff).handle) : assigneeId;
  const kinds = correctiveActions[incident.category ?? "other"] ?? correctiveActions.other;
  const ids = { id: chance.id(givenAt), number, ownerId: owner, givenById: assigneeId, incidentId, unitId };
  return { ...ids, ...chance.pick(kinds), givenAt };
}

/** In its own history and in the incident's, and in the audit trail. */
function tell(
  chance: Chance,
  rows: ActionRows,
  action: ReturnType<typeof given>,
  at: Date,
  kind: "added" | "done" | "worked",
  actorId: string,
  aboutId: string | null = null,
): void {
  const common = { at, actorId, aboutId };
  rows.timeline.push(
    { ...common, id: chance.id(at), actionId: action.id, incidentId: null, kind, text: null },
    {
      ...common,
      id: chance.id(at),
      actionId: null,
      incidentId: action.incidentId,
      kind: `action-${kind}`,
      text: reference(action.number),
    },
  );
  rows.audit.push({
    id: chance.id(at),
    at,
    actorId,
    action: kind === "worked" ? "action.checked" : `action.${kind}`,
    subject: "action",
    subjectId: action.id,
    details: kind === "worked" ? { worked: true } : {},
  });
}
