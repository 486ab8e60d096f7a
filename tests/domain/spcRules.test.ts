import { describe, expect, test } from "vitest";
import { controlChart, type Kind } from "../../src/domain/kpis/spc/controlChart.ts";
import { nelson } from "../../src/domain/kpis/spc/nelson.ts";
import { shifts, trends, twoInThree } from "../../src/domain/kpis/spc/plotTheDots.ts";
import { assuranceOf, type Direction } from "../../src/domain/kpis/spc/reading.ts";
import { westernElectric } from "../../src/domain/kpis/spc/westernElectric.ts";

const repeated = (value: number, times: number): number[] => Array.from({ length: times }, () => value);
const alternating = (times: number) => Array.from({ length: times }, (_, at) => (at % 2 === 0 ? 1 : -1));
/** Places, the first is 1, of points that are marked while they are the last: where a pattern is complete. */
const completeAt = (values: readonly number[], rule: (values: Int8Array) => Int8Array): number[] =>
  values.flatMap((_, at) => (rule(Int8Array.from(values.slice(0, at + 1))).at(-1) === 0 ? [] : [at + 1]));
const chartOf = (values: readonly number[], direction: Direction = "neutral", more = {}) =>
  controlChart(
    values.map((numerator) => ({ numerator, denominator: 1 })),
    { chart: "xmr", direction, screen: true, ...more },
  );

describe("a trend", () => {
  test.each([
    ["seven that rise are one, at the seventh", [1, 2, 3, 4, 5, 6, 7], [7]],
    ["six that rise are none", [1, 2, 3, 4, 5, 6], []],
    ["an equal pair ends it", [1, 2, 3, 3, 4, 5, 6], []],
    ["it may begin after the first point", [2, 1, 2, 3, 4, 5, 6, 7, 3], [8]],
    ["seven that fall are one", [7, 6, 5, 4, 3, 2, 1], [7]],
  ])("%s", (_, values, expected) => {
    expect(completeAt(values, trends)).toEqual(expected);
  });

  test("marks all its points, and no other", () => {
    expect([...trends([2, 1, 2, 3, 4, 5, 6, 7, 3])]).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 0]);
  });

  test("hands its last point to the one that begins there", () => {
    expect([...trends([0, 1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1])]).toEqual([...repeated(1, 7), ...repeated(-1, 7)]);
  });
});

describe("a shift", () => {
  test.each([
    ["six on one side are none", [...repeated(1, 6), -1], []],
    ["it is there at the seventh, and at the eighth", [...repeated(1, 8), -1], [7, 8]],
    ["below as above", [...repeated(-1, 8), 1], [7, 8]],
    ["a point on the centre ends the run", [1, 1, 1, 0, 1, 1, 1, 1, 1, 1], []],
  ])("%s", (_, sides, expected) => expect(completeAt(sides, shifts)).toEqual(expected));
});

describe("two in three", () => {
  const marked = (near: number[], sides: number[]) => [...twoInThree(Int8Array.from(near), Int8Array.from(sides))];
  test.each([
    ["two near the limit on one side, with one between", [1, 0, 1], [1, 1, 1], [1, 0, 1]],
    ["a point across the centre breaks it", [1, 0, 1], [1, -1, 1], [0, 0, 0]],
    ["those too far apart", [1, 0, 0, 1], [1, 1, 1, 1], [0, 0, 0, 0]],
    ["the near ones alone", [1, 0, 0, 1, 1], [1, 1, 1, 1, 1], [0, 0, 0, 1, 1]],
    ["below", [-1, -1, 0], [-1, -1, -1], [-1, -1, 0]],
  ])("%s", (_, near, sides, expected) => expect(marked(near, sides)).toEqual(expected));

  test("near the upper and near the lower limit are no pair", () => {
    const { points } = chartOf([...alternating(14), 5.5, -5.5]);
    expect(points.map(({ kind }) => kind)).toEqual(Array.from({ length: 16 }, () => "common"));
  });
});

