import { randomUUID } from "node:crypto";
import { audit } from "../../audit.ts";
import type { Bound, Change, DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import type { ClockLine } from "../clocks/read.ts";
import { tell } from "../notices.ts";
import { Warning } from "../refusal.ts";
import { unitAndBelow } from "../staff/below.ts";
import { toPerson } from "./change.ts";
import { noteCluster } from "./cluster.ts";
import { newReceipt, receiptHash } from "./receipt.ts";
import { readRouting, type Steps, stepsFor } from "./routing.ts";
import {
  type Category,
  checkHappened,
  escalationDue,
  fewPeople,
  type Harm,
  type IdentityChoice,
  isUrgent,
  type Kind,
  leftOutOf,
} from "./rules.ts";
import { startImplied } from "./startImplied.ts";

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
  /** Whom it is about: not told, not shown. */
  leftOutId?: string | undefined;
  /** Has read that what is written may tell who it is. */
  aware?: boolean | undefined;
}

export interface Filed {
  number: number;
  /** Opens an anonymous report; given once, here. */
  receipt?: string;
  /** What was started by it. */
  clocks: ClockLine[];
}

export function reporting(store: DomainStore) {
  return {
    /**
     * Files an incident and tells whoever handles the unit. The same delivery files it once. Throws a {@link Warning} where
     * an anonymous report comes from a unit of few people.
     */
    async report({ actor, requestId, now }: Act, given: NewIncident): Promise<Filed> {
      checkHappened(given.happenedAt, now);
      const bound = store.of(actor.organisationId);
      const organisation = await bound.organisation();
      const anonymous = given.identity === "anonymous";
      if (anonymous && !given.aware) await warnInSmallUnit(bound, given.unitId);
      const receipt = anonymous ? newReceipt() : undefined;
      const hash = receipt === undefined ? null : await receiptHash(receipt.replace("-", ""), actor.organisationId);
      return bound.change(async (change) => {
        const id = randomUUID();
        // An anonymous report leaves nothing of its delivery behind; the bot's memory tells a doubled one apart.
        const claimed = anonymous ? { first: true, recordId: id } : await change.claimRequest(requestId, id, now);
        if (!claimed.first) {
          const { number } = await change.incident.findFirstOrThrow({ where: { id: claimed.recordId } });
          return { number, clocks: [] };
        }
        const number = await change.nextNumber("incident");
        const reporterId = anonymous ? null : actor.id;
        const filing = { id, number, reporterId, receiptHash: hash, now };
        const { steps, routed } = await stepsOf(change, filing, given);
        const escalateAt = steps.length > 1 ? escalationDue(now, organisation.acknowledgeWithinHours) : null;
        await change.incident.create({ data: { ...columnsOf(filing, given), escalateAt, seenThrough: routed } });
        await change.incidentAccess.createMany({
          data: routed.map((personId) => ({ incidentId: id, personId, part: "routed" })),
        });
        await change.timelineEntry.create({ data: { incidentId: id, at: now, kind: "reported", actorId: reporterId } });
        const [first, last] = [steps[0] ?? [], steps.at(-1) ?? []];
        const told = new Set(isUrgent(given.harm) ? [...first, ...last] : first);
        await tell(
          change,
          [...told].map((personId) => toPerson("incident-filed", id, personId, now)),
        );
        const similar = { ...given, id, category: given.category ?? null };
        await noteCluster(change, similar, [...first, ...last], { now, ...organisation });
        await audit(change, {
          ...{ at: now, actorId: reporterId, action: "incident.reported", subject: "incident", subjectId: id },
          details: { kind: given.kind, harm: given.harm, identity: given.identity },
        });
        const clocks = await startImplied(change, id, now, reporterId);
        return { number, clocks, ...(receipt !== undefined && { receipt }) };
      });
    },
  };
}

interface Filing {
  id: string;
  number: number;
  /** Nobody, of an anonymous report. */
  reporterId: string | null;
  receiptHash: string | null;
  now: Date;
}

/** Whom it goes to. Leaving out who files without a name would tell who it was: the manager who is not told. */
async function stepsOf(change: Change, { reporterId }: Filing, given: NewIncident): Promise<Steps> {
  const classed = { ...given, category: given.category ?? null };
  const leftOut = leftOutOf({ ...given, reporterId, leftOutId: given.leftOutId ?? null });
  return stepsFor(await readRouting(change), classed, leftOut);
}

const columnsOf = ({ id, number, reporterId, receiptHash, now }: Filing, given: NewIncident) => ({
  ...{ id, number, reporterId, receiptHash, status: "new", reportedAt: now },
  leftOutId: given.leftOutId ?? null,
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
});

/**
 * Where few people work, how something is told tells who tells it. Where the directory does not say who works in a unit or
 * below it, it may be anybody of the organisation.
 */
async function warnInSmallUnit(bound: Bound, unitId: string): Promise<void> {
  const within = await unitAndBelow(bound, unitId);
  const listed = await bound.person.count({ where: { active: true, unitIds: { hasSome: within } } });
  const people = listed > 0 ? listed : await bound.person.count({ where: { active: true } });
  if (people >= fewPeople) return;
  throw new Warning(
    `Fewer than ${fewPeople} people work in this unit, so what you write, and when it happened, may tell who you are. Nothing is filed yet: change the words, or send it again as it is.`,
    "aware",
  );
}
