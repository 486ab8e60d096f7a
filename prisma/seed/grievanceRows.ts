import { dueOf } from "../../src/domain/clocks/compute.ts";
import { type ClockId, ruleOf } from "../../src/domain/clocks/presets.ts";
import { nextReminder } from "../../src/domain/clocks/reminding.ts";
import { withAmount } from "../../src/domain/clocks/rules.ts";
import { dayAt, dayPlus, startOfDay, toColumn } from "../../src/domain/days.ts";
import { decide } from "../../src/domain/grievances/decide.ts";
import { isWriting } from "../../src/domain/grievances/rules.ts";
import type { Prisma } from "../../src/store/store.ts";
import { type Cast, stepsUp } from "./cast.ts";
import type { Chance } from "./chance.ts";
import { type GrievanceStep, grievances, type SeedGrievance } from "./grievances.ts";
import { acknowledgeWithinHours } from "./lives.ts";

export interface GrievanceRows {
  grievances: Prisma.GrievanceCreateManyInput[];
  clocks: Prisma.ClockCreateManyInput[];
  timeline: Prisma.TimelineEntryCreateManyInput[];
  audit: Prisma.AuditCreateManyInput[];
}

/** Of whom, when and where it is told. */
interface Scene {
  cast: Cast;
  now: Date;
  zone: string;
}

const hour = 3_600_000;
const noHolidays: ReadonlySet<string> = new Set();
/** As organisations have it that have not changed it. */
const remindAt = "08:30";

/** Complaints and grievances as they stand, with the clocks that ran and run on them. */
export function grievanceRows(chance: Chance, cast: Cast, now: Date, zone: string): GrievanceRows {
  const rows: GrievanceRows = { grievances: [], clocks: [], timeline: [], audit: [] };
  const scene = { cast, now, zone };
  grievances.forEach((grievance, index) => {
    const loggedAt = hoursBefore(now, grievance.hoursAgo);
    const id = chance.id(loggedAt);
    const sort = addGrievance(rows, { id, number: index + 1, grievance, loggedAt }, scene);
    const entry = (at: Date, kind: string, by: string, more: Partial<Prisma.TimelineEntryCreateManyInput> = {}) =>
      rows.timeline.push({ id: chance.id(at), grievanceId: id, at, kind, actorId: cast.person(by), ...more });
    const audited = (at: Date, action: string, by: string, details: Prisma.InputJsonObject = {}) =>
      rows.audit.push({
        id: chance.id(at),
        at,
        actorId: cast.person(by),
        action: `grievance.${action}`,
        subject: "grievance",
        subjectId: id,
        details,
      });
    entry(loggedAt, "logged", grievance.by);
    audited(loggedAt, "logged", grievance.by, sort);
    for (const step of grievance.steps) {
      const at = hoursBefore(now, step.hoursAgo);
      entry(at, step.kind, step.by, told(step, at, scene));
      const action = step.kind === "steps" || step.kind === "results" || step.kind === "note" ? "noted" : step.kind;
      audited(at, action, step.by, step.kind === "extended" ? { days: step.days } : {});
    }
    if (sort.sort === "grievance") addClocks(chance, rows, id, grievance, sort.because, scene);
  });
  return rows;
}

const hoursBefore = (now: Date, hours: number): Date => new Date(now.getTime() - hours * hour);

interface Numbered {
  id: string;
  number: number;
  grievance: SeedGrievance;
  loggedAt: Date;
}

