import { type CellObject, read, SSF } from "@e965/xlsx";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvFile, workbookFile } from "../../src/documents/files.ts";
import { type Cell, toCsv } from "../../src/documents/table.ts";
import { toWorkbook } from "../../src/documents/workbook.ts";

const bytesOf = (file: { base64: string }) => Buffer.from(file.base64, "base64");
const parsed = (csv: string): string[][] => parse(csv, { bom: true, record_delimiter: "\r\n" });

const anyText = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.constantFrom(..."=+-@＝'\",;\t\r\n ax1Ü\uFEFF".split("")), maxLength: 12 }),
);

describe("a table as CSV", () => {
  test("any text survives, and none begins like a formula", () => {
    const rows = fc.array(fc.tuple(anyText, anyText), { minLength: 1 });
    fc.assert(
      fc.property(anyText, rows, (label, rows) => {
        const given = [[label, "other"], ...rows];
        const back = parsed(toCsv([label, "other"], rows));
        expect(back.map((row) => row.length)).toEqual(given.map(() => 2));
        for (const [at, cell] of back.flat().entries()) {
          expect(cell).not.toMatch(/^[=+\-@＝＋－＠\t\r\n]/);
          expect([cell, cell.replace(/^'/, "")]).toContain(given.flat()[at]);
        }
      }),
    );
  });

  test("numbers stay numbers, a missing value is empty, and moments are ISO 8601", () => {
    const at = new Date("2026-03-08T07:30:00Z");
    const rows: Cell[][] = [[-5.5, null, Number.NaN, at]];
    expect(toCsv(["a", "b", "c", "d"], rows)).toBe(
      '\uFEFF"a","b","c","d"\r\n-5.5,"","","2026-03-08T07:30:00.000Z"\r\n',
    );
  });

  test("begins with the byte order mark, so that Excel reads umlauts", () => {
    const file = csvFile("staff", ["Name"], [["Jürgen Groß"]]);
    expect(file).toMatchObject({ name: "staff.csv", mediaType: "text/csv" });
    expect([...bytesOf(file).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(parsed(bytesOf(file).toString())).toEqual([["Name"], ["Jürgen Groß"]]);
  });
});

describe("a table as XLSX", () => {
  const opened = (rows: Cell[][], columns = ["a", "b", "c", "d"]) => {
    const book = read(toWorkbook([{ name: "Incidents", columns, rows }]), {
      type: "array",
      cellNF: true,
      cellFormula: true,
    });
    expect(book.SheetNames).toEqual(["Incidents"]);
    const sheet = book.Sheets.Incidents ?? {};
    return (address: string): CellObject | undefined => sheet[address];
  };

  test("cells keep their kind: text, number, day, moment; a missing value has no cell", () => {
    const cell = opened([
      ["007", -5.5, new Date("2026-03-08T00:00:00Z"), new Date("2026-03-08T07:30:00Z")],
      [null, Number.POSITIVE_INFINITY, new Date("2024-02-29T00:00:00Z"), null],
    ]);
    expect(cell("A1")).toMatchObject({ t: "s", v: "a" });
    expect(cell("A2")).toMatchObject({ t: "s", v: "007" });
    expect(cell("B2")).toMatchObject({ t: "n", v: -5.5 });
    expect(cell("C2")).toMatchObject({ t: "n", w: "2026-03-08" });
    expect(cell("D2")).toMatchObject({ t: "n", w: "2026-03-08 07:30" });
    expect(cell("C3")).toMatchObject({ w: "2024-02-29" });
    expect(SSF.is_date(String(cell("C3")?.z))).toBe(true);
    for (const address of ["A3", "B3", "D3"]) expect(cell(address)).toBeUndefined();
  });

  test("text is never a formula, and comes back as it was typed", () => {
    const typed = ["=1+1", "+1", "_x0041_ Ä\nß", ' <b>&"'];
    const cell = opened([typed]);
    for (const [at, text] of typed.entries()) {
      const found = cell(`${"ABCD"[at]}2`);
      expect(found).toMatchObject({ t: "s", v: text });
      expect(found).not.toHaveProperty("f");
    }
  });

  test("a text longer than a cell may be is cut, and shows that it was", () => {
    const found = opened([["x".repeat(40_000)]])("A2")?.v;
    expect(found).toHaveLength(32_767);
    expect(String(found).endsWith("x…")).toBe(true);
  });

  test("any text survives, but for characters that no workbook holds", () => {
    const printable = fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(printable, (text) => {
        expect(opened([[text]], ["a"])("A2")).toMatchObject({ t: "s", v: text });
        expect(() => opened([[`\u0000\u0007\uFFFE${text}`]])).not.toThrow();
      }),
      { numRuns: 50 },
    );
  });

  test("the file says what it is", async () => {
    const file = await workbookFile("incidents", [{ name: "Incidents", columns: ["a"], rows: [["b"]] }]);
    expect(file).toMatchObject({
      name: "incidents.xlsx",
      mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    });
    expect(read(bytesOf(file)).SheetNames).toEqual(["Incidents"]);
  });
});
