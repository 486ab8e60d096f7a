import { incidentNoticeCard, incidentOverCard, unhandledIncidentCard } from "../../cards/notices.ts";
import type { IncidentDetails } from "../../domain/incidents/read.ts";
import { harmOf, isUrgent } from "../../domain/incidents/rules.ts";
import type { IncidentNotice } from "../../domain/notices.ts";
import { Refusal } from "../../domain/refusal.ts";
import type { Over, Teller, Telling } from "./telling.ts";

export const incidentTellers: Record<IncidentNotice, Teller> = {
  "incident-filed": coming("incident-filed"),
  "incident-unacknowledged": coming("incident-unacknowledged"),
  "incident-acknowledged": async (telling) => {
    const incident = await shown(telling);
    if (!incident || incident.closedAt) return undefined;
    return { card: incidentNoticeCard("incident-acknowledged", incident), evenInQuietHours: false };
  },
  "incident-assigned": async (telling) => {
    const incident = await shown(telling);
    if (!incident || incident.closedAt || !telling.recipient.actor.standsFor.includes(incident.assignee?.id ?? ""))
      return undefined;
    return { card: incidentNoticeCard("incident-assigned", incident), evenInQuietHours: isUrgent(harmOf(incident)) };
  },
  "incident-graded": async (telling) => {
    const incident = await shown(telling);
    if (!incident || incident.closedAt || !isUrgent(harmOf(incident))) return undefined;
    return { card: incidentNoticeCard("incident-graded", incident), evenInQuietHours: true };
  },
  "incident-closed": async (telling) => {
    const incident = await shown(telling);
    if (!incident?.isOver) return undefined;
    return { card: incidentNoticeCard("incident-closed", incident), evenInQuietHours: false };
  },
  "incident-reopened": async (telling) => {
    const incident = await shown(telling);
    if (!incident || incident.closedAt) return undefined;
    return { card: incidentNoticeCard("incident-reopened", incident), evenInQuietHours: false };
  },
};

/** How it stands by now. */
export const incidentOver: Over = async (telling) => {
  const incident = await shown(telling);
  return incident && incidentOverCard(incident);
};

/** Somebody is to see to it: the reasons to go on to the next person where this one cannot. */
export const isComing = (kind: string): boolean => kind === "incident-filed" || kind === "incident-unacknowledged";

function coming(kind: "incident-filed" | "incident-unacknowledged"): Teller {
  return async (telling) => {
    const incident = await shown(telling);
    if (incident)
      return incident.closedAt || incident.acknowledgedAt
        ? undefined
        : { card: incidentNoticeCard(kind, incident), evenInQuietHours: isUrgent(harmOf(incident)) };
    const unhandled = await telling.services.incidents.unhandled(telling.recipient.actor, telling.notice.recordId);
    return unhandled && { card: unhandledIncidentCard(unhandled), evenInQuietHours: false };
  };
}

/** The incident as the recipient may see it; undefined where they may not. */
export async function shown({
  services,
  organisationId,
  notice,
  recipient,
}: Telling): Promise<IncidentDetails | undefined> {
  try {
    const number = await services.incidents.numberOf(organisationId, notice.recordId);
    return await services.incidents.show(recipient.actor, number);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
