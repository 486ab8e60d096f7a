import {
  type Button,
  button,
  buttons,
  type Card,
  card,
  type Fact,
  facts,
  formButton,
  heading,
  paragraph,
} from "../chat/card.ts";
import { data, type Text, text, words } from "../chat/text.ts";
import type { Answer, Question } from "../domain/incidents/followUp/question.ts";
import { answersTo, type Details, detailsOf } from "../domain/incidents/followUp.ts";
import type { IncidentDetails } from "../domain/incidents/read.ts";
import type { ReportStatus } from "../domain/incidents/receipts.ts";
import { reference } from "../domain/incidents/rules.ts";
import { startedAt, startedClocks } from "./clock.ts";
import { statusCard } from "./incidentStatus.ts";
import { incidentTitle, label } from "./incidentWords.ts";

/** After answers: what is answered now, and the clocks that it started; by a receipt how the report stands. */
export function answeredCard(incident: IncidentDetails | ReportStatus, details: Details, now: Date): Card {
  if ("receipt" in incident)
    return statusCard(incident, text`Whoever handles it reads what you answered. Nothing of who answered is kept.`);
  const shown = answerFacts(details, incident);
  return card(
    text`${words(reference(incident.number))}: ${words(shown.length === 0 ? "nothing is answered yet" : "what is answered")}`,
    heading(incidentTitle(incident)),
    shown.length === 0
      ? paragraph(
          text`Nothing is answered yet. Every question can be left out; the form asks for what helps the review.`,
        )
      : facts(...shown),
    startedClocks(startedAt(incident.clocks, now), incident.may.withdrawClocks),
    buttons(
      ...(incident.may.detail ? [moreButton(shown.length === 0 ? "Answer" : "Change", incident, details)] : []),
      button("Open", "incident show", { incident: reference(incident.number) }),
    ),
  );
}

/** Opens the questions of the incident's kind or category, with what is answered already. */
export const moreButton = (
  name: string,
  incident: Pick<IncidentDetails, "number" | "kind" | "category" | "answers">,
  details: Details = detailsOf(incident),
): Button =>
  formButton(name, `details ${details}`, {
    incident: reference(incident.number),
    ...Object.fromEntries(answersTo(details, incident.answers).map(({ name: question, answer }) => [question, answer])),
  });

/** The answers to one sort of question. */
export const answerFacts = (details: Details, { answers }: Pick<IncidentDetails, "answers">): Fact[] =>
  answersTo(details, answers).map(({ question, answer }) => ({
    label: question.label,
    value: inText(question, answer),
  }));

/** The same as plain words: "Assisted by staff: No". */
export const answersInWords = (details: Details, { answers }: Pick<IncidentDetails, "answers">): string[] =>
  answersTo(details, answers).map(({ question, answer }) => `${question.label}: ${inWords(question, answer)}`);

function inText(question: Question, answer: Answer): Text {
  const said = inWords(question, answer);
  const isOurs = question.takes.kind === "choice" || question.takes.kind === "many";
  return typeof answer === "number" ? text`${answer}` : text`${isOurs ? words(said) : data(said)}`;
}

function inWords({ takes }: Question, answer: Answer): string {
  if (takes.kind !== "choice" && takes.kind !== "many") return String(answer);
  return [answer]
    .flat()
    .map((code) => label(takes.options, String(code)))
    .join(", ");
}
