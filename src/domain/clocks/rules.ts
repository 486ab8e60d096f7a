import { Refusal } from "../refusal.ts";

/**
 * Federal work days are Monday to Friday without federal holidays (21 CFR 803.3); business days leave out the organisation's
 * own holidays too. Half a month is 15 days.
 */
export type ClockUnit = "hours" | "calendar-days" | "business-days" | "federal-work-days" | "months";

/**
 * What is counted from: the trigger itself, the end of the calendar year or quarter that holds it, or a day (`MM-DD`) of the
 * year after it.
 */
export type ClockAnchor = "trigger" | "end-of-year" | "end-of-quarter" | `following-year-${string}`;

/** One deadline as data. Everything is said in words that stand on a card. */
export interface ClockRule {
  id: string;
  /** What is to be done. */
  title: string;
  /** Who gets it. */
  to: string;
  /** What starts the clock, with the condition under which it does. */
  when: string;
  anchor: ClockAnchor;
  /** A whole number above 0; halves for months alone, and 0 where the anchor is a fixed day. */
  amount: number;
  unit: ClockUnit;
  /** Hours end at the moment; a day ends at 23:59:59, a day of business at 17:00, in the facility's zone. */
  ends: "moment" | "end-of-day" | "close-of-business";
  /**
   * A law's or a guidance's clock may be shortened or withdrawn, never paused or lengthened; a facility's target is its own. What
   * was promised to a patient takes as long as was stated, and does not stand still.
   */
  authority: "law" | "guidance" | "facility" | "promise";
  /** Regulation with its section, or publication. */
  source: string;
}

export type ClockState = "running" | "paused" | "met" | "withdrawn";

/** It goes on, or would but for a pause. */
export const isOpen = ({ state }: { state: string }): boolean => state === "running" || state === "paused";

/** Ends the source of a rule whose text or figure was not checked against the primary source. */
export const verify = "verify with your compliance office";

export const canPause = (rule: ClockRule): boolean => rule.authority === "facility";

/** A fixed day cannot be counted shorter. */
export const canShorten = (rule: ClockRule): boolean => rule.amount > 1;

/** The rule with another amount, as given when its clock starts. Throws where a law's or guidance's clock would get longer. */
export function withAmount(rule: ClockRule, amount: number, field?: string): ClockRule {
  if (!Number.isInteger(amount) || amount < 1)
    throw new Refusal(`“${rule.title}” takes a whole number, 1 or more, of ${wordsOf(rule.unit)}.`, field);
  if ((rule.authority === "law" || rule.authority === "guidance") && amount > rule.amount)
    throw new Refusal(
      rule.amount === 0
        ? `“${rule.title}” is due on a fixed day: ${rule.source}. That day stays.`
        : `“${rule.title}” takes ${most(rule)} at most: ${rule.source}. Give less, or leave it as it is.`,
      field,
    );
  return { ...rule, amount };
}

const most = ({ amount, unit }: ClockRule): string =>
  `${amount} ${amount === 1 ? wordsOf(unit).slice(0, -1) : wordsOf(unit)}`;

const wordsOf = (unit: ClockUnit): string => unit.replaceAll("-", " ");
