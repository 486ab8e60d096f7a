import { Refusal } from "../refusal.ts";
import { maySeeMeasures } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";

/** Throws where this person does not see the measures of a unit. */
export function checkSeesMeasures(actor: Actor, unitId: string): void {
  if (!maySeeMeasures(actor, unitId))
    throw new Refusal(
      "You see the measures of the units where you work or that you manage. Ask that unit’s manager.",
      "unit",
    );
}
