import { audit } from "../../audit.ts";
import type { DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { redraw, tell } from "../notices.ts";
import { Refusal } from "../refusal.ts";
import { type ExplanationDetails, type Place, readExplanations } from "./explanations.ts";
import { monthColumn } from "./fiscal.ts";

export function reviewing(store: DomainStore) {
  const review = async (
    act: Act,
    { unitId, month, lineId }: Place,
    verdict: "accepted" | "returned",
    note: string | undefined,
  ): Promise<ExplanationDetails> => {
    const { actor, now } = act;
    const bound = store.of(actor.organisationId);
    const at = { unitId, month: monthColumn(month), lineId };
    const [found] = await readExplanations(bound, actor, at);
    if (!found) throw new Refusal(`There is no explanation of that line for ${month} that you may see.`, "line");
    if (!found.may.review) throw notTheReviewer(found);
    await bound.change(async (change) => {
      // What was accepted may be returned after all.
      const { count } = await change.explanation.updateMany({
        where: { id: found.id, state: verdict === "accepted" ? "open" : { in: ["open", "accepted"] } },
        data: { state: verdict, reviewedById: actor.id, reviewedAt: now, note: note ?? null },
      });
      if (count === 0) {
        const byNow = await change.explanation.findFirst({ where: { id: found.id }, select: { state: true } });
        if (byNow?.state === verdict) return;
        throw new Refusal("It was returned, and nothing new was said since. Wait for the next explanation.");
      }
      const entry = await change.timelineEntry.create({
        data: { explanationId: found.id, at: now, kind: verdict, actorId: actor.id, text: note ?? null },
      });
      await redraw(change, found.id, now, { by: actor.id });
      await tell(change, [
        {
          kind: `explanation-${verdict}`,
          recordId: found.id,
          to: { personId: found.by.id },
          dueAt: now,
          key: `explanation-${verdict}:${entry.id}`,
        },
      ]);
      await audit(change, {
        at: now,
        actorId: actor.id,
        action: `explanation.${verdict}`,
        subject: "explanation",
        subjectId: found.id,
      });
    });
    const [told] = await readExplanations(bound, actor, at);
    if (!told) throw new Error("An explanation is gone that was just reviewed.");
    return told;
  };

  return {
    /** It explains the variance; accepted already is accepted. */
    accept: (act: Act, place: Place, note: string | undefined) => review(act, place, "accepted", note),
    /** More is to be said: it is owed again. */
    giveBack: (act: Act, place: Place, note: string) => review(act, place, "returned", note),
  };
}

const notTheReviewer = ({ reviewer, unit }: ExplanationDetails): Refusal =>
  new Refusal(
    reviewer
      ? `What is said of ${unit.name} is reviewed by the manager of the unit above, ${reviewer.name}.`
      : `Nobody is above ${unit.name}, so what is said of it stands.`,
  );
