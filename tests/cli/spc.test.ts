import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { utils, write } from "@e965/xlsx";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { seriesIn } from "../../src/cli/spcSeries.ts";
import type { Chart } from "../../src/domain/kpis/spc/limits.ts";
import { fileOf } from "../../src/imports/file.ts";
import { rounds } from "../support/rounds.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "rounds-spc-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const spc = async (text: string, ...words: string[]) => {
  const file = path.join(folder, "figures.csv");
  await writeFile(file, text);
  return rounds(["spc", file, ...words], { ROUNDS_DATA: path.join(folder, "data") });
};
const read = (text: string | Uint8Array, chart: Chart = "xmr", name = "figures.csv") =>
  seriesIn(fileOf(name, Buffer.from(text as string)), chart);
const valuesOf = async (text: string | Uint8Array, chart: Chart = "xmr") =>
  (await read(text, chart)).observations.map(({ numerator, denominator }) => numerator / denominator);

describe("rounds spc prints a chart as one line of JSON", () => {
  it("with its limits, what each point shows, and no more", async () => {
    const { code, out, errors } = await spc(
      "value\n1\n2\n1\n2\n10\n1\n2\n1\n2\n1\n2\n1\n2\n1\n2\n1\n2\n1\n",
      ...["--chart", "xmr", "--direction", "decrease", "--target", "-2"],
    );
    expect(errors).toBe("");
    expect(code).toBe(0);
    expect(out.trimEnd().split("\n")).toHaveLength(1);
    const chart = JSON.parse(out);
    expect(Object.keys(chart)).toEqual(["centre", "limits", "points", "variation", "assurance", "trial"]);
    expect(Object.keys(chart.limits[17])).toEqual(["lower", "upper", "centre"]);
    expect(chart.limits[17].lower).toBeCloseTo(-0.7156, 4);
    expect(chart.points[4]).toEqual({ value: 10, signals: ["astronomical"], kind: "concern" });
    expect(chart.points[5]).toEqual({ value: 1, signals: [], kind: "common" });
    expect(chart).toMatchObject({ variation: "common", assurance: "fail", trial: false });
    expect(await readdir(folder)).not.toContain("data");
  });

  it("frozen, unscreened, and anew where the process was changed", async () => {
    const rows = [1, 2, 1, 9, 1, 50, 52, 50].map((value, at) => `${value},${at === 5 ? "yes" : ""}`);
    const { out } = await spc(
      `value,rebase\n${rows.join("\n")}`,
      ...["--chart", "xmr", "--freeze", "3", "--no-screen"],
    );
    const { limits, centre, trial } = JSON.parse(out);
    expect(limits[4].upper).toBeCloseTo(4 / 3 + 2.66, 9);
    expect(centre).toBeCloseTo(152 / 3, 9);
    expect(limits[5].upper).toBeCloseTo(152 / 3 + 2.66 * 2, 9);
    expect(trial).toBe(true);
  });

  it.each([
    ["a chart that is none", ["--chart", "pie"], 2, "There is no “pie”. Say --chart: xmr, p, u, c, t, pp or up."],
    ["no chart", [], 2, "Say --chart"],
    ["a direction that is none", ["--chart", "xmr", "--direction", "up"], 2, "increase, decrease or neutral"],
    ["a freeze of one point", ["--chart", "xmr", "--freeze", "1"], 2, "2 or more"],
    ["a target that is no number", ["--chart", "xmr", "--target", "high"], 2, "“high” is no number"],
    ["an option that is none", ["--chart", "xmr", "--screen"], 2, "--screen"],
    ["columns that are not there", ["--chart", "p"], 1, "needs the columns numerator and denominator"],
  ])("refuses %s", async (_, words, expected, message) => {
    const { code, out, errors } = await spc("value\n1\n2\n", ...words);
    expect(errors).toContain(message);
    expect(out).toBe("");
    expect(code).toBe(expected);
  });

  it("refuses a file that is not there, and a share with a target above all of it", async () => {
    const missing = await rounds(["spc", path.join(folder, "none.csv"), "--chart", "c"], {});
    expect(missing).toMatchObject({ code: 2, out: "" });
    const percents = await spc("value\n91%\n95%\n", ...["--chart", "xmr", "--target", "90"]);
    expect(percents).toMatchObject({ code: 2 });
    expect(percents.errors).toContain("--target 90%");
  });

  it("of a hundred thousand points within seconds", async () => {
    const rows = Array.from({ length: 100_000 }, (_, at) => {
      const day = new Date(Date.UTC(1800, 0, 1 + at)).toISOString().slice(0, 10);
      return `${day},"1,0${10 + (at % 7)}",2000\r\n`;
    });
    const start = performance.now();
    const { code, out, errors } = await spc(
      `\uFEFFperiod,numerator,denominator\r\n${rows.join("")}`,
      ...["--chart", "up"],
    );
    expect(errors).toBe("");
    expect(code).toBe(0);
    const { limits, points } = JSON.parse(out);
    expect([limits.length, points.length]).toEqual([100_000, 100_000]);
    expect(points[8].value).toBe(1011 / 2000);
    expect(performance.now() - start).toBeLessThan(90_000);
  });
});

