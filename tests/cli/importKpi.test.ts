import { utils, write } from "@e965/xlsx";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fileOf } from "../../src/imports/file.ts";
import { imports } from "../../src/imports/imports.ts";
import { templates } from "../../src/imports/template.ts";
import type { Bound } from "../../src/store/store.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";

let hospital: Hospital;
let bound: Bound;
beforeAll(async () => {
  hospital = await openHospital();
  bound = hospital.store.of(hospital.organisationId);
});
afterAll(() => hospital.close());

const given = (text: string | Uint8Array, dryRun = false) =>
  imports.kpi(bound, fileOf(typeof text === "string" ? "kpi.csv" : "kpi.xlsx", Buffer.from(text as string)), {
    dryRun,
    now: hospital.clock.now,
  });
const counted = ({ added, changed, unchanged }: { added: number; changed: number; unchanged: number }) => [
  added,
  changed,
  unchanged,
];
const kept = async (metric: string) =>
  (await bound.kpiValue.findMany({ where: { metric }, orderBy: { startOn: "asc" } })).map(
    ({ startOn, numerator, denominator, value }) => [
      startOn.toISOString().slice(0, 10),
      ...[numerator, denominator, value].map((number) => (number === null ? null : Number(number))),
    ],
  );

describe("figures from a file", () => {
  test("by codes, names and other words, in the ways that people write; the same file twice changes nothing", async () => {
    const file = `\uFEFF${templates.kpi}4W,2026-09,falls,4,900,\r\n\r\n4 West,Oct 2026,Fall rate,"1,000","2,000",\r\n4w,10/1/2026,hand hygiene,,,91.5%\r\n`;
    expect(counted(await given(file, true))).toEqual([3, 0, 0]);
    expect(await bound.kpiValue.count()).toBe(0);
    const first = await given(file);
    expect([...counted(first), ...first.notes]).toEqual([3, 0, 0, "Of 1 unit: falls, hand-hygiene."]);
    expect(await kept("falls")).toEqual([
      ["2026-09-01", 4, 900, null],
      ["2026-10-01", 1000, 2000, null],
    ]);
    expect(await kept("hand-hygiene")).toEqual([["2026-10-01", null, null, 91.5]]);
    const before = await bound.kpiValue.findMany({ orderBy: { id: "asc" } });
    expect(counted(await given(file))).toEqual([0, 0, 3]);
    expect(await bound.kpiValue.findMany({ orderBy: { id: "asc" } })).toEqual(before);
    expect(counted(await given(file.replace(",4,900", ",5,900")))).toEqual([0, 1, 2]);
    expect(await bound.unitMetric.count({ where: { active: true } })).toBe(2);
  });

  test("of a quarter, where the measure is one of quarters", async () => {
    await given(
      "unit,period,metric,numerator,denominator\n4W,2026-Q2,hapi-prevalence,1,30\n4W,2026-09,hapi-prevalence,2,31\n",
    );
    expect(await kept("hapi-prevalence")).toEqual([
      ["2026-04-01", 1, 30, null],
      ["2026-07-01", 2, 31, null],
    ]);
  });

  test("from a workbook", async () => {
    const book = utils.book_new();
    const rows = [
      ["unit", "period", "metric", "numerator", "denominator"],
      ["ED", new Date(Date.UTC(2026, 8, 1)), "lwbs", 12, 1400],
    ];
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows, { UTC: true }), "Figures");
    const bytes: Uint8Array = write(book, { type: "buffer", bookType: "xlsx" });
    expect(counted(await given(bytes))).toEqual([1, 0, 0]);
    expect(await kept("lwbs")).toEqual([["2026-09-01", 12, 1400, null]]);
  });

  test("from a workbook that shows shares, in whose cells 91 % is 0.91", async () => {
    const rows = [
      ["unit", "period", "metric", "value"],
      ["5E", 46_266, "hand-hygiene", 0.91],
      ["5E", 46_296, "hand-hygiene", 87.5],
    ];
    const sheet = utils.aoa_to_sheet(rows);
    for (const line of [2, 3]) Object.assign(sheet[`B${line}`], { z: "mmm yyyy" });
    Object.assign(sheet.D2, { z: "0%" });
    Object.assign(sheet.D3, { z: '0.0"%"' });
    const book = utils.book_new();
    utils.book_append_sheet(book, sheet, "Figures");
    expect(counted(await given(write(book, { type: "buffer", bookType: "xlsx" }) as Uint8Array))).toEqual([2, 0, 0]);
    const figures = await bound.kpiValue.findMany({
      where: { unitId: hospital.units.east },
      orderBy: { startOn: "asc" },
    });
    expect(figures.map(({ startOn, value }) => [startOn.toISOString().slice(0, 10), Number(value)])).toEqual([
      ["2026-09-01", 91],
      ["2026-10-01", 87.5],
    ]);
  });
});

