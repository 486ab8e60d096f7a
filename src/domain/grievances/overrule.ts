import type { DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { endClocks, startClock } from "../clocks/start.ts";
import { fromColumn, startOfDay } from "../days.ts";
import { Refusal } from "../refusal.ts";
import { hasAccess } from "../staff/access.ts";
import { addEntry, changeGrievance, record } from "./change.ts";
import type { Sort } from "./decide.ts";
import { reference } from "./rules.ts";

export function overruling(store: DomainStore) {
  return {
    /**
     * Quality decides otherwise than the facts, with a reason that is kept beside the decision; starts the clock, from the
     * day of receipt, or withdraws it.
     */
    async overrule(act: Act, number: number, sort: Sort, reason: string) {
      const { zone } = await store.of(act.actor.organisationId).organisation();
      return changeGrievance(store, act, number, async (change, grievance) => {
        const { id } = grievance;
        const claimed = await change.claimRequest(act.requestId, id, act.now);
        if (!claimed.first) return;
        if (!hasAccess(act.actor, "quality"))
          throw new Refusal(`Quality decides otherwise than the facts. Ask them about ${reference(number)}.`);
        if (grievance.closedAt)
          throw new Refusal(`${reference(number)} has ended. Reopen it first, with the same reason.`);
        const won = await change.grievance.updateMany({
          where: { id, closedAt: null, sort: { not: sort } },
          data: { sort, overruled: reason },
        });
        if (won.count === 0) throw new Refusal(`${reference(number)} is a ${sort} already, so nothing was changed.`);
        if (sort === "grievance")
          await startClock(
            change,
            {
              rule: "cms.grievance",
              grievanceId: id,
              startAt: startOfDay(fromColumn(grievance.receivedOn), zone),
              because: "overruled",
            },
            act.now,
            act.actor.id,
          );
        else {
          await endClocks(change, { grievanceId: id }, act, { state: "withdrawn", reason });
          await change.grievance.updateMany({
            where: { id, status: "extended" },
            data: {
              status: grievance.assigneeId === null ? "acknowledged" : "investigating",
              extendedDays: null,
              promisedOn: null,
            },
          });
        }
        await addEntry(change, act, id, { kind: "overruled", text: reason, details: { sort } });
        await record(change, act, id, "overruled", { sort });
      });
    },
  };
}
