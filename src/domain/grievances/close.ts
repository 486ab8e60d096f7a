import type { Change, DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { startClock } from "../clocks/start.ts";
import { tell } from "../notices.ts";
import { Refusal } from "../refusal.ts";
import { hasAccess } from "../staff/access.ts";
import { addEntry, changeGrievance, checkMayAnswer, type Found, record, takeUp, toPerson } from "./change.ts";
import { checkOpen, reference } from "./rules.ts";

export function closing(store: DomainStore) {
  return {
    /** Ends a complaint with what changed, and tells who logged it. A grievance ends by being resolved. */
    close: (act: Act, number: number, changed: string) =>
      changeGrievance(store, act, number, async (change, grievance) => {
        const { id } = grievance;
        const claimed = await change.claimRequest(act.requestId, id, act.now);
        if (!claimed.first) return;
        checkOpen(grievance);
        if (grievance.sort === "grievance")
          throw new Refusal(
            `${reference(number)} is a grievance: it ends with a written answer. Resolve it with contact, steps taken, results and the day of completion.`,
          );
        checkMayAnswer(act.actor, grievance, "closed");
        const won = await change.grievance.updateMany({
          where: { id, closedAt: null, sort: "complaint" },
          data: { status: "resolved", closedAt: act.now, changed, escalateAt: null },
        });
        if (won.count === 0) checkOpen({ ...grievance, closedAt: act.now });
        await takeUp(change, act, id);
        const entry = await addEntry(change, act, id, { kind: "closed", text: changed });
        if (grievance.loggedById !== act.actor.id)
          await tell(change, [toPerson("grievance-resolved", id, grievance.loggedById, act.now, entry.id)]);
        await record(change, act, id, "closed");
      }),

    /** Opens it again; the 7 days of a grievance begin again. Who has it is told. */
    reopen: (act: Act, number: number, reason: string) =>
      changeGrievance(store, act, number, async (change, grievance) => {
        const claimed = await change.claimRequest(act.requestId, grievance.id, act.now);
        if (!claimed.first) return;
        if (!hasAccess(act.actor, "quality"))
          throw new Refusal(`Quality reopens ${reference(number)}. Ask them, with your reason.`);
        if (!(await openAgain(change, act, grievance, reason)))
          throw new Refusal(`${reference(number)} is open, so nothing was changed.`);
      }),
  };
}

/** One that had ended is open again; who has it is told. False where it was open already. */
export async function openAgain(
  change: Change,
  act: Act,
  { id, sort, assigneeId }: Pick<Found, "id" | "sort" | "assigneeId">,
  reason: string,
): Promise<boolean> {
  const won = await change.grievance.updateMany({
    where: { id, closedAt: { not: null } },
    data: {
      status: assigneeId === null ? "acknowledged" : "investigating",
      closedAt: null,
      completedOn: null,
      changed: null,
      extendedDays: null,
      promisedOn: null,
    },
  });
  if (won.count === 0) return false;
  if (sort === "grievance")
    await startClock(
      change,
      { rule: "cms.grievance", grievanceId: id, startAt: act.now, because: "reopened" },
      act.now,
      act.actor.id,
    );
  const entry = await addEntry(change, act, id, { kind: "reopened", text: reason });
  if (assigneeId !== null && assigneeId !== act.actor.id)
    await tell(change, [toPerson("grievance-assigned", id, assigneeId, act.now, entry.id)]);
  await record(change, act, id, "reopened");
  return true;
}
