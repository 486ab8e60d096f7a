import { Worker } from "node:worker_threads";
import { type Delimiter, delimiterOf, eachCsvRow } from "./csv.ts";
import { type ImportFile, type SheetRow, Unreadable } from "./file.ts";
import type { Numbers } from "./workbook.ts";
import type { Told } from "./workbookThread.ts";

/** The lines of a CSV file, or of the first sheet of a workbook, that hold anything. */
export interface Sheet {
  /** What stands between the cells of a CSV file; a workbook has nothing there. */
  separator: Delimiter | null;
  /** Line by line, as often as it is asked; `between` is waited for now and then, and is not while a line is taken. */
  each(take: (row: SheetRow) => void, between?: () => Promise<void>): Promise<void>;
  /** The first of them, which names the columns. */
  header(): Promise<SheetRow | undefined>;
}

/** Throws {@link Unreadable} where it is no table, here or while its lines are read. */
export async function openSheet(file: ImportFile, numbers: Numbers): Promise<Sheet> {
  const start = await startOf(file);
  if (beginsWith(start, zip)) {
    const rows = await unpacked(file, numbers);
    return sheetOf(null, async (take, between) => {
      for (const [at, row] of rows.entries()) {
        take(row);
        if (at % 1_000 === 999) await between();
      }
      await between();
    });
  }
  if (beginsWith(start, oldWorkbook) || /\.xls$/i.test(file.name))
    throw new Unreadable("This is an old Excel workbook. Save it as .xlsx or as CSV, and import that.");
  const delimiter = await delimiterOf(file);
  return sheetOf(delimiter, (take, between) => eachCsvRow(file, delimiter, take, between));
}

type EachRow = (take: (row: SheetRow) => void, between: () => Promise<void>) => Promise<void>;

function sheetOf(separator: Sheet["separator"], eachRow: EachRow): Sheet {
  const each: Sheet["each"] = (take, between = async () => undefined) =>
    eachRow((row) => {
      if (row.cells.some((cell) => cell !== "")) take(row);
    }, between);
  return {
    separator,
    each,
    async header() {
      let first: SheetRow | undefined;
      const enough = new Error("The first line is enough.");
      await each((row) => {
        first = row;
        throw enough;
      }).catch((error: unknown) => {
        if (error !== enough) throw error;
      });
      return first;
    },
  };
}

const zip = [0x50, 0x4b, 0x03, 0x04];
const oldWorkbook = [0xd0, 0xcf, 0x11, 0xe0];

const beginsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte);

async function startOf(file: ImportFile): Promise<Uint8Array> {
  let start = new Uint8Array();
  for await (const bytes of file.open()) {
    start = Buffer.concat([start, bytes]);
    if (start.length >= zip.length) break;
  }
  return start;
}

/** Megabytes that a workbook may take unpacked; a file that is small and unpacks to more is refused. */
const mostUnpacked = 1_500;

/** The lines of a workbook, which its library reads as a whole: in a thread of its own, so that nobody else waits. */
async function unpacked(file: ImportFile, numbers: Numbers): Promise<SheetRow[]> {
  const pieces: Uint8Array[] = [];
  for await (const bytes of file.open()) pieces.push(bytes);
  const bytes = new Uint8Array(Buffer.concat(pieces));
  const thread = new Worker(new URL("./workbookThread.ts", import.meta.url), {
    workerData: { bytes, numbers },
    transferList: [bytes.buffer],
    resourceLimits: { maxOldGenerationSizeMb: mostUnpacked },
  });
  const all: SheetRow[] = [];
  try {
    await new Promise<void>((done, failed) => {
      thread.on("message", (told: Told) => {
        if (told === "done") done();
        else if ("wrong" in told) failed(new Unreadable(told.wrong.message, told.wrong.line));
        else for (const row of told.rows) all.push(row);
      });
      thread.once("error", (error) => failed("code" in error && error.code === outOfMemory ? tooLarge() : error));
    });
  } finally {
    await thread.terminate();
  }
  return all;
}

const outOfMemory = "ERR_WORKER_OUT_OF_MEMORY";
const tooLarge = () => new Unreadable("This workbook is too large to be unpacked. Save it as CSV, and import that.");
