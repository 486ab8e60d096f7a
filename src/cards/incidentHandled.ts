import { counted, type Text, text, time, words } from "../chat/text.ts";
import { factors } from "../domain/incidents/causation.ts";
import { type Corrigible, corrigible } from "../domain/incidents/correct.ts";
import type { EntryDetails, IncidentDetails } from "../domain/incidents/read.ts";
import { categories, type Harm, harms, kinds, reference } from "../domain/incidents/rules.ts";
import { probabilities, severities } from "../domain/incidents/safetyCode.ts";
import { excerpt } from "./excerpt.ts";
import { harmInWords, label } from "./incidentWords.ts";

type Entry = Pick<IncidentDetails["timeline"][number], "kind" | "text" | "details">;

/** What somebody did with it, after their name: “graded it mild harm · SAC 2: no fracture on the X-ray”. */
export function handled({ kind, text: said, details }: Entry, whole: boolean): Text {
  const why = said === null ? [] : text`: ${whole ? said : excerpt(said, 600)}`;
  switch (kind) {
    case "graded":
      return text`graded it ${words(grade(details))}${why}`;
    case "classified":
      return text`said what it was: ${words(label(categories, String(details.category)).toLowerCase())}`;
    case "reviewed":
      return text`reviewed it${reviewed(details)}${whole ? why : []}`;
    case "merged":
      return details.from === undefined
        ? text`merged it into ${numbered(details.into)}${why}`
        : text`merged ${numbered(details.from)} into it${why}`;
    case "parted":
      return text`opened ${numbered(details.from)} again, which was merged into it`;
    case "restricted":
      return text`restricted it to ${words(counted(Number(details.people), "person", "people"))}`;
    case "handed-over":
      return text`gave it to quality, because nobody on its need-to-know list was left`;
    case "unrestricted":
      return text`lifted its restriction`;
    case "privileged":
      return text`entered it as patient safety work product`;
    case "corrected":
      return text`corrected “${words(label(corrigible, String(details.field)))}”${why}${before(details)}`;
    case "reopened":
      return text`opened it again${why}`;
    default:
      return text`${words(kind)}${why}`;
  }
}

const numbered = (number: EntryDetails[string] | undefined) => words(reference(Number(number)));

function grade({ harm, severity, probability, sac }: EntryDetails): string {
  const matrix = [
    ...(severity ? [label(severities, String(severity)).toLowerCase()] : []),
    ...(probability ? [label(probabilities, String(probability)).toLowerCase()] : []),
  ].join(" and ");
  return [
    harmInWords(String(harm) as Harm),
    ...(matrix === "" ? [] : [matrix]),
    ...(typeof sac === "number" ? [`SAC ${sac}`] : []),
  ].join(" · ");
}

function reviewed({ whys, factors: named }: EntryDetails): Text {
  const count = Number(whys);
  const list = Array.isArray(named) ? named.map((code) => label(factors, String(code)).toLowerCase()) : [];
  return [
    ...(count > 0 ? text`, ${words(counted(count, "why"))}` : []),
    ...(list.length > 0 ? text`, contributing: ${words(list.join(", "))}` : []),
  ];
}

/** Only quality gets it. */
function before({ field, before: value }: EntryDetails): Text {
  if (value === undefined) return [];
  return text` · before: ${value === null ? words("nothing") : shownValue(field as Corrigible, String(value))}`;
}

function shownValue(field: Corrigible, value: string): Text {
  switch (field) {
    case "when":
      return text`${time(new Date(value))}`;
    case "kind":
      return text`${words(label(kinds, value))}`;
    case "category":
      return text`${words(label(categories, value))}`;
    case "harm":
      return text`${words(label(harms, value))}`;
    default:
      return text`“${excerpt(value, 600)}”`;
  }
}
