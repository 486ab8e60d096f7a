import { grievanceNoticeCard, grievanceOverCard, unhandledGrievanceCard } from "../../cards/grievanceNotices.ts";
import type { GrievanceDetails } from "../../domain/grievances/read.ts";
import type { GrievanceNotice } from "../../domain/notices.ts";
import { Refusal } from "../../domain/refusal.ts";
import type { Over, Teller, Telling } from "./telling.ts";

export const grievanceTellers: Record<GrievanceNotice, Teller> = {
  "grievance-logged": coming("grievance-logged"),
  "grievance-unacknowledged": coming("grievance-unacknowledged"),
  "grievance-assigned": async (telling) => {
    const grievance = await shown(telling);
    if (!grievance || grievance.closedAt || !telling.recipient.actor.standsFor.includes(grievance.assignee?.id ?? ""))
      return undefined;
    return { card: grievanceNoticeCard("grievance-assigned", grievance), evenInQuietHours: false };
  },
  "grievance-resolved": async (telling) => {
    const grievance = await shown(telling);
    if (!grievance?.closedAt) return undefined;
    return { card: grievanceNoticeCard("grievance-resolved", grievance), evenInQuietHours: false };
  },
};

/** How it stands by now. */
export const grievanceOver: Over = async (telling) => {
  const grievance = await shown(telling);
  return grievance && grievanceOverCard(grievance);
};

/** Somebody is to see to it: the reasons to go on to the next person where this one cannot. */
export const isComingGrievance = (kind: string): boolean =>
  kind === "grievance-logged" || kind === "grievance-unacknowledged";

function coming(kind: "grievance-logged" | "grievance-unacknowledged"): Teller {
  return async (telling) => {
    const grievance = await shown(telling);
    if (grievance)
      return grievance.closedAt || grievance.acknowledgedAt
        ? undefined
        : { card: grievanceNoticeCard(kind, grievance), evenInQuietHours: false };
    const unhandled = await telling.services.grievances.unhandled(telling.recipient.actor, telling.notice.recordId);
    return unhandled && { card: unhandledGrievanceCard(unhandled), evenInQuietHours: false };
  };
}

/** The record as the recipient may see it; undefined where they may not. */
async function shown(telling: Telling): Promise<GrievanceDetails | undefined> {
  const { services, organisationId, notice, recipient, now } = telling;
  try {
    const number = await services.grievances.numberOf(organisationId, notice.recordId);
    return await services.grievances.show(recipient.actor, number, now);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
