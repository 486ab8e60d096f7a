import { coverAskedCard } from "../../cards/leave.ts";
import type { Teller } from "./telling.ts";

/** The cover is told before and while they are it. */
export const tellCover: Teller = async ({ services, organisationId, notice, now }) => {
  const leave = await services.leave.forNotice(organisationId, notice.recordId, now);
  return leave && { card: coverAskedCard(leave), evenInQuietHours: false };
};