function addGrievance(
  rows: GrievanceRows,
  { id, number, grievance, loggedAt }: Numbered,
  { cast, now, zone }: Scene,
): { sort: string; because: string } {
  const { channel, steps } = grievance;
  const facts = {
    harmOrAbuse: false,
    askedForResponse: false,
    billingOnly: false,
    fixedOnTheSpot: false,
    ...grievance.facts,
  };
  const { sort, because } = decide({ ...facts, inWriting: isWriting(channel) });
  const last = <Kind extends GrievanceStep["kind"]>(kind: Kind) =>
    steps.findLast((step): step is Extract<GrievanceStep, { kind: Kind }> => step.kind === kind);
  const [acknowledged, assigned, extended, overruled] = [
    last("acknowledged"),
    last("assigned"),
    last("extended"),
    last("overruled"),
  ];
  const [resolved, closed] = [last("resolved"), last("closed")];
  const ended = resolved ?? closed;
  const endedAt = ended ? hoursBefore(now, ended.hoursAgo) : null;
  rows.grievances.push({
    ...facts,
    id,
    number,
    sort: overruled?.sort ?? sort,
    because,
    overruled: overruled?.text ?? null,
    what: grievance.what,
    unitId: cast.unit(grievance.unit),
    channel,
    receivedOn: toColumn(dayAt(loggedAt, zone)),
    loggedAt,
    loggedById: cast.person(grievance.by),
    status: ended
      ? "resolved"
      : extended
        ? "extended"
        : assigned
          ? "investigating"
          : acknowledged
            ? "acknowledged"
            : "new",
    assigneeId: assigned ? cast.person(assigned.about) : null,
    acknowledgedAt: acknowledged ? hoursBefore(now, acknowledged.hoursAgo) : null,
    acknowledgedById: acknowledged ? cast.person(acknowledged.by) : null,
    escalateAt:
      acknowledged || stepsUp(grievance.unit).length < 2
        ? null
        : new Date(loggedAt.getTime() + acknowledgeWithinHours * hour),
    extendedDays: extended?.days ?? null,
    promisedOn: extended ? toColumn(promised(hoursBefore(now, extended.hoursAgo), extended.days, zone)) : null,
    contact: resolved?.contact ?? null,
    steps: resolved?.steps ?? null,
    results: resolved?.results ?? null,
    completedOn: resolved && endedAt ? toColumn(dayAt(endedAt, zone)) : null,
    closedAt: endedAt,
    changed: closed?.text ?? null,
  });
  return { sort, because };
}

/** What the timeline holds of a step beside who and when. */
function told(step: GrievanceStep, at: Date, { cast, zone }: Scene): Partial<Prisma.TimelineEntryCreateManyInput> {
  switch (step.kind) {
    case "acknowledged":
    case "resolved":
      return {};
    case "assigned":
      return { aboutId: cast.person(step.about) };
    case "extended":
      return { text: step.text, details: { days: step.days, until: promised(at, step.days, zone) } };
    case "overruled":
      return { text: step.text, details: { sort: step.sort } };
    default:
      return { text: step.text };
  }
}

const promised = (from: Date, days: number, zone: string): string => dayPlus(dayAt(from, zone), days);

/** The 7 days from receipt, and those of an extension; ended by what was done next. */
function addClocks(
  chance: Chance,
  rows: GrievanceRows,
  grievanceId: string,
  grievance: SeedGrievance,
  because: string,
  { cast, now, zone }: Scene,
): void {
  const add = (
    rule: ClockId,
    from: Date,
    begun: GrievanceStep | SeedGrievance,
    amount: number | undefined,
    end: GrievanceStep | undefined,
  ) => {
    const startedAt = hoursBefore(now, begun.hoursAgo);
    const preset = ruleOf(rule);
    const given = amount === undefined ? preset : withAmount(preset, amount);
    const { due } = dueOf(given, from, { zone, holidays: noHolidays });
    const next = end ? undefined : nextReminder(given, { startAt: from, dueAt: due }, now, { zone, remindAt });
    rows.clocks.push({
      id: chance.id(startedAt),
      number: rows.clocks.length + 1,
      rule,
      grievanceId,
      startAt: from,
      dueAt: due,
      amount: amount ?? null,
      because: amount === undefined ? `grievance:${because}` : "extended",
      state: end === undefined ? "running" : end.kind === "overruled" ? "withdrawn" : "met",
      startedAt,
      startedById: cast.person(begun.by),
      remindAt: next ?? null,
      endedAt: end ? hoursBefore(now, end.hoursAgo) : null,
      endedById: end ? cast.person(end.by) : null,
      reason: end?.kind === "overruled" ? end.text : null,
    });
  };
  const { steps } = grievance;
  const extended = steps.find((step) => step.kind === "extended");
  const ended = steps.find((step) => step.kind === "resolved" || step.kind === "overruled");
  const received = startOfDay(dayAt(hoursBefore(now, grievance.hoursAgo), zone), zone);
  add("cms.grievance", received, grievance, undefined, extended ?? ended);
  if (extended) add("grievance.extended", hoursBefore(now, extended.hoursAgo), extended, extended.days, ended);
}
