import { audit } from "../audit.ts";
import type { Bound, Change, Staged, StagedRows, StagedSort } from "../store/store.ts";
import { type FigureRow, type FigureTable, openFigures, WrongFigures, wrong } from "./figures.ts";
import type { ImportFile } from "./file.ts";
import type { Findings } from "./findings.ts";
import {
  brought,
  changesAnything,
  counting,
  during,
  type ImportOptions,
  type ImportResult,
  importPatience,
  refused,
} from "./result.ts";

/** A sort of figures that a file can bring. */
export interface Sort<Which extends StagedSort, Column extends string> {
  which: Which;
  columns: readonly Column[];
  /** Columns that every line needs. */
  needed: readonly Column[];
  /** Columns that show how numbers are written. */
  numbers: readonly Column[];
  /** Reads lines with what is known now. */
  reading(change: Change, table: FigureTable<Column>, options: ImportOptions): Promise<Reading<Which, Column>>;
}

export interface Reading<Which extends StagedSort, Column extends string> {
  /** Undefined where something is wrong, which the row has been told. */
  row(row: FigureRow<Column>): Omit<StagedRows[Which], "line"> | undefined;
  /** What is wrong with a line that says once more what line `before` says. */
  again(row: StagedRows[Which], before: number): { column: Column; message: string };
  /** What changes beside the rows, in sentences. */
  beside(): Promise<string[]>;
  /** Writes that, which the rows point to. */
  before(): Promise<void>;
  /** Writes what follows from them. */
  after(staged: Staged<StagedRows[Which]>): Promise<void>;
  notes(): string[];
}

/** Rows that go to the database at once; Prisma keeps what its last hundred statements were given. */
const batch = 250;
/** Lines of the file that are written by one statement. */
const written = 10_000;
/** Lines that are there twice are told up to so many. */
const mostTwice = 10_000;

/** Reads a file and writes what it brings, all of it or nothing, in one transaction. */
export const bringAll = <Which extends StagedSort, Column extends string>(
  bound: Bound,
  sort: Sort<Which, Column>,
  file: ImportFile,
  options: ImportOptions,
): Promise<ImportResult> => bound.change((change) => bring(bound, change, sort, file, options), importPatience);

/** The same in a transaction that does more. */
export async function bring<Which extends StagedSort, Column extends string>(
  { organisationId }: Pick<Bound, "organisationId">,
  change: Change,
  sort: Sort<Which, Column>,
  file: ImportFile,
  options: ImportOptions,
): Promise<ImportResult> {
  try {
    if (!options.dryRun) await change.importAlone();
    const { reading, staged, last } = await read(change, sort, file, options);
    const groups = await during(options, `Comparing ${file.name}`, staged.groups);
    const result = brought(groups, await reading.beside(), reading.notes());
    if (options.dryRun || !changesAnything(result)) return result;
    await reading.before();
    const put = await putAll(staged, last, result.added + result.changed + result.unchanged, file, options);
    await reading.after(staged);
    await audit(change, {
      at: options.now,
      actorId: options.by?.id ?? null,
      action: `${sort.which}.imported`,
      subject: "organisation",
      subjectId: organisationId,
      details: put,
    });
    return { ...result, ...put, unchanged: result.unchanged + result.added + result.changed - put.added - put.changed };
  } catch (error) {
    if (error instanceof WrongFigures) return refused(error.findings);
    throw error;
  }
}

async function read<Which extends StagedSort, Column extends string>(
  change: Change,
  sort: Sort<Which, Column>,
  file: ImportFile,
  options: ImportOptions,
) {
  const table = await during(options, `Reading ${file.name}`, () => openFigures(file, sort.columns, sort.numbers));
  refuseMissing(table.columns, sort);
  const reading = await sort.reading(change, table, options);
  const staged = await change.stage(sort.which);
  const shown = counting(options, (rows) => `Reading ${file.name}, ${rows} rows`);
  let rows: StagedRows[Which][] = [];
  let count = 0;
  let last = 0;
  const flush = async () => {
    for (let from = 0; from < rows.length; from += batch) await staged.add(rows.slice(from, from + batch));
    count += rows.length;
    last = rows.at(-1)?.line ?? last;
    rows = [];
    shown.reached(count);
  };
  const findings = await table.read((row) => {
    const found = reading.row(row);
    // The row is of its sort; TypeScript cannot follow a name to its type.
    if (found) rows.push({ ...found, line: row.line } as unknown as StagedRows[Which]);
  }, flush);
  shown.ended();
  await findTwice(staged, reading, findings);
  if (findings.total > 0) throw new WrongFigures(findings);
  if (count === 0) throw wrong({ line: 0, column: "", message: "The file has no lines below its columns." });
  return { reading, staged, last };
}

function refuseMissing<Which extends StagedSort, Column extends string>(
  there: ReadonlySet<Column>,
  { needed, columns }: Sort<Which, Column>,
): void {
  const missing = needed.filter((column) => !there.has(column));
  if (missing.length > 0)
    throw wrong(
      ...missing.map((column) => ({
        line: 1,
        column,
        message: `The column “${column}” is missing. The columns are ${columns.join(", ")}.`,
      })),
    );
}

async function findTwice<Which extends StagedSort, Column extends string>(
  staged: Staged<StagedRows[Which]>,
  reading: Reading<Which, Column>,
  findings: Findings,
): Promise<void> {
  for (const { before, ...row } of await staged.twice(mostTwice))
    findings.add({ line: row.line, ...reading.again(row as unknown as StagedRows[Which], before) });
}

async function putAll<Row>(
  staged: Staged<Row>,
  last: number,
  rows: number,
  file: ImportFile,
  options: ImportOptions,
): Promise<{ added: number; changed: number }> {
  const all = rows.toLocaleString("en-US");
  const shown = counting(options, (count) => `Importing ${file.name}, ${count} of ${all}`);
  const put = { added: 0, changed: 0 };
  for (let from = 1; from <= last; from += written) {
    const { added, changed } = await staged.put(from, from + written - 1, options.now, options.by?.id ?? null);
    put.added += added;
    put.changed += changed;
    shown.reached(Math.min(from + written - 1, rows));
  }
  shown.ended();
  return put;
}
