import { audit } from "../../audit.ts";
import type { Change, DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { type NewNotice, type NoticeKind, redraw } from "../notices.ts";
import { notFound, Refusal } from "../refusal.ts";
import { mayFinish, mayRedirect, visibleActions } from "../staff/access.ts";
import { type ActionDetails, changedCard } from "./read.ts";
import { reference } from "./rules.ts";

// What every change of an action is made of.

export type Found = NonNullable<Awaited<ReturnType<typeof find>>>;

const find = (change: Change, act: Act, number: number) =>
  change.action.findFirst({ where: { AND: [{ number }, visibleActions(act.actor)] } });

/** One transaction on an action that this person may see; answers with the action as it is then. */
export async function changeAction(
  store: DomainStore,
  act: Act,
  number: number,
  work: (change: Change, action: Found) => Promise<void>,
): Promise<ActionDetails> {
  const bound = store.of(act.actor.organisationId);
  await bound.change(async (change) => {
    const action = await find(change, act, number);
    if (!action) throw notFound(reference(number), "action");
    await work(change, action);
    await redraw(change, action.id, act.now, { by: act.actor.id });
  });
  return changedCard(bound, act.actor, number, act.now);
}

/** Throws where this person may not finish it, put it off or check it. */
export function checkMayFinish(act: Act, action: Found): void {
  if (!mayFinish(act.actor, action))
    throw new Refusal(
      `Only its owner, whoever gave it, and quality change ${reference(action.number)}. Ask one of them.`,
    );
}

/** Throws where this person may not give it to somebody else or drop it. */
export function checkMayRedirect(act: Act, action: Found): void {
  if (!mayRedirect(act.actor, action))
    throw new Refusal(
      `Only its owner, whoever gave it, its unit’s managers and quality do that with ${reference(action.number)}. Ask one of them.`,
    );
}

/** Throws where it has ended. */
export function checkOpen({ number, state }: Pick<Found, "number" | "state">): void {
  if (state !== "open")
    throw new Refusal(`${reference(number)} is ${state} already, so nothing was changed. Its card shows how it ended.`);
}

type About = Pick<Found, "id" | "number" | "incidentId" | "grievanceId">;

/** Writes what was done into its history and, in short, into the history of what it is about. */
export async function addEntry(
  change: Change,
  act: Act,
  action: About,
  entry: { kind: ActionEntry; text?: string | undefined; aboutId?: string },
): Promise<string> {
  const common = { at: act.now, actorId: act.actor.id, ...(entry.aboutId !== undefined && { aboutId: entry.aboutId }) };
  const made = await change.timelineEntry.create({
    data: { ...common, actionId: action.id, kind: entry.kind, text: entry.text ?? null },
  });
  const { incidentId, grievanceId } = action;
  const isAbout = incidentId !== null || grievanceId !== null;
  if (isAbout && entry.kind !== "snoozed")
    await change.timelineEntry.create({
      data: { ...common, incidentId, grievanceId, kind: `action-${entry.kind}`, text: reference(action.number) },
    });
  return made.id;
}

/** What happens to an action; in the history of what it is about each begins with "action-". */
export type ActionEntry = "added" | "done" | "snoozed" | "reassigned" | "dropped" | "worked" | "failed";

export const record = (
  change: Change,
  act: Act,
  actionId: string,
  action: string,
  details: Record<string, string | number | boolean | null> = {},
) => audit(change, { at: act.now, actorId: act.actor.id, action, subject: "action", subjectId: actionId, details });

/** Notices of one thing that happened, an entry of its history, to everybody but whoever did it. */
export const toOthers = (
  kind: NoticeKind,
  act: Act,
  actionId: string,
  entryId: string,
  people: readonly (string | null)[],
): NewNotice[] =>
  [...new Set(people)]
    .filter((id): id is string => id !== null && id !== act.actor.id)
    .map((personId) => ({
      kind,
      recordId: actionId,
      to: { personId },
      dueAt: act.now,
      key: `${kind}:${entryId}:${personId}`,
    }));
