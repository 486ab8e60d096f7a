import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, it } from "vitest";
import { databaseRuns, rounds } from "../support/rounds.ts";

let dataFolder: string;
let environment: Record<string, string>;

beforeAll(async () => {
  dataFolder = await mkdtemp(path.join(tmpdir(), "rounds-export-"));
  environment = { ROUNDS_DATA: dataFolder };
});

afterAll(() => rm(dataFolder, { recursive: true, force: true }));

const run = (...words: string[]) => rounds(["export", ...words], environment);
const rowsOf = (csv: string) => parse<Record<string, string>>(csv, { bom: true, columns: true });

it("prints the file alone on standard output, and how far it is on standard error", async () => {
  const { code, out, errors } = await run("incidents");
  expect(code).toBe(0);
  const rows = rowsOf(out);
  expect(rows.length).toBeGreaterThan(500);
  expect(errors).toContain(`Exporting incidents … ${rows.length.toLocaleString("en-US")}\n`);
  expect(new Set(rows.map((row) => row["Event ID"])).size).toBe(rows.length);
  expect(await databaseRuns(dataFolder)).toBe(false);
});

it("is cut to what a person may see with --as, and to the days since", async () => {
  const all = rowsOf((await run("incidents")).out);
  const theirs = rowsOf((await run("incidents", "--as", "aromero")).out);
  expect(theirs.length).toBeLessThan(all.length);
  expect(theirs.every((row) => all.some((one) => one["Event ID"] === row["Event ID"]))).toBe(true);
  const day = all[Math.floor(all.length / 2)]?.["Event date and time"]?.slice(0, 10) ?? "";
  const since = rowsOf((await run("incidents", "--since", day)).out);
  expect(since.map((row) => row["Event ID"])).toEqual(
    all.filter((row) => (row["Event date and time"] ?? "") >= day).map((row) => row["Event ID"]),
  );
});

it("names nobody who filed in confidence where nobody asks", async () => {
  const rows = rowsOf((await run("incidents")).out);
  const reporters = new Set(rows.map((row) => row.Reporter));
  expect(reporters).toContain("(confidential)");
  expect(reporters).toContain("(anonymous)");
});

it.each(["grievances", "audit"])("exports %s", async (what) => {
  const { code, out } = await run(what);
  expect(code).toBe(0);
  expect(out.split("\r\n")[0]).toContain(what === "audit" ? '"at","actor","action","about"' : '"Number","Sort"');
});

it("exports the measures of the units that a person sees, and nothing of few people", async () => {
  const all = rowsOf((await run("kpi")).out);
  expect(Object.keys(all[0] ?? {}).slice(0, 6)).toEqual([
    "unit",
    "period",
    "metric",
    "numerator",
    "denominator",
    "value",
  ]);
  expect(new Set(all.map(({ unit }) => unit))).toContain("ICU");
  const theirs = rowsOf((await run("kpi", "--as", "jlee", "--since", "2026-01-01")).out);
  expect(new Set(theirs.map(({ unit }) => unit))).toEqual(new Set(["4W"]));
  expect(theirs.every(({ period }) => (period ?? "") >= "2026-01-01")).toBe(true);
  const xlsx = (await run("kpi", "--format", "xlsx")).out;
  expect(xlsx.startsWith("PK")).toBe(true);
});

it("refuses the audit trail to those who have none", async () => {
  const { code, out, errors } = await run("audit", "--as", "aromero");
  expect(code).toBe(1);
  expect(out).toBe("");
  expect(errors).toContain("for quality and for admins");
});

it.each([
  [[], "Say what to export"],
  [["training"], "Say what to export"],
  [["incidents", "--format", "pdf"], "csv or xlsx"],
  [["incidents", "--since", "2026-13-01"], "a day as"],
  [["incidents", "--as", "no.body"], "Nobody here has the handle"],
])("says how it is written: %j", async (words, said) => {
  const { code, out, errors } = await run(...words);
  expect(code).toBe(2);
  expect(out).toBe("");
  expect(errors).toContain(said);
});
