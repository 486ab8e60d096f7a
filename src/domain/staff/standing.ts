import { dayAt } from "../days.ts";
import type { Actor } from "./actor.ts";

/** What the directory says of a person: what they are of themselves, and whose cover they are at which time. */
export interface Member {
  organisationId: string;
  /** The facility's zone, in whose days leave is counted. */
  organisationZone: string;
  person: Omit<Actor, "organisationId" | "standsFor">;
  covers: readonly { personId: string; from: string; until: string; managedUnitIds: readonly string[] }[];
}

/** The person as they may act at a moment: for themselves, and for those on leave whose cover they are that day. */
export function standingOf({ organisationId, organisationZone, person, covers }: Member, now: Date): Actor {
  // Nearly everybody covers nobody, and every request asks.
  if (covers.length === 0) return { ...person, organisationId, standsFor: [person.id] };
  const today = dayAt(now, organisationZone);
  const covered = covers.filter(({ from, until }) => from <= today && today <= until);
  return {
    ...person,
    organisationId,
    standsFor: [person.id, ...covered.map(({ personId }) => personId)],
    managedUnitIds: [...new Set([person.managedUnitIds, ...covered.map((one) => one.managedUnitIds)].flat())],
  };
}
