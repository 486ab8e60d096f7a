import { randomUUID } from "node:crypto";
import type { Change, DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { toColumn } from "../days.ts";
import { findIncident, lockOpen, takeUp } from "../incidents/change.ts";
import { checkSeesMeasures } from "../kpis/sight.ts";
import { redraw, tell } from "../notices.ts";
import { notFound, Refusal } from "../refusal.ts";
import { mayGiveAbout, mayGiveTo, visibleActions, visibleGrievances } from "../staff/access.ts";
import { activePerson } from "../staff/active.ts";
import type { Actor } from "../staff/actor.ts";
import { addEntry, record, toOthers } from "./change.ts";
import { type ActionDetails, actionCard } from "./read.ts";
import { checkAfterDue, checkDue, type Strength } from "./rules.ts";

export interface NewAction {
  ownerId: string;
  what: string;
  /** `YYYY-MM-DD`. */
  due: string;
  /** "INC-142", "GRV-7". */
  about?: string | undefined;
  /** The measure of a unit that it is about, where a special cause of it asks for one. */
  signal?: { metric: string; unitId: string } | undefined;
  strength?: Strength | undefined;
  measure?: string | undefined;
  /** `YYYY-MM-DD`, after it is due. */
  check?: string | undefined;
}

export function adding(store: DomainStore) {
  return {
    /**
     * Gives somebody something to do, and tells them; the same delivery gives it once. Of a special cause there is one that
     * is open, however many people ask for it at once: then it is that one, and `existed`.
     */
    async add(act: Act, given: NewAction): Promise<{ action: ActionDetails; existed: boolean }> {
      const { actor, now } = act;
      checkDue(given.due, actor.zone, now);
      checkAfterDue(given.check, given.due);
      const bound = store.of(actor.organisationId);
      const { id, existed } = await bound.change(async (change) => {
        const before = given.signal && (await openAbout(change, actor, given.signal));
        if (before) return { id: before.id, existed: true };
        return { id: await give(change, act, given), existed: false };
      });
      return { action: await actionCard(bound, actor, { id }, now), existed };
    },
  };
}

/** The open action about a measure, as far as this person sees it; nobody else gives one until this transaction ends. */
async function openAbout(change: Change, actor: Actor, { metric, unitId }: NonNullable<NewAction["signal"]>) {
  checkSeesMeasures(actor, unitId);
  await change.lockOrganisation();
  return change.action.findFirst({
    where: { AND: [visibleActions(actor), { metric, unitId, state: "open" }] },
    select: { id: true },
    orderBy: { number: "asc" },
  });
}

/** Gives it in a transaction, and returns its id. */
async function give(change: Change, act: Act, given: NewAction): Promise<string> {
  const { actor, now, requestId } = act;
  const { first, recordId } = await change.claimRequest(requestId, randomUUID(), now);
  if (!first) return recordId;
  if (!mayGiveTo(actor, given.ownerId))
    throw new Refusal(
      "Only managers and quality give actions to others. Give it to yourself, or ask your manager.",
      "to",
    );
  const owner = await activePerson(change, given.ownerId, "to");
  const about = given.about === undefined ? undefined : await aboutOf(change, act, given.about);
  // Held from here on, so that it is not closed while it gets one more open action.
  if (about?.incident && !(await lockOpen(change, [about.incident.id]))) throw closedAlready(given.about ?? "");
  const action = {
    id: recordId,
    number: await change.nextNumber("action"),
    incidentId: about?.incident?.id ?? null,
    grievanceId: about?.grievance?.id ?? null,
  };
  await change.action.create({
    data: {
      ...action,
      what: given.what,
      ownerId: owner.id,
      givenById: actor.id,
      givenAt: now,
      metric: given.signal?.metric ?? null,
      unitId: about?.unitId ?? given.signal?.unitId ?? unitOf(owner, actor.id),
      dueOn: toColumn(given.due),
      strength: given.strength ?? null,
      measure: given.measure ?? null,
      checkOn: given.check === undefined ? null : toColumn(given.check),
    },
  });
  if (about?.incident) {
    await takeUp(change, act, about.incident);
    await change.incident.updateMany({ where: { id: about.incident.id }, data: { status: "actions" } });
    await redraw(change, about.incident.id, now, { by: actor.id });
  }
  const entry = await addEntry(change, act, action, { kind: "added", aboutId: owner.id });
  await tell(change, toOthers("action-given", act, recordId, entry, [owner.id]));
  await record(change, act, recordId, "action.added", { to: owner.id, strength: given.strength ?? null });
  return recordId;
}

/**
 * The unit of an action that is about no record: where its owner works, so that their manager sees it, and none for what
 * somebody promised themselves.
 */
export const unitOf = (owner: { id: string; unitIds: readonly string[] }, givenById: string): string | null =>
  owner.id === givenById ? null : (owner.unitIds[0] ?? null);

const closedAlready = (reference: string): Refusal =>
  new Refusal(`${reference} is closed, so it takes no new actions. Have it reopened first.`, "about");

/** The record that it is about; throws where this person does not see it or may give no action about it. */
async function aboutOf(change: Change, { actor }: Act, reference: string) {
  const number = Number(reference.split("-")[1]);
  const incident = reference.startsWith("INC-") ? await findIncident(change, actor, number) : null;
  const grievance = reference.startsWith("GRV-")
    ? await change.grievance.findFirst({
        where: { AND: [{ number }, visibleGrievances(actor)] },
        select: { id: true, unitId: true, assigneeId: true, closedAt: true },
      })
    : null;
  const found = incident ?? grievance;
  if (!found) throw notFound(reference, "about");
  if (!mayGiveAbout(actor, found))
    throw new Refusal(
      `Actions about ${reference} are given by whoever handles it: its assignee, its unit’s managers, or quality. Add a note to it instead.`,
      "about",
    );
  if (found.closedAt) throw closedAlready(reference);
  return { unitId: found.unitId, incident, grievance };
}
