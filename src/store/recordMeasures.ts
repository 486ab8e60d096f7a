import type { PrismaClient } from "../../prisma/generated/client.ts";

export interface RecordMeasuring {
  /** The facility's zone, in which a month begins. */
  zone: string;
  /** First days of the first month that is computed, and of the first one that is not; `YYYY-MM-DD`. */
  from: string;
  until: string;
  /** The same end for what is known only seven days after a month. */
  answeredUntil: string;
  at: Date;
}

/** The measures that are computed from records, by their codes in the catalogue. */
const computed = [
  "falls",
  "fall-count",
  "reporting-rate",
  "report-count",
  "near-miss-share",
  "grievances-7-days",
  "actions-on-time",
];

/**
 * One statement: what the records say of each unit and month replaces what they said before. Restricted and privileged
 * incidents, and those that are part of another one, are in no figure. Rates need the patient days of the month; a count
 * stands in their place where neither they nor the rate are known, in units that have had any.
 */
export async function measureRecords(
  transaction: Pick<PrismaClient, "$executeRaw">,
  organisationId: string,
  { zone, from, until, answeredUntil, at }: RecordMeasuring,
): Promise<void> {
  await transaction.$executeRaw`
    WITH given AS (SELECT ${organisationId}::uuid AS own, ${zone}::text AS zone, ${from}::date AS first, ${until}::date AS next),
    month AS (SELECT m::date AS start FROM given, generate_series(given.first, given.next - 1, '1 month') m),
    incident AS (
      SELECT i."unitId", i.kind, i.category, (i."happenedAt" AT TIME ZONE given.zone)::date AS happened,
        (i."reportedAt" AT TIME ZONE given.zone)::date AS reported
      FROM "Incident" i, given
      WHERE i."organisationId" = given.own AND NOT i.restricted AND i."privilegedAt" IS NULL AND i."mergedIntoId" IS NULL
        AND i.kind IN ('incident', 'near-miss', 'unsafe-condition')
        AND (i."happenedAt" >= given.first::timestamp AT TIME ZONE given.zone
          OR i."reportedAt" >= given.first::timestamp AT TIME ZONE given.zone)),
    fall AS (
      SELECT "unitId", date_trunc('month', happened)::date AS start, count(*) AS n FROM incident, given
      WHERE category = 'fall' AND kind = 'incident' AND happened >= given.first AND happened < given.next GROUP BY 1, 2),
    report AS (
      SELECT "unitId", date_trunc('month', reported)::date AS start, count(*) AS n,
        count(*) FILTER (WHERE kind = 'near-miss') AS near
      FROM incident, given WHERE reported >= given.first AND reported < given.next GROUP BY 1, 2),
    days AS (
      SELECT k."unitId", k."startOn" AS start, COALESCE(k.value, k.numerator) AS n FROM "KpiValue" k, given
      WHERE k."organisationId" = given.own AND k.metric = 'patient-days' AND COALESCE(k.value, k.numerator) > 0
        AND k."startOn" >= given.first AND k."startOn" < given.next),
    counted AS (SELECT 'fall' AS what, "unitId", start, n FROM fall UNION ALL SELECT 'report', "unitId", start, n FROM report),
    rate AS (
      SELECT days."unitId", m.metric, days.start, COALESCE(c.n, 0)::numeric AS numerator, days.n AS denominator,
        NULL::numeric AS value
      FROM days CROSS JOIN (VALUES ('fall', 'falls'), ('report', 'reporting-rate')) m (what, metric)
      LEFT JOIN counted c ON c.what = m.what AND c."unitId" = days."unitId" AND c.start = days.start),
    uncounted AS (
      SELECT u."unitId", m.metric, month.start, NULL::numeric, NULL::numeric, COALESCE(c.n, 0)::numeric
      FROM (VALUES ('fall', 'fall-count', 'falls'), ('report', 'report-count', 'reporting-rate')) m (what, metric, rate)
      JOIN (SELECT DISTINCT what, "unitId" FROM counted) u ON u.what = m.what
      CROSS JOIN month
      LEFT JOIN counted c ON c.what = m.what AND c."unitId" = u."unitId" AND c.start = month.start
      WHERE NOT EXISTS (SELECT FROM days d WHERE d."unitId" = u."unitId" AND d.start = month.start)
        AND NOT EXISTS (SELECT FROM "KpiValue" k, given WHERE k."organisationId" = given.own AND k."unitId" = u."unitId"
          AND k.metric = m.rate AND k."startOn" = month.start AND k.source <> 'computed')),
    near AS (SELECT "unitId", 'near-miss-share', start, near::numeric, n::numeric, NULL::numeric FROM report),
    answered AS (
      SELECT g."unitId", 'grievances-7-days', date_trunc('month', g."receivedOn")::date,
        count(*) FILTER (WHERE (g."closedAt" AT TIME ZONE given.zone)::date <= g."receivedOn" + 7)::numeric,
        count(*)::numeric, NULL::numeric
      FROM "Grievance" g, given
      WHERE g."organisationId" = given.own AND g.sort = 'grievance' AND g."receivedOn" >= given.first
        AND g."receivedOn" < ${answeredUntil}::date
      GROUP BY 1, 3),
    acted AS (
      SELECT a."unitId", 'actions-on-time', date_trunc('month', a."dueOn")::date,
        count(*) FILTER (WHERE a.state = 'done' AND (a."endedAt" AT TIME ZONE given.zone)::date <= a."dueOn")::numeric,
        count(*)::numeric, NULL::numeric
      FROM given JOIN "Action" a ON a."organisationId" = given.own
      LEFT JOIN "Incident" i ON i."organisationId" = a."organisationId" AND i.id = a."incidentId"
      WHERE a.state <> 'dropped' AND a."unitId" IS NOT NULL AND a."dueOn" >= given.first AND a."dueOn" < given.next
        AND (i.id IS NULL OR (NOT i.restricted AND i."privilegedAt" IS NULL))
      GROUP BY 1, 3),
    figure AS MATERIALIZED (
      SELECT * FROM rate UNION ALL SELECT * FROM uncounted UNION ALL SELECT * FROM near
      UNION ALL SELECT * FROM answered UNION ALL SELECT * FROM acted),
    gone AS (
      DELETE FROM "KpiValue" k USING given
      WHERE k."organisationId" = given.own AND k.source = 'computed' AND k.metric = ANY (${computed}::text[])
        AND k."startOn" >= given.first AND k."startOn" < given.next
        AND NOT EXISTS (SELECT FROM figure f WHERE f."unitId" = k."unitId" AND f.metric = k.metric AND f.start = k."startOn")),
    switched AS (
      INSERT INTO "UnitMetric" ("organisationId", "unitId", metric, since)
      SELECT DISTINCT given.own, f."unitId", f.metric, ${at}::timestamptz FROM figure f, given
      ON CONFLICT DO NOTHING)
    INSERT INTO "KpiValue" AS k
      ("organisationId", "unitId", metric, "startOn", numerator, denominator, value, source, "asOf")
    SELECT given.own, f."unitId", f.metric, f.start, f.numerator, f.denominator, f.value, 'computed', ${at}::timestamptz
    FROM figure f, given
    ON CONFLICT ("organisationId", "unitId", metric, "startOn") DO UPDATE
    SET numerator = excluded.numerator, denominator = excluded.denominator, value = excluded.value, "asOf" = excluded."asOf"
    WHERE k.source = 'computed'
      AND (k.numerator, k.denominator, k.value) IS DISTINCT FROM (excluded.numerator, excluded.denominator, excluded.value)`;
}
