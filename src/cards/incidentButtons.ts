import { type Block, type Button, button, buttons } from "../chat/card.ts";
import type { IncidentDetails } from "../domain/incidents/read.ts";
import { reference } from "../domain/incidents/rules.ts";

/** Buttons that a card shows at once; the others are behind “More”. */
const shownAtOnce = 3;
/** Buttons in a row of the whole list. */
const inRow = 5;

/** What this person may do with it: what comes next first, or all of it. */
export function incidentButtons(incident: IncidentDetails, all: boolean): Block[] {
  const each = inOrder(incident);
  if (all)
    return Array.from({ length: Math.ceil(each.length / inRow) }, (_, row) =>
      buttons(...each.slice(row * inRow, (row + 1) * inRow)),
    );
  const about = { incident: reference(incident.number) };
  const first = each.slice(0, shownAtOnce);
  return [
    buttons(
      ...first,
      ...(each.length > first.length ? [button("More", "incident show", { ...about, more: true })] : []),
    ),
  ];
}

function inOrder(incident: IncidentDetails): Button[] {
  const { may } = incident;
  const about = { incident: reference(incident.number) };
  const offered = (is: boolean, label: string, verb: string, style?: Button["style"]): Button[] =>
    is ? [button(label, `incident ${verb}`, about, style)] : [];
  const ungraded = incident.gradedHarm === null;
  const unassigned = incident.assignee === null;
  return [
    ...offered(may.acknowledge, "Acknowledge", "acknowledge", "primary"),
    ...offered(true, "Add note", "note"),
    ...offered(may.assign && unassigned, "Assign", "assign"),
    ...offered(may.grade && ungraded, "Grade", "grade"),
    ...offered(may.close, "Close", "close"),
    ...offered(may.review, "Review", "review"),
    ...offered(may.grade && !ungraded, "Grade again", "grade"),
    ...offered(may.assign && !unassigned, "Assign to somebody else", "assign"),
    ...offered(may.reopen, "Reopen", "reopen"),
    ...offered(may.correct, "Correct", "correct"),
    ...offered(may.summarise, "Summary", "summary"),
    ...offered(may.merge, "Merge", "merge"),
    ...offered(may.restrict, "Restrict", "restrict"),
  ];
}
