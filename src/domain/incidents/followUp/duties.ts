import { anyOf, count, oneOf, type Questions, shortly, unknown, yesOrNo } from "./question.ts";

// What decides whether somebody outside has to be told, and by when.

/** OSHA: reportable outcomes of 29 CFR 1904.39, recordable ones of 1904.7, the sharps injury log of 1910.1030(h)(5). */
export const workplace = {
  hurt: oneOf("What happened", [
    { code: "sharps", label: "Needlestick or cut, contaminated sharp" },
    { code: "exposure", label: "Splash or other exposure" },
    { code: "violence", label: "Violence or threat" },
    { code: "lifting", label: "Lifting or moving" },
    { code: "fall", label: "Slip, trip or fall" },
    { code: "other", label: "Something else" },
    unknown,
  ]),
  outcome: oneOf(
    "What it led to",
    [
      { code: "death", label: "Death" },
      { code: "admission", label: "Admitted to hospital as an inpatient" },
      { code: "amputation", label: "Amputation" },
      { code: "eye", label: "Loss of an eye" },
      { code: "days-away", label: "Days away from work" },
      { code: "restricted", label: "Restricted work or another job" },
      { code: "treatment", label: "Treatment beyond first aid" },
      { code: "first-aid", label: "First aid alone" },
      { code: "nothing", label: "Nothing" },
      unknown,
    ],
    "The gravest that holds",
  ),
  sharp: shortly("Kind and brand of the sharp", "For the sharps injury log"),
  "sharp-how": shortly("How the sharps injury happened", "For the sharps injury log; never a name"),
} as const satisfies Questions;

/** HIPAA, 45 CFR 164.402 to 164.408: what decides whether there was a breach, and whom to tell. */
export const privacy = {
  disclosure: oneOf("What happened", [
    { code: "misdirected", label: "Sent or given to the wrong person" },
    { code: "looked-up", label: "Looked up without need" },
    { code: "lost", label: "Lost or stolen" },
    { code: "overheard", label: "Overheard or seen" },
    { code: "attack", label: "Computer attack" },
    { code: "other", label: "Something else" },
    unknown,
  ]),
  unsecured: yesOrNo("Readable by whoever got it", "No where it was encrypted, or destroyed before anybody saw it"),
  people: count("People affected", "As far as it is known"),
  "in-one-state": count("Most of them in one state", "How many residents of the state with the most"),
} as const satisfies Questions;

/** What quality or a manager finds to be reportable beyond what the facts of the incident say. */
export const reportable = {
  duties: anyOf("What it is", [
    { code: "restraint-death", label: "Death in or after restraint or seclusion" },
    { code: "wrist-restraint-death", label: "Death, soft wrist restraints alone" },
    { code: "controlled-loss", label: "Theft or loss of controlled substances" },
    { code: "improper-transfer", label: "Unstable patient transferred to us" },
    { code: "sentinel", label: "Sentinel event, Joint Commission" },
    { code: "immediate-threat", label: "Immediate threat, Joint Commission" },
    { code: "partner-breach", label: "Breach that we discovered for a partner" },
    { code: "california", label: "Adverse event, California" },
    { code: "california-urgent", label: "Urgent adverse event, California" },
    { code: "pennsylvania", label: "Serious event, Pennsylvania" },
    { code: "minnesota", label: "Adverse event, Minnesota" },
    { code: "new-york", label: "Adverse event, New York" },
  ]),
  reported: shortly("Report number given back", "By whom it was reported to, where it is done already"),
} as const satisfies Questions;
