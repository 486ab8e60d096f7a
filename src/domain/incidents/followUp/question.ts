import type { FieldKind, Option } from "../../../chat/form.ts";

/** A short question about an incident; nobody has to answer it. */
export interface Question {
  label: string;
  hint?: string;
  takes: Extract<FieldKind, { kind: "choice" | "many" | "number" | "text" }>;
}

/** By the name under which the answer is kept: no two mean different things by one name. */
export type Questions = Record<string, Question>;

/** An answer as it is kept: a code, codes, a number, a short text. */
export type Answer = string | string[] | number;

const hinted = (hint: string | undefined) => (hint === undefined ? {} : { hint });

export const oneOf = (label: string, options: readonly Option[], hint?: string): Question => ({
  label,
  ...hinted(hint),
  takes: { kind: "choice", options },
});

export const anyOf = (label: string, options: readonly Option[], hint?: string): Question => ({
  label,
  ...hinted(hint),
  takes: { kind: "many", options },
});

/** The Common Formats let every question be answered with "unknown". */
export const unknown: Option = { code: "unknown", label: "Unknown" };

export const yesOrNo = (label: string, hint?: string): Question =>
  oneOf(label, [{ code: "yes", label: "Yes" }, { code: "no", label: "No" }, unknown], hint);

export const count = (label: string, hint?: string): Question => ({
  label,
  ...hinted(hint),
  takes: { kind: "number", min: 0, max: 100_000_000, whole: true },
});

export const shortly = (label: string, hint?: string): Question => ({
  label,
  ...hinted(hint),
  takes: { kind: "text", max: 120 },
});
