import { type Card, card, file, heading, notice, paragraph } from "../chat/card.ts";
import { moment, plain, text } from "../chat/text.ts";
import * as page from "../documents/document.ts";
import { docxFile, markdownFile } from "../documents/files.ts";
import { ruleOf } from "../domain/clocks/presets.ts";
import { factors } from "../domain/incidents/causation.ts";
import { harms, identities, isPrivileged, kinds, reference, statuses } from "../domain/incidents/rules.ts";
import { probabilities, severities } from "../domain/incidents/safetyCode.ts";
import type { IncidentSummary } from "../domain/incidents/summary.ts";
import { together } from "./clockEntry.ts";
import { entryWords } from "./incidentTimeline.ts";
import { incidentTitle, label } from "./incidentWords.ts";

/** Whose clock the times are of, and when it is written. */
interface Reading {
  now: Date;
  zone: string;
}

/** 42 CFR 3.206(d) lets privileged work product go on only in some cases; whoever holds the paper has to see that it is. */
const privilegeMarking = (since: string): string =>
  `Patient safety work product, entered ${since}. Privileged and confidential under 42 U.S.C. 299b-22 and 42 CFR Part 3. Do not copy or forward.`;

/** The review summary as DOCX and Markdown. */
export async function summaryCard(summary: IncidentSummary, reading: Reading): Promise<Card> {
  const { incident } = summary;
  const document = summaryDocument(summary, reading);
  const name = `${reference(incident.number)} review summary`;
  const title = text`Review summary · ${incidentTitle(incident)}`;
  return card(
    title,
    heading(title),
    isPrivileged(incident) ? [notice("warning", text`Privileged: each page is marked. Keep it where it belongs.`)] : [],
    paragraph(text`Written from what is in Rounds now. Nobody who filed in confidence is named in it.`),
    file(await docxFile(name, document), text`Word document`),
    file(markdownFile(name, document), text`Markdown`),
  );
}

function summaryDocument(summary: IncidentSummary, reading: Reading): page.Document {
  const { incident } = summary;
  const at = (when: Date) => moment(when, reading.zone, "date-time", reading.now);
  const marking = incident.privilegedAt
    ? { marking: privilegeMarking(moment(incident.privilegedAt, reading.zone, "date", reading.now)) }
    : {};
  return page.document(
    { title: `Review summary · ${plain(incidentTitle(incident), reading.zone)}`, ...marking },
    page.paragraph(`Written ${at(reading.now)}; times are those of ${reading.zone}.`),
    page.heading(1, "Facts"),
    page.facts(...factsOf(summary, at)),
    page.paragraph(incident.what),
    page.heading(1, "Grade"),
    page.facts(...gradeOf(incident)),
    page.heading(1, "Why it happened"),
    whysOf(incident),
    page.heading(1, "Actions"),
    actionsOf(summary, reading),
    page.heading(1, "Deadlines"),
    deadlinesOf(summary, at),
    page.heading(1, "Timeline"),
    page.table(
      [
        { label: "When", align: "left" },
        { label: "What", align: "left" },
      ],
      together(incident.timeline).map((line) => [at(line[0].at), plain(entryWords(line, true), reading.zone)]),
    ),
    page.heading(1, "What changed"),
    page.paragraph(incident.changed ?? "It is not closed yet."),
    incident.waived === null ? [] : page.paragraph(`Actions were left open: ${incident.waived}`),
  );
}

type Incident = IncidentSummary["incident"];
type Facts = Parameters<typeof page.facts>;

function factsOf({ incident }: IncidentSummary, at: (moment: Date) => string): Facts {
  const optional = (name: string, value: string | null): Facts => (value === null ? [] : [{ label: name, value }]);
  return [
    { label: "State", value: label(statuses, incident.status) },
    { label: "Kind", value: label(kinds, incident.kind) },
    { label: "Unit", value: incident.unit.name },
    { label: "Happened", value: at(incident.happenedAt) },
    { label: "Reported", value: `${at(incident.reportedAt)}, ${reporter(incident)}` },
    ...optional("Assigned to", incident.assignee?.name ?? null),
    ...optional("Action taken at once", incident.immediate),
    ...optional("Informed", incident.informed),
    ...optional("Number in the system of record", incident.sourceRef),
  ];
}

const reporter = ({ reporter: who, identity }: Incident): string =>
  typeof who === "object" ? `by ${who.name}` : label(identities, identity).toLowerCase();

const notGraded = "not graded";

function gradeOf(incident: Incident): Facts {
  const { gradedHarm, severity, probability, sac } = incident;
  return [
    { label: "Harm as reported", value: label(harms, incident.harm) },
    { label: "Harm after review", value: gradedHarm === null ? notGraded : label(harms, gradedHarm) },
    { label: "Severity", value: severity === null ? notGraded : label(severities, severity) },
    { label: "Probability", value: probability === null ? notGraded : label(probabilities, probability) },
    { label: "Safety assessment code", value: sac === null ? notGraded : String(sac) },
  ];
}

function whysOf(incident: Incident): page.DocumentBlock[] {
  const named = incident.factors.map((code) => label(factors, code)).join(", ");
  return [
    incident.whys.length > 0 ? page.numbered(incident.whys) : page.paragraph("No whys were written down."),
    page.paragraph(named === "" ? "No contributing factors were named." : `Contributing factors: ${named}.`),
  ];
}

function actionsOf({ actions }: IncidentSummary, { now }: Reading): page.DocumentBlock {
  if (actions.length === 0) return page.paragraph("There are no actions.");
  const columns = ["Number", "What", "Owner", "Due", "Strength", "State"].map((name) => ({
    label: name,
    align: "left" as const,
  }));
  return page.table(
    columns,
    actions.map(({ number, what, owner, dueOn, strength, state, measure }) => [
      `ACT-${number}`,
      measure === null ? what : `${what}\nMeasure: ${measure}`,
      owner.name,
      // A day without a time is kept as midnight UTC.
      moment(dueOn, "UTC", "date", now),
      strength ?? "not said",
      state,
    ]),
  );
}

function deadlinesOf({ clocks }: IncidentSummary, at: (moment: Date) => string): page.DocumentBlock {
  if (clocks.length === 0) return page.paragraph("No clocks were started.");
  const columns = ["Number", "What", "Due", "State"].map((name) => ({ label: name, align: "left" as const }));
  return page.table(
    columns,
    clocks.map(({ number, rule, dueAt, state, endedAt, reason }) => [
      `CLK-${number}`,
      ruleOf(rule).title,
      at(dueAt),
      [`${state}${endedAt ? ` ${at(endedAt)}` : ""}`, ...(reason === null ? [] : [reason])].join("\n"),
    ]),
  );
}
