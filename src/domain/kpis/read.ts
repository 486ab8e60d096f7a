import type { Bound, KpiRollUpRow, KpiSeriesRow } from "../../store/store.ts";
import { dayAt } from "../days.ts";
import { mayMeasure, measuredUnits } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import { addedBy, type Metric } from "./metric.ts";
import { metricsOf } from "./own.ts";
import { type Below, type Mark, type Reading, readSeries } from "./reading.ts";

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
  const seen = measuredUnits(actor);
  const unitIds = choice.unitIds && seen ? choice.unitIds.filter((id) => seen.includes(id)) : (choice.unitIds ?? seen);
  const [{ zone, smallCells }, metrics] = await Promise.all([store.organisation(), metricsOf(store)]);
  const today = dayAt(now, zone);
  const periods = choice.periods ?? usualPeriods;
  const asked = { metrics: choice.metrics, today, periods, atMost: seriesAtMost };
  const [own, added] = await Promise.all([
    store.kpiSeries({ ...asked, unitIds }),
    rolledUp(store, actor, choice, metrics, { ...asked, smallCells }),
  ]);
  const byCode = new Map(metrics.map((metric) => [metric.code, metric]));
  const read = (row: KpiSeriesRow, below?: Below) => {
    const metric = byCode.get(row.metric);
    if (!metric) return [];
    const suppressBelow = choice.inPublic ? smallCells : hiddenBelow(actor, row, metric, smallCells);
    return [readSeries({ ...seriesOf(row, metric), ...(below && { below }) }, { today, suppressBelow, periods })];
  };
  const sums = added.flatMap((row) => read(...summed(row)));
  const replaced = new Set(sums.map(({ unit, metric }) => `${unit.id} ${metric.code}`));
  return [
    ...sums.filter(({ standing }) => choice.evenByUnit || standing !== "by-unit"),
    ...own.flatMap((row) => (replaced.has(`${row.unitId} ${row.metric}`) ? [] : read(row))),
  ].sort((one, other) => inOrder(one.unit.name, other.unit.name) || inOrder(one.metric.code, other.metric.code));
}

const inOrder = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** What stands below the units that this person manages, added up by the rule of each metric. */
async function rolledUp(
  store: Bound,
  actor: Actor,
  { unitIds = [], inPublic }: ReadChoice,
  metrics: readonly Metric[],
  asked: { metrics: readonly string[] | undefined; today: string; periods: number; atMost: number; smallCells: number },
): Promise<KpiRollUpRow[]> {
  const managed = unitIds.filter((id) => mayMeasure(actor, id));
  if (managed.length === 0) return [];
  const { smallCells, ...rest } = asked;
  const codes = (which: (metric: Metric) => boolean) => metrics.filter(which).map(({ code }) => code);
  return store.kpiRollUp({
    ...rest,
    unitIds: managed,
    ratios: codes((metric) => addedBy(metric) === "ratio" || addedBy(metric) === "numerators"),
    counts: codes((metric) => addedBy(metric) === "figures"),
    sameDenominator: codes((metric) => addedBy(metric) === "numerators"),
    few: {
      below: smallCells,
      metrics: codes(
        ({ people, flaggedBelow }) => people === true && (inPublic === true || flaggedBelow !== undefined),
      ),
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
