import { baselineOf, type KpiSeriesRow, marksOf, targetOf } from "./kpiSeries.ts";
import { type Pools, statement } from "./statement.ts";

export interface KpiRollUpChoice {
  organisationId: string;
  /** The units that are asked for; what stands below each is added up. */
  unitIds: readonly string[];
  /** Undefined for all that are switched on. */
  metrics: readonly string[] | undefined;
  /** Metrics that are added up by numerator and denominator, and those whose figures are counts. Others come without points. */
  ratios: readonly string[];
  counts: readonly string[];
  /** Of the ratios, those where every unit has the same denominator, as days in the month. */
  sameDenominator: readonly string[];
  /**
   * Figures of fewer people than `below` are left out where they are of these metrics. Under one unit two of them and more
   * are added up where they are enough together: no sum can then be taken apart into one that is not shown.
   */
  few: { below: number; metrics: readonly string[] };
  /** The day on which targets are read, `YYYY-MM-DD`. */
  today: string;
  periods: number;
  atMost: number;
}

export interface KpiRollUpRow extends Omit<KpiSeriesRow, "points"> {
  /** First day, numerator, denominator, value, and whether every unit that has begun to measure is in it. */
  points: [...KpiSeriesRow["points"][number], complete: boolean][];
  /** Units below that keep this measure. */
  units: number;
  /** The last period that any of them has a figure of which can be added up. */
  through: string | null;
  /** Whether any of them has a figure at all. */
  measured: boolean;
  /** Those that are not in that period's sum. */
  missing: { code: string; name: string }[];
}

/**
 * The measures of the units below, added up for each unit that keeps none of its own, as one statement. What was recorded
 * or imported for a unit stands for everything below it; what was computed of its own records is one more part of the sum.
 */
