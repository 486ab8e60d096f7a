import type { DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { endClocks, startClock } from "../clocks/start.ts";
import { dayAt, dayPlus, fromColumn, toColumn } from "../days.ts";
import { tell } from "../notices.ts";
import { Refusal } from "../refusal.ts";
import { addEntry, changeGrievance, checkMayAnswer, type Found, record, takeUp, toPerson } from "./change.ts";
import { keptSince } from "./read.ts";
import { checkOpen, checkPast, reference } from "./rules.ts";

/** What the written answer has to hold: 42 CFR 482.13(a)(2)(iii). */
export interface Resolution {
  /** Name of the hospital's contact person. */
  contact: string;
  /** Steps taken on behalf of the patient to investigate; left out, what was added before stands. */
  steps?: string | undefined;
  results?: string | undefined;
  /** `YYYY-MM-DD` */
  completed: string;
}

export function resolving(store: DomainStore) {
  return {
    /**
     * Says how many days more it takes. What may take longer than the time frame is said to the patient with a number of
     * days: CMS State Operations Manual, Appendix A, tag A-0122. The same day promised again is one extension.
     */
    async extend(act: Act, number: number, days: number, reason: string) {
      const { zone } = await store.of(act.actor.organisationId).organisation();
      return changeGrievance(store, act, number, async (change, grievance) => {
        const { id } = grievance;
        const claimed = await change.claimRequest(act.requestId, id, act.now);
        if (!claimed.first) return;
        checkOpen(grievance);
        checkMayAnswer(act.actor, grievance, "extended");
        checkGrievance(
          grievance,
          "has no clock that could be extended. Close it with what changed when it is settled.",
        );
        const promised = dayPlus(dayAt(act.now, zone), days);
        const promisedOn = toColumn(promised);
        const won = await change.grievance.updateMany({
          where: { id, closedAt: null, OR: [{ promisedOn: null }, { promisedOn: { not: promisedOn } }] },
          data: { status: "extended", extendedDays: days, promisedOn, escalateAt: null },
        });
        if (won.count === 0) return;
        await takeUp(change, act, id);
        await endClocks(change, { grievanceId: id, rules: ["cms.grievance"] }, act, { state: "met" });
        await endClocks(change, { grievanceId: id, rules: ["grievance.extended"] }, act, {
          state: "withdrawn",
          reason,
        });
        await startClock(
          change,
          { rule: "grievance.extended", grievanceId: id, startAt: act.now, amount: days, because: "extended" },
          act.now,
          act.actor.id,
        );
        await addEntry(change, act, id, { kind: "extended", text: reason, details: { days, until: promised } });
        await record(change, act, id, "extended", { days });
      });
    },

    /** Ends a grievance with all that the written answer has to hold; meets its clocks and tells who logged it. */
    resolve: (act: Act, number: number, given: Resolution) =>
      changeGrievance(store, act, number, async (change, grievance) => {
        const { id } = grievance;
        const claimed = await change.claimRequest(act.requestId, id, act.now);
        if (!claimed.first) return;
        checkOpen(grievance);
        checkMayAnswer(act.actor, grievance, "resolved");
        checkGrievance(grievance, "needs no written answer. Close it with what changed.");
        checkCompleted(grievance, given.completed, act);
        const kept = await keptSince(change, grievance);
        const steps = given.steps ?? kept.steps;
        const results = given.results ?? kept.results;
        checkWhole(number, { steps, results });
        const won = await change.grievance.updateMany({
          where: { id, closedAt: null },
          data: {
            status: "resolved",
            contact: given.contact,
            steps,
            results,
            completedOn: toColumn(given.completed),
            closedAt: act.now,
            escalateAt: null,
          },
        });
        if (won.count === 0) checkOpen({ ...grievance, closedAt: act.now });
        await takeUp(change, act, id);
        await endClocks(change, { grievanceId: id }, act, { state: "met" });
        const entry = await addEntry(change, act, id, { kind: "resolved" });
        if (grievance.loggedById !== act.actor.id)
          await tell(change, [toPerson("grievance-resolved", id, grievance.loggedById, act.now, entry.id)]);
        await record(change, act, id, "resolved");
      }),
  };
}

function checkGrievance({ number, sort }: Pick<Found, "number" | "sort">, otherwise: string): void {
  if (sort !== "grievance") throw new Refusal(`${reference(number)} is a complaint and ${otherwise}`);
}

function checkCompleted({ receivedOn }: Pick<Found, "receivedOn">, completed: string, { now, actor }: Act): void {
  checkPast(completed, now, actor.zone, "completed");
  const received = fromColumn(receivedOn);
  if (completed < received)
    throw new Refusal(
      `It was received on ${received}, so it was not completed before. Give the day when the investigation ended.`,
      "completed",
    );
}

/** Throws where the written answer would not be whole. */
function checkWhole(number: number, { steps, results }: { steps: string | null; results: string | null }): void {
  const rule = `${reference(number)} is resolved with contact, steps taken, results and the day of completion.`;
  if (steps === null) throw new Refusal(`${rule} Say what was done to investigate it.`, "steps");
  if (results === null) throw new Refusal(`${rule} Say what came of it.`, "results");
}
