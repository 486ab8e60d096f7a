import { device, fall, infection, medication, pressureInjury } from "./followUp/care.ts";
import { privacy, reportable, workplace } from "./followUp/duties.ts";
import { blood, clot, other, perinatal, surgery } from "./followUp/procedures.ts";
import type { Answer, Question, Questions } from "./followUp/question.ts";
import type { Category, Kind } from "./rules.ts";

const all = {
  blood,
  device,
  fall,
  infection,
  medication,
  perinatal,
  "pressure-injury": pressureInjury,
  surgery,
  clot,
  other,
  workplace,
  privacy,
  reportable,
} as const satisfies Record<Category | "workplace" | "privacy" | "reportable", Questions>;

/** What the follow-up questions are about; each has a command, "details fall". */
export type Details = keyof typeof all;

export const questionsOf = <Of extends Details>(details: Of): (typeof all)[Of] => all[details];

/** The answers of one incident, by the questions' names. */
export type Answers = Readonly<Record<string, Answer>>;

/** Which questions an incident brings: of its kind where that has some of its own, else of its category. */
export const detailsOf = ({ kind, category }: { kind: Kind; category: Category | null }): Details =>
  kind === "workplace" || kind === "privacy" ? kind : (category ?? "other");

/** The sorts of questions that an incident brings, and those that were answered while it was taken for something else. */
export const detailsShown = (incident: { kind: Kind; category: Category | null }): Details[] => [
  ...new Set<Details>([detailsOf(incident), ...(Object.keys(all) as Details[])]),
];

/** The questions of one sort that have an answer, in their order. */
export const answersTo = (details: Details, answers: Answers): { name: string; question: Question; answer: Answer }[] =>
  Object.entries<Question>(questionsOf(details)).flatMap(([name, question]) => {
    const answer = answers[name];
    return answer === undefined ? [] : [{ name, question, answer }];
  });
