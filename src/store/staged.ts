import { Prisma, type PrismaClient } from "../../prisma/generated/client.ts";
import type { BudgetRow, LedgerRow, Put } from "./books.ts";
import type { KpiRow } from "./kpiValues.ts";

/** What a file brings of each sort; `line` is its line in the file. */
export interface StagedRows {
  budget: BudgetRow & { line: number; kind: string };
  ledger: LedgerRow & { line: number; kind: string };
  kpi: KpiRow & { line: number; kind: string };
}
export type StagedSort = keyof StagedRows;

/** What the rows of a unit and month would do. */
export interface StagedGroup {
  unitId: string;
  /** `YYYY-MM`. */
  month: string;
  /** revenue, expense; of measures "". */
  kind: string;
  added: number;
  changed: number;
  unchanged: number;
  /** What the rows came to until now, and what they come to; null for measures, which add up to nothing. */
  before: string | null;
  after: string | null;
}

/** Rows of a file in a table of their own until the transaction ends, so that of a large file nothing is held here. */
export interface Staged<Row> {
  add(rows: readonly Row[]): Promise<void>;
  /** Lines that say once more what an earlier line says, the first of them; to be asked once all are there. */
  twice(atMost: number): Promise<(Row & { before: number })[]>;
  /** What they would do to what is there now. */
  groups(): Promise<StagedGroup[]>;
  /** Writes what is new or differs, of these lines; `at` and `byId` are kept with measures. */
  put(from: number, to: number, at: Date, byId: string | null): Promise<Put>;
  /** Switches on the measures that the rows are of, where they never were. */
  useMeasures(at: Date): Promise<void>;
}

interface Sort {
  table: string;
  /** With the types of their columns. */
  keys: Record<string, string>;
  values: Record<string, string>;
  month: string;
  amount: string;
  /** Columns that are given to every row, and one that is compared as well. */
  given: string;
  givenValues(at: Date, byId: string | null): Prisma.Sql;
  alsoDiffers: string;
}

const bookKeys = { unitId: "uuid", lineId: "uuid", month: "date" };
const figures = { volume: "numeric", quantity: "numeric", rate: "numeric", amount: "numeric(14, 2)" };
const book = {
  keys: bookKeys,
  month: "month",
  amount: "amount",
  given: "",
  givenValues: () => Prisma.empty,
  alsoDiffers: "",
};
const sorts: Record<StagedSort, Sort> = {
  budget: { ...book, table: "BudgetLine", values: { behaviour: "text", basis: "text", ...figures } },
  ledger: { ...book, table: "LedgerLine", values: figures },
  kpi: {
    table: "KpiValue",
    keys: { unitId: "uuid", metric: "text", startOn: "date" },
    values: { numerator: "numeric(20, 6)", denominator: "numeric(20, 6)", value: "numeric(20, 6)" },
    month: '"startOn"',
    amount: "NULL::numeric",
    given: `, source, "asOf", "byId"`,
    givenValues: (at, byId) => Prisma.sql`, 'imported', ${at}::timestamptz, ${byId}::uuid`,
    alsoDiffers: " OR o.source <> 'imported'",
  },
};

type Transaction = Pick<PrismaClient, "$queryRaw" | "$executeRaw">;

