import { randomUUID } from "node:crypto";
import type { DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { addEntry, changeIncident, record } from "./change.ts";

export function noting(store: DomainStore) {
  return {
    /** Adds to the timeline; whoever sees the incident may. */
    note: (act: Act, number: number, text: string) =>
      changeIncident(store, act, number, async (change, incident) => {
        const id = randomUUID();
        const anonymously = incident.identity === "anonymous" && incident.reporterId === act.actor.id;
        const claimed = anonymously ? { first: true } : await change.claimRequest(act.requestId, id, act.now);
        if (!claimed.first) return;
        await addEntry(change, act, incident.id, { id, kind: "note", text });
        await record(change, act, incident.id, "incident.noted");
      }),
  };
}
