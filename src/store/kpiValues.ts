import type { PrismaClient } from "../../prisma/generated/client.ts";
import type { Put } from "./books.ts";
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

export interface KpiOrigin {
  source: "imported" | "recorded";
  at: Date;
  byId: string | null;
}

/** What the figures of very many units and periods take in one statement each. */
export interface KpiWriting {
  /** Writes what is new or differs, each unit, metric and period once, and switches measures on where they never were. */
  writeKpi(rows: readonly KpiRow[], origin: KpiOrigin): Promise<Put>;
  /** Computes measures from the organisation's own records over what was computed before, never over what was given. */
  measureRecords(measuring: RecordMeasuring): Promise<void>;
}

type Transaction = Pick<PrismaClient, "$queryRaw" | "$executeRaw">;

export function kpiWriting(transaction: Transaction, organisationId: string): KpiWriting {
  return {
    async writeKpi(rows, { source, at, byId }) {
      const of = columnsOf(rows);
      const [put] = await transaction.$queryRaw<Put[]>`
        WITH put AS (INSERT INTO "KpiValue" AS k
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
          IS DISTINCT FROM (excluded.numerator, excluded.denominator, excluded.value, excluded.source)
        RETURNING k.xmax = 0 AS added)
        SELECT count(*) FILTER (WHERE added)::int AS added, count(*) FILTER (WHERE NOT added)::int AS changed FROM put`;
      await transaction.$executeRaw`
        INSERT INTO "UnitMetric" ("organisationId", "unitId", metric, since)
        SELECT DISTINCT ${organisationId}::uuid, g."unitId", g.metric, ${at}::timestamptz
        FROM unnest(${of.units}::uuid[], ${of.metrics}::text[]) AS g ("unitId", metric) ORDER BY 2, 3
        ON CONFLICT DO NOTHING`;
      return put ?? { added: 0, changed: 0 };
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
