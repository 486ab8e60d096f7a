import { type CellObject, utils, type WorkSheet, write } from "@e965/xlsx";
import { lines } from "./lines.ts";
import { type Cell, type Sheet, sheetText } from "./table.ts";

export const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

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
  const formats = columns.map((_, column) => formatOf(rows.map((row) => row[column] ?? null)));
  const sheet: WorkSheet = utils.aoa_to_sheet([
    columns.map((label) => xlsxCell(label, "")),
    ...rows.map((row) => row.map((cell, column) => xlsxCell(cell, formats[column] ?? ""))),
  ]);
  sheet["!cols"] = columns.map((label, column) => ({ wch: width([label, ...rows.map((row) => row[column] ?? null)]) }));
  return sheet;
}

function xlsxCell(cell: Cell, format: string): CellObject | null {
  if (typeof cell === "string") return { t: "s", v: sheetText(cell) };
  const number = cell instanceof Date ? serial(cell) : cell;
  if (number === null || !Number.isFinite(number)) return null;
  return { t: "n", v: number, ...(format !== "" && { z: format }) };
}

const dayInMs = 86_400_000;

/** Days since the end of 1899, as a workbook counts them. */
const serial = (date: Date): number => date.getTime() / dayInMs + 25_569;

/** Of dates, or of numbers that are no whole ones: those with separators and two places. */
function formatOf(cells: readonly Cell[]): string {
  if (!cells.some((cell) => cell instanceof Date))
    return cells.some((cell) => typeof cell === "number" && !Number.isInteger(cell)) ? "#,##0.00" : "";
  const days = cells.every((cell) => !(cell instanceof Date) || cell.getTime() % dayInMs === 0);
  return days ? "yyyy-mm-dd" : "yyyy-mm-dd hh:mm";
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
