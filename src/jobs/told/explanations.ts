import { explanationNoticeCard, explanationOverCard } from "../../cards/explanation.ts";
import type { State } from "../../domain/budgets/explanations.ts";
import type { ExplanationNotice } from "../../domain/notices.ts";
import type { Over, Teller } from "./telling.ts";

/** Tells of an explanation as long as it stands so. */
const teller =
  (kind: ExplanationNotice, state: State): Teller =>
  async ({ services, recipient, notice }) => {
    const explanation = await services.budgets.explanationForNotice(recipient.actor, notice.recordId);
    const stands = explanation?.state === state && (kind !== "explanation-given" || explanation.may.review);
    return explanation && stands
      ? { card: explanationNoticeCard(kind, explanation), evenInQuietHours: false }
      : undefined;
  };

export const explanationTellers: Record<ExplanationNotice, Teller> = {
  "explanation-given": teller("explanation-given", "open"),
  "explanation-accepted": teller("explanation-accepted", "accepted"),
  "explanation-returned": teller("explanation-returned", "returned"),
};

/** How it stands by now. */
export const explanationOver: Over = async ({ services, recipient, notice }) => {
  const explanation = await services.budgets.explanationForNotice(recipient.actor, notice.recordId);
  return explanation && explanationOverCard(explanation);
};
