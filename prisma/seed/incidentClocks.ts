import { dueOf } from "../../src/domain/clocks/compute.ts";
import { ruleOf } from "../../src/domain/clocks/presets.ts";
import { nextReminder } from "../../src/domain/clocks/reminding.ts";
import { type Implied, impliedBy, type Known } from "../../src/domain/incidents/implied.ts";
import { safetyCode } from "../../src/domain/incidents/safetyCode.ts";
import type { Prisma } from "../../src/store/store.ts";
import type { Cast } from "./cast.ts";
import type { Chance } from "./chance.ts";

type Incident = Prisma.IncidentCreateManyInput;

export interface ClockRows {
  clocks: Prisma.ClockCreateManyInput[];
  timeline: Prisma.TimelineEntryCreateManyInput[];
  audit: Prisma.AuditCreateManyInput[];
}

/** Of whom and when it is told, and how many clocks there are already. */
interface Scene {
  cast: Cast;
  now: Date;
  zone: string;
  before: number;
}

const hour = 3_600_000;
/** What is older was graded on paper. */
const gradedSince = 60 * 24 * hour;
const noHolidays: ReadonlySet<string> = new Set();
/** As organisations have it that have not changed it. */
const remindAt = "08:30";
/** Quality's reviewer. */
const reviewer = "pgrant";

/**
 * Grades what somebody has and that did harm, answers what a needlestick brings, and starts the clocks that the incidents of the
 * last weeks imply; those of incidents that are closed were met in time. The incidents are changed where they stand.
 */
export function incidentClocks(chance: Chance, incidents: readonly Incident[], scene: Scene): ClockRows {
  const rows: ClockRows = { clocks: [], timeline: [], audit: [] };
  const since = scene.now.getTime() - gradedSince;
  for (const incident of incidents.filter(({ reportedAt }) => new Date(reportedAt).getTime() >= since)) {
    if (incident.what.startsWith("Needle stick")) incident.answers = { hurt: "sharps", outcome: "treatment" };
    grade(chance, rows, incident, scene);
    for (const implied of impliedBy(knownOf(incident))) addClock(chance, rows, incident, implied, scene);
  }
  return rows;
}

const knownOf = (incident: Incident): Known => incident as unknown as Known;

/** An actual event is graded as it was: severe harm is taken for permanent here, moderate for a longer stay. */
function grade(chance: Chance, rows: ClockRows, incident: Incident, { cast, now }: Scene): void {
  const { id = "", harm, assigneeId, acknowledgedAt } = incident;
  if (!assigneeId || !acknowledgedAt || !["death", "severe", "moderate"].includes(harm)) return;
  const severity = harm === "death" ? "catastrophic" : harm === "severe" ? "major" : "moderate";
  const grade = { severity, probability: "uncommon", sac: safetyCode(severity, "uncommon") } as const;
  const at = new Date(
    Math.min(new Date(acknowledgedAt).getTime() + chance.between(1, 30) * hour, now.getTime() - hour),
  );
  const actorId = cast.person(reviewer);
  Object.assign(incident, grade, { gradedHarm: harm, gradedAt: at, gradedById: actorId });
  rows.timeline.push({
    ...entryOf(chance, incident, at, "graded"),
    actorId,
    text: "As the record and those on duty tell it.",
    details: { harm, ...grade },
  });
  rows.audit.push({
    ...{ id: chance.id(at), at, actorId, action: "incident.graded", subject: "incident", subjectId: id },
    details: { harm, sac: grade.sac },
  });
}

function addClock(chance: Chance, rows: ClockRows, incident: Incident, implied: Implied, scene: Scene): void {
  const { now, zone, before } = scene;
  const rule = ruleOf(implied.rule);
  const decidedAt = new Date((implied.from === "decided" ? incident.gradedAt : null) ?? incident.reportedAt);
  const startAt = implied.from === "happened" ? new Date(incident.happenedAt) : decidedAt;
  const startedAt = new Date(incident.gradedAt ?? incident.reportedAt);
  const { due } = dueOf(rule, startAt, { zone, holidays: noHolidays });
  // Somebody saw to it in time, as they mostly do, where the incident is closed or the day has passed.
  const metBy = incident.closedAt ? Math.min(new Date(incident.closedAt).getTime(), due.getTime()) : due.getTime();
  const endedAt = incident.closedAt || due < now ? new Date(Math.max(metBy - 2 * hour, startedAt.getTime())) : null;
  const endedById = endedAt && (incident.assigneeId ?? incident.acknowledgedById ?? null);
  const next = endedAt ? undefined : nextReminder(rule, { startAt, dueAt: due }, now, { zone, remindAt });
  rows.clocks.push({
    ...{
      id: chance.id(startedAt),
      number: before + rows.clocks.length + 1,
      rule: rule.id,
      incidentId: incident.id ?? "",
    },
    ...{ startAt, dueAt: due, amount: null, because: implied.because.join(" ") },
    ...{ state: endedAt ? "met" : "running", startedAt, startedById: null },
    ...{ remindAt: next ?? null, endedAt, endedById, reason: null },
  });
  const started = { rule: rule.id, because: implied.because.join(" ") };
  rows.timeline.push({ ...entryOf(chance, incident, startedAt, "clock-started"), details: started });
  if (endedAt)
    rows.timeline.push({
      ...entryOf(chance, incident, endedAt, "clock-met"),
      actorId: endedById,
      details: { rule: rule.id },
    });
}

/** All rows have the same columns. */
const entryOf = (chance: Chance, { id = "" }: Incident, at: Date, kind: string) => ({
  ...{ id: chance.id(at), incidentId: id, at, kind, actorId: null as string | null, text: null as string | null },
});
