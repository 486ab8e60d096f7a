import type { ClockId } from "../clocks/presets.ts";
import type { Answers } from "./followUp.ts";
import type { Category, Harm, Kind } from "./rules.ts";

/** What is known of an incident, as far as clocks hang on it. */
export interface Known {
  kind: Kind;
  category: Category | null;
  /** As it was reported. */
  harm: Harm;
  /** The reviewer's grade, where there is one: it stands instead of the reporter's. */
  gradedHarm: Harm | null;
  /** Of the safety assessment code, as a reviewer graded it. */
  severity: string | null;
  /** Safety assessment code, 3 the highest. */
  sac: number | null;
  answers: Answers;
}

/** What a clock is counted from: when the hospital knew, when it happened, or now that it was decided. */
type Trigger = "reported" | "happened" | "decided";

interface Cause {
  /** The code that is kept with the clock, and why it was started, in words after "because". */
  code: string;
  words: string;
  holds(known: Known): boolean;
  starts: readonly (readonly [ClockId, Trigger])[];
}

const harmOf = (known: Known): Harm => known.gradedHarm ?? known.harm;
const isSerious = (harm: Harm | null): boolean => harm === "death" || harm === "severe";
/** Death or a permanent loss of function, by the severities of the safety assessment code. */
const isPermanent = ({ severity }: Known): boolean => severity === "catastrophic" || severity === "major";
const says = ({ answers }: Known, name: string, ...codes: string[]): boolean => {
  const answer = answers[name];
  return Array.isArray(answer) ? codes.some((code) => answer.includes(code)) : codes.includes(String(answer));
};
const people = ({ answers }: Known, name: string): number | undefined =>
  typeof answers[name] === "number" ? answers[name] : undefined;

const isBreach = (known: Known) => known.kind === "privacy" && !says(known, "unsecured", "no");
/** 21 CFR 803.3: "caused or contributed" means may have; only a plain no leaves it out. */
const isDeviceEvent = (known: Known) =>
  known.kind === "incident" && known.category === "device" && !says(known, "contributed", "no");
const atWork = (known: Known, ...outcomes: string[]) =>
  known.kind === "workplace" && says(known, "outcome", ...outcomes);

const severeOutcomes = ["admission", "amputation", "eye"];
/** 29 CFR 1904.7(b)(1): what makes an injury recordable. */
const recordable = ["death", ...severeOutcomes, "days-away", "restricted", "treatment"];

/** The analysis of a sentinel event is begun by our own target, and finished by the Joint Commission's. */
const analysis = [
  ["jc.rca", "reported"],
  ["jc.rca.conservative", "reported"],
  ["facility.review", "decided"],
] as const satisfies Cause["starts"];

/** One of the duties that quality or a manager found. */
const duty = (code: string, words: string, ...starts: Cause["starts"]): Cause => ({
  code: `duty:${code}`,
  words,
  holds: (known) => says(known, "duties", code),
  starts,
});

/**
 * A reporter's choice of harm starts only what leaves nothing to judge: a death. Severe harm is for a reviewer to find. An event
 * is a sentinel one where it reached the patient and led to death, to severe harm or to permanent harm of any severity (Joint
 * Commission, Sentinel Event Policy, as of 2022); a close call of the highest code has a review of our own.
 */
