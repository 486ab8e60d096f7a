import { actionNoticeCard, actionOverCard } from "../../cards/actionNotices.ts";
import { youSaidCard } from "../../cards/youSaid.ts";
import type { ActionDetails } from "../../domain/actions/read.ts";
import type { ActionNotice } from "../../domain/notices.ts";
import type { Over, Teller, Telling } from "./telling.ts";

export const actionTellers: Record<ActionNotice | "you-said", Teller> = {
  "action-given": teller(
    "action-given",
    (action, { recipient }) => action.state === "open" && recipient.actor.standsFor.includes(action.owner.id),
  ),
  "action-done": teller("action-done", (action) => action.state === "done"),
  "action-check-failed": teller("action-check-failed", (action) => action.state === "open"),
  "you-said": async ({ services, recipient, notice }) => {
    const heard = await services.actions.heard(recipient.actor, notice.recordId, notice.dueAt);
    return heard && { card: youSaidCard(heard), evenInQuietHours: false };
  },
};

/** Tells of an action as long as it is still so, and as the recipient may see it. */
function teller(kind: ActionNotice, stands: (action: ActionDetails, telling: Telling) => boolean): Teller {
  return async (telling) => {
    const { services, recipient, notice, now } = telling;
    const action = await services.actions.forNotice(recipient.actor, notice.recordId, now);
    return action && stands(action, telling)
      ? { card: actionNoticeCard(kind, action), evenInQuietHours: false }
      : undefined;
  };
}

/** How it stands by now. */
export const actionOver: Over = async ({ services, recipient, notice, now }) => {
  const action = await services.actions.forNotice(recipient.actor, notice.recordId, now);
  return action && actionOverCard(action);
};
