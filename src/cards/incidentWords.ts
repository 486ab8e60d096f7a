import { type Block, notice } from "../chat/card.ts";
import { type Span, staff, type Text, text, words } from "../chat/text.ts";
import type { IncidentDetails, IncidentRow } from "../domain/incidents/read.ts";
import { categoriesInBrief, type Harm, harmOf, harms, isUrgent, kinds, reference } from "../domain/incidents/rules.ts";
import type { Named } from "../domain/named.ts";

// How incidents are called wherever people meet them.

export const label = (options: readonly { code: string; label: string }[], code: string): string =>
  options.find((option) => option.code === code)?.label ?? code;

/** "Fall", or "Near miss" where no category is known. */
export const kindOf = ({ kind, category }: Pick<IncidentRow, "kind" | "category">): string =>
  category ? label(categoriesInBrief, category) : label(kinds, kind);

/** "INC-142 · Fall · 4 West": number, kind and unit, and never a narrative. */
export const incidentTitle = (incident: Pick<IncidentRow, "number" | "kind" | "category" | "unit">): Text =>
  text`${words(reference(incident.number))} · ${words(kindOf(incident))} · ${incident.unit.name}`;

/** "Mild harm" says what it is about; "unknown" has to be told. */
export const harmInWords = (code: Harm): string =>
  code === "unknown" ? "harm unknown" : label(harms, code).toLowerCase();

export const person = (named: Named | null): Span => (named ? staff(named) : words("somebody"));

/** "mild harm (reporter said none) · SAC 3": the reviewer's grade first. */
export function gradeInWords({ harm, gradedHarm, sac }: Pick<IncidentDetails, "harm" | "gradedHarm" | "sac">): string {
  const code = sac === null ? "" : ` · SAC ${sac}`;
  if (gradedHarm === null || gradedHarm === harm) return `${harmInWords(harm)}${code}`;
  const said = harm === "none" || harm === "unknown" ? harm : harmInWords(harm);
  return `${harmInWords(gradedHarm)} (reporter said ${said})${code}`;
}

/** Death and severe harm, as they were graded or else reported. */
export function urgentLine(incident: Pick<IncidentDetails, "harm" | "gradedHarm">): Block[] {
  const harm = harmOf(incident);
  if (!isUrgent(harm)) return [];
  const by = incident.gradedHarm === null ? "was reported" : "after review";
  return [notice("urgent", text`${words(label(harms, harm))} ${words(by)}.`)];
}
