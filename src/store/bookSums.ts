import { type Pools, statement, type Value } from "./statement.ts";

/** What sums are of, several at once: of units, of lines over all units, of lines of units; `[]` for the whole. */
export type BookBy = readonly (readonly ("unitId" | "lineId")[])[];

export interface BookChoice {
  organisationId: string;
  unitIds: readonly string[];
  /** The months that are split into parts, `YYYY-MM-01`. */
  months: readonly string[];
  /** The fiscal year up to the last of them. */
  year: readonly string[];
  lineId?: string | undefined;
  by: BookBy;
  /** Lines of units only where they are over both of these, in the months or in the year. */
  over?: { dollars: number; percent: number } | undefined;
}

/** What the lines of one kind come to, as far as the ledger has them; decimal strings, null where it has none of it. */
export interface BookSum {
  /** Null where it is of all units, or of all lines. */
  unitId: string | null;
  lineId: string | null;
  kind: string;
  budget: string | null;
  actual: string | null;
  /** The budget at the actual volume. */
  flexed: string | null;
  volume: string | null;
  efficiency: string | null;
  rate: string | null;
  fixed: string | null;
  /** What the volumes of lines that follow one count, first and last by the alphabet; "" for nothing that is named. */
  firstBasis: string | null;
  lastBasis: string | null;
  /** Volumes of all lines that follow one; null where one of them has none. */
  treated: string | null;
  yearBudget: string;
  yearActual: string;
}

/**
 * Sums of lines, as one statement whatever their number. A line's variance is split as in
 * src/domain/budgets/variance.ts, each part rounded half-even to the cent before it is added, so that sums of sums agree.
 */
export async function bookSums(pools: Pools, choice: BookChoice): Promise<BookSum[]> {
  const { by, over } = choice;
  const { rows, value } = statement();
  const sets = by.map((keys) => `(${["l.kind", ...keys.map((key) => `"${key}"`)].join(", ")})`).join(", ");
  const of = (key: "unitId" | "lineId") => (by.flat().includes(key) ? `"${key}"` : `NULL AS "${key}"`);
  const own = `"organisationId" = ${value(choice.organisationId)}::uuid`;
  const units = `${own} AND "unitId" = ANY (${value(choice.unitIds)}::uuid[])`;
  const line = choice.lineId === undefined ? "" : `AND "lineId" = ${value(choice.lineId)}::uuid`;
  const inYear = `${units} AND month = ANY (${value(choice.year)}::date[])`;
  const asked = `${units} ${line} AND month = ANY (${value(choice.months)}::date[])`;
  const taken = `("unitId", month) IN (SELECT "unitId", month FROM "BookMonth" WHERE ${inYear})`;
  const text = `
    WITH year AS (
      SELECT "unitId", "lineId", coalesce(b.amount, 0) AS budget, coalesce(s.amount, 0) AS actual
      FROM (SELECT "unitId", "lineId", sum(amount) AS amount FROM "BudgetLine" WHERE ${inYear} ${line} AND ${taken} GROUP BY 1, 2) b
      FULL JOIN (SELECT "unitId", "lineId", sum(amount) AS amount FROM "LedgerLine" WHERE ${inYear} ${line} GROUP BY 1, 2) s
        USING ("unitId", "lineId")),
    ${parts(asked, taken, own)},
    split AS (
      SELECT "unitId", "lineId", sum(budget) AS budget, sum(actual) AS actual,
        sum(flexed) AS flexed, sum(volume) AS volume, sum(efficiency) AS efficiency,
        sum(actual - budget - volume - efficiency) FILTER (WHERE follows) AS rate,
        sum(actual - budget - volume - efficiency) FILTER (WHERE NOT follows) AS fixed,
        min(coalesce(basis, '')) FILTER (WHERE follows) AS "firstBasis", max(coalesce(basis, '')) FILTER (WHERE follows) AS "lastBasis",
        sum("actualVolume") FILTER (WHERE follows) AS treated,
        count(*) FILTER (WHERE follows AND "actualVolume" IS NULL) AS untold
      FROM parts GROUP BY 1, 2)
    SELECT ${of("unitId")}, ${of("lineId")}, l.kind,
      sum(p.budget) AS budget, sum(p.actual) AS actual, sum(flexed) AS flexed,
      sum(volume) AS volume, sum(efficiency) AS efficiency, sum(rate) AS rate, sum(fixed) AS fixed,
      min("firstBasis") AS "firstBasis", max("lastBasis") AS "lastBasis",
      CASE WHEN sum(untold) = 0 THEN sum(treated) END AS treated,
      sum(y.budget) AS "yearBudget", sum(y.actual) AS "yearActual"
    FROM year y LEFT JOIN split p USING ("unitId", "lineId") JOIN "Line" l ON l.${own} AND l.id = "lineId"
    GROUP BY GROUPING SETS (${sets}) ${over ? having(over, value) : ""}`;
  return rows<BookSum>(pools, text, false);
}

