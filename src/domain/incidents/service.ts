import { randomUUID } from "node:crypto";
import { audit } from "../../audit.ts";
import type { Change, DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { type NewNotice, tell } from "../notices.ts";
import { notFound, Refusal } from "../refusal.ts";
import { stepsUp } from "../staff/above.ts";
import { mayClose, mayHandle, visibleIncidents } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import {
  type IncidentDetails,
  type IncidentFilter,
  type IncidentPage,
  incidentCard,
  listIncidents,
  type UnhandledIncident,
  unhandledIncident,
} from "./read.ts";
import {
  type Category,
  checkHappened,
  checkOpen,
  escalationDue,
  type Harm,
  type IdentityChoice,
  isUrgent,
  type Kind,
  reference,
} from "./rules.ts";

export interface NewIncident {
  what: string;
  unitId: string;
  happenedAt: Date;
  kind: Kind;
  harm: Harm;
  identity: IdentityChoice;
  category?: Category | undefined;
  immediate?: string | undefined;
  informed?: string | undefined;
  sourceRef?: string | undefined;
}

type Found = NonNullable<Awaited<ReturnType<typeof find>>>;

export function incidentService(store: DomainStore) {
  return {
    /** Files an incident and tells whoever handles the unit; returns its number. The same delivery files it once. */
    async report({ actor, requestId, now }: Act, given: NewIncident): Promise<number> {
      checkHappened(given.happenedAt, now);
      const organisation = await store.of(actor.organisationId).organisation();
      const anonymous = given.identity === "anonymous";
      return store.of(actor.organisationId).change(async (change) => {
        const id = randomUUID();
        // An anonymous report leaves nothing of its delivery behind; the bot's memory tells a doubled one apart.
        const claimed = anonymous ? { first: true, recordId: id } : await change.claimRequest(requestId, id, now);
        if (!claimed.first) return (await change.incident.findFirstOrThrow({ where: { id: claimed.recordId } })).number;
        const reporterId = anonymous ? null : actor.id;
        // Leaving out who files without a name would tell who it was: the manager who is not told.
        const steps = await stepsUp(change, given.unitId, reporterId);
        const number = await change.nextNumber("incident");
        await change.incident.create({
          data: {
            id,
            number,
            status: "new",
            reporterId,
            reportedAt: now,
            escalateAt: steps.length > 1 ? escalationDue(now, organisation.acknowledgeWithinHours) : null,
            kind: given.kind,
            harm: given.harm,
            identity: given.identity,
            what: given.what,
            unitId: given.unitId,
            happenedAt: given.happenedAt,
            category: given.category ?? null,
            immediate: given.immediate ?? null,
            informed: given.informed ?? null,
            sourceRef: given.sourceRef ?? null,
          },
        });
        await change.timelineEntry.create({ data: { incidentId: id, at: now, kind: "reported", actorId: reporterId } });
        const told = isUrgent(given.harm) ? [...(steps[0] ?? []), ...(steps.at(-1) ?? [])] : (steps[0] ?? []);
        await tell(
          change,
          [...new Set(told)].map((personId) => toPerson("incident-filed", id, personId, now)),
        );
        await audit(change, {
          at: now,
          actorId: reporterId,
          action: "incident.reported",
          subject: "incident",
          subjectId: id,
          details: { kind: given.kind, harm: given.harm, identity: given.identity },
        });
        return number;
      });
    },

    /** The page of incidents that this person may see, newest first. */
    list: (actor: Actor, filter: IncidentFilter): Promise<IncidentPage> =>
      listIncidents(store.of(actor.organisationId), actor, filter),

    /** An incident with its timeline, as this person may see it; throws a refusal where they may not. */
    show: (actor: Actor, number: number): Promise<IncidentDetails> =>
      incidentCard(store.of(actor.organisationId), actor, number),

    /** What an admin may know of an incident that nobody sees to. */
    unhandled: (actor: Actor, id: string): Promise<UnhandledIncident | undefined> =>
      unhandledIncident(store.of(actor.organisationId), actor, id),

    /** The number of the incident behind a notice. */
    async numberOf(organisationId: string, id: string): Promise<number> {
      return (await store.of(organisationId).incident.findFirstOrThrow({ where: { id }, select: { number: true } }))
        .number;
    },

    /** Stops the escalation and tells the reporter. Twice is once. */
    acknowledge: (act: Act, number: number) =>
      changeIncident(store, act, number, async (change, incident) => {
        if (!mayHandle(act.actor, incident))
          throw new Refusal(`Only quality and the managers of its unit acknowledge ${reference(number)}.`);
        const won = await change.incident.updateMany({
          where: { id: incident.id, acknowledgedAt: null, closedAt: null },
          data: { status: "acknowledged", acknowledgedAt: act.now, acknowledgedById: act.actor.id, escalateAt: null },
        });
        if (won.count === 0) return;
        await note(change, act, incident.id, { kind: "acknowledged" });
        await tell(change, toReporter("incident-acknowledged", incident, act));
        await record(change, act, incident.id, "incident.acknowledged");
      }),

    /** Gives it to somebody, who is told; acknowledges it as well. */
    assign: (act: Act, number: number, personId: string) =>
      changeIncident(store, act, number, async (change, incident) => {
        checkOpen(incident);
        if (!mayHandle(act.actor, incident))
          throw new Refusal(`Only quality and the managers of its unit assign ${reference(number)}.`);
        const assignee = await change.person.findFirst({ where: { id: personId, active: true } });
        if (!assignee)
          throw new Refusal("That person has left or is not in the directory. Choose somebody else.", "to");
        const won = await change.incident.updateMany({
          where: { id: incident.id, closedAt: null, OR: [{ assigneeId: null }, { assigneeId: { not: personId } }] },
          data: { assigneeId: personId, escalateAt: null, status: "in-review" },
        });
        if (won.count === 0) return;
        await change.incident.updateMany({
          where: { id: incident.id, acknowledgedAt: null },
          data: { acknowledgedAt: act.now, acknowledgedById: act.actor.id },
        });
        const entry = await note(change, act, incident.id, { kind: "assigned", aboutId: personId });
        const ownAct = personId === act.actor.id;
        await tell(
          change,
          ownAct
            ? []
            : [
                {
                  ...toPerson("incident-assigned", incident.id, personId, act.now),
                  key: `incident-assigned:${entry.id}`,
                },
              ],
        );
        if (!incident.acknowledgedAt) await tell(change, toReporter("incident-acknowledged", incident, act));
        await record(change, act, incident.id, "incident.assigned", { to: personId });
      }),

    /** Adds to the timeline; whoever sees the incident may. */
    note: (act: Act, number: number, text: string) =>
      changeIncident(store, act, number, async (change, incident) => {
        const id = randomUUID();
        const anonymously = incident.identity === "anonymous" && incident.reporterId === act.actor.id;
        const claimed = anonymously ? { first: true } : await change.claimRequest(act.requestId, id, act.now);
        if (!claimed.first) return;
        await note(change, act, incident.id, { id, kind: "note", text });
        await record(change, act, incident.id, "incident.noted");
      }),

    /** Closes it with what changed, and tells the reporter. */
    close: (act: Act, number: number, changed: string) =>
      changeIncident(store, act, number, async (change, incident) => {
        const claimed = await change.claimRequest(act.requestId, incident.id, act.now);
        if (!claimed.first) return;
        checkOpen(incident);
        if (!mayClose(act.actor, incident))
          throw new Refusal(
            `${reference(number)} is closed by quality or by the manager whom it is assigned to. Assign it to yourself first, or ask quality.`,
          );
        const won = await change.incident.updateMany({
          where: { id: incident.id, closedAt: null },
          data: { status: "closed", closedAt: act.now, closedById: act.actor.id, changed, escalateAt: null },
        });
        if (won.count === 0) checkOpen({ ...incident, closedAt: act.now });
        await note(change, act, incident.id, { kind: "closed", text: changed });
        await tell(change, toReporter("incident-closed", incident, act));
        await record(change, act, incident.id, "incident.closed");
      }),
  };
}

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
async function changeIncident(
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

const note = (
  change: Change,
  act: Act,
  incidentId: string,
  entry: { id?: string; kind: string; text?: string; aboutId?: string },
) => change.timelineEntry.create({ data: { ...entry, incidentId, at: act.now, actorId: act.actor.id } });

const record = (change: Change, act: Act, incidentId: string, action: string, details: Record<string, string> = {}) =>
  audit(change, { at: act.now, actorId: act.actor.id, action, subject: "incident", subjectId: incidentId, details });

const toPerson = (kind: NewNotice["kind"], recordId: string, personId: string, dueAt: Date): NewNotice => ({
  kind,
  recordId,
  to: { personId },
  dueAt,
  key: `${kind}:${recordId}:${personId}`,
});

/** Nobody is told of their own act, and there is nobody to tell behind an anonymous report. */
const toReporter = (kind: NewNotice["kind"], incident: Found, act: Act): NewNotice[] =>
  incident.reporterId === null || incident.reporterId === act.actor.id
    ? []
    : [toPerson(kind, incident.id, incident.reporterId, act.now)];
