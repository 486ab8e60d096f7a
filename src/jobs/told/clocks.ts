import { clockNoticeCard, clockOverCard } from "../../cards/clockNotices.ts";
import type { ClockNotice } from "../../domain/notices.ts";
import type { Over, Teller } from "./telling.ts";

export const clockTellers: Record<ClockNotice, Teller> = {
  "clock-started": telling("clock-started"),
  "clock-due-soon": telling("clock-due-soon"),
  "clock-overdue": telling("clock-overdue"),
};

/** Nothing of a clock that has ended or stands still; a law's hours do not wait for the morning. */
function telling(kind: ClockNotice): Teller {
  return async ({ services, notice, recipient, now }) => {
    const clock = await services.clocks.forNotice(recipient.actor, notice.recordId, now);
    if (clock?.state !== "running") return undefined;
    const isLawInHours = clock.rule.authority === "law" && clock.rule.unit === "hours";
    return { card: clockNoticeCard(kind, clock, now), evenInQuietHours: isLawInHours };
  };
}

/** How it ended, or that it stands still. */
export const clockOver: Over = async ({ services, recipient, notice, now }) => {
  const clock = await services.clocks.forNotice(recipient.actor, notice.recordId, now);
  return clock && clockOverCard(clock);
};
