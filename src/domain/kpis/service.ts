import type { Bound, DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { dayAt, toColumn } from "../days.ts";
import { Refusal } from "../refusal.ts";
import { mayMeasure, measuredUnits } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import { unitAndBelow } from "../staff/below.ts";
import { changing, type Subject } from "./change.ts";
import type { Metric } from "./metric.ts";
import { adding, metricOf } from "./own.ts";
import { type ReadChoice, readings, urgency } from "./read.ts";
import type { Reading } from "./reading.ts";
import { checkSeesMeasures } from "./sight.ts";

type Origin = "imported" | "recorded" | "computed";

export interface KpiDetails extends Reading {
  /** Where the last figure comes from, and as of when; null where there is none. */
  origin: { source: Origin; asOf: Date } | null;
  mayMeasure: boolean;
  /** `YYYY-MM-DD`, where this person is. */
  today: string;
}

export interface KpiPage {
  rows: Reading[];
  /** Of all that were chosen, those that are more than ordinary variation. */
  special: number;
  /** Of all, those without a current figure that may be shown. */
  missing: number;
  total: number;
  /** Units of this person with others below, which can be read together; the tops alone. Of a list without a unit. */
  tops: { code: string; name: string }[];
}

export interface KpiComparison {
  metric: Metric;
  whole: Reading | undefined;
  rows: Reading[];
}

/** As many periods as any measure has. */
const everPeriods = 10_000;

/** A list shows so many at once. */
export const pageSize = 8;

export function kpiService(store: DomainStore) {
  const changes = changing(store);
  return {
    ...adding(store),
    ...changes,

    /** Limits come from the figures of these days, and hold for what comes after. Throws where they are fewer than two. */
    async freeze(
      act: Act,
      subject: Subject,
      { from, until, reason }: { from: string; until: string; reason: string },
    ): Promise<void> {
      if (until < from) throw new Refusal("The baseline ends before it begins.", "until");
      if (mayMeasure(act.actor, subject.unitId)) {
        const choice = { metrics: [subject.metric], unitIds: [subject.unitId], periods: everPeriods };
        const [reading] = await readings(store.of(act.actor.organisationId), act.actor, choice, act.now);
        const inside = reading?.points.filter(({ startOn }) => startOn >= from && startOn <= until).length ?? 0;
        if (inside < 2)
          throw new Refusal(
            `There ${inside === 1 ? "is 1 figure" : "are no figures"} in those days. Limits need two at the least, and twelve to be relied on.`,
            "until",
          );
      }
      await changes.mark(act, subject, { kind: "freeze", onDay: from, untilDay: until, text: reason });
    },

    /** The readings of many measures, for lists and digests: a constant number of queries. */
    readings: (actor: Actor, choice: ReadChoice, now: Date): Promise<Reading[]> =>
      readings(store.of(actor.organisationId), actor, choice, now),

    /** A page of what this person sees, from 1 on; what needs to be looked at comes first. */
    async list(actor: Actor, choice: { unitId?: string; metric?: string; page: number }, now: Date): Promise<KpiPage> {
      const { unitId, metric, page } = choice;
      if (unitId !== undefined) checkSeesMeasures(actor, unitId);
      const all = await readings(
        store.of(actor.organisationId),
        actor,
        {
          ...(unitId !== undefined && { unitIds: [unitId] }),
          ...(metric !== undefined && { metrics: [metric] }),
          evenByUnit: true,
        },
        now,
      );
      const ordered = all.sort((one, other) => urgency(one) - urgency(other));
      const from = (page - 1) * pageSize;
      return {
        rows: ordered.slice(from, from + pageSize),
        special: all.filter(({ special }) => special).length,
        missing: all.filter(({ standing }) => standing !== "current" && standing !== "by-unit").length,
        total: all.length,
        tops: unitId === undefined && metric === undefined ? await topsOf(store.of(actor.organisationId), actor) : [],
      };
    },

    /**
     * One measure of a unit; without a unit, that of the only one that this person sees it in. Undefined where there are
     * several. Throws a refusal where there is none.
     */
    async show(actor: Actor, code: string, unitId: string | undefined, now: Date): Promise<KpiDetails | undefined> {
      if (unitId !== undefined) return this.showOf(actor, { metric: code, unitId }, now);
      const bound = store.of(actor.organisationId);
      const [reading, ...more] = await readings(bound, actor, { metrics: [code] }, now);
      if (!reading) throw notUsed((await metricOf(bound, code)).name, code, "in any unit that you see");
      return more.length > 0 ? undefined : details(bound, actor, reading, now);
    },

    /**
     * One measure in the units of this person, or in a unit and those below it, the furthest from the right side first;
     * `whole` is what they are together, where a unit was named.
     */
    async compare(actor: Actor, code: string, unitId: string | undefined, now: Date): Promise<KpiComparison> {
      if (unitId !== undefined) checkSeesMeasures(actor, unitId);
      const bound = store.of(actor.organisationId);
      const unitIds = unitId === undefined ? undefined : await unitAndBelow(bound, unitId);
      const found = await readings(bound, actor, { metrics: [code], unitIds, evenByUnit: true }, now);
      const metric = await metricOf(bound, code);
      const rows = found.filter(({ below }) => below === undefined).sort(furthestFirst(metric.direction));
      return { metric, whole: found.find(({ unit, below }) => below && unit.id === unitId), rows };
    },

    async showOf(actor: Actor, { metric: code, unitId }: Subject, now: Date): Promise<KpiDetails> {
      checkSeesMeasures(actor, unitId);
      const bound = store.of(actor.organisationId);
      const [reading] = await readings(bound, actor, { metrics: [code], unitIds: [unitId], evenByUnit: true }, now);
      if (!reading) throw notUsed((await metricOf(bound, code)).name, code, "there");
      return details(bound, actor, reading, now);
    },
  };
}

/** Tops that are offered at once. */
const topsAtMost = 3;

function topsOf(bound: Bound, actor: Actor): Promise<{ code: string; name: string }[]> {
  const managed = [...actor.managedUnitIds];
  return bound.unit.findMany({
    where: {
      below: { some: {} },
      ...(measuredUnits(actor)
        ? { id: { in: managed }, OR: [{ parentId: null }, { parentId: { notIn: managed } }] }
        : { parentId: null }),
    },
    select: { code: true, name: true },
    orderBy: { name: "asc" },
    take: topsAtMost,
  });
}

const furthestFirst = (direction: Metric["direction"]) => (one: Reading, other: Reading) => {
  if (!one.latest || !other.latest) return Number(!one.latest) - Number(!other.latest);
  const rises = one.latest.value - other.latest.value;
  return direction === "increase" ? rises : -rises;
};

const notUsed = (name: string, code: string, where: string): Refusal =>
  new Refusal(
    `“${name}” is not switched on ${where}. A manager or quality records a figure of it, or switches it on with “kpi use ${code}”.`,
    "metric",
  );

async function details(bound: Bound, actor: Actor, reading: Reading, now: Date): Promise<KpiDetails> {
  const { unit, metric, lastOn } = reading;
  const last =
    lastOn === null
      ? null
      : await bound.kpiValue.findFirst({
          where: { unitId: unit.id, metric: metric.code, startOn: toColumn(lastOn) },
          select: { source: true, asOf: true },
        });
  const origin = last && { source: last.source as Origin, asOf: last.asOf };
  return { ...reading, origin, mayMeasure: mayMeasure(actor, unit.id), today: dayAt(now, actor.zone) };
}
