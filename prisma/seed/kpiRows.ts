import { DateTime } from "luxon";
import type { Cast } from "./cast.ts";
import type { Chance } from "./chance.ts";
import { marks, measures, type SeedMeasure } from "./measures.ts";
import type { UnitCode } from "./units.ts";

/** Months that the figures go back. */
const months = 36;
/** The day of the next month on which a month's figures come in. */
const comesIn = 6;

/** Figures up to the last whole month, with targets and what happened beside them. */
export function kpiRows(chance: Chance, cast: Cast, now: Date, zone: string) {
  const today = DateTime.fromJSDate(now, { zone });
  const last = today.startOf("month").minus({ months: today.day > comesIn ? 1 : 2 });
  const first = last.minus({ months: months - 1 });
  const day = (at: DateTime): string => at.toFormat("yyyy-MM-dd");
  const pairs = measures.flatMap((measure) =>
    measure.units.map((unit) => ({ measure, unit, unitId: cast.unit(unit) })),
  );
  const values = pairs.flatMap(({ measure, unit, unitId }) =>
    monthsOf(measure, first).map((start) => {
      const asOf = start
        .plus({ months: measure.everyMonths ?? 1 })
        .set({ day: comesIn })
        .toJSDate();
      const monthsAgo = Math.round(last.plus({ months: 1 }).diff(start, "months").months);
      return {
        id: chance.id(asOf),
        unitId,
        metric: measure.metric,
        startOn: day(start),
        ...figuresOf(chance, measure, unit, monthsAgo),
        source: "imported",
        asOf,
        byId: null,
      };
    }),
  );
  // What falls are divided by is a measure of its own, for what is computed from the records later.
  const patientDays = ({ denominator, ...figure }: (typeof values)[number]) => ({
    ...figure,
    id: chance.id(figure.asOf),
    metric: "patient-days",
    numerator: null,
    denominator: null,
    value: denominator,
  });
  const switchedOn = [
    ...pairs.map(({ measure: { metric }, unitId }) => ({ unitId, metric })),
    ...pairs
      .filter(({ measure }) => measure.metric === "falls")
      .map(({ unitId }) => ({ unitId, metric: "patient-days" })),
  ];
  return {
    metrics: switchedOn.map((one) => ({ ...one, since: first.toJSDate(), active: true })),
    targets: pairs.flatMap(({ measure: { metric, target }, unitId }) =>
      target === undefined ? [] : [{ unitId, metric, fromOn: day(first), target, byId: null, at: first.toJSDate() }],
    ),
    marks: marks.map(({ metric, unit, kind, monthsAgo, text }) => {
      const on = last.plus({ months: 1 }).minus({ months: monthsAgo });
      const at = on.plus({ days: 2 }).toJSDate();
      return { id: chance.id(at), unitId: cast.unit(unit), metric, kind, onDay: day(on), text, byId: null, at };
    }),
    values: [...values, ...values.filter(({ metric }) => metric === "falls").map(patientDays)],
  };
}

function monthsOf({ everyMonths = 1, silent = 0 }: SeedMeasure, first: DateTime): DateTime[] {
  const all = Array.from({ length: months - silent }, (_, at) => first.plus({ months: at }));
  // A quarter is there once it is whole.
  return all.filter((start, at) => (start.month - 1) % everyMonths === 0 && at + everyMonths <= months);
}

function figuresOf(chance: Chance, measure: SeedMeasure, unit: UnitCode, monthsAgo: number) {
  const { since } = measure;
  const changed = since?.unit === unit && monthsAgo <= since.months ? since : undefined;
  const usual = changed?.usual ?? measure.usual;
  if (!measure.of) {
    const value = usual + normal(chance) * (changed?.spread ?? measure.spread ?? 0);
    return { numerator: null, denominator: null, value: Math.round(value * 10) / 10 };
  }
  const denominator = chance.between(...measure.of);
  const mean = denominator * usual;
  const spread = Math.sqrt(mean * (1 - usual));
  // What has changed is to be seen: it varies half as much as chance would have it.
  const drawn = Math.round(mean + normal(chance) * spread * (changed ? 0.5 : 0.9));
  return { numerator: Math.min(denominator, Math.max(0, drawn)), denominator, value: null };
}

/** Near enough to a normal distribution: twelve draws, less their mean. */
const normal = (chance: Chance): number =>
  Array.from({ length: 12 }, () => chance.next()).reduce((sum, one) => sum + one, -6);
