import type { Bound, KpiSeriesRow } from "../../store/store.ts";
import { dayAt } from "../days.ts";
import { mayMeasure, measuredUnits } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import type { Metric } from "./metric.ts";
import { metricsOf } from "./own.ts";
import { type Mark, type Reading, readSeries } from "./reading.ts";

/** Periods that a reading goes back, the same for limits, words and picture. */
const periods = 36;
/** Series that are read at once; whoever has more names a unit. */
const seriesAtMost = 2_000;

export interface ReadChoice {
  /** Undefined for all that this person sees. */
  unitIds?: readonly string[] | undefined;
  /** Codes; undefined for all that are switched on. */
  metrics?: readonly string[] | undefined;
  /** As others may see them as well, with what is of few people left out. */
  inPublic?: boolean | undefined;
}

/**
 * The readings of what is switched on, as this person may see them, by unit and name: three queries, however many there
 * are.
 */
export async function readings(store: Bound, actor: Actor, choice: ReadChoice, now: Date): Promise<Reading[]> {
  const seen = measuredUnits(actor);
  const unitIds = choice.unitIds && seen ? choice.unitIds.filter((id) => seen.includes(id)) : (choice.unitIds ?? seen);
  const [{ zone, smallCells }, metrics] = await Promise.all([store.organisation(), metricsOf(store)]);
  const today = dayAt(now, zone);
  const rows = await store.kpiSeries({ unitIds, metrics: choice.metrics, today, periods, atMost: seriesAtMost });
  const byCode = new Map(metrics.map((metric) => [metric.code, metric]));
  return rows.flatMap((row) => {
    const metric = byCode.get(row.metric);
    return metric
      ? [
          readSeries(seriesOf(row, metric), {
            today,
            suppressBelow: choice.inPublic ? smallCells : hidden(actor, row, metric, smallCells),
          }),
        ]
      : [];
  });
}

/** Answers of patients are hidden from everybody where they are few; other shares from those who do not see the records behind. */
const hidden = (actor: Actor, { unitId }: KpiSeriesRow, metric: Metric, smallCells: number): number =>
  metric.flaggedBelow === undefined && mayMeasure(actor, unitId) ? 0 : smallCells;

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
