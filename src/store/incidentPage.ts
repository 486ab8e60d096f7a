import { createHash } from "node:crypto";
import type pg from "pg";
import { type IncidentChoice, numbersOf, type Value } from "./incidentChoice.ts";

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
  pool: pg.Pool,
  choice: IncidentChoice,
  rows: number,
  countAtMost: number,
): Promise<IncidentPageRow[]> {
  const { values, value } = valuesOnce();
  const text = `
    WITH chosen AS MATERIALIZED (${newest(choice, value, countAtMost)})
    SELECT i.number, i.kind, i.category, COALESCE(i."gradedHarm", i.harm) AS harm, i.status, i."happenedAt",
      u.code AS "unitCode", u.name AS "unitName", p.id AS "assigneeId", p.name AS "assigneeName",
      (SELECT count(*)::int FROM chosen) AS counted
    FROM (SELECT number FROM chosen LIMIT ${rows}) AS page
    JOIN "Incident" i ON i."organisationId" = ${value(choice.organisationId)}::uuid AND i.number = page.number
    JOIN "Unit" u ON u."organisationId" = i."organisationId" AND u.id = i."unitId"
    LEFT JOIN "Person" p ON p."organisationId" = i."organisationId" AND p.id = i."assigneeId"
    ORDER BY i.number DESC`;
  return (await pool.query<IncidentPageRow>({ ...nameOf(choice, text), text, values })).rows;
}

/** The newest numbers that are chosen, by the same rule as a page's. */
export async function incidentNumbers(pool: pg.Pool, choice: IncidentChoice, rows: number): Promise<number[]> {
  const { values, value } = valuesOnce();
  const text = newest(choice, value, rows);
  return (await pool.query<{ number: number }>({ ...nameOf(choice, text), text, values })).rows.map(
    (row) => row.number,
  );
}

const newest = (choice: IncidentChoice, value: Value, rows: number): string =>
  `SELECT found.number FROM (${numbersOf(choice, value, rows)}) AS found ORDER BY found.number DESC LIMIT ${rows}`;

/**
 * A name makes a statement prepared. How rare a word or a day is decides how it is looked up, so a statement with one is
 * planned each time for what it asks.
 */
const nameOf = ({ search, since }: IncidentChoice, text: string): { name?: string } =>
  search !== undefined || since !== undefined
    ? {}
    : { name: `incidents-${createHash("sha1").update(text).digest("hex").slice(0, 16)}` };

/** The values of a statement; the same one stands there once. */
function valuesOnce(): { values: unknown[]; value: Value } {
  const values: unknown[] = [];
  const places = new Map<string, string>();
  return {
    values,
    value(given) {
      const key = JSON.stringify(given);
      const place = places.get(key) ?? `$${values.push(given)}`;
      places.set(key, place);
      return place;
    },
  };
}
