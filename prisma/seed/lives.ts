import type { Harm, IdentityChoice } from "../../src/domain/incidents/rules.ts";
import { isManager, quality, staffOf, stepsUp } from "./cast.ts";
import type { Chance } from "./chance.ts";
import type { Scenario, Telling } from "./scenario.ts";
import type { UnitCode } from "./units.ts";

/** One thing that was done about an incident; people are handles. */
export interface Step {
  at: Date;
  kind: "reported" | "escalated" | "acknowledged" | "assigned" | "note" | "actions" | "closed";
  actor: string | null;
  about?: string;
  text?: string;
}

/** An incident with all that was ever done about it, and will be: the history is cut at the present. */
export interface Life {
  scenario: Scenario;
  telling: Telling;
  harm: Harm;
  unit: UnitCode;
  identity: IdentityChoice;
  reporter: string | null;
  happenedAt: Date;
  reportedAt: Date;
  steps: Step[];
}

export interface Beginning {
  scenario: Scenario;
  harm: Harm;
  unit: UnitCode;
  reportedAt: Date;
  /** Those who have left worked here then. */
  longAgo: boolean;
  /** Nobody takes notice of it, or nobody does more than that. */
  left?: "unacknowledged" | "acknowledged";
}

export const acknowledgeWithinHours = 4;
const minute = 60_000;
const day = 24 * 60 * minute;

const remarks = [
  "Spoke with the team on duty; what they remember agrees with the report.",
  "Record reviewed. The order, the times and the handoff note are consistent.",
  "Raised at the morning huddle; two colleagues have seen the same.",
  "Patient and family were told what happened and what comes next.",
  "Waiting for an answer from the vendor.",
];

/** Tells how an incident goes on after it was reported. */
export function liveOn(chance: Chance, { left, longAgo, ...beginning }: Beginning): Life {
  const { scenario, harm, unit, reportedAt } = beginning;
  const identity: IdentityChoice = chance.is(0.82) ? "named" : chance.is(0.55) ? "confidential" : "anonymous";
  const colleagues = staffOf(unit).filter((person) => longAgo || !person.left);
  const somebody = colleagues.length > 0 ? chance.pick(colleagues).handle : "gvolkov";
  const reporter = identity === "anonymous" ? null : somebody;
  const happenedAt = new Date(reportedAt.getTime() - chance.between(3, chance.is(0.8) ? 110 : 700) * minute);
  const steps: Step[] = [{ at: reportedAt, kind: "reported", actor: reporter }];
  const telling = chance.pick(scenario.tellings);
  const life: Life = { scenario, telling, harm, unit, identity, reporter, happenedAt, reportedAt, steps };

  const up = stepsUp(unit);
  const delay =
    left === "unacknowledged"
      ? Number.POSITIVE_INFINITY
      : chance.is(0.92)
        ? chance.between(6, 210)
        : chance.between(245, 590);
  const within = acknowledgeWithinHours * 60;
  for (let level = 1; level < up.length && level * within < delay; level += 1)
    for (const about of up[level] ?? [])
      steps.push({ at: after(reportedAt, level * within), kind: "escalated", actor: null, about });
  if (left === "unacknowledged") return life;

  const acknowledgedAt = after(reportedAt, delay);
  const told = up[Math.min(Math.floor(delay / within), up.length - 1)] ?? quality;
  const handler = chance.pick(told);
  steps.push({ at: acknowledgedAt, kind: "acknowledged", actor: handler });
  if (left === "acknowledged") return life;

  const owner = chance.is(0.75) ? handler : chance.is(0.6) ? "oduarte" : somebody;
  const assignedAt = after(acknowledgedAt, chance.is(0.6) ? chance.between(2, 90) : chance.between(300, 2600));
  steps.push({ at: assignedAt, kind: "assigned", actor: handler, about: owner });

  const closedAt = new Date(
    reportedAt.getTime() + chance.between(3, chance.is(0.8) ? 21 : 60) * day + chance.between(0, 500) * minute,
  );
  const notes = chance.between(0, 2);
  for (let count = 0; count < notes; count += 1) {
    const text = count === 0 && telling.note ? chance.fill(telling.note) : chance.pick(remarks);
    const author = reporter !== null && chance.is(0.2) ? reporter : owner;
    steps.push({ at: between(chance, assignedAt, closedAt), kind: "note", actor: author, text });
  }
  if (chance.is(0.3)) steps.push({ at: between(chance, assignedAt, closedAt), kind: "actions", actor: owner });
  // One in thirty stays open, as it does everywhere.
  if (chance.is(0.97)) {
    const closer = isManager(owner) || quality.includes(owner) ? owner : chance.pick(quality);
    steps.push({ at: closedAt, kind: "closed", actor: closer, text: chance.fill(telling.changed) });
  }
  steps.sort((one, other) => one.at.getTime() - other.at.getTime());
  return life;
}

const after = (moment: Date, minutes: number): Date => new Date(moment.getTime() + minutes * minute);

const between = (chance: Chance, from: Date, until: Date): Date =>
  new Date(from.getTime() + Math.floor((until.getTime() - from.getTime()) * (0.05 + 0.9 * chance.next())));