const causes: readonly Cause[] = [
  {
    code: "privacy",
    words: "it is a privacy event",
    holds: isBreach,
    starts: [["hipaa.individual", "reported"]],
  },
  {
    code: "privacy:large",
    words: "500 people or more are affected",
    holds: (known) => isBreach(known) && (people(known, "people") ?? 0) >= 500,
    starts: [["hipaa.hhs.large", "reported"]],
  },
  {
    code: "privacy:small",
    words: "fewer than 500 people are affected",
    holds: (known) => isBreach(known) && (people(known, "people") ?? 0) > 0 && (people(known, "people") ?? 0) < 500,
    starts: [["hipaa.hhs.small", "reported"]],
  },
  {
    code: "privacy:one-state",
    words: "more than 500 residents of one state are affected",
    holds: (known) => isBreach(known) && (people(known, "in-one-state") ?? 0) > 500,
    starts: [["hipaa.media", "reported"]],
  },
  {
    code: "work:death",
    words: "somebody died at work",
    holds: (known) => known.kind === "workplace" && (harmOf(known) === "death" || says(known, "outcome", "death")),
    starts: [["osha.fatality", "reported"]],
  },
  {
    code: "work:severe",
    words: "it led to an admission, an amputation or the loss of an eye",
    holds: (known) => atWork(known, ...severeOutcomes),
    starts: [["osha.severe", "reported"]],
  },
  {
    code: "work:recordable",
    words: "the injury is recordable",
    holds: (known) =>
      atWork(known, ...recordable) ||
      (known.kind === "workplace" && (harmOf(known) === "death" || says(known, "hurt", "sharps"))),
    starts: [["osha.300", "reported"]],
  },
  {
    code: "work:sharps",
    words: "somebody was stuck or cut by a contaminated sharp",
    holds: (known) => known.kind === "workplace" && says(known, "hurt", "sharps"),
    starts: [
      ["osha.sharps", "reported"],
      ["osha.sharps.log", "reported"],
    ],
  },
  {
    code: "device:death",
    words: "a device may have contributed to a death",
    holds: (known) => isDeviceEvent(known) && harmOf(known) === "death",
    starts: [["fda.mdr.death", "reported"]],
  },
  {
    code: "device:severe",
    words: "a device may have contributed to a serious injury, as graded",
    holds: (known) =>
      isDeviceEvent(known) && harmOf(known) !== "death" && (known.gradedHarm === "severe" || isPermanent(known)),
    starts: [["fda.mdr.injury", "reported"]],
  },
  {
    code: "sentinel",
    words: "it is graded as death or severe harm",
    holds: (known) => known.kind === "incident" && isSerious(known.gradedHarm),
    starts: analysis,
  },
  {
    code: "sentinel:permanent",
    words: "it is graded as a permanent loss of function",
    holds: (known) => known.kind === "incident" && isPermanent(known),
    starts: analysis,
  },
  {
    code: "sac:3",
    words: "its safety assessment code is 3",
    holds: ({ sac }) => sac === 3,
    starts: [["facility.review", "decided"]],
  },
  duty("sentinel", "it is a sentinel event", ...analysis),
  duty("restraint-death", "it is a death in or after restraint or seclusion", ["cms.restraint", "reported"]),
  duty("wrist-restraint-death", "it is a death with soft wrist restraints alone", ["cms.restraint.log", "happened"]),
  duty(
    "controlled-loss",
    "controlled substances were stolen or lost",
    ["dea.notice", "reported"],
    ["dea.106", "reported"],
  ),
  duty("improper-transfer", "an unstable patient was transferred improperly", ["emtala.transfer", "reported"]),
  duty(
    "immediate-threat",
    "it is an immediate threat to health or safety",
    ["jc.iths", "reported"],
    ["jc.iths.max", "reported"],
  ),
  duty("partner-breach", "the breach is of a partner’s information", ["hipaa.ba", "reported"]),
  duty("california", "it is an adverse event in California", ["ca.ae", "reported"], ["ca.ae.patient", "reported"]),
  duty(
    "california-urgent",
    "it is an urgent adverse event in California",
    ["ca.ae.urgent", "reported"],
    ["ca.ae.patient", "reported"],
  ),
  duty(
    "pennsylvania",
    "it is a serious event in Pennsylvania",
    ["pa.serious-event", "reported"],
    ["pa.disclosure", "reported"],
  ),
  duty("minnesota", "it is an adverse event in Minnesota", ["mn.adverse-event", "reported"]),
  duty("new-york", "it is an adverse event in New York", ["ny.report", "reported"], ["ny.rca", "reported"]),
];

export interface Implied {
  rule: ClockId;
  /** Codes of all causes that hold. */
  because: readonly string[];
  from: Trigger;
}

/** The clocks that an incident implies, each once, with every cause that holds. */
export function impliedBy(known: Known): Implied[] {
  const held = causes.filter((cause) => cause.holds(known));
  const pairs = held.flatMap(({ code, starts }) => starts.map(([rule, from]) => ({ code, rule, from })));
  return [...Map.groupBy(pairs, ({ rule }) => rule)].map(([rule, all]) => ({
    rule,
    because: all.map(({ code }) => code),
    from: all[0]?.from ?? "reported",
  }));
}

const wordsOf = new Map(causes.map(({ code, words }) => [code, words]));

/** Why a clock was started, in words after "because"; of codes that are kept with a space between them. */
export const causesInWords = (because: string): string =>
  because
    .split(" ")
    .flatMap((code) => wordsOf.get(code) ?? [])
    .join(", and ");
