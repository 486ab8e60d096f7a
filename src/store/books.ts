import type { PrismaClient } from "../../prisma/generated/client.ts";

/** Rows that were not there, and rows that are other than before; those that are as before are neither. */
export interface Put {
  added: number;
  changed: number;
}

/** A line of a unit in a month; figures as decimal strings, so that nothing of them is lost on the way. */
export interface LedgerRow {
  unitId: string;
  lineId: string;
  /** `YYYY-MM-01`. */
  month: string;
  volume: string | null;
  quantity: string | null;
  rate: string | null;
  amount: string;
}

export interface BudgetRow extends LedgerRow {
  behaviour: string;
  basis: string | null;
}

/** A unit's month as the ledger was taken on a day, both `YYYY-MM-DD`. */
export interface MonthTaken {
  unitId: string;
  month: string;
  asOf: string;
}

/** What an import of a hundred thousand rows takes beside the rows themselves. */
export interface Books {
  /** Waits until no other import of the organisation is under way, and has the rest of the transaction for itself. */
  importAlone(): Promise<void>;
  /** Gives each month that is new its number; one that is there is never taken back to an earlier day. */
  putMonths(months: readonly MonthTaken[]): Promise<void>;
}

export function books(transaction: Pick<PrismaClient, "$executeRaw">, organisationId: string): Books {
  return {
    async importAlone() {
      await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`import ${organisationId}`}, 0))`;
    },
    async putMonths(months) {
      // The series is held first: two imports at once must not give one number twice.
      await transaction.$executeRaw`
        INSERT INTO "Counter" ("organisationId", name, value) VALUES (${organisationId}::uuid, 'book-month', 0)
        ON CONFLICT ("organisationId", name) DO UPDATE SET value = "Counter".value`;
      await transaction.$executeRaw`
        WITH given AS (
          SELECT * FROM jsonb_to_recordset(${JSON.stringify(months)}::jsonb) AS g ("unitId" uuid, month date, "asOf" date)),
        known AS (
          UPDATE "BookMonth" b SET "asOf" = greatest(b."asOf", g."asOf") FROM given g
          WHERE b."organisationId" = ${organisationId}::uuid AND b."unitId" = g."unitId" AND b.month = g.month
          RETURNING b."unitId", b.month),
        fresh AS (
          SELECT g.*, row_number() OVER (ORDER BY g.month, g."unitId") AS nth FROM given g
          WHERE NOT EXISTS (SELECT 1 FROM known k WHERE k."unitId" = g."unitId" AND k.month = g.month)),
        counted AS (
          UPDATE "Counter" c SET value = c.value + (SELECT count(*)::int FROM fresh)
          WHERE c."organisationId" = ${organisationId}::uuid AND c.name = 'book-month'
          RETURNING c.value - (SELECT count(*)::int FROM fresh) AS before)
        INSERT INTO "BookMonth" (id, "organisationId", number, "unitId", month, "asOf")
        SELECT gen_random_uuid(), ${organisationId}::uuid, counted.before + fresh.nth, fresh."unitId", fresh.month, fresh."asOf"
        FROM fresh, counted`;
    },
  };
}
