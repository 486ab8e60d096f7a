import { createHash } from "node:crypto";
import pg from "pg";

/** Takes a value of a statement and gives the name that stands for it there. */
export type Value = (given: unknown) => string;

/** Connections for statements that are planned once and kept, and for those that are planned for what they ask. */
export interface Pools {
  prepared: pg.Pool;
  planned: pg.Pool;
}

/**
 * Left to itself, PostgreSQL plans a prepared statement anew for as long as it hopes for a better plan, which takes longer
 * than the page that it is for.
 */
export function preparedPool(url: string, connections: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    onConnect: (client) => client.query("SET plan_cache_mode = force_generic_plan"),
  });
  // A connection that breaks while it is idle is replaced at its next use.
  pool.on("error", () => {});
  return pool;
}

/** A statement that grows: its values stand in it once each. */
export function statement(): {
  value: Value;
  /** `prepared` where one plan is good for any values. */
  rows<Row extends pg.QueryResultRow>(pools: Pools, text: string, prepared: boolean): Promise<Row[]>;
} {
  const values: unknown[] = [];
  const places = new Map<string, string>();
  return {
    value(given) {
      const key = JSON.stringify(given);
      const place = places.get(key) ?? `$${values.push(given)}`;
      places.set(key, place);
      return place;
    },
    async rows<Row extends pg.QueryResultRow>(pools: Pools, text: string, prepared: boolean) {
      const found = prepared
        ? await pools.prepared.query<Row>({ name: nameOf(text), text, values })
        : await pools.planned.query<Row>({ text, values });
      return found.rows;
    },
  };
}

const nameOf = (text: string): string => `rounds-${createHash("sha1").update(text).digest("hex").slice(0, 16)}`;
