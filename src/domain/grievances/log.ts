import { randomUUID } from "node:crypto";
import type { DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { startClock } from "../clocks/start.ts";
import { startOfDay, toColumn } from "../days.ts";
import { escalationDue } from "../incidents/rules.ts";
import { tell } from "../notices.ts";
import { readLadder, stepsUp } from "../staff/above.ts";
import { addEntry, record, toPerson } from "./change.ts";
import { decide, type Facts } from "./decide.ts";
import { type GrievanceDetails, grievanceDetails } from "./read.ts";
import { type Channel, checkPast, isWriting } from "./rules.ts";

export interface NewGrievance extends Omit<Facts, "inWriting"> {
  what: string;
  unitId: string;
  /** `YYYY-MM-DD` */
  received: string;
  channel: Channel;
}

export function logging(store: DomainStore) {
  return {
    /**
     * Keeps what was received, decides by fact whether it is a complaint or a grievance, starts the clock of a grievance,
     * and tells whoever handles the unit. The same delivery keeps it once.
     */
    async log(act: Act, given: NewGrievance): Promise<GrievanceDetails> {
      const { actor, requestId, now } = act;
      checkPast(given.received, now, actor.zone, "received");
      const bound = store.of(actor.organisationId);
      const { acknowledgeWithinHours, zone } = await bound.organisation();
      const { what, unitId, channel, received, ...facts } = given;
      const { sort, because } = decide({ ...facts, inWriting: isWriting(channel) });
      const number = await bound.change(async (change) => {
        const id = randomUUID();
        const claimed = await change.claimRequest(requestId, id, now);
        if (!claimed.first)
          return (await change.grievance.findFirstOrThrow({ where: { id: claimed.recordId } })).number;
        const steps = stepsUp(await readLadder(change), unitId, [actor.id]);
        const number = await change.nextNumber("grievance");
        await change.grievance.create({
          data: {
            ...facts,
            id,
            number,
            sort,
            because,
            what,
            unitId,
            channel,
            receivedOn: toColumn(received),
            loggedAt: now,
            loggedById: actor.id,
            status: "new",
            escalateAt: steps.length > 1 ? escalationDue(now, acknowledgeWithinHours) : null,
          },
        });
        await addEntry(change, act, id, { kind: "logged" });
        if (sort === "grievance")
          await startClock(
            change,
            {
              rule: "cms.grievance",
              grievanceId: id,
              startAt: startOfDay(received, zone),
              because: `grievance:${because}`,
            },
            act.now,
            act.actor.id,
          );
        // What may be abuse or harm comes to quality at once too.
        const told = facts.harmOrAbuse ? [...(steps[0] ?? []), ...(steps.at(-1) ?? [])] : (steps[0] ?? []);
        await tell(
          change,
          [...new Set(told)].map((personId) => toPerson("grievance-logged", id, personId, now, id)),
        );
        await record(change, act, id, "logged", { sort, because });
        return number;
      });
      return grievanceDetails(bound, actor, number, now);
    },
  };
}
