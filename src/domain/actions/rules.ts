import { dayAt } from "../days.ts";
import { isSerious } from "../incidents/safetyCode.ts";
import { Refusal } from "../refusal.ts";

export const reference = (number: number): string => `ACT-${number}`;

/**
 * The action hierarchy of the National Patient Safety Foundation, "RCA²: Improving Root Cause Analyses and Actions to
 * Prevent Harm" (2015), figure 3, after the VA National Center for Patient Safety: the less an action depends on
 * people remembering it, the stronger it is. `kinds` are the kinds of action of each level.
 */
export const strengths = [
  {
    code: "stronger",
    label: "Stronger",
    detail: "Forcing function, change to rooms, standard equipment, fewer steps",
    kinds: [
      "a change to rooms or buildings",
      "a new device, tried by its users before it is bought",
      "a forcing function or interlock",
      "a simpler process",
      "standard equipment or a standard process",
      "leaders who take part in person",
    ],
  },
  {
    code: "intermediate",
    label: "Intermediate",
    detail: "Checklist, software change, staffing, fewer distractions, simulation",
    kinds: [
      "redundancy",
      "more staff or less workload",
      "a change of software",
      "fewer distractions",
      "training in simulation, repeated and observed",
      "a checklist or other cognitive aid",
      "no look-alikes and sound-alikes",
      "a standard way to communicate, as read-back",
      "better documentation or communication",
    ],
  },
  {
    code: "weaker",
    label: "Weaker",
    detail: "Double check, warning, new policy or memo, training",
    kinds: ["a double check", "a warning or label", "a new policy, procedure or memo", "training", "more study"],
  },
] as const;
export type Strength = (typeof strengths)[number]["code"];

export const states = [
  { code: "open", label: "Open" },
  { code: "done", label: "Done" },
  { code: "dropped", label: "Dropped" },
] as const;
export type ActionState = (typeof states)[number]["code"];

/** What the strength of an event's actions is judged by. */
interface Judged {
  strength: string | null;
  state: string;
}

/** The highest level among the actions that were not dropped; undefined where none has a level. */
export const strongestOf = (actions: readonly Judged[]): Strength | undefined =>
  strengths.find(({ code }) => actions.some(({ strength, state }) => state !== "dropped" && strength === code))?.code;

/**
 * RCA² asks for at least one action that is intermediate or stronger; the same is asked here for each serious event.
 * @param strongest of its actions
 */
export const needsStronger = (event: Parameters<typeof isSerious>[0], strongest: Strength | undefined): boolean =>
  isSerious(event) && (strongest === undefined || strongest === "weaker");

/** Days until it is due again, where its effect was not there and no other day was given. */
export const dueAgainAfter = 14;

/** Throws where it would be due before today. @param due `YYYY-MM-DD` */
export function checkDue(due: string, zone: string, now: Date): void {
  if (due < dayAt(now, zone)) throw new Refusal("That day has passed. Give a day that is still to come.", "due");
}

/** Throws where the effect would be looked at before the action has to be done. */
export function checkAfterDue(check: string | undefined, due: string): void {
  if (check !== undefined && check <= due)
    throw new Refusal("The effect is checked after the action is due. Give a later day.", "check");
}
