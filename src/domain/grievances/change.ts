import { audit } from "../../audit.ts";
import type { Change, DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { type NewNotice, redraw } from "../notices.ts";
import { notFound, Refusal } from "../refusal.ts";
import { mayClose, visibleGrievances } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import { type GrievanceDetails, grievanceDetails } from "./read.ts";
import { reference } from "./rules.ts";

// What every change of a complaint or grievance is made of.

export type Found = NonNullable<Awaited<ReturnType<typeof find>>>;

const find = (change: Change, actor: Actor, number: number) =>
  change.grievance.findFirst({ where: { AND: [{ number }, visibleGrievances(actor)] } });

/** One transaction on a record that this person may see; answers with the record as it is then. */
export async function changeGrievance(
  store: DomainStore,
  act: Act,
  number: number,
  work: (change: Change, grievance: Found) => Promise<void>,
): Promise<GrievanceDetails> {
  const bound = store.of(act.actor.organisationId);
  await bound.change(async (change) => {
    const grievance = await find(change, act.actor, number);
    if (!grievance) throw notFound(reference(number), "grievance");
    await work(change, grievance);
    await redraw(change, grievance.id, act.now, { by: act.actor.id });
  });
  return grievanceDetails(bound, act.actor, number, act.now);
}

/** Whoever works on it has it until it is assigned: it goes no further up. */
export async function takeUp(change: Change, act: Act, id: string): Promise<void> {
  await change.grievance.updateMany({
    where: { id, acknowledgedAt: null },
    data: { acknowledgedAt: act.now, acknowledgedById: act.actor.id },
  });
}

export interface NewEntry {
  kind: string;
  text?: string;
  aboutId?: string;
  details?: Record<string, string | number>;
}

export const addEntry = (change: Change, act: Act, grievanceId: string, entry: NewEntry) =>
  change.timelineEntry.create({ data: { ...entry, grievanceId, at: act.now, actorId: act.actor.id } });

export const record = (
  change: Change,
  act: Act,
  grievanceId: string,
  action: string,
  details: Record<string, string | number> = {},
) =>
  audit(change, {
    at: act.now,
    actorId: act.actor.id,
    action: `grievance.${action}`,
    subject: "grievance",
    subjectId: grievanceId,
    details,
  });

/** Once for each time that it happens: `nth` tells one from the next. */
export const toPerson = (
  kind: NewNotice["kind"],
  recordId: string,
  personId: string,
  dueAt: Date,
  nth: string,
): NewNotice => ({ kind, recordId, to: { personId }, dueAt, key: `${kind}:${nth}:${personId}` });

/** Throws where this person is neither quality nor the manager who has it. */
export function checkMayAnswer(actor: Actor, grievance: Pick<Found, "number" | "assigneeId">, what: string): void {
  if (!mayClose(actor, grievance))
    throw new Refusal(
      `${reference(grievance.number)} is ${what} by quality or by the manager whom it is assigned to. Assign it to yourself first, or ask quality.`,
    );
}
