import type { Progress } from "../store/database.ts";
import type { StagedGroup } from "../store/store.ts";
import type { Finding } from "./file.ts";
import { Findings } from "./findings.ts";

export interface ImportOptions {
  /** Says what would change and writes nothing. */
  dryRun: boolean;
  now: Date;
  /** Who imports; nobody on the command line, who may put anything anywhere. */
  by?: Importer;
  progress?: Progress;
}

export interface Importer {
  id: string;
  mayPut(unitId: string): boolean;
  /** Gives lines of all units another name. */
  mayRename: boolean;
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
  /** How many more there are. */
  moreErrors: number;
  /** What changes beside the rows, in sentences. */
  beside: string[];
  /** What is in it, and what to do next, in sentences. */
  notes: string[];
  added: number;
  changed: number;
  unchanged: number;
  rows: ImportedRow[];
  /** What figures came to, by unit and month. */
  groups: StagedGroup[];
}

const nothing = {
  errors: [],
  moreErrors: 0,
  beside: [],
  notes: [],
  added: 0,
  changed: 0,
  unchanged: 0,
  rows: [],
  groups: [],
};

export function refused(found: Findings | readonly Finding[]): ImportResult {
  const { first, total } = found instanceof Findings ? found : new Findings(found);
  const errors = first.toSorted((one, other) => one.line - other.line);
  return { ...nothing, errors, moreErrors: total - first.length };
}

export function done(rows: ImportedRow[], notes: string[]): ImportResult {
  const count = (outcome: ImportedRow["outcome"]) => rows.filter((row) => row.outcome === outcome).length;
  return {
    ...nothing,
    notes,
    added: count("added"),
    changed: count("changed"),
    unchanged: count("unchanged"),
    rows,
  };
}

export function brought(groups: StagedGroup[], beside: string[], notes: string[]): ImportResult {
  const sum = (what: "added" | "changed" | "unchanged") => groups.reduce((all, group) => all + group[what], 0);
  return {
    ...nothing,
    beside,
    notes,
    added: sum("added"),
    changed: sum("changed"),
    unchanged: sum("unchanged"),
    groups,
  };
}

export const changesAnything = ({ added, changed, beside }: ImportResult): boolean =>
  added + changed + beside.length > 0;

/** Shows that the work is under way while it is. */
export async function during<Result>(
  options: ImportOptions,
  label: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const finish = options.progress?.step(label);
  try {
    return await work();
  } finally {
    finish?.();
  }
}

/** Rows after which it is shown anew how far the work is. */
const shownEvery = 10_000;

/** Shows how far the work is while it goes on. */
export function counting({ progress }: ImportOptions, label: (count: string) => string) {
  let shown = 0;
  let finish: (() => void) | undefined;
  return {
    reached(count: number): void {
      if (count - shown < shownEvery) return;
      shown = count;
      finish?.();
      finish = progress?.step(label(count.toLocaleString("en-US")));
    },
    ended: () => finish?.(),
  };
}

/** An import of a large hospital is one transaction, on a slow machine too. */
export const importPatience = { timeout: 300_000 };
