import { Refusal } from "../refusal.ts";

/** Event classes of the AHRQ Common Formats (a good catch is a near miss), with workplace and privacy events beside them. */
export const kinds = [
  { code: "incident", label: "Incident", detail: "It reached the patient, with or without harm" },
  { code: "near-miss", label: "Near miss", detail: "It was caught before it reached the patient" },
  { code: "unsafe-condition", label: "Unsafe condition", detail: "Something that could lead to an event" },
  { code: "workplace", label: "Workplace event", detail: "Staff were hurt, exposed or threatened" },
  { code: "privacy", label: "Privacy event", detail: "Information may have reached the wrong person" },
] as const;
export type Kind = (typeof kinds)[number]["code"];

/** Event categories of the AHRQ Common Formats, hospital v1.2. */
export const categories = [
  { code: "blood", label: "Blood or blood product" },
  { code: "device", label: "Device or supply, health IT included" },
  { code: "fall", label: "Fall" },
  { code: "infection", label: "Healthcare-associated infection" },
  { code: "medication", label: "Medication or other substance" },
  { code: "perinatal", label: "Perinatal" },
  { code: "pressure-injury", label: "Pressure injury" },
  { code: "surgery", label: "Surgery or anesthesia" },
  { code: "clot", label: "Venous clot" },
  { code: "other", label: "Other" },
] as const;
export type Category = (typeof categories)[number]["code"];

const brief: Partial<Record<Category, string>> = {
  blood: "Blood",
  device: "Device",
  infection: "Infection",
  medication: "Medication",
  surgery: "Surgery",
};

/** For titles and rows of many; where one chooses, and in exports, the names are whole. */
export const categoriesInBrief = categories.map(({ code, label }) => ({ code, label: brief[code] ?? label }));

/**
 * AHRQ Harm Scale v1.2, residual harm after discovery and mitigation (LOINC 74560-4, answer list LL2819-2);
 * the details paraphrase each level. If torn between two, the higher one.
 */
export const harms = [
  { code: "death", label: "Death", detail: "Dead at the time of assessment" },
  {
    code: "severe",
    label: "Severe harm",
    detail: "Injury, pain, disfigurement strongly limiting function or quality of life",
  },
  {
    code: "moderate",
    label: "Moderate harm",
    detail: "Noticeable loss of function or quality of life, short of severe",
  },
  { code: "mild", label: "Mild harm", detail: "Slight symptoms, or more monitoring, treatment or days in hospital" },
  { code: "none", label: "No harm", detail: "It reached the patient; nothing harmful seen" },
  { code: "unknown", label: "Unknown", detail: "Not known yet; if torn between two, choose the higher" },
] as const;
export type Harm = (typeof harms)[number]["code"];

/** The worse of two: what is known outweighs what is not. */
export const worseHarm = (one: Harm, other: Harm): Harm => (rank(one) <= rank(other) ? one : other);

const rank = (code: Harm): number => harms.findIndex((harm) => harm.code === code);

/** The reviewer's grade, else what the reporter said. */
export const harmOf = (incident: { harm: Harm; gradedHarm: Harm | null }): Harm => incident.gradedHarm ?? incident.harm;

export const identities = [
  { code: "named", label: "With my name", detail: "Whoever handles it sees that you filed it" },
  {
    code: "confidential",
    label: "Confidential",
    detail: "Only quality sees that it was you, and each look is recorded",
  },
  { code: "anonymous", label: "Anonymous", detail: "No link to you is kept; a receipt opens status and questions" },
] as const;
export type IdentityChoice = (typeof identities)[number]["code"];

export const statuses = [
  { code: "new", label: "New" },
  { code: "acknowledged", label: "Acknowledged" },
  { code: "in-review", label: "In review" },
  { code: "actions", label: "Actions under way" },
  { code: "closed", label: "Closed" },
] as const;
export type Status = (typeof statuses)[number]["code"];

export const reference = (number: number): string => `INC-${number}`;

/** Death and severe harm are told at once, whatever the hour. */
export const isUrgent = (harm: Harm): boolean => harm === "death" || harm === "severe";

/**
 * Entered as patient safety work product (42 CFR 3.20), privileged under 42 CFR 3.204: digests and measures leave it out in their
 * queries, and no text of it goes to a model.
 */
export const isPrivileged = (incident: { privilegedAt: Date | null }): boolean => incident.privilegedAt !== null;

/** Minutes that a phone's clock may be ahead of ours before a time counts as the future. */
const clockSlack = 5 * 60_000;

/** Throws where the event is said to have happened later than now. */
export function checkHappened(happenedAt: Date, now: Date, field = "when"): void {
  if (happenedAt.getTime() > now.getTime() + clockSlack)
    throw new Refusal("That time is in the future. Give the time when it happened, or leave it as now.", field);
}

/** Throws where a closed incident would be changed. */
export function checkOpen(incident: { number: number; closedAt: Date | null }): void {
  if (incident.closedAt)
    throw new Refusal(
      `${reference(incident.number)} is closed already, so nothing was changed. Its card shows what was done.`,
    );
}

/**
 * Who hears nothing of it: who filed it with their name, and whom it is about. What was filed in confidence goes the way that
 * anybody's report goes: passing over the manager who filed it would tell those above who it was.
 */
export const leftOutOf = (incident: {
  reporterId: string | null;
  leftOutId: string | null;
  identity: string;
}): string[] =>
  [incident.identity === "named" ? incident.reporterId : null, incident.leftOutId].filter((id) => id !== null);

/** People in a unit, fewer than which can be told apart by what they write. */
export const fewPeople = 5;

/** When the next person up is told, unless somebody acknowledges it before. */
export const escalationDue = (from: Date, acknowledgeWithinHours: number): Date =>
  new Date(from.getTime() + acknowledgeWithinHours * 3_600_000);
