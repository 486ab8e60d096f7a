import { read, utils } from "@e965/xlsx";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Cell, toCsv } from "../../src/documents/table.ts";
import { csvChunks, xlsxChunks } from "../../src/documents/tableStream.ts";

const columns = ["Number", "Text", "At"];
const rows: Cell[][] = [
  ["INC-2", "She said “<b>&amp;</b>”, twice\nand =SUM(A1)", new Date("2026-11-23T11:10:00Z")],
  [3, null, null],
  [Number.NaN, "ü 🏥 _x0041_", ""],
];

async function* inBatches(given: Cell[][], size: number): AsyncGenerator<Cell[][]> {
  for (let from = 0; from < given.length; from += size) yield given.slice(from, from + size);
}

async function whole(chunks: AsyncGenerator<Uint8Array>): Promise<Buffer> {
  const found: Uint8Array[] = [];
  for await (const chunk of chunks) found.push(chunk);
  return Buffer.concat(found);
}

/** The sheets of a workbook as a spreadsheet program reads them. */
async function opened(given: Cell[][], perSheet?: number): Promise<Record<string, unknown[][]>> {
  const book = read(await whole(xlsxChunks("Incidents", columns, inBatches(given, 2), perSheet)));
  return Object.fromEntries(
    book.SheetNames.map((name) => [
      name,
      utils.sheet_to_json<unknown[]>(book.Sheets[name] ?? {}, { header: 1, defval: null, blankrows: true }),
    ]),
  );
}

test("a CSV that is written as its rows come is the one that is written at once", async () => {
  expect((await whole(csvChunks(columns, inBatches(rows, 2)))).toString()).toBe(toCsv(columns, rows));
});

test("a workbook that is written as its rows come opens with the same cells", async () => {
  expect(await opened(rows)).toEqual({
    Incidents: [
      columns,
      ["INC-2", "She said “<b>&amp;</b>”, twice\nand =SUM(A1)", "2026-11-23T11:10:00.000Z"],
      [3, null, null],
      [null, "ü 🏥 _x0041_", null],
    ],
  });
});

test("a workbook without rows has its columns", async () => {
  expect(await opened([])).toEqual({ Incidents: [columns] });
});

test("a sheet that is full goes on in the next one, under the same columns", async () => {
  const many = Array.from({ length: 5 }, (_, index) => [index, `row ${index}`, "x"]);
  expect(await opened(many, 3)).toEqual({
    Incidents: [columns, many[0], many[1]],
    "Incidents 2": [columns, many[2], many[3]],
    "Incidents 3": [columns, many[4]],
  });
});

test("whatever is typed opens as it was typed, but for what a sheet cannot hold", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: "grapheme-ascii", minLength: 1 }), { minLength: 1 }), async (texts) => {
      const sheet = (await opened(texts.map((text) => ["INC-1", text, "end"]))).Incidents ?? [];
      expect(sheet.slice(1).map((row) => row[1])).toEqual(texts);
    }),
    { numRuns: 50 },
  );
});
