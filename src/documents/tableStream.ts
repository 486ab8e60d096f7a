import { Zip, ZipDeflate } from "fflate";
import { type Cell, csvRow, sheetText } from "./table.ts";

// The same tables as in table.ts where they are longer than memory should hold: they are written as their rows come.

type Batches = AsyncIterable<readonly (readonly Cell[])[]>;

export async function* csvChunks(columns: readonly string[], batches: Batches): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  // With the first rows: where they are refused, there is no beginning of a file either.
  let before = `\uFEFF${csvRow(columns)}`;
  for await (const rows of batches) {
    yield encoder.encode(before + rows.map(csvRow).join(""));
    before = "";
  }
  yield encoder.encode(before);
}

/** Rows of a sheet: https://support.microsoft.com/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3 */
const rowsOfSheet = 1_048_576;

/**
 * A workbook in the form of ECMA-376, its texts in the cells themselves; where a sheet is full, the next one goes on. Dates
 * are ISO 8601 in UTC, as text.
 */
export async function* xlsxChunks(
  sheetName: string,
  columns: readonly string[],
  batches: Batches,
  perSheet = rowsOfSheet,
): AsyncGenerator<Uint8Array> {
  const book = openBook();
  let left = 0;
  for await (const rows of batches) {
    for (const row of rows) {
      if (left === 0) {
        book.nextSheet();
        book.write(rowXml(columns));
        left = perSheet - 1;
      }
      book.write(rowXml(row));
      left -= 1;
    }
    yield* book.written();
  }
  if (book.sheets() === 0) {
    book.nextSheet();
    book.write(rowXml(columns));
  }
  book.end(sheetName);
  yield* book.written();
}

interface Book {
  nextSheet(): void;
  write(xml: string): void;
  end(sheetName: string): void;
  sheets(): number;
  /** What has been packed since it was asked for last. */
  written(): Uint8Array[];
}

/** Enough to pack well at once. */
const packedAtOnce = 64 * 1024;

function openBook(): Book {
  let chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  const encoder = new TextEncoder();
  let sheet: ZipDeflate | undefined;
  let sheets = 0;
  let waiting = "";
  const flush = (last: boolean) => {
    sheet?.push(encoder.encode(waiting), last);
    waiting = "";
  };
  const part = (name: string): ZipDeflate => {
    const file = new ZipDeflate(name, { level: 6 });
    zip.add(file);
    return file;
  };
  const closeSheet = () => {
    waiting += "</sheetData></worksheet>";
    flush(true);
  };
  return {
    nextSheet() {
      if (sheet) closeSheet();
      sheets += 1;
      sheet = part(`xl/worksheets/sheet${sheets}.xml`);
      waiting = `${declaration}<worksheet xmlns="${main}"><sheetData>`;
    },
    write(xml) {
      waiting += xml;
      if (waiting.length > packedAtOnce) flush(false);
    },
    end(sheetName) {
      closeSheet();
      const numbers = Array.from({ length: sheets }, (_, index) => index + 1);
      for (const [name, xml] of Object.entries(frame(sheetName, numbers))) part(name).push(encoder.encode(xml), true);
      zip.end();
    },
    sheets: () => sheets,
    written() {
      const given = chunks;
      chunks = [];
      return given;
    },
  };
}

const rowXml = (cells: readonly Cell[]): string => `<row>${cells.map(cellXml).join("")}</row>`;

function cellXml(cell: Cell): string {
  if (cell === null || cell === "" || (typeof cell === "number" && !Number.isFinite(cell))) return "<c/>";
  if (typeof cell === "number") return `<c><v>${cell}</v></c>`;
  const text = sheetText(cell instanceof Date ? cell.toISOString() : cell);
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`;
const openXml = "http://schemas.openxmlformats.org";
const main = `${openXml}/spreadsheetml/2006/main`;
const office = `${openXml}/officeDocument/2006/relationships`;
const packaged = `${openXml}/package/2006`;
const sheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** The parts that name the sheets. */
function frame(sheetName: string, sheets: readonly number[]): Record<string, string> {
  const each = (xml: (sheet: number) => string) => sheets.map(xml).join("");
  const nameOf = (sheet: number) => escaped(sheet === 1 ? sheetName : `${sheetName} ${sheet}`);
  return {
    "[Content_Types].xml": `${declaration}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheetType}.sheet.main+xml"/>${each((sheet) => `<Override PartName="/xl/worksheets/sheet${sheet}.xml" ContentType="${sheetType}.worksheet+xml"/>`)}</Types>`,
    "_rels/.rels": `${declaration}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${each((sheet) => `<sheet name="${nameOf(sheet)}" sheetId="${sheet}" r:id="rId${sheet}"/>`)}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${declaration}<Relationships xmlns="${packaged}/relationships">${each((sheet) => `<Relationship Id="rId${sheet}" Type="${office}/worksheet" Target="worksheets/sheet${sheet}.xml"/>`)}</Relationships>`,
  };
}
