import { type Card, context, list, paragraph } from "../chat/card.ts";
import { strong, text, words } from "../chat/text.ts";
import { causationRules, ruleTouched } from "../domain/incidents/causation.ts";
import type { IncidentDetails } from "../domain/incidents/read.ts";
import { incidentCard } from "./incident.ts";

/** The incident after its review: each why with the rule of causation that its words touch, and the five rules. */
export function reviewedCard(incident: IncidentDetails): Card {
  const card = incidentCard(incident);
  const whys = incident.whys.map((why, index) => {
    const rule = causationRules.find(({ code }) => code === ruleTouched(why));
    return { text: text`Why ${index + 1}: ${why}`, ...(rule && { detail: text`Look again: ${words(rule.words)}` }) };
  });
  return {
    ...card,
    blocks: [
      ...card.blocks,
      ...(whys.length > 0 ? [list(whys)] : []),
      paragraph(text`${strong("Five rules for a cause that helps")}`),
      list(causationRules.map((rule) => ({ text: text`${words(rule.words)}` }))),
      context(text`Hints, not rules of Rounds: what you wrote is kept as it is.`),
    ],
  };
}
