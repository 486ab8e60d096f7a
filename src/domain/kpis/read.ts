import type { Bound, KpiRollUpRow, KpiSeriesRow } from "../../store/store.ts";
import { dayAt } from "../days.ts";
import { mayMeasure, measuredUnits } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import { addedBy, type Metric } from "./metric.ts";
import { metricsOf } from "./own.ts";
import { type Below, type Reading, readSeries } from "./reading.ts";
import type { Mark } from "./segments.ts";

/** Periods that a reading goes back, the same for limits, words and picture; limits of a baseline go back to that. */
const usualPeriods = 36;
/** Series that are read at once; whoever has more names a unit. */
const seriesAtMost = 2_000;

export interface ReadChoice {
  /** Undefined for all that this person sees. */
  unitIds?: readonly string[] | undefined;
  /** Codes; undefined for all that are switched on. */
  metrics?: readonly string[] | undefined;
  /** As others may see them as well, with what is of few people left out. */
  inPublic?: boolean | undefined;
  /** How far to go back, where not as usual. */
  periods?: number | undefined;
  /** Also what the units below have and what cannot be added up, to say so. */
  evenByUnit?: boolean | undefined;
}

/**
 * The readings of what is switched on, as this person may see them, by unit and name: four queries, however many there
 * are. Of a unit that is named and that they manage, the units below are added up where it keeps no figures of its own.
 */
export async function readings(store: Bound, actor: Actor, choice: ReadChoice, now: Date): Promise<Reading[]> {
  const [read = []] = await readingsOf(store, [{ actor, choice }], now);
  return read;
}

interface Reader {
  actor: Actor;
  choice: ReadChoice;
}

/** The same for many people, by no more queries; what several see alike is read once, and is theirs together. */
export async function readingsOf(store: Bound, readers: readonly Reader[], now: Date): Promise<Reading[][]> {
  const [{ zone, smallCells }, metrics] = await Promise.all([store.organisation(), metricsOf(store)]);
  const today = dayAt(now, zone);
  const periods = Math.max(...readers.map(({ choice }) => choice.periods ?? usualPeriods));
  const asked = { metrics: inAny(readers.map(({ choice }) => choice.metrics)), today, periods };
  const scopes = readers.map(scopeOf);
  const [own, added] = await Promise.all([
    store.kpiSeries({ ...asked, unitIds: inAny(scopes), atMost: seriesAtMost * readers.length }),
    Promise.all([false, true].map((inPublic) => rolledUp(store, readers, inPublic, metrics, { ...asked, smallCells }))),
  ]);
  const byCode = new Map(metrics.map((metric) => [metric.code, metric]));
  const ownOf = Map.groupBy(own, ({ unitId }) => unitId);
  const addedOf = added.map((rows) => Map.groupBy(rows, ({ unitId }) => unitId));
  const known = new Map<KpiSeriesRow | KpiRollUpRow, Map<number, Reading>>();
  const read = (row: KpiSeriesRow | KpiRollUpRow, { actor, choice }: Reader) => {
    const metric = byCode.get(row.metric);
    if (!metric || (choice.metrics && !choice.metrics.includes(row.metric))) return [];
    const suppressBelow = choice.inPublic ? smallCells : hiddenBelow(actor, row, metric, smallCells);
    const before = known.get(row)?.get(suppressBelow);
    const [series, below] = "missing" in row ? summed(row) : [row, undefined];
    const made =
      before ?? readSeries({ ...seriesOf(series, metric), ...(below && { below }) }, { today, suppressBelow, periods });
    known.set(row, (known.get(row) ?? new Map()).set(suppressBelow, made));
    return [made];
  };
  return readers.map((reader, at) => {
    const { actor, choice } = reader;
    const units = scopes[at] ?? [...ownOf.keys()];
    const summable = choice.unitIds ? units.filter((id) => mayMeasure(actor, id)) : [];
    const sums = summable.flatMap((id) =>
      (addedOf[choice.inPublic ? 1 : 0]?.get(id) ?? []).flatMap((row) => read(row, reader)),
    );
    const replaced = new Set(sums.map(({ unit, metric }) => `${unit.id} ${metric.code}`));
    return [
      ...sums.filter(({ standing }) => choice.evenByUnit || standing !== "by-unit"),
      ...units
        .flatMap((id) => ownOf.get(id) ?? [])
        .flatMap((row) => (replaced.has(`${row.unitId} ${row.metric}`) ? [] : read(row, reader))),
    ]
      .sort((one, other) => inOrder(one.unit.name, other.unit.name) || inOrder(one.metric.code, other.metric.code))
      .slice(0, seriesAtMost);
  });
}

