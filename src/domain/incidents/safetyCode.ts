import { type Harm, harmOf, isUrgent } from "./rules.ts";

/**
 * Severities of the safety assessment code, VA National Center for Patient Safety
 * (https://www.patientsafety.va.gov/professionals/publications/matrix.asp); the details paraphrase each. What happened is
 * graded as it was, a close call by the worst that was likely.
 */
export const severities = [
  {
    code: "catastrophic",
    label: "Catastrophic",
    detail: "Death or major permanent loss of function, not from the illness",
  },
  { code: "major", label: "Major", detail: "Function is lessened for good" },
  { code: "moderate", label: "Moderate", detail: "A longer stay or a higher level of care" },
  { code: "minor", label: "Minor", detail: "None of these" },
] as const;
export type Severity = (typeof severities)[number]["code"];

/** Probabilities of the same matrix. */
export const probabilities = [
  { code: "frequent", label: "Frequent", detail: "Several times in one year" },
  { code: "occasional", label: "Occasional", detail: "Several times in one to two years" },
  { code: "uncommon", label: "Uncommon", detail: "Once in two to five years" },
  { code: "remote", label: "Remote", detail: "Once in five to thirty years" },
] as const;
export type Probability = (typeof probabilities)[number]["code"];

/** 3 is the highest risk and asks for a root cause analysis. */
export type SafetyCode = 1 | 2 | 3;

/**
 * The matrix of the VA with its merged cells read out: the whole catastrophic column is 3, and outside of it only a major event
 * that is frequent. RCA²: Improving Root Cause Analyses and Actions to Prevent Harm (National Patient Safety Foundation, 2015)
 * prints the same one; a copy with 2 for frequent and major goes around.
 */
const matrix: Record<Probability, Record<Severity, SafetyCode>> = {
  frequent: { catastrophic: 3, major: 3, moderate: 2, minor: 1 },
  occasional: { catastrophic: 3, major: 2, moderate: 1, minor: 1 },
  uncommon: { catastrophic: 3, major: 2, moderate: 1, minor: 1 },
  remote: { catastrophic: 3, major: 2, moderate: 1, minor: 1 },
};

export const safetyCode = (severity: Severity, probability: Probability): SafetyCode => matrix[probability][severity];

/** Serious events are those that need an action which holds: SAC 3, death and severe harm. */
export const isSerious = (incident: { harm: Harm; gradedHarm: Harm | null; sac: number | null }): boolean =>
  incident.sac === 3 || isUrgent(harmOf(incident));
