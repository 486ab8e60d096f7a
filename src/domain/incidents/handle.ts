import type { DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { tell } from "../notices.ts";
import { Refusal } from "../refusal.ts";
import { mayHandle } from "../staff/access.ts";
import { activePerson } from "../staff/active.ts";
import { addEntry, changeIncident, type Found, record, takeUp, toPerson, toReporter } from "./change.ts";
import { checkOpen, reference } from "./rules.ts";

export function handling(store: DomainStore) {
  return {
    /** Stops the escalation and tells the reporter. Twice is once. */
    acknowledge: (act: Act, number: number) =>
      changeIncident(store, act, number, async (change, incident) => {
        if (!mayHandle(act.actor, incident))
          throw new Refusal(`Only quality and the managers of its unit acknowledge ${reference(number)}.`);
        const won = await change.incident.updateMany({
          where: { id: incident.id, acknowledgedAt: null, closedAt: null },
          data: { status: "acknowledged", acknowledgedAt: act.now, acknowledgedById: act.actor.id, escalateAt: null },
        });
        if (won.count === 0) return;
        await addEntry(change, act, incident.id, { kind: "acknowledged" });
        await tell(change, toReporter("incident-acknowledged", incident, act));
        await record(change, act, incident.id, "incident.acknowledged");
      }),

    /** Gives it to somebody, who is told; acknowledges it as well. */
    assign: (act: Act, number: number, personId: string) =>
      changeIncident(store, act, number, async (change, incident) => {
        checkOpen(incident);
        if (!mayHandle(act.actor, incident))
          throw new Refusal(`Only quality and the managers of its unit assign ${reference(number)}.`);
        await activePerson(change, personId, "to");
        checkMayHave(incident, personId);
        const won = await change.incident.updateMany({
          where: { id: incident.id, closedAt: null, OR: [{ assigneeId: null }, { assigneeId: { not: personId } }] },
          data: { assigneeId: personId, escalateAt: null },
        });
        if (won.count === 0) return;
        // One whose actions are under way stays so.
        await change.incident.updateMany({
          where: { id: incident.id, status: { in: ["new", "acknowledged"] } },
          data: { status: "in-review" },
        });
        await takeUp(change, act, incident);
        const entry = await addEntry(change, act, incident.id, { kind: "assigned", aboutId: personId });
        const ownAct = personId === act.actor.id;
        await tell(
          change,
          ownAct
            ? []
            : [
                {
                  ...toPerson("incident-assigned", incident.id, personId, act.now),
                  key: `incident-assigned:${entry.id}`,
                },
              ],
        );
        await record(change, act, incident.id, "incident.assigned", { to: personId });
      }),
  };
}

/** Throws where somebody would have an incident that they may not see: nobody would see to it. */
function checkMayHave({ number, leftOutId, restricted, access }: Found, personId: string): void {
  if (personId === leftOutId)
    throw new Refusal(
      `${reference(number)} leaves this person out, so they cannot have it. Choose somebody else.`,
      "to",
    );
  const needsToKnow = access.some((one) => one.part === "needs-to-know" && one.personId === personId);
  if (restricted && !needsToKnow)
    throw new Refusal(
      `${reference(number)} is restricted, and this person is not on its need-to-know list. Put them on the list first: “incident restrict”.`,
      "to",
    );
}
