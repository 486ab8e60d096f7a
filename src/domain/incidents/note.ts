import type { DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { Refusal } from "../refusal.ts";
import { changeIncident, record } from "./change.ts";
import { addAnswer } from "./questions.ts";
import type { IncidentDetails } from "./read.ts";

/** What is added to a timeline: somebody's own words, or a message from a chat. */
export interface NewNote {
  text: string;
  /** When the message was written: it stands in the timeline there. */
  saidAt?: Date | undefined;
  /** Tells the message from every other one: a SHA-256 hash in hex, so that nothing here leads to the chat. */
  message?: string | undefined;
}

export interface Noted {
  incident: IncidentDetails;
  /** The message was there already: the entry that it has. */
  addedBefore: IncidentDetails["timeline"][number] | undefined;
}

export function noting(store: DomainStore) {
  return {
    /** Adds to the timeline; whoever sees the incident may. What the reporter adds while they are asked is the answer. A message is added once, whoever adds it again. */
    async note(act: Act, number: number, { text, saidAt, message }: NewNote): Promise<Noted> {
      checkMessage(message);
      let isKnown = false;
      const incident = await changeIncident(store, act, number, async (change, incident) => {
        const claimed = await change.claimRequest(act.requestId, incident.id, act.now);
        if (!claimed.first) return;
        if (incident.questionAt !== null && incident.reporterId === act.actor.id && message === undefined)
          return addAnswer(change, { incidentId: incident.id, text, at: act.now, actorId: act.actor.id });
        // The clock of the chat may be ahead of ours.
        const at = saidAt !== undefined && saidAt < act.now ? saidAt : act.now;
        const entry = { incidentId: incident.id, kind: "note", at, actorId: act.actor.id, text };
        const { count } = await change.timelineEntry.createMany({
          data: [{ ...entry, source: message ?? null }],
          skipDuplicates: true,
        });
        isKnown = count === 0;
        if (!isKnown) await record(change, act, incident.id, "incident.noted");
      });
      const known = isKnown ? incident.timeline.find(({ source }) => source === message) : undefined;
      return { incident, addedBefore: known };
    },
  };
}

/** Throws where the key of a message is no hash, and so might name a chat. */
function checkMessage(message: string | undefined): void {
  if (message !== undefined && !/^[0-9a-f]{64}$/.test(message))
    throw new Refusal("This is not the key of a message. Add the message again from its own menu.", "message");
}
