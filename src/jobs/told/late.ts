import type { Notice } from "./telling.ts";

/** A notice that is tried for the first time this long after it was promised says that it is late. */
const lateAfter = 5 * 60_000;

/** Rounds was down at the time that it was promised for; quiet hours and a platform that did not answer are no lateness of ours. */
export const isLate = (notice: Notice, now: Date): boolean =>
  notice.attempts === 0 &&
  notice.tryAt.getTime() === notice.dueAt.getTime() &&
  now.getTime() - notice.dueAt.getTime() > lateAfter;