describe("nothing at all is written, and it is said where", () => {
  const wrong: [what: string, line: string, column: string, message: string][] = [
    ["an unknown unit", "4X,2026-09,falls,4,900,", "unit", "There is no unit “4X”. Did you mean “4W”?"],
    ["no unit", ",2026-09,falls,4,900,", "unit", "It is empty."],
    ["an unknown measure", "4W,2026-09,fals,4,900,", "metric", "There is no measure “fals”. Did you mean “falls”?"],
    ["no period", "4W,,falls,4,900,", "period", "It is empty."],
    ["a period that is none", "4W,soon,falls,4,900,", "period", "“soon” is no period."],
    ["a period to come", "4W,2027-01,falls,4,900,", "period", "has not begun"],
    ["a score without its answers", "4W,2026-09,hcahps-nurses,,,82%", "denominator", "may be of too few people"],
    ["no figure", "4W,2026-09,falls,,,", "value", "Give numerator and denominator, or the value."],
    ["no denominator", "4W,2026-09,falls,4,,", "denominator", "It is missing: patient days."],
    ["no numerator", "4W,2026-09,falls,,900,", "numerator", "the numerator is not"],
    ["a word for a number", "4W,2026-09,falls,four,900,", "numerator", "“four” is no number."],
    ["a share above all of it", "4W,2026-09,lwbs,9,5,", "numerator", "It is above the denominator, 5."],
    ["a percent sign at a rate", "4W,2026-09,falls,,,4%", "value", "is a share"],
    ["a figure below 0", "4W,2026-09,falls,-1,900,", "numerator", "It is below 0."],
    ["three figures that do not fit", "4W,2026-09,falls,4,900,9", "value", "It is not numerator ÷ denominator."],
    ["a period twice", "4W,1 Aug 2026,falls,4,900,", "period", "is on line 2 already"],
  ];
  test.each(wrong)("when a line has %s", async (_what, line, column, message) => {
    const before = await bound.kpiValue.count();
    const { errors, added } = await given(`${templates.kpi}4W,2026-08,falls,4,900,\n${line}\n`);
    expect(errors).toEqual([{ line: 3, column, message: expect.stringContaining(message) }]);
    expect([added, await bound.kpiValue.count()]).toEqual([0, before]);
  });

  test("when a column is missing, or the file is empty", async () => {
    expect((await given("unit,metric,value\n4W,falls,3\n")).errors).toEqual([
      { line: 1, column: "period", message: expect.stringContaining("is missing") },
    ]);
    expect((await given("")).errors[0]?.message).toContain("empty");
    expect((await given(templates.kpi)).errors[0]?.message).toContain("no lines");
  });
});

test("100,000 figures take a quarter of a minute at most", async () => {
  const days = Array.from({ length: 5_000 }, (_, at) => new Date(Date.UTC(2010, 0, 1 + at)).toISOString().slice(0, 10));
  await bound.metric.createMany({
    data: Array.from({ length: 20 }, (_, at) => ({
      code: `own-${at}`,
      name: `Own ${at}`,
      measure: "min",
      direction: "decrease",
      chart: "xmr",
      period: "day",
      addedById: hospital.people.quality,
      addedAt: hospital.clock.now,
    })),
  });
  const lines = Array.from({ length: 20 }, (_, at) => days.map((day, nth) => `4W,${day},own-${at},,,${nth % 97}`));
  const file = `${templates.kpi}${lines.flat().join("\n")}\n`;
  const began = performance.now();
  expect(counted(await given(file))).toEqual([100_000, 0, 0]);
  expect(performance.now() - began).toBeLessThan(90_000);
  expect(counted(await given(file))).toEqual([0, 0, 100_000]);
});
