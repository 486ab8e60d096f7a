import { type IncidentChoice, isPrepared, numbersOf } from "./incidentChoice.ts";
import { searchedNumbers } from "./incidentSearch.ts";
import { type Pools, statement, type Value } from "./statement.ts";

export interface IncidentPageRow {
  number: number;
  kind: string;
  category: string | null;
  harm: string;
  status: string;
  happenedAt: Date;
  unitCode: string;
  unitName: string;
  assigneeId: string | null;
  assigneeName: string | null;
  /** How many are chosen in all, counted up to the limit that was asked for. */
  counted: number;
}

/**
 * A page of incidents, newest first, with how many are chosen. The list that everybody opens all day is one prepared
 * statement: through the client the same takes four queries and ten times the work. The limits are part of its text, so that
 * PostgreSQL plans it once and not at every use.
 */
export async function incidentPage(
  pools: Pools,
  choice: IncidentChoice,
  rows: number,
  countAtMost: number,
): Promise<IncidentPageRow[]> {
  const { rows: ask, value } = statement();
  const chosen = await chosenNumbers(pools, choice, value, countAtMost);
  const text = `
    WITH chosen AS MATERIALIZED (${chosen})
    SELECT i.number, i.kind, i.category, COALESCE(i."gradedHarm", i.harm) AS harm, i.status, i."happenedAt",
      u.code AS "unitCode", u.name AS "unitName", p.id AS "assigneeId", p.name AS "assigneeName",
      (SELECT count(*)::int FROM chosen) AS counted
    FROM (SELECT number FROM chosen LIMIT ${rows}) AS page
    JOIN "Incident" i ON i."organisationId" = ${value(choice.organisationId)}::uuid AND i.number = page.number
    JOIN "Unit" u ON u."organisationId" = i."organisationId" AND u.id = i."unitId"
    LEFT JOIN "Person" p ON p."organisationId" = i."organisationId" AND p.id = i."assigneeId"
    ORDER BY i.number DESC`;
  return ask<IncidentPageRow>(pools, text, isPrepared(choice));
}

async function chosenNumbers(pools: Pools, choice: IncidentChoice, value: Value, atMost: number): Promise<string> {
  const { search } = choice;
  if (search === undefined) return newest(choice, value, atMost);
  const numbers = await searchedNumbers(pools, { ...choice, search }, atMost);
  return `SELECT number FROM unnest(${value(numbers)}::int[]) AS found(number)`;
}

/** The newest numbers that are chosen, by the same rule as a page's. */
export async function incidentNumbers(pools: Pools, choice: IncidentChoice, rows: number): Promise<number[]> {
  const { rows: ask, value } = statement();
  const found = await ask<{ number: number }>(pools, newest(choice, value, rows), isPrepared(choice));
  return found.map((row) => row.number);
}

const newest = (choice: IncidentChoice, value: Value, rows: number): string =>
  `SELECT found.number FROM (${numbersOf(choice, value, rows)}) AS found ORDER BY found.number DESC LIMIT ${rows}`;