export async function stage<Which extends StagedSort>(
  transaction: Transaction,
  organisationId: string,
  which: Which,
): Promise<Staged<StagedRows[Which]>> {
  const { table, keys, values, month, amount, given, givenValues, alsoDiffers } = sorts[which];
  const typed = Object.entries({ line: "int", kind: "text", ...keys, ...values });
  const raw = {
    table: Prisma.raw(`"${table}"`),
    columns: Prisma.raw(typed.map(([name, type]) => `"${name}" ${type}`).join(", ")),
    names: Prisma.raw(typed.map(([name]) => `"${name}"`).join(", ")),
    keys: Prisma.raw(listed(keys, "")),
    stagedKeys: Prisma.raw(listed(keys, "s.")),
    written: Prisma.raw(`${listed(keys, "")}, ${listed(values, "")}`),
    given: Prisma.raw(given),
    same: Prisma.raw(
      Object.keys(keys)
        .map((name) => `o."${name}" = s."${name}"`)
        .join(" AND "),
    ),
    differs: Prisma.raw(`((${listed(values, "o.")}) IS DISTINCT FROM (${listed(values, "s.")})${alsoDiffers})`),
    takes: Prisma.raw(
      [...Object.keys(values).map((name) => `"${name}"`), ...given.split(", ").filter((name) => name !== "")]
        .map((name) => `${name} = excluded.${name}`)
        .join(", "),
    ),
    putDiffers: Prisma.raw(
      `((${listed(values, "o.")}) IS DISTINCT FROM (${listed(values, "excluded.")})${alsoDiffers})`,
    ),
    month: Prisma.raw(`s.${month}`),
    before: Prisma.raw(amount === "amount" ? "o.amount" : amount),
    after: Prisma.raw(amount === "amount" ? "s.amount" : amount),
  };
  await transaction.$executeRaw`CREATE TEMP TABLE staged (${raw.columns}, PRIMARY KEY (line)) ON COMMIT DROP`;
  return {
    async add(rows) {
      if (rows.length === 0) return;
      await transaction.$executeRaw`
        INSERT INTO staged SELECT ${raw.names} FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (${raw.columns})`;
    },
    async twice(atMost) {
      await transaction.$executeRaw`ANALYZE staged`;
      return transaction.$queryRaw`
        SELECT * FROM (SELECT s.*, min(line) OVER (PARTITION BY ${raw.keys}) AS before FROM staged s) AS s
        WHERE before < line ORDER BY line LIMIT ${atMost}`;
    },
    groups: () => transaction.$queryRaw`
      SELECT s."unitId", to_char(${raw.month}, 'YYYY-MM') AS month, s.kind,
        (count(*) FILTER (WHERE o."organisationId" IS NULL))::int AS added,
        (count(*) FILTER (WHERE o."organisationId" IS NOT NULL AND ${raw.differs}))::int AS changed,
        (count(*) FILTER (WHERE o."organisationId" IS NOT NULL AND NOT ${raw.differs}))::int AS unchanged,
        sum(${raw.before})::text AS before, sum(${raw.after})::text AS after
      FROM staged s LEFT JOIN ${raw.table} o ON o."organisationId" = ${organisationId}::uuid AND ${raw.same}
      GROUP BY 1, 2, 3 ORDER BY 2, 1, 3`,
    async put(from, to, at, byId) {
      const [put] = await transaction.$queryRaw<Put[]>`
        WITH put AS (
          INSERT INTO ${raw.table} AS o ("organisationId", ${raw.written}${raw.given})
          SELECT ${organisationId}::uuid, ${raw.written}${givenValues(at, byId)} FROM staged
          WHERE line BETWEEN ${from} AND ${to} ORDER BY ${raw.keys}
          ON CONFLICT ("organisationId", ${raw.keys}) DO UPDATE SET ${raw.takes} WHERE ${raw.putDiffers}
          RETURNING (xmax = 0) AS added)
        SELECT (count(*) FILTER (WHERE added))::int AS added, (count(*) FILTER (WHERE NOT added))::int AS changed FROM put`;
      return put ?? { added: 0, changed: 0 };
    },
    async useMeasures(at) {
      await transaction.$executeRaw`
        INSERT INTO "UnitMetric" ("organisationId", "unitId", metric, since)
        SELECT DISTINCT ${organisationId}::uuid, s."unitId", s.metric, ${at}::timestamptz FROM staged s ORDER BY 2, 3
        ON CONFLICT DO NOTHING`;
    },
  };
}

const listed = (columns: Record<string, string>, of: string): string =>
  Object.keys(columns)
    .map((name) => `${of}"${name}"`)
    .join(", ");
