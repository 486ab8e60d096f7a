import type { PrismaClient } from "../../prisma/generated/client.ts";
import { measureRecords, type RecordMeasuring } from "./recordMeasures.ts";

/** A measure of a unit in a period; numbers as decimal strings. */
export interface KpiRow {
  unitId: string;
  metric: string;
  /** First day of the period, `YYYY-MM-DD`. */
  startOn: string;
  numerator: string | null;
  denominator: string | null;
  value: string | null;
}

export interface Comparison {
  added: number;
  changed: number;
  unchanged: number;
}

export interface KpiOrigin {
  source: "imported" | "recorded";
  at: Date;
  byId: string | null;
}

/** What the figures of very many units and periods take in one statement each. */
export interface KpiWriting {
  /** What writing these would do; each unit, metric and period once. */
  compareKpi(rows: readonly KpiRow[], source: KpiOrigin["source"]): Promise<Comparison>;
  /** Writes what is new or differs, and switches the measures on where they never were. */
  writeKpi(rows: readonly KpiRow[], origin: KpiOrigin): Promise<void>;
  /** Computes measures from the organisation's own records over what was computed before, never over what was given. */
  measureRecords(measuring: RecordMeasuring): Promise<void>;
}

type Transaction = Pick<PrismaClient, "$queryRaw" | "$executeRaw">;

export function kpiWriting(transaction: Transaction, organisationId: string): KpiWriting {
  return {
    async compareKpi(rows, source) {
      const of = columnsOf(rows);
      const [counts] = await transaction.$queryRaw<Comparison[]>`
        SELECT count(*) FILTER (WHERE k.id IS NULL)::int AS added,
          count(*) FILTER (WHERE k.id IS NOT NULL AND (k.numerator, k.denominator, k.value, k.source)
            IS DISTINCT FROM (g.numerator, g.denominator, g.value, ${source}))::int AS changed,
          count(*) FILTER (WHERE (k.numerator, k.denominator, k.value, k.source)
            IS NOT DISTINCT FROM (g.numerator, g.denominator, g.value, ${source}))::int AS unchanged
        FROM unnest(${of.units}::uuid[], ${of.metrics}::text[], ${of.starts}::date[], ${of.numerators}::numeric(20, 6)[],
          ${of.denominators}::numeric(20, 6)[], ${of.values}::numeric(20, 6)[])
          AS g ("unitId", metric, "startOn", numerator, denominator, value)
        LEFT JOIN "KpiValue" k ON k."organisationId" = ${organisationId}::uuid
          AND k."unitId" = g."unitId" AND k.metric = g.metric AND k."startOn" = g."startOn"`;
      return counts ?? { added: 0, changed: 0, unchanged: 0 };
    },

    async writeKpi(rows, { source, at, byId }) {
      const of = columnsOf(rows);
      await transaction.$executeRaw`
        INSERT INTO "KpiValue" AS k
          ("organisationId", "unitId", metric, "startOn", numerator, denominator, value, source, "asOf", "byId")
        SELECT ${organisationId}::uuid, g.*, ${source}, ${at}, ${byId}::uuid
        FROM unnest(${of.units}::uuid[], ${of.metrics}::text[], ${of.starts}::date[], ${of.numerators}::numeric(20, 6)[],
          ${of.denominators}::numeric(20, 6)[], ${of.values}::numeric(20, 6)[])
          AS g ("unitId", metric, "startOn", numerator, denominator, value)
        ORDER BY 2, 3, 4
        ON CONFLICT ("organisationId", "unitId", metric, "startOn") DO UPDATE
        SET numerator = excluded.numerator, denominator = excluded.denominator, value = excluded.value,
          source = excluded.source, "asOf" = excluded."asOf", "byId" = excluded."byId"
        WHERE (k.numerator, k.denominator, k.value, k.source)
          IS DISTINCT FROM (excluded.numerator, excluded.denominator, excluded.value, excluded.source)`;
      await transaction.$executeRaw`
        INSERT INTO "UnitMetric" ("organisationId", "unitId", metric, since)
        SELECT DISTINCT ${organisationId}::uuid, g."unitId", g.metric, ${at}::timestamptz
        FROM unnest(${of.units}::uuid[], ${of.metrics}::text[]) AS g ("unitId", metric) ORDER BY 2, 3
        ON CONFLICT DO NOTHING`;
    },

    measureRecords: (measuring) => measureRecords(transaction, organisationId, measuring),
  };
}

const columnsOf = (rows: readonly KpiRow[]) => ({
  units: rows.map(({ unitId }) => unitId),
  metrics: rows.map(({ metric }) => metric),
  starts: rows.map(({ startOn }) => startOn),
  numerators: rows.map(({ numerator }) => numerator),
  denominators: rows.map(({ denominator }) => denominator),
  values: rows.map(({ value }) => value),
});
