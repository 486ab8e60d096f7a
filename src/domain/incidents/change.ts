import { audit } from "../../audit.ts";
import type { Change, DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import type { NewNotice } from "../notices.ts";
import { notFound } from "../refusal.ts";
import { visibleIncidents } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import { type IncidentDetails, incidentCard } from "./read.ts";
import { reference } from "./rules.ts";

// What every change of an incident is made of.

export type Found = NonNullable<Awaited<ReturnType<typeof find>>>;

const find = (change: Change, actor: Actor, number: number) =>
  change.incident.findFirst({
    where: { AND: [{ number }, visibleIncidents(actor)] },
    select: {
      id: true,
      number: true,
      unitId: true,
      reporterId: true,
      assigneeId: true,
      identity: true,
      closedAt: true,
      acknowledgedAt: true,
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
    const incident = await find(change, act.actor, number);
    if (!incident) throw notFound(reference(number), "incident");
    await work(change, incident);
  });
  return incidentCard(bound, act.actor, number);
}

export const addEntry = (
  change: Change,
  act: Act,
  incidentId: string,
  entry: { kind: string; text?: string; aboutId?: string },
) => change.timelineEntry.create({ data: { ...entry, incidentId, at: act.now, actorId: act.actor.id } });

export const record = (
  change: Change,
  act: Act,
  incidentId: string,
  action: string,
  details: Record<string, string> = {},
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
