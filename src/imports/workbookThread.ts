import { parentPort, workerData } from "node:worker_threads";
import { type Finding, type SheetRow, Unreadable } from "./file.ts";
import { type Numbers, workbookRows } from "./workbook.ts";

/** What this thread tells: the rows some thousand at a time, and at the end that it is done, or what is wrong. */
export type Told = { rows: SheetRow[] } | { wrong: Finding } | "done";

/** A message with all rows at once would hold them twice. */
const batch = 5_000;

const { bytes, numbers } = workerData as { bytes: Uint8Array; numbers: Numbers };
const tell = (told: Told) => parentPort?.postMessage(told);

try {
  const rows = workbookRows(bytes, numbers);
  while (rows.length > 0) tell({ rows: rows.splice(0, batch) });
  tell("done");
} catch (error) {
  if (!(error instanceof Unreadable)) throw error;
  tell({ wrong: error.finding });
}
