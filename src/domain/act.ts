import type { Actor } from "./staff/actor.ts";

/** Who does it, in which delivery, and when. */
export interface Act {
  actor: Actor;
  requestId: string;
  now: Date;
}
