import { type Pools, statement } from "./statement.ts";

export interface BookMonthsChoice {
  organisationId: string;
  unitIds: readonly string[];
  /** `YYYY-MM-01`. */
  months: readonly string[];
}

/** What was planned for a month and what the ledger has, by kind; decimal strings. */
export interface BookMonthSum {
  /** `YYYY-MM`. */
  month: string;
  kind: string;
  budget: string;
  actual: string;
  /** The ledger of every unit that planned or spent something in the month was taken after its end. */
  closed: boolean;
}

export async function bookMonths(pools: Pools, choice: BookMonthsChoice): Promise<BookMonthSum[]> {
  const { rows, value } = statement();
  const own = `"organisationId" = ${value(choice.organisationId)}::uuid`;
  const where = `${own} AND "unitId" = ANY (${value(choice.unitIds)}::uuid[]) AND month = ANY (${value(choice.months)}::date[])`;
  const sums = (table: string) =>
    `SELECT "unitId", month, "lineId", sum(amount) AS amount FROM "${table}" WHERE ${where} GROUP BY 1, 2, 3`;
  const text = `
    WITH lines AS (
      SELECT "unitId", month, "lineId", coalesce(b.amount, 0) AS budget, coalesce(s.amount, 0) AS actual
      FROM (${sums("BudgetLine")}) b FULL JOIN (${sums("LedgerLine")}) s USING ("unitId", month, "lineId")),
    closed AS (
      SELECT "unitId", month FROM "BookMonth" WHERE ${where} AND "asOf" >= month + interval '1 month'),
    whole AS (
      SELECT u.month, bool_and(c.month IS NOT NULL) AS closed
      FROM (SELECT DISTINCT "unitId", month FROM lines) u LEFT JOIN closed c USING ("unitId", month) GROUP BY 1)
    SELECT to_char(n.month, 'YYYY-MM') AS month, l.kind, sum(n.budget) AS budget, sum(n.actual) AS actual,
      bool_and(w.closed) AS closed
    FROM lines n JOIN whole w USING (month) JOIN "Line" l ON l.${own} AND l.id = n."lineId"
    GROUP BY n.month, l.kind`;
  return rows<BookMonthSum>(pools, text, false);
}
