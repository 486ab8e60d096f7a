import type { Place } from "../chat/request.ts";
import type { Change } from "../store/store.ts";

const incidentNotices = [
  "incident-filed",
  "incident-unacknowledged",
  "incident-acknowledged",
  "incident-assigned",
  "incident-closed",
  "incident-reopened",
] as const;
export type IncidentNotice = (typeof incidentNotices)[number];

const grievanceNotices = [
  "grievance-logged",
  "grievance-unacknowledged",
  "grievance-assigned",
  "grievance-resolved",
] as const;
export type GrievanceNotice = (typeof grievanceNotices)[number];

/** What somebody can be told; each kind has its teller in src/jobs/told, which makes the card at delivery. */
export const noticeKinds = [...incidentNotices, ...grievanceNotices, "cluster", "reminder"] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export interface NewNotice {
  kind: NoticeKind;
  /** The record that it is about; the card is made from it at delivery. */
  recordId: string;
  to: { personId: string } | { place: Place };
  dueAt: Date;
  /** Told apart by this: the same notice is written once, however often it is asked for. */
  key: string;
}

/** Writes notices in the transaction that gives the reason for them. */
export async function tell(change: Change, notices: readonly NewNotice[]): Promise<void> {
  if (notices.length === 0) return;
  await change.notice.createMany({
    skipDuplicates: true,
    data: notices.map(({ kind, recordId, to, dueAt, key }) => ({
      kind,
      recordId,
      dueAt,
      tryAt: dueAt,
      key,
      ...("personId" in to ? { personId: to.personId } : { place: { ...to.place } }),
    })),
  });
}
