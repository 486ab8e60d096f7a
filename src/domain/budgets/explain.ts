import { randomUUID } from "node:crypto";
import { audit } from "../../audit.ts";
import type { Change, DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";

import { redraw, tell } from "../notices.ts";
import { Refusal } from "../refusal.ts";
import { budgetUnits } from "../staff/access.ts";
import { type ExplanationDetails, type Kind, type Place, readExplanations, reviewerOf } from "./explanations.ts";
import { monthColumn } from "./fiscal.ts";
import { planned } from "./plan.ts";
import { notYours, readUnits } from "./scope.ts";

export interface NewExplanation extends Place {
  why: string;
  kind?: Kind | undefined;
  plan?: string | undefined;
  /** Whoever explains it, where nobody is named. */
  ownerId?: string | undefined;
  /** `YYYY-MM-DD`; with a plan it becomes an action. */
  due?: string | undefined;
  /** On the result of the year, a decimal string; below 0 is worse. */
  effect?: string | undefined;
}

export function explaining(store: DomainStore) {
  return {
    /**
     * Says why a line is off its budget, in place of what was said before, which stays in its history. Where nobody is above
     * to review it, it stands at once. The same delivery says it once.
     */
    async explain(act: Act, given: NewExplanation): Promise<ExplanationDetails> {
      const { actor, now, requestId } = act;
      if (!budgetUnits(actor).includes(given.unitId)) throw notYours();
      if (given.due !== undefined && given.plan === undefined)
        throw new Refusal("Say what is planned until then, or leave the day out.", "plan");
      const bound = store.of(actor.organisationId);
      const at = { unitId: given.unitId, month: monthColumn(given.month), lineId: given.lineId };
      await bound.change(async (change) => {
        const { first } = await change.claimRequest(requestId, randomUUID(), now);
        if (!first) return;
        await checkThere(change, given);
        const reviewerId = reviewerOf(await readUnits(change), given.unitId, actor.id);
        const id = await write(change, act, given, reviewerId === null);
        await planned(change, act, id, given);
        const entry = await change.timelineEntry.create({
          data: { explanationId: id, at: now, kind: "explained", actorId: actor.id, text: given.why },
        });
        await redraw(change, id, now, { by: actor.id });
        if (reviewerId !== null)
          await tell(change, [
            {
              kind: "explanation-given",
              recordId: id,
              to: { personId: reviewerId },
              dueAt: now,
              key: `explanation-given:${entry.id}`,
            },
          ]);
        await audit(change, {
          at: now,
          actorId: actor.id,
          action: "explanation.given",
          subject: "explanation",
          subjectId: id,
        });
      });
      const [told] = await readExplanations(bound, actor, at);
      if (!told) throw new Error("An explanation is gone that was just written.");
      return told;
    },
  };
}

/** Throws where the books have nothing of it. */
async function checkThere(change: Change, { unitId, month, lineId }: Place): Promise<void> {
  const where = { unitId, month: monthColumn(month) };
  if ((await change.bookMonth.count({ where })) === 0)
    throw new Refusal(`The ledger of ${month} is not there yet, so there is nothing to explain.`, "month");
  const ofLine = { ...where, lineId };
  if ((await change.budgetLine.count({ where: ofLine })) + (await change.ledgerLine.count({ where: ofLine })) === 0)
    throw new Refusal(
      `The unit has neither a budget nor a ledger of that line in ${month}. Choose another one.`,
      "line",
    );
}

/** In place of what was said before, unless that was accepted meanwhile. */
async function write(change: Change, act: Act, given: NewExplanation, stands: boolean): Promise<string> {
  const { why, kind, plan, effect } = given;
  const at = { unitId: given.unitId, month: monthColumn(given.month), lineId: given.lineId };
  const said = {
    why,
    kind: kind ?? null,
    plan: plan ?? null,
    effect: effect ?? null,
    state: stands ? "accepted" : "open",
    byId: act.actor.id,
    at: act.now,
    reviewedById: null,
    reviewedAt: null,
    note: null,
  };
  await change.explanation.createMany({ data: [{ ...at, ...said }], skipDuplicates: true });
  const { count } = await change.explanation.updateMany({
    where: { ...at, OR: [{ state: { not: "accepted" } }, { reviewedById: null }] },
    data: said,
  });
  const found = await change.explanation.findFirstOrThrow({
    where: at,
    select: { id: true, reviewedBy: { select: { name: true } } },
  });
  if (count === 0)
    throw new Refusal(
      `${found.reviewedBy?.name ?? "The reviewer"} has accepted what was said of it. To say something else, have it returned first.`,
    );
  return found.id;
}
