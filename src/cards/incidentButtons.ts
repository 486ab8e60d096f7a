import { type Block, type Button, button, formButton } from "../chat/card.ts";
import { detailsOf } from "../domain/incidents/followUp.ts";
import type { IncidentDetails } from "../domain/incidents/read.ts";
import { reference } from "../domain/incidents/rules.ts";
import { firstButtons } from "./firstButtons.ts";
import { moreButton } from "./incidentDetails.ts";
import { answerButton } from "./incidentQuestion.ts";

/** What this person may do with it: what comes next first, or all of it. */
export const incidentButtons = (incident: IncidentDetails, all: boolean): Block[] =>
  firstButtons(inOrder(incident), all, "incident show", { incident: reference(incident.number) });

function inOrder(incident: IncidentDetails): Button[] {
  const { may } = incident;
  const about = { incident: reference(incident.number) };
  const offered = (is: boolean, label: string, verb: string, style?: Button["style"]): Button[] =>
    is ? [button(label, `incident ${verb}`, about, style)] : [];
  /** Nothing is required beside the number, so that a plain button would do it at once. */
  const asked = (is: boolean, label: string, verb: string): Button[] =>
    is ? [formButton(label, `incident ${verb}`, about)] : [];
  const ungraded = incident.gradedHarm === null;
  const unassigned = incident.assignee === null;
  return [
    ...offered(may.acknowledge, "Acknowledge", "acknowledge", "primary"),
    ...(may.answer ? [answerButton(incident)] : []),
    ...offered(!may.answer, "Add note", "note"),
    ...offered(may.assign && unassigned, "Assign", "assign"),
    ...(may.give ? [button("Add action", "action add", { about: about.incident })] : []),
    ...offered(may.grade && ungraded, "Grade", "grade"),
    ...offered(may.close, "Close", "close"),
    ...offered(may.ask, "Ask the reporter", "ask"),
    ...asked(may.review, "Review", "review"),
    ...(incident.actions.open + incident.actions.done > 0
      ? [button("Actions", "action list", { about: about.incident, status: "all" })]
      : []),
    ...offered(may.grade && !ungraded, "Grade again", "grade"),
    ...(may.detail ? [moreButton("More about it", incident, detailsOf(incident))] : []),
    ...(may.detail && may.assign ? [moreButton("What is reportable", incident, "reportable")] : []),
    ...offered(may.assign && !unassigned, "Assign to somebody else", "assign"),
    ...offered(may.reopen, "Reopen", "reopen"),
    ...offered(may.correct, "Correct", "correct"),
    ...offered(may.summarise, "Summary", "summary"),
    ...offered(may.merge, "Merge", "merge"),
    ...asked(may.restrict, "Restrict", "restrict"),
  ];
}
