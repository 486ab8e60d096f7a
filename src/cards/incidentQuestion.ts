import { type Block, button, buttons, type Card, card, formButton, heading, notice, paragraph } from "../chat/card.ts";
import { data, text, words } from "../chat/text.ts";
import type { IncidentDetails } from "../domain/incidents/read.ts";
import { reference } from "../domain/incidents/rules.ts";
import { excerpt } from "./excerpt.ts";
import { incidentTitle } from "./incidentWords.ts";

const show = ({ number }: IncidentDetails) => button("Open", "incident show", { incident: reference(number) });
export const answerButton = ({ number }: Pick<IncidentDetails, "number">) =>
  formButton("Answer", "incident note", { incident: reference(number) }, "primary");

/** To the reporter, in their own chat: what those who look into it want to know. */
export function askedCard(incident: IncidentDetails): Card {
  return card(
    text`A question about ${words(reference(incident.number))} waits for you.`,
    heading(incidentTitle(incident)),
    paragraph(text`Those who look into what you reported ask you:`),
    paragraph(text`${data(excerpt(incident.question ?? "", 1_500))}`),
    buttons(answerButton(incident), show(incident)),
  );
}

/** To whoever handles it: number, kind and unit, never what was answered. */
export const answeredCard = (incident: IncidentDetails): Card =>
  card(
    text`The reporter answered: ${incidentTitle(incident)}`,
    heading(incidentTitle(incident)),
    paragraph(text`The reporter answered. The answer stands in the timeline.`),
    buttons(show(incident)),
  );

/** The question that is open, on the card of the incident. */
export function openQuestion({ question, may }: IncidentDetails): Block[] {
  if (question === null) return [];
  const asked = data(excerpt(question, 600));
  return [notice("info", may.answer ? text`You are asked: ${asked}` : text`The reporter is asked: ${asked}`)];
}
