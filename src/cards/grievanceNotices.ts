import { button, buttons, type Card, card, heading, paragraph } from "../chat/card.ts";
import { type Text, text, time, words } from "../chat/text.ts";
import type { GrievanceDetails, UnhandledGrievance } from "../domain/grievances/read.ts";
import { reference } from "../domain/grievances/rules.ts";
import type { GrievanceNotice } from "../domain/notices.ts";
import { grievanceState } from "./grievance.ts";
import { dueInWords, grievanceTitle } from "./grievanceWords.ts";

/** Tells one person of a complaint or grievance: number, sort and unit, never the narrative. */
export function grievanceNoticeCard(kind: GrievanceNotice, grievance: GrievanceDetails): Card {
  const title = grievanceTitle(grievance);
  const about = { grievance: reference(grievance.number) };
  const number = words(about.grievance);
  const show = button("Open", "grievance show", about);
  const acknowledge = grievance.may.acknowledge
    ? [button("Acknowledge", "grievance acknowledge", about, "primary")]
    : [];
  switch (kind) {
    case "grievance-logged":
      return card(
        text`New: ${title}`,
        heading(title),
        paragraph(
          text`It was logged ${time(grievance.loggedAt)} and comes to you.${due(grievance)}${escalation(grievance)}`,
        ),
        buttons(...acknowledge, show),
      );
    case "grievance-unacknowledged":
      return card(
        text`Nobody has acknowledged ${title}`,
        heading(title),
        paragraph(
          text`It was logged ${time(grievance.loggedAt)} and nobody has acknowledged it yet, so it comes to you.${due(grievance)}${escalation(grievance)}`,
        ),
        buttons(...acknowledge, show),
      );
    case "grievance-assigned":
      return card(
        text`${number} is yours.`,
        heading(title),
        paragraph(
          grievance.sort === "grievance"
            ? text`It was assigned to you. Write down the steps taken and the results; then it can be resolved.${due(grievance)}`
            : text`It was assigned to you. When it is settled, say what changed and close it.`,
        ),
        buttons(show),
      );
    case "grievance-resolved":
      return card(
        text`${number} is ${words(ended(grievance))}.`,
        heading(title),
        paragraph(text`What you logged is ${words(ended(grievance))}. Its card says how.`),
        buttons(show),
      );
  }
}

/** A message about a record that has nothing left to tell: how it stands. */
export function grievanceOverCard(grievance: GrievanceDetails): Card {
  const title = grievanceTitle(grievance);
  return card(
    title,
    heading(title),
    paragraph(grievanceState(grievance)),
    buttons(button("Open", "grievance show", { grievance: reference(grievance.number) })),
  );
}

/** Tells an admin of one that came to nobody who may see to it; admins see no narrative. */
export function unhandledGrievanceCard(grievance: UnhandledGrievance): Card {
  const title = grievanceTitle(grievance);
  return card(
    text`Nobody sees to ${title}`,
    heading(title),
    paragraph(
      text`It was logged ${time(grievance.loggedAt)}, nobody has acknowledged it, and nobody in Rounds has quality access.`,
    ),
    paragraph(
      text`Give somebody quality access, or ${grievance.unit.name} a manager, by an import; they find it under “todo”.`,
    ),
  );
}

const ended = ({ sort }: Pick<GrievanceDetails, "sort">): string => (sort === "grievance" ? "resolved" : "closed");

const due = (grievance: GrievanceDetails): Text =>
  grievance.due ? text` Answer due ${words(dueInWords(grievance.due))}.` : [];

const escalation = (grievance: GrievanceDetails): Text =>
  grievance.escalateAt
    ? text` Unless it is acknowledged before ${time(grievance.escalateAt)}, the next person up is told.`
    : [];
