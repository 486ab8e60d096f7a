import type { Place } from "../../chat/request.ts";
import { checkSeesMeasures } from "../kpis/sight.ts";
import { Refusal } from "../refusal.ts";
import { hasAccess, mayMeasure, maySeeMeasures } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";

/** What tells one digest of a unit from another: whom it comes to, or where. */
export const targetOf = (actor: Actor, place: Place | undefined): string =>
  place ? `${place.platform}/${place.tenant}/${place.conversation}` : actor.id;

/** What one sees oneself; in a place, what one manages. */
export const mayFollow = (actor: Actor, unitId: string, inPublic: boolean): boolean =>
  inPublic ? mayMeasure(actor, unitId) : maySeeMeasures(actor, unitId);

export function checkMayFollow(actor: Actor, unitId: string, inPublic: boolean): void {
  checkSeesMeasures(actor, unitId);
  if (!mayFollow(actor, unitId, inPublic))
    throw new Refusal(
      "A unit’s digest comes to a channel where its manager or quality asks for it. Ask them, or have it sent to you.",
      "unit",
    );
}

interface FollowRights {
  unitId: string;
  ownerId: string;
  place: unknown;
}

/** Send, stop and hand on: its owner; of a place's, whoever could have asked for it there, and admins. */
export const mayChange = (actor: Actor, { ownerId, unitId, place }: FollowRights): boolean =>
  ownerId === actor.id || (place !== null && (mayFollow(actor, unitId, true) || hasAccess(actor, "admin")));
