import { utils, write } from "@e965/xlsx";
import { describe, expect, test } from "vitest";
import { fileOf } from "../../src/imports/file.ts";
import { readTable } from "../../src/imports/table.ts";

const columns = ["code", "name", "aliases"] as const;
const read = (bytes: Uint8Array | string, name = "units.csv") =>
  readTable(fileOf(name, Buffer.from(bytes as string)), columns, "code");

const workbook = (rows: unknown[][], type: "xlsx" | "xls" = "xlsx"): Uint8Array => {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows, { cellDates: false }), "Units");
  return write(book, { type: "buffer", bookType: type });
};

describe("a CSV file", () => {
  const west = { code: "4W", name: "4 West", aliases: "four west; 4west" };
  test.each([
    ["as it is", "code,name,aliases\n4W,4 West,four west; 4west\n"],
    ["with a byte order mark", "\uFEFFcode,name,aliases\n4W,4 West,four west; 4west\n"],
    ["with Windows line ends", "code,name,aliases\r\n4W,4 West,four west; 4west\r\n"],
    ["without an end to its last line", "code,name,aliases\r4W,4 West,four west; 4west"],
    ["quoted, with spaces around", '"code", "name" ,"aliases"\n"4W", " 4 West ","four west; 4west"\n'],
    ["with semicolons between", 'code;name;aliases\n4W;4 West;"four west; 4west"\n'],
    ["with tabs between", "code\tname\taliases\n4W\t4 West\tfour west; 4west\n"],
    ["with columns in another order and case", "Name,ALIASES,Code\n4 West,four west; 4west,4W\n"],
    ["with a line break in a cell", 'code,name,aliases\n4W,"4\nWest",four west; 4west\n'],
  ])("is read %s", async (_how, text) => {
    const { rows, errors } = await read(text);
    expect(errors).toEqual([]);
    expect(rows).toEqual([{ line: 2, cells: west }]);
  });

  test("from a spreadsheet that writes UTF-16", async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("code\tname\nÄ1\tÄrzte\n", "utf16le")]);
    expect((await read(bytes)).rows).toEqual([{ line: 2, cells: { code: "Ä1", name: "Ärzte" } }]);
  });

  test("keeps the numbers of its lines, over empty lines and breaks in cells", async () => {
    const { rows } = await read('\ncode,name\r\n\r\n4W,"4\nWest"\n\n5E,5 East\n,\nICU,Intensive care');
    expect(rows.map(({ line, cells }) => [line, cells.code])).toEqual([
      [4, "4W"],
      [7, "5E"],
      [9, "ICU"],
    ]);
  });

  test.each([
    ["empty", "", 0, "The file is empty"],
    ["with an unknown column", "code,nmae\n", 1, "There is no column “nmae”. Did you mean “name”?"],
    ["with a column twice", "code,name,Name\n", 1, "The column “name” is there twice."],
    ["without the needed column", "name\n4 West\n", 1, "The column “code” is missing"],
    ["with a cell too many", "code,name\n4W,4 West\n5E,5 East,Medicine, upper floor\n", 3, "belongs to no column"],
    ["with a cell under no name", "code,,name\n4W,x,4 West\n", 2, "belongs to no column"],
    ["with a quotation mark left open", 'code,name\n4W,"4 West\n5E,5 East\n', 0, "quotation marks do not pair up"],
    ["with a quotation mark inside", 'code,name\n4W,4 "West"\n', 2, "quotation marks do not pair up"],
  ])("%s is refused", async (_how, text, line, message) => {
    const { rows, errors } = await read(text);
    expect(rows).toHaveLength(line === 3 || line === 2 ? rows.length : 0);
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).toContain(message);
    if (line > 0) expect(errors[0]?.line).toBe(line);
  });

  test("in Latin-1 is refused with the way out", async () => {
    const { errors } = await read(Buffer.from("code,name\nA,Ärzte\n", "latin1"));
    expect(errors[0]?.message).toContain("Save it as “CSV UTF-8”");
  });
});

describe("a workbook", () => {
  test("is read like a CSV file, with numbers, dates and the lines of the sheet", async () => {
    const sheet = utils.aoa_to_sheet([["code", "name", "aliases"], [], [4, "4 West", " four west "]]);
    sheet.B4 = { t: "n", v: 45382, z: "dd.mm.yyyy" };
    sheet.A4 = { t: "s", v: "DAY" };
    sheet["!ref"] = "A1:C4";
    const book = utils.book_new();
    utils.book_append_sheet(book, sheet, "Units");
    const { rows, errors } = await read(write(book, { type: "buffer", bookType: "xlsx" }), "units.xlsx");
    expect(errors).toEqual([]);
    expect(rows).toEqual([
      { line: 3, cells: { code: "4", name: "4 West", aliases: "four west" } },
      { line: 4, cells: { code: "DAY", name: "2024-03-31" } },
    ]);
  });

  test("is told by what is in it, not by its name", async () => {
    const rows = [
      ["code", "name"],
      ["4W", "4 West"],
    ];
    expect((await read(workbook(rows), "units.csv")).rows).toHaveLength(1);
  });

  test.each([
    ["of an old kind", () => workbook([["code"]], "xls"), "old Excel workbook"],
    [
      "that is cut off",
      () =>
        workbook([
          ["code", "name"],
          ["4W", "4 West"],
        ]).subarray(0, 200),
      "cannot be opened",
    ],
    ["that is some other archive", () => Buffer.from("PK\u0003\u0004 nothing of the kind"), "cannot be opened"],
  ])("%s is refused", async (_how, bytes, message) => {
    expect((await read(bytes(), "units.xlsx")).errors[0]?.message).toContain(message);
  });

  test("with an error in a cell is refused with its place", async () => {
    const sheet = utils.aoa_to_sheet([
      ["code", "name"],
      ["4W", "x"],
    ]);
    sheet.B2 = { t: "e", v: 0x17, w: "#REF!" };
    const book = utils.book_new();
    utils.book_append_sheet(book, sheet, "Units");
    const { errors } = await read(write(book, { type: "buffer", bookType: "xlsx" }), "units.xlsx");
    expect(errors).toEqual([{ line: 2, column: "", message: expect.stringContaining("B2") }]);
  });
});
