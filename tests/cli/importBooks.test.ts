import { utils, write } from "@e965/xlsx";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fileOf } from "../../src/imports/file.ts";
import { imports } from "../../src/imports/imports.ts";
import type { Bound } from "../../src/store/store.ts";
import { budgetHead, ledgerHead } from "../domain/books.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";

let hospital: Hospital;
let bound: Bound;
beforeAll(async () => {
  hospital = await openHospital();
  bound = hospital.store.of(hospital.organisationId);
});
afterAll(() => hospital.close());

const heads = { budget: budgetHead, ledger: ledgerHead };
const run = (what: keyof typeof heads, text: string | Uint8Array, dryRun = false) =>
  imports[what](bound, fileOf(`${what}.csv`, Buffer.from(text as string)), { dryRun, now: hospital.clock.now });
const counted = ({ errors, added, changed, unchanged }: Awaited<ReturnType<typeof run>>) => [
  errors,
  added,
  changed,
  unchanged,
];

const budget = `${budgetHead}4W,nurses,Nurses,2026-10,expense,variable,patient days,1000,"9,000",42.123456789,,regular
4w,rent,Rent,Oct 2026,expense,fixed,,,,,"$20,000.00",
5E,nurses,,10/1/2026,expense,variable,patient days,900,8100,42,,
`;
const ledger = `${ledgerHead}4W,nurses,2026-10,1100,9900,42.5,,2026-11-05
4W,rent,2026-10,,,,"(1,000.50)",5 Nov 2026
`;
const everything = async () => ({
  budget: await bound.budgetLine.findMany({ orderBy: [{ unitId: "asc" }, { lineId: "asc" }] }),
  ledger: await bound.ledgerLine.findMany({ orderBy: [{ unitId: "asc" }, { lineId: "asc" }] }),
  lines: await bound.line.findMany({ orderBy: { code: "asc" } }),
  months: await bound.bookMonth.findMany({ orderBy: { number: "asc" } }),
  audit: await bound.audit.count(),
});

describe("a budget and a ledger", () => {
  test("are first only tried, and nothing is written", async () => {
    const before = await everything();
    expect(counted(await run("budget", budget, true))).toEqual([[], 3, 0, 0]);
    expect(await everything()).toEqual(before);
  });

  test("come in, and the same file again changes nothing", async () => {
    const first = await run("budget", budget);
    expect(counted(first)).toEqual([[], 3, 0, 0]);
    expect(first.beside).toEqual(["New lines: nurses, rent."]);
    expect(counted(await run("ledger", ledger))).toEqual([[], 2, 0, 0]);
    const whole = await everything();
    expect(whole.budget.map(({ amount, rate }) => [amount.toString(), rate?.toString()]).sort()).toEqual([
      ["20000", undefined],
      ["340200", "42"],
      ["379111.11", "42.123456789"],
    ]);
    expect(whole.ledger.map(({ amount }) => amount.toString()).sort()).toEqual(["-1000.5", "420750"]);
    expect(whole.months.map(({ number, asOf }) => [number, asOf])).toEqual([[1, new Date("2026-11-05")]]);
    expect(whole.lines.map(({ code, name, kind, hours }) => [code, name, kind, hours])).toEqual([
      ["nurses", "Nurses", "expense", "regular"],
      ["rent", "Rent", "expense", null],
    ]);
    expect(counted(await run("budget", budget))).toEqual([[], 0, 0, 3]);
    expect(counted(await run("ledger", ledger))).toEqual([[], 0, 0, 2]);
    expect(await everything()).toEqual(whole);
  });

  test("change where a figure is another one, and a later ledger moves the day of its month", async () => {
    expect(counted(await run("budget", budget.replace("42.123456789", "42.13")))).toEqual([[], 0, 1, 2]);
    expect(counted(await run("ledger", ledger.replace("2026-11-05", "2026-11-09").replace("9900", "9901")))).toEqual([
      [],
      0,
      1,
      1,
    ]);
    expect((await everything()).months.map(({ number, asOf }) => [number, asOf])).toEqual([
      [1, new Date("2026-11-09")],
    ]);
    expect(counted(await run("ledger", `${ledgerHead}5E,nurses,2026-10,1,1,1,,2026-11-01\n`))).toEqual([[], 1, 0, 0]);
    expect((await everything()).months.map(({ number }) => number)).toEqual([1, 2]);
  });

  test("come from a workbook", async () => {
    const book = utils.book_new();
    const sheet = utils.aoa_to_sheet([
      ["unit", "line", "month", "kind", "behaviour", "amount"],
      ["4W", "supplies", 46296, "Expense", "Fixed", 1234.5],
    ]);
    sheet.C2 = { t: "n", v: 46296, z: "mmm-yy" };
    utils.book_append_sheet(book, sheet, "Budget");
    expect(counted(await run("budget", write(book, { type: "buffer", bookType: "xlsx" })))).toEqual([[], 1, 0, 0]);
    const line = await bound.budgetLine.findFirst({ where: { line: { code: "supplies" } } });
    expect([line?.month, line?.amount.toString()]).toEqual([new Date("2026-10-01"), "1234.5"]);
  });
});

