import type { DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { Refusal } from "../refusal.ts";
import { type Factor, readWhys } from "./causation.ts";
import { addEntry, changeIncident, checkMayClose, record, takeUp } from "./change.ts";
import { checkOpen } from "./rules.ts";

export interface Review {
  /** One why a line; they take the place of those before. */
  whys?: string | undefined;
  factors?: readonly Factor[] | undefined;
}

export function reviewing(store: DomainStore) {
  return {
    /** Keeps why it happened and what contributed; those before stay in the timeline. */
    review: (act: Act, number: number, given: Review) =>
      changeIncident(store, act, number, async (change, incident) => {
        const whys = given.whys === undefined ? [] : readWhys(given.whys);
        const factors = [...new Set(given.factors)];
        if (whys.length === 0 && factors.length === 0)
          throw new Refusal("Give the whys, one a line, or the factors that contributed, or both.", "whys");
        const claimed = await change.claimRequest(act.requestId, incident.id, act.now);
        if (!claimed.first) return;
        checkOpen(incident);
        checkMayClose(act, incident, "reviewed");
        const won = await change.incident.updateMany({
          where: { id: incident.id, closedAt: null },
          data: {
            ...(whys.length > 0 && { whys }),
            ...(factors.length > 0 && { factors }),
            ...(incident.status !== "actions" && { status: "in-review" }),
          },
        });
        if (won.count === 0) checkOpen({ ...incident, closedAt: act.now });
        await takeUp(change, act, incident);
        const text = whys.length > 0 ? whys.join("\n") : null;
        await addEntry(change, act, incident.id, { kind: "reviewed", text, details: { whys: whys.length, factors } });
        await record(change, act, incident.id, "incident.reviewed", { whys: whys.length, factors: factors.length });
      }),
  };
}
