import { counted, type Span, type Text, text, words } from "../chat/text.ts";
import type { ActionDetails } from "../domain/actions/read.ts";
import { reference } from "../domain/actions/rules.ts";
import type { Named } from "../domain/named.ts";
import { person } from "./incidentWords.ts";

// How actions are called wherever people meet them.

/** "ACT-9 · Action · 4 West": number and unit, and never what is to be done. */
export const actionTitle = ({ number, unit }: Pick<ActionDetails, "number" | "unit">): Text =>
  text`${words(reference(number))} · Action${unit ? text` · ${unit.name}` : []}`;

export const overdueInWords = (days: number): string => `Overdue by ${counted(days, "day")}`;

/** What happened to an action, in the history of what it is about; undefined for what is no entry of that sort. */
export function actionEntry(
  entry: { kind: string; about: Named | null; text: string | null },
  by: Span,
): Text | undefined {
  const number = words(entry.text ?? "");
  switch (entry.kind) {
    case "action-added":
      return text`${by} gave ${person(entry.about)} ${number}`;
    case "action-reassigned":
      return text`${by} gave ${number} to ${person(entry.about)}`;
    case "action-done":
      return text`${by} finished ${number}`;
    case "action-dropped":
      return text`${by} dropped ${number}`;
    case "action-worked":
      return text`${by} checked ${number}: it worked`;
    case "action-failed":
      return text`${by} checked ${number}: it did not work`;
    default:
      return undefined;
  }
}
