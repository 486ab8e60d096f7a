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

/** What an import of a hundred thousand rows takes in a statement for thousands of them. */
export interface Books {
  /** No line twice in the rows. */
  putBudget(rows: readonly BudgetRow[]): Promise<Put>;
  putLedger(rows: readonly LedgerRow[]): Promise<Put>;
  /** Gives each month that is new its number; one that is there is never taken back to an earlier day. */
  putMonths(months: readonly MonthTaken[]): Promise<void>;
}

export function books(transaction: Pick<PrismaClient, "$queryRaw" | "$executeRaw">, organisationId: string): Books {
  return {
    async putBudget(rows) {
      const [put] = await transaction.$queryRaw<Put[]>`
        WITH put AS (
          INSERT INTO "BudgetLine" AS old
            ("organisationId", "unitId", "lineId", month, behaviour, basis, volume, quantity, rate, amount)
          SELECT ${organisationId}::uuid, r.* FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r
            ("unitId" uuid, "lineId" uuid, month date, behaviour text, basis text, volume numeric, quantity numeric, rate numeric, amount numeric)
          ON CONFLICT ("organisationId", "unitId", month, "lineId") DO UPDATE SET behaviour = excluded.behaviour,
            basis = excluded.basis, volume = excluded.volume, quantity = excluded.quantity, rate = excluded.rate, amount = excluded.amount
          WHERE (old.behaviour, old.basis, old.volume, old.quantity, old.rate, old.amount) IS DISTINCT FROM
            (excluded.behaviour, excluded.basis, excluded.volume, excluded.quantity, excluded.rate, excluded.amount)
          RETURNING (xmax = 0) AS added)
        SELECT (count(*) FILTER (WHERE added))::int AS added, (count(*) FILTER (WHERE NOT added))::int AS changed FROM put`;
      return put ?? nothing;
    },
    async putLedger(rows) {
      const [put] = await transaction.$queryRaw<Put[]>`
        WITH put AS (
          INSERT INTO "LedgerLine" AS old ("organisationId", "unitId", "lineId", month, volume, quantity, rate, amount)
          SELECT ${organisationId}::uuid, r.* FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r
            ("unitId" uuid, "lineId" uuid, month date, volume numeric, quantity numeric, rate numeric, amount numeric)
          ON CONFLICT ("organisationId", "unitId", month, "lineId") DO UPDATE SET
            volume = excluded.volume, quantity = excluded.quantity, rate = excluded.rate, amount = excluded.amount
          WHERE (old.volume, old.quantity, old.rate, old.amount) IS DISTINCT FROM
            (excluded.volume, excluded.quantity, excluded.rate, excluded.amount)
          RETURNING (xmax = 0) AS added)
        SELECT (count(*) FILTER (WHERE added))::int AS added, (count(*) FILTER (WHERE NOT added))::int AS changed FROM put`;
      return put ?? nothing;
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

const nothing: Put = { added: 0, changed: 0 };
