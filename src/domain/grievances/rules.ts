import { dayAt } from "../days.ts";
import { Refusal } from "../refusal.ts";
import type { Sort } from "./decide.ts";

export const channels = [
  { code: "in-person", label: "In person" },
  { code: "phone", label: "By phone" },
  { code: "letter", label: "By letter" },
  { code: "fax", label: "By fax" },
  { code: "email", label: "By e-mail" },
  { code: "portal", label: "By the patient portal" },
] as const;
export type Channel = (typeof channels)[number]["code"];

/** E-mail, fax and portal are writing as a letter is. */
export const isWriting = (channel: Channel): boolean => channel !== "in-person" && channel !== "phone";

export const sorts = [
  { code: "complaint", label: "Complaint" },
  { code: "grievance", label: "Grievance" },
] as const satisfies readonly { code: Sort; label: string }[];

/** A complaint that was closed is resolved too. */
export const statuses = [
  { code: "new", label: "New" },
  { code: "acknowledged", label: "Acknowledged" },
  { code: "investigating", label: "Being investigated" },
  { code: "extended", label: "Extended" },
  { code: "resolved", label: "Resolved" },
] as const;
export type Status = (typeof statuses)[number]["code"];

/** What is added while it is handled: the written answer has to hold the steps and the results. */
export const noteKinds = [
  { code: "note", label: "Note" },
  { code: "steps", label: "Steps taken to investigate" },
  { code: "results", label: "Results" },
] as const;
export type NoteKind = (typeof noteKinds)[number]["code"];

export const letters = [
  { code: "acknowledgement", label: "Acknowledgement" },
  { code: "extension", label: "Extension" },
  { code: "resolution", label: "Resolution" },
] as const;
export type Letter = (typeof letters)[number]["code"];

export const reference = (number: number): string => `GRV-${number}`;

/** Throws where a day is still to come in the zone of who gives it. */
export function checkPast(day: string, now: Date, zone: string, field: string): void {
  if (day > dayAt(now, zone))
    throw new Refusal("That day is in the future. Give the day when it happened, or leave it as today.", field);
}

/** Throws where a record that has ended would be changed. */
export function checkOpen(grievance: { number: number; sort: string; closedAt: Date | null }): void {
  const number = reference(grievance.number);
  if (grievance.closedAt)
    throw new Refusal(
      grievance.sort === "grievance"
        ? `${number} is resolved already, so nothing was changed. Its card shows how; quality can reopen it.`
        : `${number} is closed already, so nothing was changed. Its card shows what was done; quality can reopen it.`,
    );
}
