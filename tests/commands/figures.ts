import type { KpiRow } from "../../src/store/store.ts";
import type { Hospital } from "../support/hospital.ts";

type Figures = readonly (readonly [number, number])[];

/** Falls that rise for seven months. */
export const rising: Figures = [3, 2, 4, 3, 2, 3, 4, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 6, 6, 7, 6, 7, 6, 7].map((n) => [
  n,
  900,
]);
/** Nothing but ordinary variation. */
export const steady: Figures = [90, 91, 89, 92, 90, 91, 88, 90, 91, 90, 89, 91, 90, 92].map((n) => [n, 100]);

/** Figures of the months up to October 2026, the last one last, of a measure that is switched on. */
export async function known({ store, organisationId }: Hospital, metric: string, unitId: string, figures: Figures) {
  const rows = figures.map(([numerator, denominator], index): KpiRow => {
    const month = new Date(Date.UTC(2026, 9 - (figures.length - 1 - index), 1));
    return {
      unitId,
      metric,
      startOn: month.toISOString().slice(0, 10),
      numerator: String(numerator),
      denominator: String(denominator),
      value: null,
    };
  });
  const bound = store.of(organisationId);
  const at = new Date("2026-11-05T12:00:00Z");
  await bound.change((change) => change.writeKpi(rows, { source: "imported", at, byId: null }));
  await bound.unitMetric.createMany({ data: [{ unitId, metric, since: at }], skipDuplicates: true });
}
