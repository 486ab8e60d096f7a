import { type Pools, statement } from "./statement.ts";

export interface KpiChoice {
  organisationId: string;
  /** Undefined for all units. */
  unitIds: readonly string[] | undefined;
  /** Undefined for all that are switched on. */
  metrics: readonly string[] | undefined;
  /** The day on which targets are read, `YYYY-MM-DD`. */
  today: string;
  /** Periods of each series, the last ones, and those since a baseline. */
  periods: number;
  /** Series in the order of their units' names. */
  atMost: number;
}

export interface KpiSeriesRow {
  unitId: string;
  unitCode: string;
  unitName: string;
  metric: string;
  /** First day, numerator, denominator, value; the oldest first. */
  points: [startOn: string, numerator: number | null, denominator: number | null, value: number | null][];
  target: number | null;
  marks: { kind: string; onDay: string; untilDay: string | null; text: string }[];
}

/** Measures of units with their periods, targets and marks, as one statement, however many there are. */
export async function kpiSeries(pools: Pools, choice: KpiChoice): Promise<KpiSeriesRow[]> {
  const { rows, value } = statement();
  const own = `${value(choice.organisationId)}::uuid`;
  const units = choice.unitIds ? `AND m."unitId" = ANY (${value(choice.unitIds)}::uuid[])` : "";
  const metrics = choice.metrics ? `AND m.metric = ANY (${value(choice.metrics)}::text[])` : "";
  const sinceBaseline = `GREATEST(${value(choice.periods)}, (SELECT count(*) FROM "KpiValue" b
    WHERE b."organisationId" = ${own} AND b."unitId" = m."unitId" AND b.metric = m.metric
      AND b."startOn" >= ${baselineOf(own, "m", "unitId")}))`;
  const text = `
    SELECT m."unitId", m."unitCode", m."unitName", m.metric, COALESCE(v.points, '[]') AS points, t.target, r.marks
    FROM (
      SELECT m."unitId", u.code AS "unitCode", u.name AS "unitName", m.metric
      FROM "UnitMetric" m JOIN "Unit" u ON u."organisationId" = ${own} AND u.id = m."unitId"
      WHERE m."organisationId" = ${own} AND m.active ${units} ${metrics}
      ORDER BY u.name, m.metric LIMIT ${choice.atMost}) m
    CROSS JOIN LATERAL (
      SELECT json_agg(json_build_array(p."startOn", p.numerator::float8, p.denominator::float8, p.value::float8)
        ORDER BY p."startOn") AS points
      FROM (SELECT k."startOn", k.numerator, k.denominator, k.value FROM "KpiValue" k
        WHERE k."organisationId" = ${own} AND k."unitId" = m."unitId" AND k.metric = m.metric ORDER BY k."startOn" DESC LIMIT ${sinceBaseline}) p) v
    LEFT JOIN LATERAL (${targetOf(own, "m", "unitId", value(choice.today))}) t ON true
    CROSS JOIN LATERAL (${marksOf(own, "m", "unitId")}) r
    ORDER BY m."unitName", m.metric`;
  return rows<KpiSeriesRow>(pools, text, true);
}

/** The target of a row's unit and metric on a day. */
export const targetOf = (own: string, row: string, unit: string, today: string): string => `
  SELECT g.target::float8 FROM "KpiTarget" g
  WHERE g."organisationId" = ${own} AND g."unitId" = ${row}."${unit}" AND g.metric = ${row}.metric
    AND g."fromOn" <= ${today}::date
  ORDER BY g."fromOn" DESC LIMIT 1`;

/** The day with which a row's first baseline begins: its limits come from there, however long ago that is. */
export const baselineOf = (own: string, row: string, unit: string): string => `
  (SELECT min(f."onDay") FROM "KpiMark" f WHERE f."organisationId" = ${own} AND f."unitId" = ${row}."${unit}"
    AND f.metric = ${row}.metric AND f.kind = 'freeze')`;

/** What was noted beside a row's unit and metric, the oldest first. */
export const marksOf = (own: string, row: string, unit: string): string => `
  SELECT COALESCE(json_agg(json_build_object('kind', k.kind, 'onDay', k."onDay", 'untilDay', k."untilDay", 'text', k.text)
    ORDER BY k."onDay", k.id), '[]') AS marks
  FROM "KpiMark" k WHERE k."organisationId" = ${own} AND k."unitId" = ${row}."${unit}" AND k.metric = ${row}.metric`;
