import { type Block, type Card, facts, notice } from "../chat/card.ts";
import { text, words } from "../chat/text.ts";
import { needsStronger } from "../domain/actions/rules.ts";
import type { IncidentDetails } from "../domain/incidents/read.ts";
import { startedAt, startedClocks } from "./clock.ts";

/** The card after what may have started clocks: which, and why. */
export const withStarted = (card: Card, { clocks, may }: IncidentDetails, now: Date): Card => ({
  ...card,
  blocks: [...card.blocks, ...startedClocks(startedAt(clocks, now), may.withdrawClocks)],
});

/** "2 open, 1 done · strongest so far: intermediate". */
export function actionsOf({ actions: { open, done, strongest } }: IncidentDetails): Block[] {
  if (open + done === 0) return [];
  const counts = [...(open > 0 ? [`${open} open`] : []), ...(done > 0 ? [`${done} done`] : [])].join(", ");
  return [
    facts({ label: "Actions", value: text`${words(`${counts} · strongest so far: ${strongest ?? "not said"}`)}` }),
  ];
}

/**
 * RCA² (National Patient Safety Foundation, 2015) asks for one stronger or intermediate action at least where an event is
 * serious. Said to those who can see to it, once somebody has it.
 */
export function strongerAsked(incident: IncidentDetails): Block[] {
  const { strongest, open, done } = incident.actions;
  if (!needsStronger(incident, strongest) || !incident.may.assign || incident.acknowledgedAt === null) return [];
  const said =
    open + done === 0
      ? text`This event is serious and has no action yet. Add one that does not depend on people remembering: an engineering control, a simpler process, standard equipment.`
      : text`This event is serious and its actions are weak: training, warnings and rules depend on people remembering. Add a stronger one: an engineering control, a simpler process, standard equipment.`;
  return [notice("warning", said)];
}
