import type { DomainStore } from "../../store/store.ts";
import type { Actor } from "../staff/actor.ts";
import { closing } from "./close.ts";
import { handling } from "./handle.ts";
import { noting } from "./note.ts";
import {
  type IncidentDetails,
  type IncidentFilter,
  type IncidentPage,
  incidentCard,
  listIncidents,
  type UnhandledIncident,
  unhandledIncident,
} from "./read.ts";
import { reporting } from "./report.ts";
import { type IncidentWaiting, incidentsWaiting } from "./waiting.ts";

export function incidentService(store: DomainStore) {
  return {
    ...reporting(store),
    ...handling(store),
    ...noting(store),
    ...closing(store),

    /** The page of incidents that this person may see, newest first. */
    list: (actor: Actor, filter: IncidentFilter): Promise<IncidentPage> =>
      listIncidents(store.of(actor.organisationId), actor, filter),

    /** An incident with its timeline, as this person may see it; throws a refusal where they may not. */
    show: (actor: Actor, number: number): Promise<IncidentDetails> =>
      incidentCard(store.of(actor.organisationId), actor, number),

    /** What waits for this person, to be acknowledged or seen to. */
    waiting: (actor: Actor, _now: Date, atMost: number): Promise<IncidentWaiting[]> =>
      incidentsWaiting(store.of(actor.organisationId), actor, atMost),

    /** What an admin may know of an incident that nobody sees to. */
    unhandled: (actor: Actor, id: string): Promise<UnhandledIncident | undefined> =>
      unhandledIncident(store.of(actor.organisationId), actor, id),

    /** The number of the incident behind a notice. */
    async numberOf(organisationId: string, id: string): Promise<number> {
      return (await store.of(organisationId).incident.findFirstOrThrow({ where: { id }, select: { number: true } }))
        .number;
    },
  };
}
