import { type CellObject, read, SSF, utils, type WorkBook } from "@e965/xlsx";
import { CsvError, parse } from "csv-parse/sync";
import type { Finding, ImportFile } from "./result.ts";

/** The cells of one line, by the place of their column. */
export interface SheetRow {
  line: number;
  cells: string[];
}

/** A file that cannot be read as a table at all. */
export class Unreadable extends Error {
  readonly finding: Finding;

  constructor(message: string, line = 0) {
    super(message);
    this.finding = { line, column: "", message };
  }
}

/** What stands between the cells of a CSV file; a workbook has nothing there. */
export type Separator = "," | ";" | "\t" | null;

/** Numbers of a workbook as its reader sees them, or as they are: 13 % is “13%”, or “0.1288”. */
export type Numbers = "shown" | "exact";

/** The lines of a CSV file, or of the first sheet of a workbook, that hold anything. */
export function readSheet(file: ImportFile): SheetRow[] {
  const rows: SheetRow[] = [];
  eachRow(file, "shown", (row) => rows.push(row));
  return rows;
}

/** The same one by one: of a large CSV file no more is held than its text. */
export function eachRow({ name, bytes }: ImportFile, numbers: Numbers, take: (row: SheetRow) => void): Separator {
  const takeFilled = (row: SheetRow) => {
    if (row.cells.some((cell) => cell !== "")) take(row);
  };
  if (!beginsWith(bytes, zip)) return readCsv(bytes, name, takeFilled);
  for (const row of readWorkbook(bytes, numbers)) takeFilled(row);
  return null;
}

const zip = [0x50, 0x4b, 0x03, 0x04];
const oldWorkbook = [0xd0, 0xcf, 0x11, 0xe0];
const utf16 = [0xff, 0xfe];

const beginsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte);

/** One line of text without what cannot be seen. */
const tidy = (text: string): string =>
  /^[\x21-\x7e]*$/.test(text)
    ? text
    : text
        .normalize("NFC")
        .replace(/[\p{Cc}\p{Zs}\uFEFF]+/gu, " ")
        .trim();

function readCsv(bytes: Uint8Array, name: string, take: (row: SheetRow) => void): Separator {
  if (beginsWith(bytes, oldWorkbook) || /\.xls$/i.test(name))
    throw new Unreadable("This is an old Excel workbook. Save it as .xlsx or as CSV, and import that.");
  const text = decode(bytes);
  const [header = ""] = text.split(/[\r\n]/, 1);
  const delimiter = header.includes("\t") ? "\t" : header.includes(";") && !header.includes(",") ? ";" : ",";
  try {
    let before = 0;
    parse(text, {
      delimiter,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      trim: true,
      on_record: (record: string[], { lines }) => {
        take({ line: before + 1, cells: record.map(tidy) });
        before = lines;
        return null;
      },
    });
    return delimiter;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === "number" ? error.lines : 0;
    throw new Unreadable(
      "The quotation marks do not pair up here. Put each whole cell into quotation marks, or none.",
      line,
    );
  }
}

function decode(bytes: Uint8Array): string {
  try {
    const encoding = beginsWith(bytes, utf16) ? "utf-16le" : "utf-8";
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Unreadable("This file is not in UTF-8. Save it as “CSV UTF-8”, or as .xlsx, and import that.");
  }
}

function readWorkbook(bytes: Uint8Array, numbers: Numbers): SheetRow[] {
  const workbook = openWorkbook(bytes);
  const sheet = workbook.Sheets[workbook.SheetNames[0] ?? ""] ?? {};
  const date1904 = workbook.Workbook?.WBProps?.date1904 ?? false;
  const rows = new Map<number, string[]>();
  for (const [address, cell] of Object.entries(sheet)) {
    if (address.startsWith("!")) continue;
    const { r, c } = utils.decode_cell(address);
    if ((cell as CellObject).t === "e")
      throw new Unreadable(`The cell ${address} holds an error of the spreadsheet. Correct it and save again.`, r + 1);
    const cells = rows.get(r) ?? [];
    cells[c] = tidy(written(cell as CellObject, date1904, numbers));
    rows.set(r, cells);
  }
  return [...rows]
    .sort(([one], [other]) => one - other)
    .map(([row, cells]) => ({ line: row + 1, cells: Array.from(cells, (cell) => cell ?? "") }));
}

function openWorkbook(bytes: Uint8Array): WorkBook {
  try {
    return read(bytes, { type: "array", cellNF: true, sheets: 0 });
  } catch {
    throw new Unreadable("This workbook cannot be opened. Save it again as .xlsx, or as CSV, and import that.");
  }
}

/** What the sheet shows, or the number as it is; dates as `YYYY-MM-DD` however they are shown. */
function written(cell: CellObject, date1904: boolean, numbers: Numbers): string {
  if (cell.t === "n" && typeof cell.v === "number" && typeof cell.z === "string" && SSF.is_date(cell.z)) {
    const { y, m, d } = SSF.parse_date_code(cell.v, { date1904 });
    return `${y}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`;
  }
  return numbers === "exact" && cell.t === "n" ? String(cell.v) : (cell.w ?? String(cell.v ?? ""));
}
