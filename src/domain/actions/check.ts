import type { Change, DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { dayAt, dayPlus, daysBetween, fromColumn, toColumn } from "../days.ts";
import { openAgain as openGrievanceAgain } from "../grievances/close.ts";
import { openAgain as openIncidentAgain } from "../incidents/close.ts";
import { redraw, tell } from "../notices.ts";
import { Refusal } from "../refusal.ts";
import { addEntry, changeAction, checkMayFinish, type Found, record, toOthers } from "./change.ts";
import { checkDue, dueAgainAfter, reference } from "./rules.ts";

export interface EffectCheck {
  worked: boolean;
  note?: string | undefined;
  /** When it is due again where it did not work, `YYYY-MM-DD`. */
  due?: string | undefined;
}

export function checking(store: DomainStore) {
  return {
    /**
     * Says whether a finished action had the effect that was wanted. Where it had not, it is open again, and so is what it was
     * about. Twice is once.
     */
    check: (act: Act, number: number, given: EffectCheck) =>
      changeAction(store, act, number, async (change, action) => {
        checkMayFinish(act, action);
        if (given.due !== undefined) checkDue(given.due, act.actor.zone, act.now);
        const won = await change.action.updateMany({
          where: { id: action.id, state: "done", checkedAt: null },
          data: given.worked
            ? { checkedAt: act.now, worked: true }
            : { checkedAt: act.now, worked: false, ...dueAgain(act, action, given.due) },
        });
        if (won.count === 0) {
          // Read again: somebody else may have been first by a moment.
          const now = await change.action.findFirstOrThrow({ where: { id: action.id } });
          return checkSaidBefore(now, given.worked);
        }
        await record(change, act, action.id, "action.checked", { worked: given.worked });
        const kind = given.worked ? "worked" : "failed";
        const entry = await addEntry(change, act, action, { kind, text: given.note });
        if (given.worked) return;
        const people = [action.ownerId, action.givenById, ...(await reopenAbout(change, act, action))];
        await tell(change, toOthers("action-check-failed", act, action.id, entry, people));
      }),
  };
}

/** Due again, and checked again as long after as at first. */
function dueAgain(act: Act, { dueOn, checkOn }: Found, due: string | undefined) {
  const again = due ?? dayPlus(dayAt(act.now, act.actor.zone), dueAgainAfter);
  const wait = checkOn && daysBetween(fromColumn(dueOn), fromColumn(checkOn));
  return {
    state: "open",
    endedAt: null,
    snoozedUntil: null,
    dueOn: toColumn(again),
    checkOn: wait === null ? null : toColumn(dayPlus(again, wait)),
  };
}

/** Throws unless the same was said of its effect before. */
function checkSaidBefore(action: Found, worked: boolean): void {
  const number = reference(action.number);
  if (action.state === "dropped") throw new Refusal(`${number} was dropped, so there is no effect to check.`);
  if (action.worked === worked) return;
  if (action.worked === null)
    throw new Refusal(`${number} is not done yet. Its effect is checked once it is; say “action done ${number}”.`);
  throw new Refusal(
    action.worked
      ? `${number} was checked already: it worked. If that has changed, add another action.`
      : `${number} was checked already: it did not work, so it is open again. Check it once it is done.`,
  );
}

/** What it was about is open again. Returns who has to know of the effect beside those of the action: quality, and the assignee. */
async function reopenAbout(change: Change, act: Act, action: Found): Promise<string[]> {
  const because = `${reference(action.number)} did not have the effect that was wanted.`;
  const assignee =
    action.incidentId !== null
      ? await reopenIncident(change, act, action.incidentId, because)
      : action.grievanceId !== null
        ? await reopenGrievance(change, act, action.grievanceId, because)
        : undefined;
  if (assignee === undefined) return [];
  const quality = await change.person.findMany({
    where: { active: true, access: { has: "quality" } },
    select: { id: true },
  });
  return [...assignee, ...quality.map(({ id }) => id)];
}

/** Unless it is a part of another one. Its assignee, where they are not told of the opening itself. */
async function reopenIncident(change: Change, act: Act, incidentId: string, because: string): Promise<string[]> {
  const incident = await change.incident.findFirstOrThrow({
    where: { id: incidentId },
    select: { id: true, number: true, assigneeId: true, reporterId: true, closedById: true, mergedIntoId: true },
  });
  const reopened =
    incident.mergedIntoId === null && (await openIncidentAgain(change, act, incident, "actions", because));
  if (reopened) await redraw(change, incident.id, act.now, { by: act.actor.id });
  return incident.assigneeId === null || reopened ? [] : [incident.assigneeId];
}

async function reopenGrievance(change: Change, act: Act, id: string, because: string): Promise<string[]> {
  const grievance = await change.grievance.findFirstOrThrow({
    where: { id },
    select: { id: true, sort: true, assigneeId: true },
  });
  const reopened = await openGrievanceAgain(change, act, grievance, because);
  if (reopened) await redraw(change, id, act.now, { by: act.actor.id });
  return grievance.assigneeId === null || reopened ? [] : [grievance.assigneeId];
}
