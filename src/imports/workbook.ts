import { type CellObject, read, SSF, utils, type WorkBook } from "@e965/xlsx";
import { Decimal } from "decimal.js";
import { type SheetRow, tidy, Unreadable } from "./file.ts";

/** Numbers of a workbook as its reader sees them, or as they are: 12.88 % is “13%”, or “12.88%”. */
export type Numbers = "shown" | "exact";

/** The lines of the first sheet of a workbook. */
export function workbookRows(bytes: Uint8Array, numbers: Numbers): SheetRow[] {
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
  if (cell.t === "n" && typeof cell.v === "number") {
    const format = typeof cell.z === "string" ? cell.z : "";
    if (SSF.is_date(format)) {
      const { y, m, d } = SSF.parse_date_code(cell.v, { date1904 });
      return `${y}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`;
    }
    if (numbers === "exact") return isShare(format) ? `${new Decimal(cell.v).times(100).toFixed()}%` : String(cell.v);
  }
  return cell.w ?? String(cell.v ?? "");
}

/** The format multiplies by a hundred: its percent sign is no quoted word. */
const isShare = (format: string): boolean => format.replace(/"[^"]*"|\\./g, "").includes("%");