/** Lines of the asked months that the ledger has, each with its split. */
const parts = (asked: string, taken: string, own: string): string => `
    books AS MATERIALIZED (
      SELECT "unitId", "lineId", l.kind, b.basis, coalesce(b.behaviour = 'variable', false) AS follows,
        coalesce(b.amount, 0) AS budget, coalesce(s.amount, 0) AS actual,
        b.volume AS "budgetVolume", s.volume AS "actualVolume",
        b.quantity AS "budgetQuantity", s.quantity AS "actualQuantity", b.rate AS "budgetRate",
        l.kind = 'revenue' OR b.quantity IS NULL OR s.quantity IS NULL AS "byVolume"
      FROM (SELECT * FROM "BudgetLine" WHERE ${asked} AND ${taken}) b
      FULL JOIN (SELECT * FROM "LedgerLine" WHERE ${asked}) s USING ("unitId", "lineId", month)
      JOIN "Line" l ON l.${own} AND l.id = "lineId"),
    flexed AS MATERIALIZED (
      SELECT *, ${flexed} AS "flexedOf", CASE WHEN follows AND "actualVolume" IS NOT NULL AND "budgetVolume" <> 0
        THEN "budgetVolume" ELSE 1 END AS "flexedBy"
      FROM books),
    priced AS MATERIALIZED (
      SELECT *, ${priced} AS "pricedOf", CASE WHEN ${asFlexed} THEN "flexedBy"
        WHEN "budgetQuantity" <> 0 THEN "budgetQuantity" ELSE 1 END AS "pricedBy"
      FROM flexed),
    exact AS MATERIALIZED (
      SELECT *, CASE WHEN follows THEN "flexedOf" * ${precise} / "flexedBy" ELSE budget END AS "exactFlexed",
        CASE WHEN follows THEN ("flexedOf" - budget * "flexedBy") * ${precise} / "flexedBy" ELSE 0 END AS "exactVolume",
        CASE WHEN ${asFlexed} THEN 0
          ELSE ("pricedOf" * "flexedBy" - "flexedOf" * "pricedBy") * ${precise} / ("pricedBy" * "flexedBy") END AS "exactEfficiency"
      FROM priced),
    parts AS MATERIALIZED (
      SELECT *, ${cents(`"exactFlexed"`)} AS flexed, ${cents(`"exactVolume"`)} AS volume, ${cents(`"exactEfficiency"`)} AS efficiency
      FROM exact)`;

/** Digits enough that only what is a half is found to be one. */
const precise = `1.${"0".repeat(40)}`;

const flexed = `CASE
  WHEN NOT follows OR "budgetVolume" IS NULL OR "actualVolume" IS NULL THEN budget
  WHEN "budgetVolume" <> 0 THEN budget * "actualVolume"
  WHEN "byVolume" AND "budgetRate" IS NOT NULL THEN "actualVolume" * "budgetRate" ELSE budget END`;

const asFlexed = `(NOT follows OR "byVolume" OR ("budgetQuantity" = 0 AND "budgetRate" IS NULL))`;

const priced = `CASE WHEN ${asFlexed} THEN "flexedOf"
  WHEN "budgetQuantity" <> 0 THEN budget * "actualQuantity" ELSE "actualQuantity" * "budgetRate" END`;

/** Half-even. */
const cents = (exact: string): string =>
  `round(${exact}, 2) - CASE WHEN abs(round(${exact}, 2) - ${exact}) = 0.005 AND mod(round(${exact}, 2) * 100, 2) <> 0
    THEN sign(${exact}) * 0.01 ELSE 0 END`;

/** Where nothing was budgeted, anything is over every percentage. */
function having({ dollars, percent }: { dollars: number; percent: number }, value: Value): string {
  const far = (of: "p" | "y") => {
    const [budget, off] = [`sum(${of}.budget)`, `abs(sum(${of}.actual - ${of}.budget))`];
    return `(${off} > 0 AND ${off} >= ${value(dollars)}::numeric
      AND (${budget} = 0 OR ${off} * 100 >= ${value(percent)}::numeric * abs(${budget})))`;
  };
  return `HAVING grouping("lineId") = 1 OR ${far("p")} OR ${far("y")}`;
}
