import { createHash } from "node:crypto";
import type pg from "pg";

/** Takes a value of a statement and gives the name that stands for it there. */
export type Value = (given: unknown) => string;

/** A statement that grows: its values stand in it once each. */
export function statement(): { value: Value; query(text: string, prepared: boolean): pg.QueryConfig } {
  const values: unknown[] = [];
  const places = new Map<string, string>();
  return {
    value(given) {
      const key = JSON.stringify(given);
      const place = places.get(key) ?? `$${values.push(given)}`;
      places.set(key, place);
      return place;
    },
    /** Prepared, it is planned once and not at every use: only where the plan is good for any values. */
    query: (text, prepared) => ({ ...(prepared && { name: nameOf(text) }), text, values }),
  };
}

const nameOf = (text: string): string => `incidents-${createHash("sha1").update(text).digest("hex").slice(0, 16)}`;