/** The units that are asked for, of those that this person sees; undefined is all. */
function scopeOf({ actor, choice: { unitIds } }: Reader): readonly string[] | undefined {
  const seen = measuredUnits(actor);
  return unitIds && seen ? unitIds.filter((id) => seen.includes(id)) : (unitIds ?? seen);
}

/** What any of them asks for; undefined, which is all, where one asks for all. */
const inAny = (lists: readonly (readonly string[] | undefined)[]): string[] | undefined =>
  lists.every((list) => list !== undefined) ? [...new Set(lists.flat())] : undefined;

const inOrder = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** What stands below the units that any of these people asks for and manages, added up by the rule of each metric. */
async function rolledUp(
  store: Bound,
  readers: readonly Reader[],
  inPublic: boolean,
  metrics: readonly Metric[],
  asked: { metrics: readonly string[] | undefined; today: string; periods: number; smallCells: number },
): Promise<KpiRollUpRow[]> {
  const managed = readers.flatMap(({ actor, choice }) =>
    (choice.inPublic ?? false) === inPublic ? (choice.unitIds ?? []).filter((id) => mayMeasure(actor, id)) : [],
  );
  if (managed.length === 0) return [];
  const { smallCells, ...rest } = asked;
  const codes = (which: (metric: Metric) => boolean) => metrics.filter(which).map(({ code }) => code);
  return store.kpiRollUp({
    ...rest,
    atMost: seriesAtMost * readers.length,
    unitIds: [...new Set(managed)],
    ratios: codes((metric) => addedBy(metric) === "ratio" || addedBy(metric) === "numerators"),
    counts: codes((metric) => addedBy(metric) === "figures"),
    sameDenominator: codes((metric) => addedBy(metric) === "numerators"),
    few: {
      below: smallCells,
      metrics: codes(({ people, flaggedBelow }) => people === true && (inPublic || flaggedBelow !== undefined)),
    },
  });
}

/** A count where a unit's figure is still missing would look like fewer: that period is left out. */
function summed({ units, through, measured, missing, ...row }: KpiRollUpRow): [KpiSeriesRow, Below] {
  const points = row.points.flatMap(([start, above, under, figure, complete]) =>
    complete ? [[start, above, under, figure] as const] : [],
  );
  return [
    { ...row, points: points.map((point) => [...point]) },
    { units, through, measured, missing },
  ];
}

/** Answers of patients are hidden from everybody where they are few; other shares from those who do not see the records behind. */
export const hiddenBelow = (
  actor: Actor,
  { unitId }: Pick<KpiSeriesRow, "unitId">,
  metric: Metric,
  smallCells: number,
): number => (metric.flaggedBelow === undefined && mayMeasure(actor, unitId) ? 0 : smallCells);

const seriesOf = (row: KpiSeriesRow, metric: Metric) => ({
  unit: { id: row.unitId, code: row.unitCode, name: row.unitName },
  metric,
  points: row.points.map(([startOn, numerator, denominator, value]) => ({ startOn, numerator, denominator, value })),
  target: row.target,
  marks: row.marks as Mark[],
});

/** What needs to be looked at first: concern, then what is missing, then other special causes, then the rest. */
export const urgency = ({ special, variation, standing }: Reading): number => {
  if (special) return variation === "improvement" ? 2 : 0;
  return standing === "stale" ? 1 : 3;
};
