import { dayPlus } from "../days.ts";
import { periodAfter } from "../kpis/periods.ts";
import { urgency } from "../kpis/read.ts";
import type { Reading } from "../kpis/reading.ts";

/** What a digest is made of, as its reader may know it. */
export interface DigestParts {
  readings: readonly Reading[];
  /** Open actions about measures, the oldest first. */
  underway: readonly Underway[];
  /** Clocks that ran over or are about to, the first one due first. */
  clocks: readonly { reference: string; title: string; left: string }[];
  /** Overdue actions of the unit, the oldest first. */
  actions: readonly { reference: string; overdueDays: number }[];
  /** Lines of the last closed month that nobody has explained. */
  unexplained: { month: string; lines: readonly string[] } | undefined;
}

/** An open action about a measure of a unit. */
export interface Underway {
  metric: string;
  unitId: string;
  reference: string;
  dueOn: Date;
}

/** What a digest is of. */
export interface DigestScope {
  unitId: string;
  /** `YYYY-MM-DD`, where the facility is. */
  today: string;
}

/** One thing that a digest says, in the order of what matters first. */
export type DigestLine =
  | { type: "concern"; readings: readonly Reading[] }
  | { type: "clocks"; clocks: DigestParts["clocks"] }
  | { type: "actions"; actions: DigestParts["actions"] }
  | { type: "unexplained"; month: string; lines: readonly string[] }
  | { type: "improvement"; readings: readonly Reading[] }
  | { type: "missing"; readings: readonly Reading[] }
  /** `others`: more was said before this line. */
  | { type: "ordinary"; count: number; others: boolean }
  | { type: "also"; lines: readonly DigestLine[] };

export interface Digest {
  lines: DigestLine[];
  /** What needs to be looked at first comes first. */
  rows: Reading[];
  /** The measure that is drawn: the first of the special causes, or else the first one with enough figures. */
  drawn: Reading | undefined;
  underway: readonly Underway[];
  /** The last day that any of its figures are of, `YYYY-MM-DD`; null where there is none. */
  through: string | null;
  total: number;
  withoutData: number;
  /** Nothing but ordinary variation. */
  nothing: boolean;
}

const linesAtMost = 3;
const rowsAtMost = 8;

/**
 * Puts together what a phone's screen holds: three lines, eight measures and one picture. Of several units special causes
 * come first wherever they are, then what is of the unit itself.
 */
export function composeDigest(parts: DigestParts, { unitId, today }: DigestScope): Digest {
  const { readings, underway, clocks, actions, unexplained } = parts;
  const below = ({ unit }: Reading) => (unit.id === unitId ? 0 : 1);
  const ordered = [...readings].sort((one, other) => urgency(one) - urgency(other) || below(one) - below(other));
  const special = ordered.filter((one) => one.special);
  const concern = special.filter(({ variation }) => variation !== "improvement");
  const improvement = special.filter(({ variation }) => variation === "improvement");
  const missing = ordered.filter(({ standing }) => standing !== "current");
  const ordinary = ordered.filter((one) => one.standing === "current" && !one.special);
  const told: DigestLine[] = [
    ...(concern.length > 0 ? [{ type: "concern", readings: concern } as const] : []),
    ...(clocks.length > 0 ? [{ type: "clocks", clocks } as const] : []),
    ...(actions.length > 0 ? [{ type: "actions", actions } as const] : []),
    ...(unexplained ? [{ type: "unexplained", ...unexplained } as const] : []),
    ...(improvement.length > 0 ? [{ type: "improvement", readings: improvement } as const] : []),
    ...(missing.length > 0 ? [{ type: "missing", readings: missing } as const] : []),
  ];
  const rest: DigestLine[] =
    ordinary.length > 0 ? [{ type: "ordinary", count: ordinary.length, others: told.length > 0 }] : [];
  return {
    lines: threeOf([...told, ...rest]),
    rows: ordered.slice(0, rowsAtMost),
    drawn: special[0] ?? ordinary.find(({ points }) => points.length > 1),
    underway,
    through: throughOf(readings, today),
    total: readings.length,
    withoutData: missing.length,
    nothing: told.length === 0,
  };
}

/** Where there is more to say than three lines, the last one names the rest in brief. */
const threeOf = (lines: DigestLine[]): DigestLine[] =>
  lines.length <= linesAtMost
    ? lines
    : [...lines.slice(0, linesAtMost - 1), { type: "also", lines: lines.slice(linesAtMost - 1) }];

/** The end of the last period with a figure; of one that still runs, yesterday. */
function throughOf(readings: readonly Reading[], today: string): string | null {
  const ends = readings.flatMap(({ lastOn, metric }) =>
    lastOn === null ? [] : [dayPlus(periodAfter(lastOn, metric.period), -1)],
  );
  const last = ends.sort().at(-1);
  const yesterday = dayPlus(today, -1);
  return last === undefined || last < yesterday ? (last ?? null) : yesterday;
}