describe("what a point shows", () => {
  const rising = [5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 1, 2, 3, 4, 5, 6, 7];
  test.each<[Direction, Kind]>([
    ["increase", "improvement"],
    ["decrease", "concern"],
    ["neutral", "high"],
  ])("a rise below the mean, where %s is better: %s", (direction, kind) => {
    const { points, variation } = chartOf(rising, direction, { freeze: 10 });
    expect(points[14]?.signals).toContain("trend");
    expect(variation).toBe(kind);
  });

  test("a far point is read by its side even within a trend the other way", () => {
    const { points } = chartOf(rising, "increase", { freeze: 10 });
    expect(points[10]).toMatchObject({ signals: ["astronomical", "trend"], kind: "concern" });
    expect(points[15]).toMatchObject({ signals: ["trend"], kind: "improvement" });
  });

  test("ordinary points, and a constant figure, are common variation", () => {
    expect(chartOf(alternating(20)).variation).toBe("common");
    const constant = chartOf(repeated(0.1, 24), "increase");
    expect(constant.points.every(({ kind }) => kind === "common")).toBe(true);
    for (const line of ["lower", "centre", "upper"] as const) expect(constant.limits[0]?.[line]).toBeCloseTo(0.1, 15);
  });

  test("a single point has no limits, and nothing to say", () => {
    const { limits, variation, assurance, trial } = chartOf([3], "increase", { target: 4 });
    expect(limits).toEqual([{ centre: 3, lower: null, upper: null, nearLower: null, nearUpper: null }]);
    expect({ variation, assurance, trial }).toEqual({ variation: "common", assurance: null, trial: true });
  });

  test("limits are on trial under twelve points of their own", () => {
    expect(chartOf(alternating(11)).trial).toBe(true);
    expect(chartOf(alternating(12)).trial).toBe(false);
    expect(chartOf(alternating(30), "neutral", { freeze: 8 }).trial).toBe(true);
  });
});

describe("the target", () => {
  const limits = [
    { lower: 1, upper: 3 },
    { lower: 5, upper: 7 },
    { lower: 1, upper: 5 },
  ];
  test.each<[Direction, (string | null)[]]>([
    ["increase", ["fail", "pass", "inconsistent"]],
    ["decrease", ["pass", "fail", "inconsistent"]],
    ["neutral", [null, null, null]],
  ])("of 4, where %s is better", (direction, expected) => {
    expect(limits.map((limit) => assuranceOf(limit, 4, direction))).toEqual(expected);
  });

  test("that nobody has set is neither met nor missed", () => {
    expect(assuranceOf(limits[0], undefined, "increase")).toBe(null);
  });

  test("is held against the last segment's limits", () => {
    const values = [...alternating(12), ...alternating(12).map((value) => value + 100)];
    const rows = values.map((numerator, at) => ({ numerator, denominator: 1, rebase: at === 12 }));
    const options = { chart: "xmr", direction: "increase", screen: true, target: 50 } as const;
    expect(controlChart(rows, options).assurance).toBe("pass");
  });
});

/** Places, the first is 1. */
const places = (broken: number[]) => broken.map((at) => at + 1);

describe("Western Electric", () => {
  test.each([
    [1, "beyond 3 σ", [0, 3.2, -3.5, 2.9], [2, 3]],
    [1, "exactly 3 σ is not beyond", [0, 3, -3], []],
    [2, "two of three beyond 2 σ", [0, 2.5, 1, 2.6, 0], [4]],
    [2, "on opposite sides", [0, 2.5, 1, -2.6, 0], []],
    [3, "four of five beyond 1 σ", [0, 1.2, 1.3, 0.2, 1.4, 1.5], [6]],
    [4, "eight on one side", [...repeated(-1, 8), 1], [8]],
  ] as const)("rule %i: %s", (rule, _, scores, expected) => {
    expect(places(westernElectric[rule](scores))).toEqual(expected);
  });
});

describe("Nelson", () => {
  test.each([
    [1, "beyond 3 σ", [0, 3.2, 3, -3.5], [2, 4]],
    [2, "nine on one side", [...repeated(0.5, 10), ...repeated(-0.5, 10)], [9, 10, 19, 20]],
    [3, "six that rise or fall", [1, 2, 3, 4, 5, 6, 7, 7, 6, 5, 4, 3, 2, 1], [6, 7, 13, 14]],
    [4, "fourteen up and down in turn", [1, ...alternating(14)], [15]],
    [4, "thirteen are not enough", [1, 1, ...alternating(12).map((value) => -value)], []],
    [5, "two of three beyond 2 σ", [0, 2.5, 1, 2.6, 0], [4]],
    [6, "four of five beyond 1 σ", [0, -1.2, -1.3, 0.2, -1.4, -1.5], [6]],
    [7, "fifteen within 1 σ", [2, ...repeated(0.4, 15), 2], [16]],
    [8, "eight beyond 1 σ on both sides", [0, ...alternating(8).map((value) => value * 1.5)], [9]],
    [8, "but not on one alone", repeated(1.5, 8), []],
  ] as const)("test %i: %s", (rule, _, scores, expected) => {
    expect(places(nelson[rule](scores))).toEqual(expected);
  });
});
