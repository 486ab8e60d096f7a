import { moment, type Text, text, words } from "../chat/text.ts";
import { toColumn } from "../domain/days.ts";
import type { Reason, Sort } from "../domain/grievances/decide.ts";
import type { Due, GrievanceDetails } from "../domain/grievances/read.ts";
import { channels, reference } from "../domain/grievances/rules.ts";
import { label } from "./incidentWords.ts";

// How complaints and grievances are called wherever people meet them.

/** "GRV-31 · grievance · Emergency": number, sort and unit, and never a narrative. */
export const grievanceTitle = (grievance: { number: number; sort: Sort; unit: { name: string } }): Text =>
  text`${words(reference(grievance.number))} · ${words(grievance.sort)} · ${grievance.unit.name}`;

export const channelInWords = (code: string): string => label(channels, code).toLowerCase();

/** "Wed 25 Nov": a day of the calendar is the same one for every reader. */
export const dayInWords = (day: Date): string => moment(day, "UTC", "date");

/** "Wed 25 Nov · 2 days left" */
export const dueInWords = ({ on, left }: Due): string => `${dayInWords(toColumn(on))} · ${left}`;

const reasons: Record<Reason, string> = {
  "harm-or-rights": "it is about abuse, neglect, harm or rights",
  "response-asked": "a response was asked for",
  "billing-only": "it is about the bill alone",
  "in-writing": "it came in writing",
  "resolved-at-once": "staff who were present resolved it at once",
  "not-resolved": "staff who were present did not resolve it at once",
};

/** "it came in writing, and a response was asked for" */
export const becauseInWords = ({ because, also }: GrievanceDetails["decision"]): string =>
  [because, ...also].map((reason) => reasons[reason]).join(", and ");

/** Why a clock of a grievance was started, in words after "because"; nothing for the causes of other clocks. */
export function clockCauseInWords(code: string): string {
  const [, because = code] = code.split("grievance:");
  return { ...reasons, ...causes }[because] ?? "";
}

const causes: Readonly<Record<string, string>> = {
  reopened: "it was reopened",
  overruled: "quality decided that it is a grievance",
  extended: "the patient is told how many days more it takes",
};
