import type { Progress } from "../../store/database.ts";
import { noProgress } from "../progress.ts";

export interface ImportFile {
  name: string;
  bytes: Uint8Array;
}

export interface ImportOptions {
  /** Says what would change and writes nothing. */
  dryRun: boolean;
  now: Date;
  /** Who imports; nobody on the command line. */
  actorId?: string;
  progress?: Progress;
}

/** What is wrong with a cell; without a column it is the line, and line 0 is the file. */
export interface Finding {
  line: number;
  column: string;
  message: string;
}

export interface ImportedRow {
  line: number;
  /** A unit's code, a person's handle. */
  code: string;
  name: string;
  outcome: "added" | "changed" | "unchanged";
  /** Columns that change. */
  columns: string[];
}

/** What an import did, or with errors did not: then nothing at all was written. */
export interface ImportResult {
  errors: Finding[];
  /** What to do next, in sentences. */
  notes: string[];
  added: number;
  changed: number;
  unchanged: number;
  rows: ImportedRow[];
}

export const refused = (errors: Finding[]): ImportResult => ({
  errors: errors.toSorted((one, other) => one.line - other.line),
  notes: [],
  added: 0,
  changed: 0,
  unchanged: 0,
  rows: [],
});

export function done(rows: ImportedRow[], notes: string[]): ImportResult {
  const count = (outcome: ImportedRow["outcome"]) => rows.filter((row) => row.outcome === outcome).length;
  return {
    errors: [],
    notes,
    added: count("added"),
    changed: count("changed"),
    unchanged: count("unchanged"),
    rows,
  };
}

/** Shows that the work is under way while it is. */
export async function during<Result>(
  options: ImportOptions,
  label: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const finish = (options.progress ?? noProgress).step(label);
  try {
    return await work();
  } finally {
    finish();
  }
}

/** An import of a large hospital is one transaction, on a slow machine too. */
export const importPatience = { timeout: 300_000 };
