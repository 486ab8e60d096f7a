import { once } from "node:events";
import type { Writable } from "node:stream";
import { parseArgs } from "node:util";
import { auditCells, auditColumns } from "../cards/audit.ts";
import { grievanceCells, grievanceColumns } from "../cards/grievanceTable.ts";
import { incidentCells, incidentColumns } from "../cards/incidentTable.ts";
import { figureCells, figureColumns } from "../cards/kpiTable.ts";
import type { Config } from "../config.ts";
import type { Cell } from "../documents/table.ts";
import { csvChunks, xlsxChunks } from "../documents/tableStream.ts";
import { exportGrievances } from "../domain/grievances/export.ts";
import { exportIncidents } from "../domain/incidents/export.ts";
import { exportFigures } from "../domain/kpis/export.ts";
import type { Operator } from "../domain/staff/access.ts";
import type { Actor } from "../domain/staff/actor.ts";
import { exportTrail } from "../domain/staff/auditTrail.ts";
import { memberService } from "../domain/staff/members.ts";
import type { Bound } from "../store/store.ts";
import { Misuse } from "./misuse.ts";
import { type Opened, openRounds } from "./open.ts";

type Rows = AsyncGenerator<readonly (readonly Cell[])[]>;

interface Asked {
  bound: Bound;
  asker: Actor | Operator;
  since: string | undefined;
  now: Date;
  zone: string;
}

/** What can be exported: the name of the sheet, its columns, and its rows as they are read. */
const exports = {
  incidents: {
    sheet: "Incidents",
    columns: incidentColumns,
    rows: ({ bound, asker, since, now, zone }: Asked): Rows =>
      inCells(exportIncidents(bound, asker, { status: "all", since }, now), (row) => incidentCells(row, zone)),
  },
  grievances: {
    sheet: "Grievances",
    columns: grievanceColumns,
    rows: ({ bound, asker, since, zone }: Asked): Rows =>
      inCells(exportGrievances(bound, asker, since), (row) => grievanceCells(row, zone)),
  },
  kpi: {
    sheet: "Measures",
    columns: figureColumns,
    rows: ({ bound, asker, since, zone }: Asked): Rows =>
      inCells(exportFigures(bound, asker, since), (row) => figureCells(row, zone)),
  },
  audit: {
    sheet: "Audit",
    columns: auditColumns,
    rows: ({ bound, asker, since }: Asked): Rows => inCells(exportTrail(bound, asker, since), auditCells),
  },
} as const;

const isExport = (what: string | undefined): what is keyof typeof exports =>
  what !== undefined && Object.hasOwn(exports, what);

/** `rounds export incidents|grievances|kpi|audit [--since DAY] [--format csv|xlsx] [--as HANDLE]`: the file on stdout. */
export async function exportProgram(given: string[], config: Config): Promise<number> {
  const { values, positionals } = parseArgs({
    args: given,
    allowPositionals: true,
    options: { since: { type: "string" }, format: { type: "string", default: "csv" }, as: { type: "string" } },
  });
  const [what] = positionals;
  if (!isExport(what) || positionals.length > 1)
    throw new Misuse("Say what to export: export incidents, export grievances, export kpi or export audit.");
  const { format, since } = values;
  if (format !== "csv" && format !== "xlsx") throw new Misuse(`--format takes csv or xlsx, and not “${format}”.`);
  if (since !== undefined && !isDay(since)) throw new Misuse(`--since takes a day as 2026-11-23, and not “${since}”.`);
  const rounds = await openRounds(config);
  try {
    const asker = values.as === undefined ? "operator" : await actorOf(rounds, values.as);
    const { zone } = await rounds.bound.organisation();
    const { sheet, columns, rows } = exports[what];
    const told = progress(rows({ bound: rounds.bound, asker, since, now: new Date(), zone }), what);
    const chunks = format === "csv" ? csvChunks(columns, told) : xlsxChunks(sheet, columns, told);
    await writeAll(process.stdout, chunks);
    return 0;
  } finally {
    await rounds.close();
  }
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;

async function actorOf({ store, identify }: Opened, handle: string): Promise<Actor> {
  const identity = await identify(handle);
  const { actor } = await memberService(store).identify(identity, async () => undefined, new Date());
  return actor;
}

async function* inCells<Row>(batches: AsyncGenerator<Row[]>, cells: (row: Row) => Cell[]): Rows {
  for await (const rows of batches) yield rows.map(cells);
}

/** How many rows were written, on standard error: in a terminal as they are, elsewhere once. */
async function* progress(batches: Rows, what: string): Rows {
  let written = 0;
  const line = () => `Exporting ${what} … ${written.toLocaleString("en-US")}`;
  for await (const rows of batches) {
    yield rows;
    written += rows.length;
    if (process.stderr.isTTY) process.stderr.write(`\r${line()}`);
  }
  process.stderr.write(`${process.stderr.isTTY ? "\r" : ""}${line()}\n`);
}

/** No faster than it is taken, so that nothing piles up. Whoever takes no more, as `head` does, ends it. */
async function writeAll(out: Writable, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  let closed = false;
  out.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    closed = true;
    out.emit("drain");
  });
  for await (const chunk of chunks) {
    if (closed) return;
    if (!out.write(chunk)) await once(out, "drain");
  }
}
