import type { Place } from "../chat/request.ts";
import type { Change } from "../store/store.ts";

const incidentNotices = [
  "incident-filed",
  "incident-unacknowledged",
  "incident-acknowledged",
  "incident-assigned",
  "incident-graded",
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

/** The reporter is asked, and whoever handles it has the answer. */
const questionNotices = ["incident-asked", "incident-answered"] as const;
export type QuestionNotice = (typeof questionNotices)[number];

const actionNotices = ["action-given", "action-done", "action-check-failed"] as const;
export type ActionNotice = (typeof actionNotices)[number];
const clockNotices = ["clock-started", "clock-due-soon", "clock-overdue"] as const;
export type ClockNotice = (typeof clockNotices)[number];

const explanationNotices = ["explanation-given", "explanation-accepted", "explanation-returned"] as const;
export type ExplanationNotice = (typeof explanationNotices)[number];

/** What somebody can be told; each kind has its teller in src/jobs/told, which makes the card at delivery. */
export const noticeKinds = [
  ...incidentNotices,
  ...clockNotices,
  ...questionNotices,
  ...grievanceNotices,
  ...actionNotices,
  ...explanationNotices,
  "cluster",
  "you-said",
  "reminder",
  "digest",
  "digest-given",
  "digest-unreached",
  "digest-ended",
  "handed-on",
  "waiting",
  "cover-asked",
] as const;
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
  await change.writeNotices(notices.map(({ to, ...notice }) => ({ ...notice, ...to })));
}

/** Several changes within this time are drawn once, in milliseconds. */
const gatheredFor = 1_000;
/** Whoever made the change works with the card that answered it, so theirs is drawn again later. */
const ownCardStays = 10 * 60_000;

/**
 * Has the messages about a record drawn again, in the transaction that changes it: each under its recipient's rights of then.
 * A notice that is about to be sent counts too; its card may have been made before the change.
 * @param by who changed it
 * @param dueAt of a record that is told again and again, the one time that changed
 */
export async function redraw(
  change: Change,
  recordId: string | readonly string[],
  now: Date,
  { by, dueAt }: { by?: string; dueAt?: Date } = {},
): Promise<void> {
  const about = { recordId: { in: [recordId].flat() }, state: { in: ["sending", "sent"] }, ...(dueAt && { dueAt }) };
  await change.notice.updateMany({ where: about, data: { refreshAt: new Date(now.getTime() + gatheredFor) } });
  if (by !== undefined)
    await change.notice.updateMany({
      where: { ...about, toldId: by },
      data: { refreshAt: new Date(now.getTime() + ownCardStays) },
    });
}
