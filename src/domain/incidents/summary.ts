import type { DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { type Named, named } from "../named.ts";
import { Refusal } from "../refusal.ts";
import { maySummarise, visibleActions } from "../staff/access.ts";
import { record } from "./change.ts";
import { type IncidentDetails, incidentCard } from "./read.ts";
import { reference } from "./rules.ts";

/** What a review summary is written from; nobody who filed in confidence is named in it, whoever asks. */
export interface IncidentSummary {
  incident: IncidentDetails;
  actions: {
    number: number;
    what: string;
    owner: Named;
    dueOn: Date;
    strength: string | null;
    state: string;
    measure: string | null;
  }[];
  clocks: { number: number; rule: string; dueAt: Date; state: string; endedAt: Date | null; reason: string | null }[];
}

export function summarising(store: DomainStore) {
  return {
    /** For quality, and the managers who see it; each one is logged. */
    async summary(act: Act, number: number): Promise<IncidentSummary> {
      const { actor } = act;
      const bound = store.of(actor.organisationId);
      const incident = await incidentCard(bound, actor, number, { now: act.now, keepsConfidence: true });
      if (!maySummarise(actor))
        throw new Refusal(`The summary of ${reference(number)} is for quality and managers. Ask one of them.`);
      const [actions, clocks] = await Promise.all([
        bound.action.findMany({
          where: { AND: [{ incidentId: incident.id }, visibleActions(actor)] },
          select: {
            number: true,
            what: true,
            owner: named,
            dueOn: true,
            strength: true,
            state: true,
            measure: true,
          },
          orderBy: { number: "asc" },
        }),
        bound.clock.findMany({
          where: { incidentId: incident.id },
          select: { number: true, rule: true, dueAt: true, state: true, endedAt: true, reason: true },
          orderBy: { dueAt: "asc" },
        }),
      ]);
      await bound.change((change) => record(change, act, incident.id, "incident.summarised"));
      return { incident, actions, clocks };
    },
  };
}
