import { overCard } from "../cards/notices.ts";
import type { Card } from "../chat/card.ts";
import { type NoticeKind, noticeKinds } from "../domain/notices.ts";
import { actionOver, actionTellers } from "./told/actions.ts";
import { clockOver, clockTellers } from "./told/clocks.ts";
import { tellCluster } from "./told/clusters.ts";
import { tellDigest, tellEnded, tellGiven, tellUnreached } from "./told/digests.ts";
import { explanationOver, explanationTellers } from "./told/explanations.ts";
import { grievanceOver, grievanceTellers } from "./told/grievances.ts";
import { tellHandedOn } from "./told/handedOn.ts";
import { incidentOver, incidentTellers } from "./told/incidents.ts";
import { tellCover } from "./told/leave.ts";
import { questionTellers } from "./told/questions.ts";
import { reminderOver, tellReminder } from "./told/reminders.ts";
import type { Over, Teller } from "./told/telling.ts";
import { tellWaiting, waitingOver } from "./told/waiting.ts";

const tellers: Record<NoticeKind, Teller> = {
  ...incidentTellers,
  ...clockTellers,
  ...grievanceTellers,
  ...questionTellers,
  ...actionTellers,
  ...explanationTellers,
  cluster: tellCluster,
  reminder: tellReminder,
  digest: tellDigest,
  "digest-given": tellGiven,
  "digest-unreached": tellUnreached,
  "digest-ended": tellEnded,
  "handed-on": tellHandedOn,
  waiting: tellWaiting,
  "cover-asked": tellCover,
};

/** What becomes of the message of a notice that has nothing left to tell, where its kind has more to say than that. */
const overs: Partial<Record<NoticeKind, Over>> = {
  "incident-filed": incidentOver,
  "incident-unacknowledged": incidentOver,
  "incident-acknowledged": incidentOver,
  "incident-assigned": incidentOver,
  "incident-closed": incidentOver,
  "incident-graded": incidentOver,
  "incident-reopened": incidentOver,
  "grievance-logged": grievanceOver,
  "grievance-unacknowledged": grievanceOver,
  "grievance-assigned": grievanceOver,
  "grievance-resolved": grievanceOver,
  "clock-started": clockOver,
  "clock-due-soon": clockOver,
  "clock-overdue": clockOver,
  "action-given": actionOver,
  "action-done": actionOver,
  "action-check-failed": actionOver,
  "explanation-given": explanationOver,
  "explanation-accepted": explanationOver,
  "explanation-returned": explanationOver,
  reminder: reminderOver,
  waiting: waitingOver,
};

/**
 * What is not for the cover of somebody on leave: reminders that were asked for are told as ever, and what follows from a
 * report, or from an action that was given, waits until they are back.
 */
const onLeave: Partial<Record<NoticeKind, "told" | "waits">> = {
  reminder: "told",
  waiting: "told",
  "cover-asked": "told",
  "digest-ended": "told",
  "incident-acknowledged": "waits",
  "incident-closed": "waits",
  "incident-asked": "waits",
  "grievance-resolved": "waits",
  "action-done": "waits",
  "action-check-failed": "waits",
  "explanation-accepted": "waits",
  "you-said": "waits",
};

/** They go on with what was told before. */
const later: readonly string[] = [
  "incident-unacknowledged",
  "incident-acknowledged",
  "incident-graded",
  "incident-closed",
  "incident-reopened",
  "clock-due-soon",
  "clock-overdue",
  "grievance-unacknowledged",
  "grievance-resolved",
  "action-done",
  "action-check-failed",
  "explanation-accepted",
  "explanation-returned",
] satisfies NoticeKind[];

/** What becomes of a notice for somebody who is on leave. */
export const whileOnLeave = (kind: string): "cover" | "told" | "waits" => {
  const known = noticeKinds.find((one) => one === kind);
  return (known && onLeave[known]) ?? "cover";
};

export const answersInThread = (kind: string): boolean => later.includes(kind);

/** The card of a notice as its recipient may see it now; undefined where there is nothing left to tell. */
export const told: Teller = async (telling) => {
  const kind = noticeKinds.find((known) => known === telling.notice.kind);
  if (!kind) throw new Error(`A notice of the unknown kind ${telling.notice.kind}.`);
  return tellers[kind](telling);
};

/** What the message says once there is nothing left to tell, or the recipient may not see it any more. */
export async function over(telling: Parameters<Over>[0]): Promise<Card> {
  const kind = noticeKinds.find((known) => known === telling.notice.kind);
  return (kind && (await overs[kind]?.(telling))) ?? overCard;
}
