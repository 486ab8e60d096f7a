import type { DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { dayAt, toColumn } from "../days.ts";
import { tell } from "../notices.ts";
import { Refusal } from "../refusal.ts";
import { mayGiveTo } from "../staff/access.ts";
import { activePerson } from "../staff/active.ts";
import { unitOf } from "./add.ts";
import { addEntry, changeAction, checkMayFinish, checkMayRedirect, checkOpen, record, toOthers } from "./change.ts";

export function handling(store: DomainStore) {
  return {
    /** It is done; whoever gave it is told. Twice is once. */
    done: (act: Act, number: number, note: string | undefined) =>
      changeAction(store, act, number, async (change, action) => {
        checkMayFinish(act, action);
        if (action.state === "dropped") checkOpen(action);
        const won = await change.action.updateMany({
          where: { id: action.id, state: "open" },
          data: { state: "done", endedAt: act.now, checkedAt: null, worked: null },
        });
        if (won.count === 0) return;
        const entry = await addEntry(change, act, action, { kind: "done", text: note });
        await tell(change, toOthers("action-done", act, action.id, entry, [action.givenById]));
        await record(change, act, action.id, "action.done");
      }),

    /** No reminder of it before that day; it is due when it was. @param until `YYYY-MM-DD` */
    snooze: (act: Act, number: number, until: string) =>
      changeAction(store, act, number, async (change, action) => {
        checkMayFinish(act, action);
        checkOpen(action);
        if (until <= dayAt(act.now, act.actor.zone))
          throw new Refusal("Reminders of it go on today already. Give a day that is still to come.", "until");
        const snoozedUntil = toColumn(until);
        const won = await change.action.updateMany({
          where: {
            id: action.id,
            state: "open",
            OR: [{ snoozedUntil: null }, { snoozedUntil: { not: snoozedUntil } }],
          },
          data: { snoozedUntil },
        });
        if (won.count === 0) return;
        await addEntry(change, act, action, { kind: "snoozed", text: until });
        await record(change, act, action.id, "action.snoozed");
      }),

    /** Gives it to somebody else, who is told. */
    reassign: (act: Act, number: number, personId: string) =>
      changeAction(store, act, number, async (change, action) => {
        checkMayRedirect(act, action);
        checkOpen(action);
        if (action.givenById === act.actor.id && !mayGiveTo(act.actor, personId))
          throw new Refusal("Only managers and quality give actions to others. Ask your manager.", "to");
        const owner = await activePerson(change, personId, "to");
        const isAbout = action.incidentId !== null || action.grievanceId !== null;
        const won = await change.action.updateMany({
          where: { id: action.id, state: "open", ownerId: { not: owner.id } },
          data: {
            ownerId: owner.id,
            snoozedUntil: null,
            ...(!isAbout && { unitId: unitOf(owner, action.givenById) }),
          },
        });
        if (won.count === 0) return;
        const entry = await addEntry(change, act, action, { kind: "reassigned", aboutId: owner.id });
        await tell(change, toOthers("action-given", act, action.id, entry, [owner.id]));
        await record(change, act, action.id, "action.reassigned", { to: owner.id });
      }),

    /** It will not be done, for a reason. Twice is once. */
    drop: (act: Act, number: number, reason: string) =>
      changeAction(store, act, number, async (change, action) => {
        checkMayRedirect(act, action);
        if (action.state === "done") checkOpen(action);
        const won = await change.action.updateMany({
          where: { id: action.id, state: "open" },
          data: { state: "dropped", endedAt: act.now },
        });
        if (won.count === 0) return;
        await addEntry(change, act, action, { kind: "dropped", text: reason });
        await record(change, act, action.id, "action.dropped");
      }),
  };
}