describe("figures are read", () => {
  test.each([
    ["with blank rows", "value\n\n1000\n,\n1200.5\n\n"],
    ["with a byte order mark and Windows line ends", "\uFEFFvalue\r\n1000\r\n1200.5\r\n"],
    ["with thousands separators", 'value\n"1,000"\n"1,200.5"\n'],
    ["with spaces and apostrophes for them", "value\n1 000\n1’200.5\n"],
    ["with semicolons between the cells", "period;value\n2026-01;1000\n2026-02;1,200.5\n"],
    ["with semicolons and decimal commas", "period;value\n2026-01;1.000\n2026-02;1.200,5\n"],
    ["with tabs", "period\tvalue\n2026-01\t1000\n2026-02\t1200.5\n"],
    ["with a currency", 'value\n$1000\n"$1,200.50"\n'],
    ["from other columns and another case", "unit,Value ,note\n4W,1000,\n4W,1200.5,flu\n"],
    ["as computers write them", "value\n1e3\n1.2005E+3\n"],
  ])("%s", async (_how, text) => expect(await valuesOf(text)).toEqual([1000, 1200.5]));

  test("below 0, in each way to write it", async () => {
    expect(await valuesOf("value\n-5\n(5)\n−5\n-$5\n")).toEqual([-5, -5, -5, -5]);
  });

  test("as shares where they have percent signs", async () => {
    expect(await read("value\n91%\n92.5 %\n")).toMatchObject({
      observations: [{ numerator: 0.91 }, { numerator: 0.925 }],
      percent: true,
    });
  });

  test("from a workbook as they are, not as they are shown", async () => {
    const sheet = (format: string, ...values: number[]) => {
      const made = utils.aoa_to_sheet([["period", "value"], ...values.map((value, at) => [46_023 + 31 * at, value])]);
      for (const line of [2, 3]) Object.assign(made[`A${line}`], { z: "mmm yy" });
      for (const line of [2, 3]) Object.assign(made[`B${line}`], { z: format });
      const book = utils.book_new();
      utils.book_append_sheet(book, made, "Figures");
      return write(book, { type: "buffer", bookType: "xlsx" });
    };
    expect(await valuesOf(sheet("#,##0", 0.12881, 1234.56789))).toEqual([0.12881, 1234.56789]);
    expect(await read(sheet("0%", 0.12881, 0.91))).toMatchObject({
      observations: [{ numerator: 0.12881 }, { numerator: 0.91 }],
      percent: true,
    });
  });

  test("from a value where there is one, and else from its counts, as KPIs are imported", async () => {
    expect(await valuesOf("unit,metric,numerator,denominator,value\n4W,falls,1,4,\n4W,falls,,,0.5\n")).toEqual([
      0.25, 0.5,
    ]);
  });

  test("as quotients where there are counts, and one is needed", async () => {
    const text = "numerator,denominator\n1,4\n2,4\n";
    for (const chart of ["p", "u", "pp", "up", "xmr"] as const)
      expect(await valuesOf(text, chart)).toEqual([0.25, 0.5]);
  });
});

describe("periods sort the figures", () => {
  test.each([
    ["days as ISO writes them", "2026-03-02,3\n2025-12-31,1\n2026-01-15,2"],
    ["months", "2026-03,3\n2025-12,1\n2026-01,2"],
    ["month, day and year", "3/2/2026,3\n12/31/2025,1\n1/15/2026,2"],
    ["day, month and year", "02/03/2026,3\n31/12/2025,1\n15/01/2026,2"],
    ["day, month and year with dots", "02.03.2026,3\n1.12.2025,1\n05.01.2026,2"],
    ["names of months", "Mar 2026,3\nDecember 2025,1\nJan-26,2"],
    ["days with names of months", '2 Mar 2026,3\n"Dec 31, 2025",1\n15-Jan-2026,2'],
    ["date-times", "2026-01-15 14:00,3\n2026-01-15 07:30:00,1\n2026-01-15T09:00,2"],
    ["quarters", "2026-Q3,3\n2025Q4,1\n2026-Q1,2"],
    ["a mixture", "2026-03-02,3\n12/31/2025,1\nJan 2026,2"],
  ])("written as %s", async (_how, rows) => expect(await valuesOf(`period,value\n${rows}\n`)).toEqual([1, 2, 3]));

  test("whatever order the lines are in", async () => {
    const rows = Array.from({ length: 24 }, (_, at) => ({
      line: `${2024 + Math.floor(at / 12)}-${`${(at % 12) + 1}`.padStart(2, "0")},${at * at},${at === 12 ? 1 : ""}`,
      rank: at,
    }));
    const text = (lines: typeof rows) => `period,value,rebase\n${lines.map(({ line }) => line).join("\n")}`;
    const figures = async (lines: typeof rows) =>
      (await read(text(lines))).observations.map(({ numerator, rebase }) => [numerator, rebase]);
    const sorted = await figures(rows);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(rows, { minLength: rows.length }), async (shuffled) => {
        expect(await figures(shuffled)).toEqual(sorted);
      }),
    );
  });

  test("two events of one day are no mistake on a chart of the time between them", async () => {
    expect(await valuesOf("period,value\n2026-01-02,4\n2026-01-02,2\n", "t")).toEqual([4, 2]);
  });
});

