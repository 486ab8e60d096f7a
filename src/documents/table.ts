import { type CellObject, utils, type WorkSheet, write } from "@e965/xlsx";
import { lines } from "./lines.ts";

export const csvType = "text/csv";
export const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A number that is not finite is an empty cell, as null is. */
export type Cell = string | number | Date | null;

/**
 * RFC 4180, with the byte order mark by which Excel knows UTF-8. Dates are ISO 8601 in UTC. Text that begins like a
 * formula gets an apostrophe before it, so that a spreadsheet shows it and runs nothing:
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export function toCsv(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${[columns, ...rows].map(csvRow).join("")}`;
}

export const csvRow = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(",")}\r\n`;

function csvCell(cell: Cell): string {
  if (typeof cell === "number") return Number.isFinite(cell) ? String(cell) : '""';
  const text = cell instanceof Date ? cell.toISOString() : (cell ?? "");
  return `"${(/^[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

/** A sheet of a workbook; its name has 31 characters at most, and none of `: \\ / ? * [ ]`. */
export interface Sheet {
  name: string;
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
}

/** A workbook with one sheet. */
export const toXlsx = (name: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): Uint8Array =>
  toWorkbook([{ name, columns, rows }]);

/**
 * Dates are shown in UTC, as days where all of a column are midnight. Text is never a formula. Throws where Excel takes no
 * such name for a sheet.
 */
export function toWorkbook(sheets: readonly Sheet[]): Uint8Array {
  const book = utils.book_new();
  for (const sheet of sheets) utils.book_append_sheet(book, drawn(sheet), sheet.name);
  return new Uint8Array(write(book, { type: "array", bookType: "xlsx", bookSST: true, compression: true }));
}

function drawn({ columns, rows }: Sheet): WorkSheet {
  const formats = columns.map((_, column) => dateFormat(rows.map((row) => row[column] ?? null)));
  const sheet: WorkSheet = utils.aoa_to_sheet([
    columns.map((label) => xlsxCell(label, "")),
    ...rows.map((row) => row.map((cell, column) => xlsxCell(cell, formats[column] ?? ""))),
  ]);
  sheet["!cols"] = columns.map((label, column) => ({ wch: width([label, ...rows.map((row) => row[column] ?? null)]) }));
  return sheet;
}

function xlsxCell(cell: Cell, dateFormat: string): CellObject | null {
  if (typeof cell === "string") return { t: "s", v: sheetText(cell) };
  const number = cell instanceof Date ? serial(cell) : cell;
  if (number === null || !Number.isFinite(number)) return null;
  return cell instanceof Date ? { t: "n", v: number, z: dateFormat } : { t: "n", v: number };
}

const dayInMs = 86_400_000;

/** Days since the end of 1899, as a workbook counts them. */
const serial = (date: Date): number => date.getTime() / dayInMs + 25_569;

function dateFormat(cells: readonly Cell[]): string {
  const days = cells.every((cell) => !(cell instanceof Date) || cell.getTime() % dayInMs === 0);
  return days ? "yyyy-mm-dd" : "yyyy-mm-dd hh:mm";
}

/** Characters that one cell of Excel holds. */
const cellLimit = 32_767;

/** `_x0041_` is how a workbook writes a character by its number, so typed text that looks like it is written out. */
export function sheetText(text: string): string {
  const printable = lines(text).join("\n");
  const held = printable.length > cellLimit ? `${printable.slice(0, cellLimit - 1)}…`.toWellFormed() : printable;
  return held.replace(/_(?=x[0-9a-f]{4}_)/gi, "_x005F_");
}

/** Characters; wide enough for the longest line, and never so wide that a sheet shows one column alone. */
function width(cells: readonly Cell[]): number {
  const longest = cells.reduce((most: number, cell) => Math.max(most, shownLength(cell)), 0);
  return Math.min(Math.max(longest + 2, 8), 60);
}

function shownLength(cell: Cell): number {
  if (cell instanceof Date) return "yyyy-mm-dd hh:mm".length;
  return lines(String(cell ?? "")).reduce((most, line) => Math.max(most, line.length), 0);
}
