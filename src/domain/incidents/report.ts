import { randomUUID } from "node:crypto";
import { audit } from "../../audit.ts";
import type { DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { tell } from "../notices.ts";
import { toPerson } from "./change.ts";
import { noteCluster } from "./cluster.ts";
import { readRouting, stepsFor } from "./routing.ts";
import {
  type Category,
  checkHappened,
  escalationDue,
  type Harm,
  type IdentityChoice,
  isUrgent,
  type Kind,
  leftOutOf,
} from "./rules.ts";

export interface NewIncident {
  what: string;
  unitId: string;
  happenedAt: Date;
  kind: Kind;
  harm: Harm;
  identity: IdentityChoice;
  category?: Category | undefined;
  immediate?: string | undefined;
  informed?: string | undefined;
  sourceRef?: string | undefined;
}

export function reporting(store: DomainStore) {
  return {
    /** Files an incident and tells whoever handles the unit; returns its number. The same delivery files it once. */
    async report({ actor, requestId, now }: Act, given: NewIncident): Promise<number> {
      checkHappened(given.happenedAt, now);
      const organisation = await store.of(actor.organisationId).organisation();
      const anonymous = given.identity === "anonymous";
      return store.of(actor.organisationId).change(async (change) => {
        const id = randomUUID();
        // An anonymous report leaves nothing of its delivery behind; the bot's memory tells a doubled one apart.
        const claimed = anonymous ? { first: true, recordId: id } : await change.claimRequest(requestId, id, now);
        if (!claimed.first) return (await change.incident.findFirstOrThrow({ where: { id: claimed.recordId } })).number;
        const reporterId = anonymous ? null : actor.id;
        // Leaving out who files without a name would tell who it was: the manager who is not told.
        const classed = { ...given, category: given.category ?? null };
        const leftOut = leftOutOf({ reporterId, leftOutId: null });
        const { steps, routed } = stepsFor(await readRouting(change), classed, leftOut);
        const number = await change.nextNumber("incident");
        await change.incident.create({
          data: {
            id,
            number,
            status: "new",
            reporterId,
            reportedAt: now,
            escalateAt: steps.length > 1 ? escalationDue(now, organisation.acknowledgeWithinHours) : null,
            kind: given.kind,
            harm: given.harm,
            identity: given.identity,
            what: given.what,
            unitId: given.unitId,
            happenedAt: given.happenedAt,
            category: given.category ?? null,
            immediate: given.immediate ?? null,
            informed: given.informed ?? null,
            sourceRef: given.sourceRef ?? null,
          },
        });
        await change.incidentAccess.createMany({
          data: routed.map((personId) => ({ incidentId: id, personId, part: "routed" })),
        });
        await change.timelineEntry.create({ data: { incidentId: id, at: now, kind: "reported", actorId: reporterId } });
        const told = isUrgent(given.harm) ? [...(steps[0] ?? []), ...(steps.at(-1) ?? [])] : (steps[0] ?? []);
        await tell(
          change,
          [...new Set(told)].map((personId) => toPerson("incident-filed", id, personId, now)),
        );
        const heads = [...(steps[0] ?? []), ...(steps.at(-1) ?? [])];
        await noteCluster(change, { id, ...classed }, heads, { now, ...organisation });
        await audit(change, {
          at: now,
          actorId: reporterId,
          action: "incident.reported",
          subject: "incident",
          subjectId: id,
          details: { kind: given.kind, harm: given.harm, identity: given.identity },
        });
        return number;
      });
    },
  };
}
