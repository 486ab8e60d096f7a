import { randomUUID } from "node:crypto";
import type { Change } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { addEntry, record, toOthers } from "../actions/change.ts";
import { checkDue } from "../actions/rules.ts";
import { toColumn } from "../days.ts";
import { redraw, tell } from "../notices.ts";
import { Refusal } from "../refusal.ts";
import { mayGiveTo } from "../staff/access.ts";
import { activePerson } from "../staff/active.ts";

interface Plan {
  unitId: string;
  plan?: string | undefined;
  ownerId?: string | undefined;
  due?: string | undefined;
}

/** A plan with a day becomes an action of its owner; as long as that is open, another plan for the same changes it. */
export async function planned(change: Change, act: Act, explanationId: string, given: Plan): Promise<void> {
  const { actor, now } = act;
  if (given.plan === undefined || given.due === undefined) return;
  checkDue(given.due, actor.zone, now);
  const ownerId = given.ownerId ?? actor.id;
  if (!mayGiveTo(actor, ownerId))
    throw new Refusal("Only managers give actions to others. Take it yourself, or ask your manager.", "owner");
  await activePerson(change, ownerId, "to");
  const data = { what: given.plan, ownerId, dueOn: toColumn(given.due) };
  const before = await openAction(change, explanationId);
  if (before) {
    await change.action.updateMany({ where: { id: before.id }, data });
    await redraw(change, before.id, now, { by: actor.id });
    if (before.ownerId === ownerId) return;
    const entry = await addEntry(change, act, before, { kind: "reassigned", aboutId: ownerId });
    await tell(change, toOthers("action-given", act, before.id, entry, [ownerId]));
    return;
  }
  const action = {
    id: randomUUID(),
    number: await change.nextNumber("action"),
    incidentId: null,
    grievanceId: null,
  };
  await change.action.create({
    data: { ...action, ...data, givenById: actor.id, givenAt: now, unitId: given.unitId },
  });
  await change.explanation.updateMany({ where: { id: explanationId }, data: { actionId: action.id } });
  const entry = await addEntry(change, act, action, { kind: "added", aboutId: ownerId });
  await tell(change, toOthers("action-given", act, action.id, entry, [ownerId]));
  await record(change, act, action.id, "action.added", { to: ownerId });
}

async function openAction(change: Change, explanationId: string) {
  const found = await change.explanation.findFirst({ where: { id: explanationId }, select: { action: true } });
  return found?.action?.state === "open" ? found.action : null;
}
