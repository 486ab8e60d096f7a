import { type Block, type Card, card, context, type Fact, facts, heading, paragraph } from "../chat/card.ts";
import { date, join, staff, type Text, text, time, words } from "../chat/text.ts";
import { detailsShown } from "../domain/incidents/followUp.ts";
import type { IncidentDetails } from "../domain/incidents/read.ts";
import { kinds, reference, statuses } from "../domain/incidents/rules.ts";
import { dueFacts } from "./clock.ts";
import { excerpt } from "./excerpt.ts";
import { incidentButtons } from "./incidentButtons.ts";
import { answerFacts } from "./incidentDetails.ts";
import { openQuestion } from "./incidentQuestion.ts";
import { actionsOf, strongerAsked } from "./incidentStanding.ts";
import { timeline } from "./incidentTimeline.ts";
import { gradeInWords, incidentTitle, label, person, urgentLine } from "./incidentWords.ts";
import { narrative } from "./narrative.ts";

/** What of an incident is shown beside what its card always shows. */
export interface Shown {
  /** Pages through a long narrative, from 1. */
  part?: number | undefined;
  /** Every button, and not just what comes next. */
  more?: boolean | undefined;
}

/** The incident as somebody may see it who asked for it in private. */
export function incidentCard(incident: IncidentDetails, { part = 1, more = false }: Shown = {}): Card {
  return card(
    incidentTitle(incident),
    heading(incidentTitle(incident)),
    paragraph(incidentState(incident)),
    incident.closedAt === null ? urgentLine(incident) : [],
    openQuestion(incident),
    facts(...dueFacts(incident.clocks), ...factsOf(incident)),
    narrative(incident.what, part, "incident show", { incident: reference(incident.number) }),
    actionsOf(incident),
    strongerAsked(incident),
    timeline(incident),
    whoSees(incident),
    incidentButtons(incident, more),
  );
}

/** How it stands, in a line. */
export function incidentState(incident: IncidentDetails): Text {
  const harm = words(gradeInWords(incident));
  const state = words(label(statuses, incident.status));
  if (incident.closedAt && incident.mergedInto !== null)
    return text`Merged into ${words(reference(incident.mergedInto))} by ${person(incident.closedBy)}, ${time(incident.closedAt)} · ${harm}`;
  if (incident.closedAt) return text`${state} by ${person(incident.closedBy)}, ${time(incident.closedAt)} · ${harm}`;
  if (incident.assignee) return text`${state} by ${staff(incident.assignee)} · ${harm}`;
  if (incident.acknowledgedAt) return text`${state} by ${person(incident.acknowledgedBy)} · ${harm}`;
  const escalation = incident.escalateAt ? text` · goes to the next person up ${time(incident.escalateAt)}` : [];
  return text`${state}, nobody has acknowledged it yet · ${harm}${escalation}`;
}

function factsOf(incident: IncidentDetails): Fact[] {
  const optional = (name: string, value: string | null): Fact[] =>
    value ? [{ label: name, value: text`${cut(value)}` }] : [];
  return [
    { label: "Happened", value: text`${time(incident.happenedAt)}` },
    { label: "Reported", value: text`${time(incident.reportedAt)}, ${reporter(incident.reporter)}` },
    { label: "Kind", value: text`${words(label(kinds, incident.kind))}` },
    ...optional("Action taken", incident.immediate),
    ...optional("Informed", incident.informed),
    ...optional("Record", incident.sourceRef),
    ...detailsShown(incident).flatMap((details) => answerFacts(details, incident)),
    ...optional("What changed", incident.changed),
    ...optional("Actions left open", incident.waived),
  ];
}

const cut = (value: string): string => excerpt(value, 600);

function reporter(who: IncidentDetails["reporter"]): Text {
  if (who === "you") return text`by you`;
  if (who === "confidential") return text`in confidence`;
  if (who === "anonymous") return text`anonymously`;
  return text`by ${staff(who)}`;
}

/** Who is kept out, and that it is privileged, where it is. */
function whoSees({ needsToKnow, privilegedAt }: IncidentDetails): Block[] {
  const list =
    needsToKnow &&
    join(
      needsToKnow.map((one) => text`${staff(one)}`),
      ", ",
    );
  return [
    ...(list ? [context(text`Restricted to ${list}. Every look is logged.`)] : []),
    ...(privilegedAt ? [context(text`Patient safety work product since ${date(privilegedAt)}. Privileged.`)] : []),
  ];
}
