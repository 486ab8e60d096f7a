import { describe, expect, test } from "vitest";
import { lineInWords } from "../../src/cards/digestWords.ts";
import { plain } from "../../src/chat/text.ts";
import { composeDigest, type DigestParts } from "../../src/domain/digests/digest.ts";
import { inCatalogue } from "../../src/domain/kpis/catalogue.ts";
import { readSeries } from "../../src/domain/kpis/reading.ts";

// What a digest says first, and that it says no more than a phone shows.

const west = { id: "u", code: "4W", name: "4 West" };

function read(code: string, figures: readonly number[], today = "2026-11-23", unit = west) {
  const metric = inCatalogue(code);
  if (!metric) throw new Error(code);
  const points = figures.map((value, at) => ({
    startOn: new Date(Date.UTC(2026, 9 - (figures.length - 1 - at), 1)).toISOString().slice(0, 10),
    numerator: null,
    denominator: null,
    value,
  }));
  return readSeries({ unit, metric, points, target: null, marks: [] }, { today, suppressBelow: 0, periods: 36 });
}

const steady = [20, 22, 19, 21, 20, 23, 18, 21, 20, 22, 19, 21];
const ordinary = read("door-to-provider", steady);
const worse = read("door-to-provider", [...steady, 60]);
const better = read("lwbs", [...steady, 2]);
const empty = read("turnover", []);
const stale = read("turnover", steady, "2027-06-01");

const nothing: DigestParts = { readings: [], underway: [], clocks: [], actions: [], unexplained: undefined };
const clock = { reference: "GRV-31", title: "Answer to a grievance", left: "2 days left" };
const action = { reference: "ACT-9", overdueDays: 3 };
const unexplained = { month: "2026-10", lines: ["Overtime", "Agency staff"] };

const composed = (parts: Partial<DigestParts>) =>
  composeDigest({ ...nothing, ...parts }, { unitId: "u", today: "2026-11-23" });

const said = (parts: Partial<DigestParts>, inPublic = false): string[] =>
  composed(parts).lines.map((line) => plain(lineInWords(line, { inPublic, unitId: "u" }), "UTC"));

describe("the three lines", () => {
  test.each<[string, Partial<DigestParts>, string[]]>([
    ["nothing at all is no line", {}, []],
    [
      "ordinary variation is said as plainly as anything",
      { readings: [ordinary, ordinary] },
      ["All 2 measures show ordinary variation. No action."],
    ],
    [
      "a special cause comes first, what is ordinary last",
      { readings: [ordinary, worse] },
      [
        "Door to provider: special cause, concern: above the upper limit. 60 min.",
        "One other measure shows ordinary variation. No action.",
      ],
    ],
    [
      "several special causes are one line",
      { readings: [worse, worse, worse] },
      ["3 measures show a special cause: Door to provider, Door to provider and 1 more."],
    ],
    [
      "a clock, an overdue action and a variance",
      { clocks: [clock, clock], actions: [action], unexplained },
      [
        "GRV-31: Answer to a grievance, 2 days left; 1 more clock.",
        "1 overdue action, the oldest ACT-9 by 3 days.",
        "2 variances of October 2026 not explained yet: Overtime, Agency staff.",
      ],
    ],
    [
      "more than three: the last line names the rest",
      { readings: [worse, better, empty, ordinary], clocks: [clock], actions: [action], unexplained },
      [
        "Door to provider: special cause, concern: above the upper limit. 60 min.",
        "GRV-31: Answer to a grievance, 2 days left.",
        "Also: 1 overdue action · 2 variances of October 2026 not explained yet · 1 improvement · 1 measure without a current figure · 1 measure with ordinary variation, no action.",
      ],
    ],
    ["what is missing says so", { readings: [empty] }, ["Staff turnover: no data yet."]],
    ["what is stale says since when", { readings: [stale] }, ["Staff turnover: no data since Oct 2026."]],
  ])("%s", (_, parts, lines) => {
    expect(said(parts)).toEqual(lines);
  });

  test("in a channel hold counts, and no references and names of lines", () => {
    expect(said({ clocks: [clock], actions: [action], unexplained }, true)).toEqual([
      "1 clock about to run over, or over already.",
      "1 overdue action.",
      "2 variances of October 2026 not explained yet.",
    ]);
  });
});

test("eight measures at most, what needs to be looked at first comes first, and the first special cause is drawn", () => {
  const digest = composed({ readings: [...Array(9).fill(ordinary), empty, worse] });
  expect(digest.rows).toHaveLength(8);
  expect(digest.rows[0]).toBe(worse);
  expect(digest.drawn).toBe(worse);
  expect([digest.total, digest.withoutData]).toEqual([11, 1]);
});

test.each<[string, Partial<DigestParts>, boolean]>([
  ["ordinary variation", { readings: [ordinary] }, true],
  ["an overdue action", { readings: [ordinary], actions: [action] }, false],
  ["a figure that is missing", { readings: [empty] }, false],
])("whether there is nothing to say: %s", (_, parts, expected) => {
  expect(composed(parts).nothing).toBe(expected);
});

describe("a digest of several units", () => {
  const elsewhere = read("door-to-provider", [...steady, 60], "2026-11-23", { id: "e", code: "5E", name: "5 East" });
  const ordinaryElsewhere = { ...ordinary, unit: elsewhere.unit };

  test("puts special causes first wherever they are, and says where", () => {
    const { rows } = composed({ readings: [ordinaryElsewhere, ordinary, elsewhere] });
    expect(rows).toEqual([elsewhere, ordinary, ordinaryElsewhere]);
    expect(said({ readings: [ordinary, elsewhere] })[0]).toBe(
      "Door to provider in 5 East: special cause, concern: above the upper limit. 60 min.",
    );
    expect(said({ readings: [worse, elsewhere] })[0]).toBe(
      "2 measures show a special cause: Door to provider, Door to provider in 5 East.",
    );
  });
});

test.each<[string, Partial<DigestParts>, string | null]>([
  ["the end of the last month with a figure", { readings: [ordinary, empty] }, "2026-10-31"],
  ["the end of the last figure, however old it is", { readings: [stale] }, "2026-10-31"],
  ["nothing where there is none", { readings: [empty] }, null],
])("through when its figures are: %s", (_, parts, expected) => {
  expect(composed(parts).through).toBe(expected);
});

test("of a month that still runs it goes through yesterday", () => {
  expect(composeDigest({ ...nothing, readings: [ordinary] }, { unitId: "u", today: "2026-10-20" }).through).toBe(
    "2026-10-19",
  );
});