describe("what is wrong is said by line and column", () => {
  test.each<[string, Chart, string, string]>([
    ["a word for a figure", "xmr", "value\n1\n\nn/a\n", "Line 4, value: “n/a” is no number."],
    ["an empty figure", "xmr", "period,value\n2026-01,1\n2026-02,\n", "Line 3, value: It is empty."],
    ["thousands without quotation marks", "xmr", "period,value\n2026-01,1,234\n", "Line 2: This line has a cell"],
    ["thousands in twos", "xmr", 'value\n"1,23,456"\n', "Line 2, value: “1,23,456” is no number."],
    ["both kinds of decimals", "xmr", "period;value\n2026-01;12,5\n2026-02;12.5\n", "Line 2, value: “12,5”"],
    [
      "what may be thousands or decimals",
      "xmr",
      "period;value\n2026-01;900\n2026-02;1.234\n",
      "Line 3, value: “1.234” may be",
    ],
    [
      "the same with the other mark",
      "xmr",
      "period\tvalue\n2026-01\t1,234\n",
      "Line 2, value: “1,234” may be 1234 or 1.234",
    ],
    ["a percent sign among others", "xmr", "value\n91\n92%\n", "Line 3, value: “92%” has a percent sign"],
    ["one that lacks it", "xmr", "value\n91%\n92\n", "Line 3, value: “92” has no percent sign"],
    ["a date that is none", "xmr", "period,value\n2026-02-30,1\n", "Line 2, period: “2026-02-30” is no date."],
    ["no date", "xmr", "period,value\n2026-02,1\n,2\n", "Line 3, period: It is empty."],
    ["dates both ways round", "xmr", "period,value\n13/01/2026,1\n01/14/2026,2\n", "Line 3, period:"],
    [
      "a period twice",
      "xmr",
      "period,value\n2026-01,1\n2026-02,1\n2026-01,2\n",
      "Line 4, period: 2026-01 is there twice",
    ],
    ["a rebase that is none", "xmr", "value,rebase\n1,maybe\n", "Line 2, rebase: “maybe”"],
    ["more cases than there were", "p", "numerator,denominator\n5,4\n", "Line 2, numerator: 5 is more"],
    ["nobody to count", "u", "numerator,denominator\n0,0\n", "Line 2, denominator: It is not above 0."],
    ["a share for a count", "p", "numerator,denominator\n5%,10\n", "Line 2, numerator: “5%” is a share."],
    ["a count below 0", "c", "value\n-1\n", "Line 2, value: A count is not below 0."],
    ["no time between events", "t", "value\n3\n0\n", "Line 3, value: The time between two events is above 0."],
    ["a misspelt column", "xmr", "vlaue\n1\n", "Line 1: There is no column “vlaue”. Did you mean “value”?"],
    ["a column twice", "xmr", "value,value\n1,2\n", "Line 1: The column “value” is there twice."],
    ["no column that is known", "c", "when,count\n1,2\n", "Line 1: A c chart needs the column value."],
    ["no lines", "xmr", "value\n\n", "The file has no figures"],
    ["nothing at all", "xmr", "", "The file is empty."],
    ["quotation marks that do not pair up", "xmr", 'value\n"1\n2\n', "quotation marks do not pair up"],
  ])("%s", (_, chart, text, message) => expect(read(text, chart)).rejects.toThrow(message));

  test("of many mistakes the first twenty are told, and how many there are", async () => {
    const error = await read(`value\n${"x\n".repeat(1_500)}`).then(
      () => "",
      (thrown: Error) => thrown.message,
    );
    expect(error.split("\n")).toHaveLength(21);
    expect(error).toContain("And 1,480 more.");
  });
});
