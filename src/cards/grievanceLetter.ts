import { button, buttons, type Card, card, file, heading, paragraph } from "../chat/card.ts";
import { counted, text, words } from "../chat/text.ts";
import {
  blank,
  type Document,
  type DocumentBlock,
  document,
  facts,
  paragraph as lines,
  heading as section,
  signature,
} from "../documents/document.ts";
import { docxFile } from "../documents/files.ts";
import { toColumn } from "../domain/days.ts";
import type { GrievanceDetails } from "../domain/grievances/read.ts";
import { type Letter, letters, reference } from "../domain/grievances/rules.ts";
import { grievanceTitle } from "./grievanceWords.ts";
import { label } from "./incidentWords.ts";

/** A letter to the patient as a draft: whoever asked for it fills in the blanks and sends it. */
export async function letterCard(grievance: GrievanceDetails, which: Letter): Promise<Card> {
  const number = reference(grievance.number);
  const title = grievanceTitle(grievance);
  return card(
    text`Draft letter for ${words(number)}`,
    heading(title),
    paragraph(
      text`${words(label(letters, which))} letter, a draft. Name and address are left blank. Check it, fill in the blanks and send it yourself: Rounds writes to no patient.`,
    ),
    file(await docxFile(`${number}-${which}-draft`, letterOf(grievance, which)), text`Draft letter as DOCX`),
    buttons(button("Show", "grievance show", { grievance: number })),
  );
}

/**
 * Plain words, about grade 7. The answer to a grievance names the contact, the steps taken on behalf of the patient, the
 * results and the day of completion: 42 CFR 482.13(a)(2)(iii). An extension states the number of days, and patients are told
 * of the state agency and the QIO: CMS State Operations Manual, Appendix A, tags A-0118 to A-0123.
 */
function letterOf(grievance: GrievanceDetails, which: Letter): Document {
  const titles = {
    acknowledgement: "We received your concern",
    extension: "We need more time to answer your concern",
    resolution: "Our answer to your concern",
  };
  return document(
    { title: titles[which], draft: true },
    blank("Date"),
    blank("Name"),
    blank("Address"),
    blank("Dear"),
    received(grievance),
    bodies[which](grievance),
    rights,
    lines("Sincerely,"),
    signature(`Name and role, ${grievance.hospital}`),
  );
}

const received = (grievance: GrievanceDetails): DocumentBlock =>
  lines(
    `Thank you for telling us about your concern. ${grievance.hospital} received it on ${long(grievance.receivedOn)}. Our number for it is ${reference(grievance.number)}. Please give this number when you call or write.`,
  );

const contactBlanks: DocumentBlock[] = [
  lines("If you have questions, please call this person:"),
  blank("Contact person"),
  blank("Telephone"),
];

const bodies: Record<Letter, (grievance: GrievanceDetails) => DocumentBlock[]> = {
  acknowledgement: ({ due }) => [
    section(1, "What happens next"),
    lines("We take what you told us seriously. We will look into what happened and write to you with our answer."),
    due && !due.isOver
      ? lines(`We plan to send our answer by ${long(toColumn(due.on))}.`)
      : blank("We plan to send our answer by"),
    lines("If we need more time, we will write to you and say how many more days we need."),
    ...contactBlanks,
  ],
  extension: ({ extendedDays, promisedOn }) => [
    section(1, "What happens next"),
    lines(
      `We are still looking into what happened. We need ${moreDays(extendedDays ?? 0)} to finish. We will send you our answer by ${promisedOn ? long(promisedOn) : ""}.`,
    ),
    lines("We are sorry that it takes longer. You do not have to do anything."),
    ...contactBlanks,
  ],
  resolution: ({ contact, steps, results, completedOn }) => [
    section(1, "What we did to look into it"),
    lines(steps ?? ""),
    section(1, "What we found"),
    lines(results ?? ""),
    facts(
      { label: "Date we finished", value: completedOn ? long(completedOn) : "" },
      { label: "Contact person", value: contact ?? "" },
    ),
    lines("If you have questions or are not happy with this answer, please call the contact person."),
    blank("Telephone"),
  ],
};

const rights: DocumentBlock[] = [
  section(1, "Your rights"),
  lines(
    "You may also ask the offices below to look into your concern. You may do so at any time, even if you have told us about it. It will not change the care that you get.",
  ),
  section(2, "State agency"),
  lines("This office checks hospitals in our state."),
  blank("Name of the agency"),
  blank("Address"),
  blank("Telephone"),
  section(2, "Quality Improvement Organization (QIO)"),
  lines(
    "If you have Medicare, this office can look at how good your care was. It can also help if you think that you were sent home too soon.",
  ),
  blank("Name of the QIO"),
  blank("Telephone"),
];

const moreDays = (days: number): string => counted(days, "more day");

const long = (day: Date): string =>
  new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" }).format(day);
