import type { Input } from "./card.ts";
import type { Text } from "./text.ts";

export interface Option {
  code: string;
  label: string;
  detail?: string;
}

/** The directories that an entry field searches. */
export type EntryKind = "unit" | "person" | "job" | "course" | "metric" | "line";

/** What a field takes. Entry fields search our own directory, never the platform's picker. */
export type FieldKind =
  | { kind: "text"; max: number }
  | { kind: "paragraph"; max: number }
  | { kind: "choice"; options: readonly Option[] }
  | { kind: "many"; options: readonly Option[] }
  | { kind: "number"; min?: number; max?: number; whole?: boolean }
  | { kind: "money" }
  | { kind: "flag" }
  /** `towards` as for a moment; the future where it is not said. */
  | { kind: "date"; towards?: "past" }
  /** `towards` says which one is meant where the words fit two: "22:00" in a report is last night. */
  | { kind: "date-time"; towards: "past" | "future" }
  | { kind: "time" }
  /** `quarters`: a quarter of the fiscal year is taken too, "Q2 2026". */
  | { kind: "month"; quarters?: true }
  | { kind: "repeat" }
  | { kind: "file" }
  /** A record's number; with several prefixes it has to be said which: "INC-142". */
  /** `receipt`: the receipt of an anonymous report names it too, "K7QF-2M9D". */
  | { kind: "ref"; prefixes: readonly [string, ...string[]]; receipt?: true }
  /** `here`: the word "here" is taken too, for the place where it is said. */
  | { kind: "entry"; directory: EntryKind; here?: true }
  | { kind: "entries"; directory: EntryKind };

/** Codes and labels of how often a thing repeats. */
export const repeats = [
  { code: "once", label: "Once" },
  { code: "day", label: "Every day" },
  { code: "weekdays", label: "Every weekday" },
  { code: "week", label: "Every week" },
  { code: "two-weeks", label: "Every two weeks" },
  { code: "month", label: "Every month" },
] as const satisfies readonly Option[];

export type Repeat = (typeof repeats)[number]["code"];

export interface FormField {
  name: string;
  label: string;
  hint?: string;
  required: boolean;
  takes: FieldKind;
  /** What the field shows at first, in the kind's written form: a code, an id, `2026-11-23T06:10`. */
  value?: string | number | boolean | string[];
  /** How chosen entries are shown, in the order of their ids. */
  shown?: string[];
  /** Too long for a form: kept aside under the form's draft, this many characters; said in words instead of shown. */
  kept?: number;
  /** What is wrong with what was typed; the typed value is kept above. */
  error?: string;
}

/** A command's missing input, to be asked for. */
export interface Form {
  command: string;
  title: string;
  submit: string;
  intro?: Text;
  /** Why what was asked was not done, where it is about no single field; what was typed is kept below it. */
  problem?: Text;
  fields: FormField[];
  /** Input that is already known and comes back with what the person fills in; `draft` names what is kept aside. */
  carried: Input;
}
