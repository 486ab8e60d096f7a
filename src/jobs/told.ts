import { type NoticeKind, noticeKinds } from "../domain/notices.ts";
import { tellCluster } from "./told/clusters.ts";
import { grievanceTellers } from "./told/grievances.ts";
import { incidentTellers } from "./told/incidents.ts";
import { tellReminder } from "./told/reminders.ts";
import type { Teller } from "./told/telling.ts";

const tellers: Record<NoticeKind, Teller> = {
  ...incidentTellers,
  ...grievanceTellers,
  cluster: tellCluster,
  reminder: tellReminder,
};

/** The card of a notice as its recipient may see it now; undefined where there is nothing left to tell. */
export const told: Teller = async (telling) => {
  const kind = noticeKinds.find((known) => known === telling.notice.kind);
  if (!kind) throw new Error(`A notice of the unknown kind ${telling.notice.kind}.`);
  return tellers[kind](telling);
};
