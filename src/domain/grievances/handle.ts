import type { DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { tell } from "../notices.ts";
import { Refusal } from "../refusal.ts";
import { mayHandle } from "../staff/access.ts";
import { activePerson } from "../staff/active.ts";
import { addEntry, changeGrievance, record, takeUp, toPerson } from "./change.ts";
import { checkOpen, type NoteKind, reference } from "./rules.ts";

export function handling(store: DomainStore) {
  return {
    /** Stops the escalation. Twice is once. */
    acknowledge: (act: Act, number: number) =>
      changeGrievance(store, act, number, async (change, grievance) => {
        if (!mayHandle(act.actor, grievance))
          throw new Refusal(`Only quality and the managers of its unit acknowledge ${reference(number)}.`);
        const won = await change.grievance.updateMany({
          where: { id: grievance.id, acknowledgedAt: null, closedAt: null },
          data: {
            status: "acknowledged",
            acknowledgedAt: act.now,
            acknowledgedById: act.actor.id,
            escalateAt: null,
          },
        });
        if (won.count === 0) return;
        await addEntry(change, act, grievance.id, { kind: "acknowledged" });
        await record(change, act, grievance.id, "acknowledged");
      }),

    /** Gives it to somebody, who is told; acknowledges it as well. */
    assign: (act: Act, number: number, personId: string) =>
      changeGrievance(store, act, number, async (change, grievance) => {
        checkOpen(grievance);
        if (!mayHandle(act.actor, grievance))
          throw new Refusal(`Only quality and the managers of its unit assign ${reference(number)}.`);
        await activePerson(change, personId, "to");
        const { id } = grievance;
        const won = await change.grievance.updateMany({
          where: { id, closedAt: null, OR: [{ assigneeId: null }, { assigneeId: { not: personId } }] },
          data: { assigneeId: personId, escalateAt: null },
        });
        if (won.count === 0) return;
        await takeUp(change, act, id);
        // One that was extended stays so.
        await change.grievance.updateMany({
          where: { id, status: { in: ["new", "acknowledged"] } },
          data: { status: "investigating" },
        });
        const entry = await addEntry(change, act, id, { kind: "assigned", aboutId: personId });
        if (personId !== act.actor.id)
          await tell(change, [toPerson("grievance-assigned", id, personId, act.now, entry.id)]);
        await record(change, act, id, "assigned", { to: personId });
      }),

    /** Adds to the timeline; whoever sees it may add a note, who handles it also what the written answer has to hold. */
    note: (act: Act, number: number, kind: NoteKind, text: string) =>
      changeGrievance(store, act, number, async (change, grievance) => {
        const claimed = await change.claimRequest(act.requestId, grievance.id, act.now);
        if (!claimed.first) return;
        if (kind !== "note") {
          checkOpen(grievance);
          const isTheirs = grievance.assigneeId !== null && act.actor.standsFor.includes(grievance.assigneeId);
          if (!isTheirs && !mayHandle(act.actor, grievance))
            throw new Refusal(
              `Steps and results are written by those who handle ${reference(number)}. Add yours as a note; they read it.`,
              "as",
            );
        }
        await addEntry(change, act, grievance.id, { kind, text });
        await record(change, act, grievance.id, "noted", { kind });
      }),
  };
}
