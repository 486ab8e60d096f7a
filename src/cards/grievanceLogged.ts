import { button, buttons, type Card, card, facts, formButton, heading, paragraph } from "../chat/card.ts";
import { text, words } from "../chat/text.ts";
import type { GrievanceDetails } from "../domain/grievances/read.ts";
import { reference } from "../domain/grievances/rules.ts";
import { becauseInWords, dueInWords } from "./grievanceWords.ts";

/** After logging: which of the two it is and why, what runs now, and what is missing to resolve it. */
export function loggedCard(grievance: GrievanceDetails): Card {
  const about = { grievance: reference(grievance.number) };
  const { due } = grievance;
  const title = text`${words(about.grievance)} is a ${words(grievance.sort)}`;
  const runs = due
    ? text`7 days to answer, which is CMS guidance: ${words(dueInWords(due))}`
    : text`no clock; it is closed with what changed`;
  return card(
    text`${title}.`,
    heading(title),
    paragraph(text`Because ${words(becauseInWords(grievance.decision))}.`),
    facts(
      { label: "Runs now", value: runs },
      ...(due
        ? [{ label: "Missing to resolve it", value: text`contact, steps taken, results, day of completion` }]
        : []),
    ),
    paragraph(
      text`Whoever handles ${grievance.unit.name} has it; you will hear when it is ${words(due ? "resolved" : "closed")}. Rounds writes to no patient.`,
    ),
    buttons(formButton("Add note", "grievance note", about), button("Show", "grievance show", about)),
  );
}
