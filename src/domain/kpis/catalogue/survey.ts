import type { Metric } from "../metric.ts";

const source = "CMS HCAHPS; your own answers, not adjusted for survey mode and patient mix as the published ones are";

/** Fewer completed surveys than this are published with a note of caution: https://hcahpsonline.org/ */
const flaggedBelow = 100;

const topBox = (code: string, about: string, answer: string, aliases: readonly string[]): Metric => ({
  code: `hcahps-${code}`,
  name: `HCAHPS ${about}, raw top-box`,
  aliases: [`hcahps ${code.replaceAll("-", " ")}`, ...aliases],
  formula: `Answers “${answer}” ÷ all answers; raw, not adjusted`,
  measure: "%",
  direction: "increase",
  numerator: `Answers “${answer}”`,
  denominator: "Completed answers",
  chart: "p",
  period: "month",
  source,
  version: "2025",
  people: true,
  flaggedBelow,
});

/** The measures of the survey that is in use for discharges since 1 January 2025. */
export const survey: readonly Metric[] = [
  topBox("nurses", "communication with nurses", "Always", ["nurse communication"]),
  topBox("doctors", "communication with doctors", "Always", ["doctor communication"]),
  topBox("restfulness", "restfulness of the hospital", "Always", ["quietness"]),
  topBox("care-coordination", "care coordination", "Always", ["care coordination"]),
  topBox("responsiveness", "responsiveness of staff", "Always", ["staff responsiveness"]),
  topBox("medicines", "communication about medicines", "Always", ["medicine communication"]),
  topBox("discharge", "discharge information", "Yes", ["discharge information"]),
  topBox("symptoms", "information about symptoms", "Yes", ["symptom information"]),
  topBox("cleanliness", "cleanliness", "Always", ["cleanliness of the hospital"]),
  topBox("rating", "overall rating", "9 or 10", ["overall rating", "hospital rating"]),
  topBox("recommend", "recommendation", "Definitely yes", ["would recommend"]),
];
