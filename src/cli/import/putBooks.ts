import { audit } from "../../audit.ts";
import type { Bound, Change, Put } from "../../store/store.ts";
import { WrongFigures } from "./figures.ts";
import { during, type ImportFile, type ImportOptions, type ImportResult, importPatience, refused } from "./result.ts";

/** Rows written by one statement. */
const batch = 5_000;

/** Reads a file and does the rest; what is wrong in it is the answer. `reading` shows that it is being read. */
export async function inFile(
  file: ImportFile,
  options: ImportOptions,
  work: (reading: <Plan>(read: () => Plan) => Promise<Plan>) => Promise<ImportResult>,
): Promise<ImportResult> {
  try {
    return await work((read) => during(options, `Reading ${file.name}`, async () => read()));
  } catch (error) {
    if (error instanceof WrongFigures) return refused([...error.findings]);
    throw error;
  }
}

/** Throws where a column is missing that every line needs. */
export function needs<Column extends string>(
  there: ReadonlySet<Column>,
  needed: readonly Column[],
  all: readonly Column[],
): void {
  const missing = needed.filter((column) => !there.has(column));
  if (missing.length > 0)
    throw new WrongFigures(
      missing.map((column) => ({
        line: 1,
        column,
        message: `The column “${column}” is missing. The columns are ${all.join(", ")}.`,
      })),
    );
}

interface Writing<Row> {
  /** What the rows point to. */
  before(change: Change): Promise<unknown>;
  put(change: Change, rows: readonly Row[]): Promise<Put>;
  notes: string[];
}

/** It was only tried: the transaction is taken back, with what it would have done. */
class Tried extends Error {
  readonly put: Put;
  constructor(put: Put) {
    super("Nothing is to be written.");
    this.put = put;
  }
}

/** Writes the rows in one transaction, some thousand with a statement. */
export async function putBooks<Row>(
  bound: Bound,
  file: ImportFile,
  options: ImportOptions,
  what: "budget" | "ledger" | "kpi",
  rows: readonly Row[],
  writing: Writing<Row>,
): Promise<ImportResult> {
  const { added, changed } = await bound
    .change(async (change) => {
      await writing.before(change);
      const sum: Put = { added: 0, changed: 0 };
      for (let from = 0; from < rows.length; from += batch) {
        const upTo = Math.min(from + batch, rows.length).toLocaleString("en-US");
        await during(options, `Importing ${file.name}, ${upTo} of ${rows.length.toLocaleString("en-US")}`, async () => {
          const put = await writing.put(change, rows.slice(from, from + batch));
          sum.added += put.added;
          sum.changed += put.changed;
        });
      }
      if (options.dryRun) throw new Tried(sum);
      if (sum.added + sum.changed > 0)
        await audit(change, {
          at: options.now,
          actorId: options.actorId ?? null,
          action: `${what}.imported`,
          subject: "organisation",
          subjectId: bound.organisationId,
          details: { added: sum.added, changed: sum.changed },
        });
      return sum;
    }, importPatience)
    .catch((error: unknown) => {
      if (error instanceof Tried) return error.put;
      throw error;
    });
  return { errors: [], notes: writing.notes, added, changed, unchanged: rows.length - added - changed, rows: [] };
}
