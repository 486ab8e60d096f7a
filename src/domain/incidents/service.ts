import type { DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import type { Actor } from "../staff/actor.ts";
import { logLook } from "./change.ts";
import { closing } from "./close.ts";
import { type ClusterDetails, clusterFor } from "./cluster.ts";
import { noteLooks } from "./confidence.ts";
import { correcting } from "./correct.ts";
import { detailing, type Given } from "./detail.ts";
import { type ExportedIncident, exportIncidents } from "./export.ts";
import type { Details } from "./followUp.ts";
import { type Frequency, frequencyOf } from "./frequency.ts";
import { grading } from "./grade.ts";
import { handling } from "./handle.ts";
import { type IncidentFilter, type IncidentPage, listIncidents } from "./list.ts";
import { merging } from "./merge.ts";
import { noting } from "./note.ts";
import { questioning } from "./questions.ts";
import { type IncidentDetails, incidentCard, type UnhandledIncident, unhandledIncident } from "./read.ts";
import { type ReportStatus, receipts } from "./receipts.ts";
import { reporting } from "./report.ts";
import { restricting } from "./restrict.ts";
import { reviewing } from "./review.ts";
import type { Category } from "./rules.ts";
import { summarising } from "./summary.ts";
import { type IncidentWaiting, incidentsWaiting } from "./waiting.ts";

/** What a spreadsheet of a chat holds. */
const exportedAtMost = 10_000;

export interface IncidentExport {
  rows: ExportedIncident[];
  /** There are more than these. */
  more: boolean;
  /** The facility's, for its times. */
  zone: string;
}

export function incidentService(store: DomainStore) {
  const { detail } = detailing(store);
  const byReceipts = receipts(store);
  return {
    ...reporting(store),
    ...handling(store),
    ...noting(store),
    ...grading(store),
    ...reviewing(store),
    ...correcting(store),
    detail,
    ...merging(store),
    ...restricting(store),
    ...closing(store),
    ...summarising(store),
    ...questioning(store),
    ...byReceipts,

    /** Answers to follow-up questions about an incident, by its number, or without a trace of who answers by its receipt. */
    answer: (
      act: Act,
      about: number | string,
      ...answered: [details: Details, given: Given, chosen?: Category]
    ): Promise<IncidentDetails | ReportStatus> =>
      typeof about === "number" ? detail(act, about, ...answered) : byReceipts.detailByReceipt(act, about, ...answered),

    /** The page of incidents that this person may see, newest first. */
    list: (actor: Actor, filter: IncidentFilter): Promise<IncidentPage> =>
      listIncidents(store.of(actor.organisationId), actor, filter),

    /** How often what happens, the largest first. */
    frequency: (actor: Actor, choice: Parameters<typeof frequencyOf>[2], now: Date): Promise<Frequency> =>
      frequencyOf(store.of(actor.organisationId), actor, choice, now),

    /** What the list has on all its pages, for a file. */
    async export({ actor, now }: Act, filter: Omit<IncidentFilter, "before">): Promise<IncidentExport> {
      const bound = store.of(actor.organisationId);
      const { zone } = await bound.organisation();
      const rows: ExportedIncident[] = [];
      for await (const batch of exportIncidents(bound, actor, filter, now)) {
        rows.push(...batch);
        if (rows.length > exportedAtMost) return { rows: rows.slice(0, exportedAtMost), more: true, zone };
      }
      return { rows, more: false, zone };
    },

    /** An incident with its timeline, as this person may see it; throws a refusal where they may not. */
    show: (actor: Actor, number: number): Promise<IncidentDetails> =>
      incidentCard(store.of(actor.organisationId), actor, number),

    /** What waits for this person, to be acknowledged or seen to. */
    waiting: (actor: Actor, _now: Date, atMost: number): Promise<IncidentWaiting[]> =>
      incidentsWaiting(store.of(actor.organisationId), actor, atMost),

    /**
     * The same for somebody who looks at it now: whoever looks at a restricted incident, or at
     * who filed a confidential one, is kept.
     */
    async look(act: Act, number: number): Promise<IncidentDetails> {
      const bound = store.of(act.actor.organisationId);
      const incident = await incidentCard(bound, act.actor, number, { now: act.now });
      const restricted = incident.needsToKnow !== undefined;
      if (restricted) await bound.change((change) => logLook(change, act, { id: incident.id, restricted }));
      await noteLooks(bound, act.actor, [incident], act.now);
      return incident;
    },

    /** What an admin may know of an incident that nobody sees to. */
    unhandled: (actor: Actor, id: string): Promise<UnhandledIncident | undefined> =>
      unhandledIncident(store.of(actor.organisationId), actor, id),

    /** Similar incidents that came together, as this person may see them. */
    cluster: (actor: Actor, id: string): Promise<ClusterDetails | undefined> =>
      clusterFor(store.of(actor.organisationId), actor, id),

    /** The number of the incident behind a notice. */
    async numberOf(organisationId: string, id: string): Promise<number> {
      return (await store.of(organisationId).incident.findFirstOrThrow({ where: { id }, select: { number: true } }))
        .number;
    },
  };
}
