import { type Card, card, type Fact, facts, heading, notice, paragraph } from "../chat/card.ts";
import { counted, staff, type Text, text, time, words } from "../chat/text.ts";
import type { GrievanceDetails } from "../domain/grievances/read.ts";
import { reference } from "../domain/grievances/rules.ts";
import { excerpt } from "./excerpt.ts";
import { firstButtons } from "./firstButtons.ts";
import { grievanceActions } from "./grievanceActions.ts";
import { grievanceTimeline } from "./grievanceTimeline.ts";
import { becauseInWords, channelInWords, dayInWords, dueInWords, grievanceTitle } from "./grievanceWords.ts";
import { person } from "./incidentWords.ts";
import { narrative } from "./narrative.ts";

/** How much of it is shown: a part of a long text, counted from 1; every button instead of the first ones. */
export interface Shown {
  part?: number | undefined;
  more?: boolean | undefined;
}

/** The complaint or grievance as somebody may see it who asked for it in private. */
export function grievanceCard(grievance: GrievanceDetails, { part = 1, more = false }: Shown = {}): Card {
  const title = grievanceTitle(grievance);
  const about = { grievance: reference(grievance.number) };
  return card(
    title,
    heading(text`${title} · ${words(channelInWords(grievance.channel))}`),
    paragraph(grievanceState(grievance)),
    grievance.due?.isOver ? [notice("urgent", text`The answer is ${words(grievance.due.left)}.`)] : [],
    facts(...factsOf(grievance)),
    narrative(grievance.what, part, "grievance show", about),
    grievanceTimeline(grievance),
    firstButtons(grievanceActions(grievance), more, "grievance show", about),
  );
}

/** How it stands, in a line. */
export function grievanceState(grievance: GrievanceDetails): Text {
  const { closedAt, assignee, extendedDays, promisedOn, escalateAt } = grievance;
  const by = (kind: string) => person(grievance.timeline.findLast((entry) => entry.kind === kind)?.actor ?? null);
  if (closedAt)
    return grievance.sort === "grievance"
      ? text`Resolved by ${by("resolved")}, ${time(closedAt)}`
      : text`Closed by ${by("closed")}, ${time(closedAt)}`;
  const has = assignee ? text` · ${staff(assignee)} has it` : [];
  if (extendedDays !== null && promisedOn)
    return text`Extended by ${words(counted(extendedDays, "day"))}, until ${words(dayInWords(promisedOn))}${has}`;
  if (assignee) return text`Being investigated by ${staff(assignee)}`;
  if (grievance.acknowledgedAt) return text`Acknowledged by ${by("acknowledged")}, ${time(grievance.acknowledgedAt)}`;
  const escalation = escalateAt ? text` · goes to the next person up ${time(escalateAt)}` : [];
  return text`New, nobody has acknowledged it yet${escalation}`;
}

const missingWords = { steps: "steps taken", results: "results" } as const;

function factsOf(grievance: GrievanceDetails): Fact[] {
  const { decision, due, missing, loggedBy } = grievance;
  const written = (name: string, value: string | null): Fact[] =>
    value ? [{ label: name, value: text`${excerpt(value, 600)}` }] : [];
  const overruled =
    decision.overruled === null
      ? []
      : [{ label: `Decided: ${grievance.sort}`, value: text`by quality: ${excerpt(decision.overruled, 600)}` }];
  return [
    {
      label: overruled.length > 0 ? `By fact: ${decision.sort}` : "Because",
      value: text`${words(becauseInWords(decision))}`,
    },
    ...overruled,
    ...(due ? [{ label: "Due", value: text`answer, ${words(dueInWords(due))}` }] : []),
    ...(missing.length > 0
      ? [
          {
            label: "Missing to resolve it",
            value: text`${words(missing.map((part) => missingWords[part]).join(", "))}`,
          },
        ]
      : []),
    {
      label: "Received",
      value: text`${words(dayInWords(grievance.receivedOn))}, logged by ${loggedBy === "you" ? words("you") : staff(loggedBy)}`,
    },
    ...written("Contact", grievance.contact),
    ...written("Steps taken", grievance.steps),
    ...written("Results", grievance.results),
    ...(grievance.completedOn
      ? [{ label: "Completed", value: text`${words(dayInWords(grievance.completedOn))}` }]
      : []),
    ...written("What changed", grievance.changed),
  ];
}
