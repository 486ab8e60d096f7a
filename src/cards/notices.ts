import { type Block, button, buttons, type Card, card, context, heading, paragraph } from "../chat/card.ts";
import { data, type Text, text, time, words } from "../chat/text.ts";
import type { IncidentDetails, UnhandledIncident } from "../domain/incidents/read.ts";
import { reference } from "../domain/incidents/rules.ts";
import type { IncidentNotice } from "../domain/notices.ts";
import { incidentState } from "./incident.ts";
import { incidentTitle, urgentLine } from "./incidentWords.ts";

/** Tells one person of an incident: number, class and unit, never the narrative. */
export function incidentNoticeCard(kind: IncidentNotice, incident: IncidentDetails): Card {
  const number = words(reference(incident.number));
  const title = incidentTitle(incident);
  const show = button("Open", "incident show", { incident: reference(incident.number) });
  const acknowledge = incident.may.acknowledge
    ? [button("Acknowledge", "incident acknowledge", { incident: reference(incident.number) }, "primary")]
    : [];
  const severe = urgentLine(incident);
  switch (kind) {
    case "incident-filed":
      return card(
        text`New: ${title}`,
        heading(title),
        severe,
        paragraph(text`It was filed ${time(incident.reportedAt)} and comes to you.${escalation(incident)}`),
        buttons(...acknowledge, show),
      );
    case "incident-unacknowledged":
      return card(
        text`Nobody has acknowledged ${title}`,
        heading(title),
        severe,
        paragraph(
          text`It was filed ${time(incident.reportedAt)} and nobody has acknowledged it yet, so it comes to you.${escalation(incident)}`,
        ),
        buttons(...acknowledge, show),
      );
    case "incident-acknowledged":
      return card(
        text`${number} is acknowledged.`,
        heading(title),
        paragraph(text`What you reported is acknowledged and is being looked at.`),
        buttons(show),
      );
    case "incident-assigned":
      return card(
        text`${number} is yours.`,
        heading(title),
        paragraph(text`It was assigned to you. When you have seen to it, say what changed and close it.`),
        buttons(show),
      );
    case "incident-graded":
      return card(
        text`${title} is more serious than it was reported at first.`,
        heading(title),
        severe,
        paragraph(text`It was reported as milder at first. Whoever has it goes on; its card says why.`),
        buttons(show),
      );
    case "incident-closed":
      return card(
        text`${number} is closed.`,
        heading(title),
        ...whatChanged(incident),
        context(text`Thank you for reporting it.`),
        buttons(show),
      );
    case "incident-reopened":
      return card(
        text`${number} is open again.`,
        heading(title),
        paragraph(text`It was closed and is looked at once more. Its card says why.`),
        buttons(show),
      );
  }
}

/** Of one that was merged into an incident for few people it is said that it is closed, and no more. */
const whatChanged = ({ changed }: IncidentDetails): Block[] =>
  changed === null
    ? [paragraph(text`It was looked into together with other reports of the same event.`)]
    : [paragraph(text`What you reported led to this:`), paragraph(text`${data(changed)}`)];

/** A message about an incident that has nothing left to tell: how it stands. */
export function incidentOverCard(incident: IncidentDetails): Card {
  const title = incidentTitle(incident);
  return card(
    title,
    heading(title),
    paragraph(incidentState(incident)),
    buttons(button("Open", "incident show", { incident: reference(incident.number) })),
  );
}

/** A message whose reader has nothing left to do or may not see what it told. */
export const overCard: Card = card(
  text`This needs nothing from you any more.`,
  paragraph(text`This needs nothing from you any more.`),
);

/** Tells an admin of an incident that came to nobody who may see to it; admins see no narrative. */
export function unhandledIncidentCard(incident: UnhandledIncident): Card {
  const title = incidentTitle(incident);
  return card(
    text`Nobody sees to ${title}`,
    heading(title),
    paragraph(
      text`It was filed ${time(incident.reportedAt)}, nobody has acknowledged it, and nobody in Rounds has quality access.`,
    ),
    paragraph(
      text`Give somebody quality access, or ${incident.unit.name} a manager, by an import; they find it under “todo”.`,
    ),
  );
}

const escalation = (incident: IncidentDetails): Text =>
  incident.escalateAt
    ? text` Unless it is acknowledged before ${time(incident.escalateAt)}, the next person up is told.`
    : [];
