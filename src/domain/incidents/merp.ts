/** Groups of the index, from no error to death. */
export const merpGroups = [
  { code: "no-error", label: "No error" },
  { code: "no-harm", label: "Error, no harm" },
  { code: "harm", label: "Error, harm" },
  { code: "death", label: "Error, death" },
] as const;
export type MerpGroup = (typeof merpGroups)[number]["code"];

/**
 * NCC MERP Index for Categorizing Medication Errors, from the least to the worst; the details paraphrase each category.
 * © 2001 National Coordinating Council for Medication Error Reporting and Prevention. All Rights Reserved.
 * https://www.nccmerp.org/types-medication-errors
 */
export const merpCategories = [
  { code: "a", label: "A", detail: "Circumstances that can cause an error", group: "no-error" },
  { code: "b", label: "B", detail: "An error that did not reach the patient", group: "no-harm" },
  {
    code: "c",
    label: "C",
    detail: "It reached the patient and did no harm; an omission reaches too",
    group: "no-harm",
  },
  { code: "d", label: "D", detail: "It reached: watched or treated to be sure of no harm", group: "no-harm" },
  { code: "e", label: "E", detail: "Temporary harm, something had to be done", group: "harm" },
  { code: "f", label: "F", detail: "Temporary harm, a first or a longer stay in hospital", group: "harm" },
  { code: "g", label: "G", detail: "Permanent harm", group: "harm" },
  { code: "h", label: "H", detail: "Something had to be done to keep the patient alive", group: "harm" },
  { code: "i", label: "I", detail: "It led or contributed to death", group: "death" },
] as const satisfies readonly { code: string; label: string; detail: string; group: MerpGroup }[];
