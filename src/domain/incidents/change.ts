import { audit } from "../../audit.ts";
import type { Change, DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { type NewNotice, redraw, tell } from "../notices.ts";
import { notFound, Refusal } from "../refusal.ts";
import { mayClose, visibleIncidents } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import { noteLooks } from "./confidence.ts";
import { type EntryDetails, type IncidentDetails, incidentCard } from "./read.ts";
import { reference } from "./rules.ts";

// What every change of an incident is made of.

export type Found = NonNullable<Awaited<ReturnType<typeof findIncident>>>;

export const findIncident = (change: Change, actor: Actor, number: number) =>
  change.incident.findFirst({
    where: { AND: [{ number }, visibleIncidents(actor)] },
    select: {
      id: true,
      number: true,
      unitId: true,
      reporterId: true,
      assigneeId: true,
      identity: true,
      kind: true,
      closedAt: true,
      closedById: true,
      acknowledgedAt: true,
      status: true,
      harm: true,
      gradedHarm: true,
      severity: true,
      probability: true,
      restricted: true,
      privilegedAt: true,
      leftOutId: true,
      mergedIntoId: true,
      reportedAt: true,
      access: { select: { personId: true, part: true } },
      questionAt: true,
    },
  });

/** One transaction on an incident that this person may see; answers with the incident as it is then. */
export async function changeIncident(
  store: DomainStore,
  act: Act,
  number: number,
  work: (change: Change, incident: Found) => Promise<void>,
): Promise<IncidentDetails> {
  const bound = store.of(act.actor.organisationId);
  await bound.change(async (change) => {
    const incident = await findIncident(change, act.actor, number);
    if (!incident) throw notFound(reference(number), "incident");
    await work(change, incident);
    await logLook(change, act, incident);
    await redraw(change, incident.id, act.now, { by: act.actor.id });
  });
  const details = await incidentCard(bound, act.actor, number, { now: act.now });
  await noteLooks(bound, act.actor, [details], act.now);
  return details;
}

/** Who looked at a restricted incident is kept. */
export async function logLook(change: Change, act: Act, incident: { id: string; restricted: boolean }): Promise<void> {
  if (incident.restricted) await record(change, act, incident.id, "incident.viewed");
}

/** Throws where somebody else grades, reviews and closes it. */
export function checkMayClose(act: Act, incident: Found, done: string): void {
  if (!mayClose(act.actor, incident))
    throw new Refusal(
      `${reference(incident.number)} is ${done} by quality or by the manager whom it is assigned to. Assign it to yourself first, or ask quality.`,
    );
}

/** Whoever works on it has it: it goes no further up, and the reporter hears. */
export async function takeUp(change: Change, act: Act, incident: Found): Promise<void> {
  const won = await change.incident.updateMany({
    where: { id: incident.id, acknowledgedAt: null },
    data: { acknowledgedAt: act.now, acknowledgedById: act.actor.id, escalateAt: null },
  });
  if (won.count === 0) return;
  await change.incident.updateMany({ where: { id: incident.id, status: "new" }, data: { status: "acknowledged" } });
  await tell(change, toReporter("incident-acknowledged", incident, act));
}

/** Who does something to an incident and when; nobody, where it is done by a receipt. */
export interface Doing {
  actor: { id: string | null };
  now: Date;
}

export const addEntry = (
  change: Change,
  act: Doing,
  incidentId: string,
  entry: { kind: string; text?: string | null; aboutId?: string; details?: EntryDetails },
) => change.timelineEntry.create({ data: { ...entry, incidentId, at: act.now, actorId: act.actor.id } });

export const record = (
  change: Change,
  act: Doing,
  incidentId: string,
  action: string,
  details: Record<string, string | number | boolean> = {},
) => audit(change, { at: act.now, actorId: act.actor.id, action, subject: "incident", subjectId: incidentId, details });

export const toPerson = (kind: NewNotice["kind"], recordId: string, personId: string, dueAt: Date): NewNotice => ({
  kind,
  recordId,
  to: { personId },
  dueAt,
  key: `${kind}:${recordId}:${personId}`,
});

/** Nobody is told of their own act, and there is nobody to tell behind an anonymous report. */
export const toReporter = (kind: NewNotice["kind"], incident: Found, act: Act): NewNotice[] =>
  incident.reporterId === null || incident.reporterId === act.actor.id
    ? []
    : [toPerson(kind, incident.id, incident.reporterId, act.now)];

/**
 * Holds open incidents until the transaction ends, so that what is counted of them stays so: always in the same order, so that
 * two that are merged into each other at once do not both succeed. False where one is closed by now.
 */
export async function lockOpen(change: Change, ids: readonly string[]): Promise<boolean> {
  for (const id of ids.toSorted()) {
    const { count } = await change.incident.updateMany({ where: { id, closedAt: null }, data: { closedAt: null } });
    if (count === 0) return false;
  }
  return true;
}
