import { Refusal } from "../refusal.ts";

/**
 * Bones of the cause and effect diagram that health care uses: people, process, equipment, environment, materials and
 * communication (Ishikawa), with policies and management beside them.
 */
export const factors = [
  { code: "people", label: "People", detail: "Staffing, training, fatigue, who was there" },
  { code: "process", label: "Process", detail: "How the work is done, in which steps" },
  { code: "equipment", label: "Equipment", detail: "Devices, software, alarms" },
  { code: "environment", label: "Environment", detail: "Room, light, noise, floor, distance" },
  { code: "materials", label: "Materials", detail: "Drugs, supplies, labels, packaging" },
  { code: "communication", label: "Communication", detail: "Handover, orders, language" },
  { code: "policies", label: "Policies", detail: "Rules, priorities and how they are managed" },
] as const;
export type Factor = (typeof factors)[number]["code"];

/**
 * Five rules of causation, in our own words after David Marx and the VA National Center for Patient Safety; RCA² (National
 * Patient Safety Foundation, 2015), appendix 6.
 */
export const causationRules = [
  { code: "link", words: "Say how the cause led to the event, step by step." },
  { code: "plain", words: "Say what was there, not how good or bad it was." },
  { code: "error", words: "Behind a human error stands what made it likely: ask one why more." },
  { code: "procedure", words: "Where a procedure was not followed, the cause is what made people leave it." },
  { code: "duty", words: "Not acting is a cause only where there was a duty to act." },
] as const;
export type CausationRule = (typeof causationRules)[number]["code"];

/** Words of blame and dead ends, the most telling first. */
const dead: readonly [CausationRule, RegExp][] = [
  [
    "procedure",
    /\b(?:(?:did not|didn['’]t|does not|failed to|not) follow\w*|violat\w+|non-?complian\w+|(?:ignored|skipped|bypassed|broke) (?:the |a )?(?:rule|policy|policies|procedure|protocol|checklist))\b/i,
  ],
  [
    "error",
    /\b(?:(?:human|staff|user|nurse|nursing|operator) errors?|forg[eo]t\w*|mistakes?|mistaken|overlooked|misread|inattenti\w+|not pay\w* attention)\b/i,
  ],
  [
    "plain",
    /\b(?:careless\w*|negligen\w+|poor(?:ly)?|bad(?:ly)?|laz\w+|inadequate\w*|sloppy|incompeten\w+|complacen\w+)\b/i,
  ],
  ["duty", /\b(?:failed to|failure to|did not|didn['’]t|neglected to|omitted)\b/i],
];

/** The rule that a why touches by its words: a hint for whoever wrote it, never a refusal. */
export const ruleTouched = (why: string): CausationRule | undefined => dead.find(([, words]) => words.test(why))?.[0];

const atMost = 5;

/** One why a line, without the number or dash before it. Throws where there are more than five. */
export function readWhys(written: string): string[] {
  const whys = written
    .split("\n")
    .map((line) => line.replace(/^\s*(?:\d{1,2}[.)]|[-•*])\s+/, "").trim())
    .filter((line) => line !== "");
  if (whys.length > atMost)
    throw new Refusal(
      `Up to five whys, one a line; these are ${whys.length} lines. Put together what belongs together.`,
      "whys",
    );
  return whys;
}
