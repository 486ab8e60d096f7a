import { type Button, button, formButton } from "../chat/card.ts";
import { nextLetter } from "../domain/grievances/letter.ts";
import type { GrievanceDetails } from "../domain/grievances/read.ts";
import { type NoteKind, reference } from "../domain/grievances/rules.ts";

/** What this person can do with it now, the next thing first. */
export function grievanceActions(grievance: GrievanceDetails): Button[] {
  const about = { grievance: reference(grievance.number) };
  const { may, missing } = grievance;
  const when = (given: boolean, ...made: Button[]): Button[] => (given ? made : []);
  const acknowledge = when(may.acknowledge, button("Acknowledge", "grievance acknowledge", about, "primary"));
  const note = button("Add note", "grievance note", about);
  const action = when(may.handle, button("Add action", "action add", { about: about.grievance }));
  const draft = when(
    may.draft && grievance.sort === "grievance",
    button("Draft letter", "grievance letter", { ...about, which: nextLetter(grievance) }),
  );
  const assign = when(may.assign, button("Assign", "grievance assign", about));
  const overrule = when(
    may.overrule,
    formButton("Decide otherwise", "grievance overrule", {
      ...about,
      sort: grievance.sort === "grievance" ? "complaint" : "grievance",
    }),
  );
  if (grievance.closedAt) return [...draft, note, ...when(may.reopen, button("Reopen", "grievance reopen", about))];
  if (grievance.sort === "complaint")
    return [
      ...acknowledge,
      ...when(may.answer, button("Close", "grievance close", about)),
      note,
      ...action,
      ...assign,
      ...overrule,
    ];
  const add = (as: NoteKind) => formButton(`Add ${as}`, "grievance note", { ...about, as });
  const steps = when(may.handle, add("steps"));
  const results = when(may.handle, add("results"));
  const resolve = when(may.answer, formButton("Resolve", "grievance resolve", about));
  const inTurn = missing.includes("steps")
    ? [...steps, ...results, ...resolve]
    : missing.includes("results")
      ? [...results, ...steps, ...resolve]
      : [...resolve, ...steps, ...results];
  const extend = when(may.answer, button("Extend", "grievance extend", about));
  const nobodyHasIt = grievance.assignee === null;
  return [
    ...acknowledge,
    ...inTurn.slice(0, 1),
    ...extend,
    ...draft,
    ...when(nobodyHasIt, ...assign),
    ...inTurn.slice(1),
    note,
    ...action,
    ...when(!nobodyHasIt, ...assign),
    ...overrule,
  ];
}