export async function kpiRollUp(pools: Pools, choice: KpiRollUpChoice): Promise<KpiRollUpRow[]> {
  const { rows, value } = statement();
  const own = `${value(choice.organisationId)}::uuid`;
  const codes = (given: readonly string[]) => `${value(given)}::text[]`;
  const metrics = choice.metrics ? `AND m.metric = ANY (${codes(choice.metrics)})` : "";
  const enough = `${value(choice.few.below)}::numeric`;
  const few = `(c.denominator < ${enough} AND c.metric = ANY (${codes(choice.few.metrics)}))`;
  const text = `
    WITH RECURSIVE below (top, id, "parentId", above) AS (
      SELECT u.id, u.id, u."parentId", ARRAY[]::uuid[] FROM "Unit" u
      WHERE u."organisationId" = ${own} AND u.id = ANY (${value(choice.unitIds)}::uuid[])
        AND EXISTS (SELECT FROM "Unit" c WHERE c."organisationId" = ${own} AND c."parentId" = u.id)
      UNION ALL
      SELECT b.top, u.id, u."parentId", b.above || b.id FROM below b
      JOIN "Unit" u ON u."organisationId" = ${own} AND u."parentId" = b.id
      WHERE NOT u.id = ANY (b.above)),
    parent AS (SELECT DISTINCT "parentId" AS id FROM below WHERE id <> top),
    kept AS MATERIALIZED (
      SELECT m."unitId", m.metric, v.first, COALESCE(v.given, false) AS given
      FROM "UnitMetric" m
      LEFT JOIN LATERAL (SELECT min(k."startOn") AS first, bool_or(k.source <> 'computed') AS given FROM "KpiValue" k
        WHERE k."organisationId" = ${own} AND k."unitId" = m."unitId" AND k.metric = m.metric) v ON true
      WHERE m."organisationId" = ${own} AND m.active AND m."unitId" IN (SELECT id FROM below) ${metrics}),
    whole AS MATERIALIZED (SELECT k."unitId", k.metric FROM kept k JOIN parent p ON p.id = k."unitId" WHERE k.given),
    part AS MATERIALIZED (
      SELECT b.top, k.metric, b.id, k.first, CASE WHEN p.id IS NULL THEN b."parentId" ELSE b.id END AS beside
      FROM below b JOIN kept k ON k."unitId" = b.id LEFT JOIN parent p ON p.id = b.id
      WHERE (k.first IS NOT NULL OR p.id IS NULL) AND NOT (b.id = b.top AND k.given)
        AND NOT EXISTS (SELECT FROM whole a WHERE a.metric = k.metric AND a."unitId" = ANY (b.above))),
    t AS MATERIALIZED (
      SELECT s.top, s.metric, array_agg(s.id) AS ids, array_agg(s.first) FILTER (WHERE s.first IS NOT NULL) AS firsts,
        ${baselineOf(own, "s", "top")} AS since
      FROM part s
      WHERE NOT EXISTS (SELECT FROM "UnitMetric" o WHERE o."organisationId" = ${own} AND o."unitId" = s.top
        AND o.metric = s.metric AND NOT o.active)
      GROUP BY 1, 2 HAVING bool_or(s.id <> s.top)),
    cell AS MATERIALIZED (
      SELECT s.top, s.metric, s.id, s.beside, k."startOn", k.numerator, k.denominator,
        COALESCE(k.value, k.numerator) AS figure, s.metric = ANY (${codes(choice.ratios)}) AS ratio
      FROM part s
      JOIN "KpiValue" k ON k."organisationId" = ${own} AND k."unitId" = s.id AND k.metric = s.metric
      WHERE CASE WHEN s.metric = ANY (${codes(choice.ratios)}) THEN k.numerator IS NOT NULL AND k.denominator IS NOT NULL
        ELSE s.metric = ANY (${codes(choice.counts)}) AND k.denominator IS NULL END),
    point AS (
      SELECT s.top, s.metric, s."startOn", sum(s.numerator) FILTER (WHERE s.ratio) AS numerator,
        CASE WHEN s.metric = ANY (${codes(choice.sameDenominator)}) THEN max(s.denominator)
          ELSE sum(s.denominator) END AS denominator,
        sum(s.figure) FILTER (WHERE NOT s.ratio) AS value, count(*) AS units,
        array_agg(s.id) FILTER (WHERE s."startOn" = s.through) AS last,
        row_number() OVER (PARTITION BY s.top, s.metric ORDER BY s."startOn" DESC) AS back
      FROM (
        SELECT c.*, ${few} AS few, count(*) FILTER (WHERE ${few}) OVER w AS fews,
          sum(c.denominator) FILTER (WHERE ${few}) OVER w AS together,
          max(c."startOn") OVER (PARTITION BY c.top, c.metric) AS through
        FROM cell c WINDOW w AS (PARTITION BY c.top, c.metric, c."startOn", c.beside)) s
      WHERE s.few IS NOT TRUE OR (s.fews > 1 AND s.together >= ${enough})
      GROUP BY 1, 2, 3),
    series AS MATERIALIZED (
      SELECT p.top, p.metric, max(p.last) AS last, json_agg(json_build_array(p."startOn",
        p.numerator::float8, p.denominator::float8, p.value::float8, p.value IS NULL OR p.units >= (
          SELECT count(*) FROM unnest(t.firsts) AS first WHERE first <= p."startOn")) ORDER BY p."startOn") AS points
      FROM point p JOIN t ON t.top = p.top AND t.metric = p.metric
      WHERE p.back <= ${value(choice.periods)} OR p."startOn" >= t.since GROUP BY 1, 2),
    ended AS MATERIALIZED (SELECT c.top, c.metric, max(c."startOn")::text AS through FROM cell c GROUP BY 1, 2)
    SELECT t.top AS "unitId", u.code AS "unitCode", u.name AS "unitName", t.metric, COALESCE(v.points, '[]') AS points,
      g.target, r.marks, cardinality(t.ids) AS units, t.firsts IS NOT NULL AS measured, e.through, a.missing
    FROM t JOIN "Unit" u ON u."organisationId" = ${own} AND u.id = t.top
    LEFT JOIN series v ON v.top = t.top AND v.metric = t.metric
    LEFT JOIN ended e ON e.top = t.top AND e.metric = t.metric
    CROSS JOIN LATERAL (
      SELECT COALESCE(json_agg(json_build_object('code', n.code, 'name', n.name) ORDER BY n.name), '[]') AS missing
      FROM "Unit" n WHERE n."organisationId" = ${own} AND n.id = ANY (t.ids)
        AND NOT n.id = ANY (COALESCE(v.last, '{}'))) a
    LEFT JOIN LATERAL (${targetOf(own, "t", "top", value(choice.today))}) g ON true
    CROSS JOIN LATERAL (${marksOf(own, "t", "top")}) r
    ORDER BY u.name, t.metric LIMIT ${choice.atMost}`;
  return rows<KpiRollUpRow>(pools, text, true);
}
