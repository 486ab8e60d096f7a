import type { DomainStore } from "../../store/store.ts";
import type { Actor } from "../staff/actor.ts";
import { closing } from "./close.ts";
import { handling } from "./handle.ts";
import { letterFor } from "./letter.ts";
import { type GrievanceFilter, type GrievancePage, listGrievances } from "./list.ts";
import { logging } from "./log.ts";
import { overruling } from "./overrule.ts";
import { type GrievanceDetails, grievanceDetails, type UnhandledGrievance, unhandledGrievance } from "./read.ts";
import { resolving } from "./resolve.ts";
import type { Letter } from "./rules.ts";
import { type GrievanceWaiting, grievancesWaiting } from "./waiting.ts";

export function grievanceService(store: DomainStore) {
  return {
    ...logging(store),
    ...handling(store),
    ...resolving(store),
    ...closing(store),
    ...overruling(store),

    /** The page of those that this person may see, newest first. */
    list: (actor: Actor, filter: GrievanceFilter, now: Date): Promise<GrievancePage> =>
      listGrievances(store.of(actor.organisationId), actor, filter, now),

    /** One with its timeline, as this person may see it; throws a refusal where they may not. */
    show: (actor: Actor, number: number, now: Date): Promise<GrievanceDetails> =>
      grievanceDetails(store.of(actor.organisationId), actor, number, now),

    /** One with the letter to draft of it, the one that comes next where none is asked for. */
    async draft(actor: Actor, number: number, wanted: Letter | undefined, now: Date) {
      const grievance = await grievanceDetails(store.of(actor.organisationId), actor, number, now);
      return { grievance, which: letterFor(grievance, wanted) };
    },

    /** What waits for this person, at most so many of each sort. */
    waiting: (actor: Actor, _now: Date, atMost: number): Promise<GrievanceWaiting[]> =>
      grievancesWaiting(store.of(actor.organisationId), actor, atMost),

    /** What an admin may know of one that nobody sees to. */
    unhandled: (actor: Actor, id: string): Promise<UnhandledGrievance | undefined> =>
      unhandledGrievance(store.of(actor.organisationId), actor, id),

    /** The number of the one behind a notice. */
    async numberOf(organisationId: string, id: string): Promise<number> {
      return (await store.of(organisationId).grievance.findFirstOrThrow({ where: { id }, select: { number: true } }))
        .number;
    },
  };
}
