import { handedOnCard } from "../../cards/handedOn.ts";
import type { Teller } from "./telling.ts";

/** What somebody who left had open is the recipient's now. */
export const tellHandedOn: Teller = async ({ services, notice, recipient }) => {
  const { recordId: leaver, personId, dueAt } = notice;
  const handed = personId && (await services.leavers.handedOn(recipient.actor, leaver, personId, dueAt));
  return handed ? { card: handedOnCard(handed), evenInQuietHours: false } : undefined;
};
