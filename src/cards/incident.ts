import {
  type Block,
  type Button,
  button,
  buttons,
  type Card,
  card,
  context,
  type Fact,
  facts,
  heading,
  notice,
  paragraph,
} from "../chat/card.ts";
import { data, staff, type Text, text, time, words } from "../chat/text.ts";
import type { IncidentDetails } from "../domain/incidents/read.ts";
import { harms, isUrgent, kinds, reference, statuses } from "../domain/incidents/rules.ts";
import { excerpt, partsOf } from "./excerpt.ts";
import { timeline } from "./incidentTimeline.ts";
import { harmInWords, incidentTitle, label, person } from "./incidentWords.ts";

/** Characters of a narrative that a card shows at once. */
const shownAtOnce = 2500;

/** The incident as somebody may see it who asked for it in private. `part` pages through a long narrative, from 1. */
export function incidentCard(incident: IncidentDetails, part = 1): Card {
  return card(
    incidentTitle(incident),
    heading(incidentTitle(incident)),
    paragraph(stateOf(incident)),
    incident.closedAt === null && isUrgent(incident.harm)
      ? [notice("urgent", text`${words(label(harms, incident.harm))} was reported.`)]
      : [],
    facts(...factsOf(incident)),
    narrative(incident, part),
    timeline(incident),
    buttons(...actions(incident)),
  );
}

/** The card after an assignment of which nobody can be told. */
export const notReached = (card: Card, name: string): Card => ({
  ...card,
  blocks: [
    ...card.blocks,
    notice("warning", text`${name} has not used Rounds yet, so nothing could be sent. Tell them yourself.`),
  ],
});

function stateOf(incident: IncidentDetails): Text {
  const harm = words(harmInWords(incident.harm));
  const state = words(label(statuses, incident.status));
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
    ...optional("What changed", incident.changed),
  ];
}

const cut = (value: string): string => excerpt(value, 600);

function reporter(who: IncidentDetails["reporter"]): Text {
  if (who === "you") return text`by you`;
  if (who === "confidential") return text`in confidence`;
  if (who === "anonymous") return text`anonymously`;
  return text`by ${staff(who)}`;
}

function narrative(incident: IncidentDetails, part: number): Block[] {
  const all = partsOf(incident.what, shownAtOnce);
  const parts = all.length;
  const shown = Math.min(Math.max(1, part), parts);
  const words = paragraph(text`${data(all[shown - 1] ?? "")}`);
  if (parts === 1) return [words];
  const number = reference(incident.number);
  const turn = [
    ...(shown > 1 ? [button("Earlier part", "incident show", { incident: number, part: shown - 1 })] : []),
    ...(shown < parts ? [button("Next part", "incident show", { incident: number, part: shown + 1 })] : []),
  ];
  return [words, context(text`Part ${shown} of ${parts} of the text`), buttons(...turn)];
}

function actions(incident: IncidentDetails): Button[] {
  const about = { incident: reference(incident.number) };
  return [
    ...(incident.may.acknowledge ? [button("Acknowledge", "incident acknowledge", about, "primary")] : []),
    button("Add note", "incident note", about),
    ...(incident.may.assign ? [button("Assign", "incident assign", about)] : []),
    ...(incident.may.close ? [button("Close", "incident close", about)] : []),
  ];
}
