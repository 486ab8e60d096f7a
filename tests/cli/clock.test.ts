import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { presets } from "../../src/domain/clocks/presets.ts";
import { rounds } from "../support/rounds.ts";

let folder: string;
let environment: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "rounds-clock-"));
  environment = { ROUNDS_DATA: path.join(folder, "data") };
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const clock = (...words: string[]) => rounds(["clock", ...words], environment);

describe("a clock is printed as one line of JSON", () => {
  it.each([
    [
      "days, in the zone that is set",
      ["hipaa.hhs.small", "--from", "2027-07-15"],
      { start: "2027-07-15T00:00:00-04:00", due: "2028-02-29T23:59:59-05:00", unit: "calendar-days" },
    ],
    [
      "hours across a change of the clocks",
      ["osha.fatality", "--from", "2026-03-07T23:00"],
      { start: "2026-03-07T23:00:00-05:00", due: "2026-03-08T08:00:00-04:00", unit: "hours" },
    ],
    [
      "a moment with an offset, in another zone",
      ["cms.restraint", "--from", "2026-11-25T23:30:00-05:00", "--zone", "Australia/Lord_Howe"],
      { start: "2026-11-26T15:30:00+11:00", due: "2026-11-27T17:00:00+11:00", unit: "business-days" },
    ],
    [
      "a local time, in another zone",
      ["fda.mdr.death", "--from", "2026-11-10T08:00", "--zone", "Asia/Kolkata"],
      { start: "2026-11-10T08:00:00+05:30", due: "2026-11-25T23:59:59+05:30", unit: "federal-work-days" },
    ],
  ])("%s", async (_, words: string[], expected) => {
    const { code, out, errors } = await clock(...words);
    expect(errors).toBe("");
    expect(code).toBe(0);
    expect(out.trimEnd().split("\n")).toHaveLength(1);
    const { source, ...printed } = JSON.parse(out);
    expect(printed).toEqual({ rule: words[0], ...expected });
    expect(source).toContain("CFR");
  });

  it("without a database", async () => {
    expect((await clock("dea.106", "--from", "2026-09-04")).code).toBe(0);
    expect(await readdir(folder)).not.toContain("data");
  });

  it("with holidays of one's own, from a file as Windows writes it", async () => {
    const file = path.join(folder, "holidays.txt");
    await writeFile(file, "\uFEFF2026-11-27\r\n\r\n 2026-11-30 \r\n");
    const { out } = await clock("dea.notice", "--from", "2026-11-25", "--holidays", file);
    expect(JSON.parse(out).due).toBe("2026-12-01T23:59:59-05:00");
  });
});

it("--list prints a line for each clock", async () => {
  const { code, out } = await clock("--list");
  expect(code).toBe(0);
  const lines = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.map(({ rule }) => rule)).toEqual(presets.map(({ id }) => id));
  expect(lines).toContainEqual({
    rule: "hipaa.hhs.small",
    title: "Report the year's small breaches to HHS",
    to: "HHS breach portal",
    amount: 60,
    unit: "calendar-days",
    anchor: "end-of-year",
    source: "45 CFR 164.408(c)",
  });
});

describe("what cannot be reckoned", () => {
  it.each([
    [["osha.fatalty", "--from", "2026-01-01"], "There is no clock “osha.fatalty”. Did you mean “osha.fatality”?"],
    [["mdr.death", "--from", "2026-01-01"], "Did you mean “fda.mdr.death”?"],
    [["toString", "--from", "2026-01-01"], "There is no clock “toString”. “rounds clock --list” lists them."],
    [[], "Say which clock"],
    [["dea.106", "dea.notice", "--from", "2026-01-01"], "Say which clock"],
    [["dea.106"], "Say from when"],
    [["dea.106", "--from", "2026-02-29"], "“2026-02-29” is no ISO date or date-time."],
    [["dea.106", "--from", "09:00"], "“09:00” is no ISO date or date-time."],
    [["dea.106", "--from", "tomorrow"], "“tomorrow” is no ISO date or date-time."],
    [["dea.106", "--from", "2026-01-01", "--zone", "Mars/Olympus"], "There is no zone “Mars/Olympus”."],
    [["dea.106", "--from", "2026-01-01", "--holidays", "nowhere.txt"], "The file nowhere.txt cannot be read."],
    [["dea.106", "--from", "2026-01-01", "--loud"], "Unknown option '--loud'"],
  ])("%j ends with 2 and says how it is meant", async (words: string[], said) => {
    const { code, out, errors } = await clock(...words);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(errors).toContain(said);
  });

  it("a line of the holidays that is no date is refused by its number", async () => {
    const file = path.join(folder, "wrong.txt");
    await writeFile(file, "2026-11-27\n\n2026-13-01\n");
    const { code, out, errors } = await clock("dea.notice", "--from", "2026-11-25", "--holidays", file);
    expect(code).toBe(1);
    expect(out).toBe("");
    expect(errors.trim()).toBe(`Line 3 of ${file} is no date: “2026-13-01”. Write one a line, as 2026-12-24.`);
  });
});
