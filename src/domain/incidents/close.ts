import type { DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { tell } from "../notices.ts";
import { Refusal } from "../refusal.ts";
import { mayClose } from "../staff/access.ts";
import { addEntry, changeIncident, record, toReporter } from "./change.ts";
import { checkOpen, reference } from "./rules.ts";

export function closing(store: DomainStore) {
  return {
    /** Closes it with what changed, and tells the reporter. */
    close: (act: Act, number: number, changed: string) =>
      changeIncident(store, act, number, async (change, incident) => {
        const claimed = await change.claimRequest(act.requestId, incident.id, act.now);
        if (!claimed.first) return;
        checkOpen(incident);
        if (!mayClose(act.actor, incident))
          throw new Refusal(
            `${reference(number)} is closed by quality or by the manager whom it is assigned to. Assign it to yourself first, or ask quality.`,
          );
        const won = await change.incident.updateMany({
          where: { id: incident.id, closedAt: null },
          data: { status: "closed", closedAt: act.now, closedById: act.actor.id, changed, escalateAt: null },
        });
        if (won.count === 0) checkOpen({ ...incident, closedAt: act.now });
        await addEntry(change, act, incident.id, { kind: "closed", text: changed });
        await tell(change, toReporter("incident-closed", incident, act));
        await record(change, act, incident.id, "incident.closed");
      }),
  };
}