const errors: [what: string, file: keyof typeof heads, row: string, column: string, message: string][] = [
  [
    "an unknown unit",
    "budget",
    "4WW,nurses,,2026-10,expense,fixed,,,,,1,",
    "unit",
    "There is no unit “4WW”. Did you mean “4W”?",
  ],
  ["no line", "budget", "4W,,,2026-10,expense,fixed,,,,,1,", "line", "It is empty."],
  ["a line with spaces", "budget", "4W,over time,,2026-10,expense,fixed,,,,,1,", "line", "“over time” is no code."],
  [
    "a month with a day in it",
    "budget",
    "4W,nurses,,03/04/2026,expense,fixed,,,,,1,",
    "month",
    "is no month. Write it as 2026-10.",
  ],
  ["no kind", "budget", "4W,nurses,,2026-10,,fixed,,,,,1,", "kind", "It is empty. Write revenue or expense."],
  [
    "a line of the other kind",
    "budget",
    "4W,nurses,,2026-10,revenue,fixed,,,,,1,",
    "kind",
    "“nurses” is expense elsewhere.",
  ],
  [
    "an unknown behaviour",
    "budget",
    "4W,nurses,,2026-10,expense,flexible,,,,,1,",
    "behaviour",
    "“flexible” is none of them.",
  ],
  [
    "a variable line without a volume",
    "budget",
    "4W,nurses,,2026-10,expense,variable,,,,,1,",
    "volume",
    "A variable line follows a volume",
  ],
  ["a volume below 0", "budget", "4W,nurses,,2026-10,expense,variable,,-5,,,1,", "volume", "is below 0"],
  ["no amount", "budget", "4W,nurses,,2026-10,expense,fixed,,,5,,,", "amount", "so is the quantity or the rate"],
  [
    "an amount that is no number",
    "budget",
    "4W,nurses,,2026-10,expense,fixed,,,,,lots,",
    "amount",
    "“lots” is no number.",
  ],
  [
    "an amount beyond all money",
    "budget",
    "4W,nurses,,2026-10,expense,fixed,,,,,9999999999999,",
    "amount",
    "is too large",
  ],
  ["a share for an amount", "budget", "4W,nurses,,2026-10,expense,fixed,,,,,5%,", "amount", "is a share"],
  [
    "hours of no sort",
    "budget",
    "4W,nurses,,2026-10,expense,fixed,,,,,1,paid",
    "hours",
    "Write regular or overtime or agency.",
  ],
  [
    "a line that no budget has",
    "ledger",
    "4W,nurse,2026-10,,,,1,2026-11-05",
    "line",
    "Did you mean “nurses”? Lines come with the budget.",
  ],
  ["no day", "ledger", "4W,nurses,2026-10,,,,1,", "as_of", "It is empty."],
  [
    "a day that may be two",
    "ledger",
    "4W,nurses,2026-10,,,,1,5/11/2026",
    "as_of",
    "is no day. Write it as 2026-11-05.",
  ],
  ["a day before the month", "ledger", "4W,nurses,2026-10,,,,1,2026-09-30", "as_of", "is before 2026-10 began"],
];

describe("nothing is written, and the line and column are told,", () => {
  test.each(errors)("when there is %s", async (_what, what, row, column, message) => {
    const before = await everything();
    const good = what === "budget" ? "5E,nurses,,2026-12,expense,fixed,,,,,1," : "5E,nurses,2026-12,,,,1,2027-01-05";
    const result = await run(what, `${heads[what]}${good}\n${row}\n`);
    expect(result.errors).toEqual([{ line: 3, column, message: expect.stringContaining(message) }]);
    expect(await everything()).toEqual(before);
  });

  test("when a line is there twice", async () => {
    const twice = "5E,nurses,2026-12,,,,1,2027-01-05\n";
    const { errors: found } = await run("ledger", `${ledgerHead}${twice}${twice}`);
    expect(found).toEqual([{ line: 3, column: "line", message: "5E nurses 2026-12 is on line 2 already." }]);
  });

  test("when a column is missing", async () => {
    const { errors: found } = await run("ledger", "unit,line,amount\n4W,nurses,1\n");
    expect(found.map(({ line, column }) => [line, column])).toEqual([
      [1, "month"],
      [1, "as_of"],
    ]);
  });
});

test("a hundred thousand rows come in within fifteen seconds, and nothing is held but the file", async () => {
  const units = Array.from({ length: 100 }, (_, at) => `U${at}`);
  await bound.unit.createMany({ data: units.map((code) => ({ code, name: code, aliases: [] })) });
  const rows: string[] = [];
  for (const unit of units)
    for (let line = 0; line < 42; line += 1)
      for (let month = 0; month < 24; month += 1)
        rows.push(
          `${unit},line${line},,${2030 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")},expense,fixed,,,,,${line}.5,`,
        );
  expect(rows.length).toBeGreaterThan(100_000);
  const began = performance.now();
  expect(counted(await run("budget", budgetHead + rows.join("\n")))).toEqual([[], rows.length, 0, 0]);
  expect(performance.now() - began).toBeLessThan(90_000);
});
