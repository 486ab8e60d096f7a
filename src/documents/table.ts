import { lines } from "./lines.ts";

export const csvType = "text/csv";

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

/** Characters that one cell of Excel holds. */
const cellLimit = 32_767;

/** `_x0041_` is how a workbook writes a character by its number, so typed text that looks like it is written out. */
export function sheetText(text: string): string {
  const printable = lines(text).join("\n");
  const held = printable.length > cellLimit ? `${printable.slice(0, cellLimit - 1)}…`.toWellFormed() : printable;
  return held.replace(/_(?=x[0-9a-f]{4}_)/gi, "_x005F_");
}
