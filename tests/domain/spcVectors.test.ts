import { describe, expect, test } from "vitest";
import { meanRange, rangeLimit } from "../../src/domain/kpis/spc/average.ts";
import { type ChartOptions, type ControlChart, controlChart } from "../../src/domain/kpis/spc/controlChart.ts";
import type { Observation } from "../../src/domain/kpis/spc/limits.ts";

// Published examples. Each says how many decimals of the print are compared: `within` is half a unit of the last one.

const own = (values: readonly number[]): Observation[] => values.map((numerator) => ({ numerator, denominator: 1 }));
const of = (counts: readonly number[], sizes: number | readonly number[]): Observation[] =>
  counts.map((numerator, at) => ({ numerator, denominator: typeof sizes === "number" ? sizes : (sizes[at] ?? 1) }));
const chartOf = (observations: Observation[], options: Partial<ChartOptions>): ControlChart =>
  controlChart(observations, { chart: "xmr", direction: "neutral", screen: true, ...options });
/** Places of the points beyond the limits, the first is 1. */
const out = ({ points }: ControlChart): number[] =>
  points.flatMap(({ signals }, at) => (signals.includes("astronomical") ? [at + 1] : []));
const without = (values: readonly number[], ...places: number[]) => values.filter((_, at) => !places.includes(at + 1));

function expectLimits({ centre, limits }: ControlChart, said: [number, number, number], decimals: number, at = 0) {
  const [mean, lower, upper] = said;
  expect(centre).toBeCloseTo(mean, decimals);
  expect(limits[at]?.lower).toBeCloseTo(lower, decimals);
  expect(limits[at]?.upper).toBeCloseTo(upper, decimals);
}

describe("single figures: costs of loans, Montgomery, example 6.5", () => {
  const costs = [
    310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306, 301, 304, 305, 282, 305,
    296, 314, 295, 287, 301, 298, 311, 310, 292, 305, 299, 304, 310, 304, 305, 333, 328,
  ];
  const baseline = costs.slice(0, 20);

  test("limits of the first twenty hold for the forty, within 0.005", () => {
    const chart = chartOf(own(costs), { freeze: 20 });
    expectLimits(chart, [300.5, 279.78, 321.22], 2);
    expect(chart.limits).toHaveLength(40);
    expect(chart.limits[39]).toEqual(chart.limits[0]);
    expect(out(chart)).toEqual([39, 40]);
    expect(chart.trial).toBe(false);
  });

  test("the mean moving range and its limit, within 0.0000005 and 0.001", () => {
    const range = meanRange(baseline, false) ?? 0;
    expect(range).toBeCloseTo(148 / 19, 12);
    expect(range).toBeCloseTo(7.789474, 6);
    expect(Math.abs(rangeLimit(range) - 25.44821)).toBeLessThan(0.001);
    const ranges = costs.map((cost, at) => (at === 0 ? 0 : Math.abs(cost - (costs[at - 1] ?? 0))));
    expect(ranges.flatMap((one, at) => (one > rangeLimit(range) ? [at + 1] : []))).toEqual([39]);
  });
});

describe("outlying moving ranges", () => {
  const one = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1];

  test.each([
    [true, -0.7156, 4.6044],
    [false, -3.0626, 6.9515],
  ])("screened %s: one far figure, within 0.00005", (screen, lower, upper) => {
    const chart = chartOf(own(one), { screen });
    expectLimits(chart, [1.9444, lower, upper], 4);
    expect(out(chart)).toEqual([5]);
  });

  test("are two of seventeen there", () => {
    expect(meanRange(one, true)).toBe(1);
    expect(meanRange(one, false)).toBeCloseTo(1.882353, 6);
  });

  const random = [
    -0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621, -1.26506123, -0.68685285,
    -0.44566197, 1.2240818, 0.35981383, 0.40077145, 0.11068272, -0.55584113, 1.78691314, 0.49785048, -1.96661716,
    0.7013559, -0.47279141,
  ];
  const disturbed = random.with(14, 10);
  test.each([
    ["as they came", random, true, 0.1416238, -3.01138, 3.294627],
    ["as they came, unscreened", random, false, 0.1416238, -3.01138, 3.294627],
    ["with one at 10", disturbed, true, 0.6694159, -2.383666, 3.722497],
    ["with one at 10, unscreened", disturbed, false, 0.6694159, -4.596625, 5.935457],
  ])("twenty normal figures %s, within 0.000005", (_, values, screen, mean, lower, upper) => {
    expectLimits(chartOf(own(values), { screen }), [mean, lower, upper], 5);
  });
});

describe("shares: orange juice cans, Montgomery, example 7.1", () => {
  const leaking = [
    12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6,
  ];

  test("all thirty samples of fifty, within 0.0000005", () => {
    const chart = chartOf(of(leaking, 50), { chart: "p" });
    expectLimits(chart, [0.2313333, 0.0524275, 0.4102391], 6);
    expect(chart.centre).toBeCloseTo(347 / 1500, 12);
    expect(out(chart)).toEqual([15, 23]);
  });

  test("without the two beyond, sample 21 is beyond as well", () => {
    const chart = chartOf(of(without(leaking, 15, 23), 50), { chart: "p" });
    expectLimits(chart, [0.215, 0.0407028, 0.3892972], 6);
    expect(out(chart)).toEqual([20]);
    expect(chart.points[19]?.value).toBe(0.4);
  });
});

describe("events by exposure", () => {
  test("dyed cloth of changing length, Montgomery, example 7.5, within 0.000005", () => {
    const chart = chartOf(of([14, 12, 20, 11, 7, 10, 21, 16, 19, 23], [10, 8, 13, 10, 9.5, 10, 12, 10.5, 12, 12.5]), {
      chart: "u",
    });
    expect(chart.centre).toBeCloseTo(1.4232558, 7);
    const lower = [0.29147, 0.15789, 0.43062, 0.29147, 0.26207, 0.29147, 0.39009, 0.31875, 0.39009, 0.41096];
    const upper = [2.55504, 2.68863, 2.41589, 2.55504, 2.58444, 2.55504, 2.45643, 2.52776, 2.45643, 2.43555];
    chart.limits.forEach((limit, at) => {
      expect(limit.lower).toBeCloseTo(lower[at] ?? 0, 5);
      expect(limit.upper).toBeCloseTo(upper[at] ?? 0, 5);
    });
    expect(out(chart)).toEqual([]);
    expect(chart.trial).toBe(true);
  });

  test("shipments of fifty, Montgomery, example 7.4, within 0.000005: nothing is below zero", () => {
    const counts = [2, 3, 8, 1, 1, 4, 1, 4, 5, 1, 8, 2, 4, 3, 4, 1, 8, 3, 7, 4];
    expectLimits(chartOf(of(counts, 50), { chart: "u" }), [0.074, 0, 0.18941], 5);
  });

  test("computers in lots of five, pcmanufact of the R package qcc, within 0.0000005", () => {
    const counts = [10, 12, 8, 14, 10, 16, 11, 7, 10, 15, 9, 5, 7, 11, 12, 6, 8, 10, 7, 5];
    expectLimits(chartOf(of(counts, 5), { chart: "u" }), [1.93, 0.066133, 3.793867], 6);
  });
});

describe("counts: circuit boards, Montgomery, example 7.3", () => {
  const faults = [
    21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15,
  ];

  test("all twenty-six, within 0.0000005", () => {
    const chart = chartOf(own(faults), { chart: "c" });
    expectLimits(chart, [19.846154, 6.481447, 33.210861], 6);
    expect(out(chart)).toEqual([6, 20]);
  });

  test("without the two beyond", () => {
    const chart = chartOf(own(without(faults, 6, 20)), { chart: "c" });
    expectLimits(chart, [19.666667, 6.362532, 32.970801], 6);
    expect(out(chart)).toEqual([]);
  });
});

describe("charts without a printed example", () => {
  // Worked by hand from the formulas, the way qicharts2 computes them.
  test("time between events: single figures to the power of 1 ÷ 3.6, and back, within 0.5 %", () => {
    const days = [12, 5, 40, 3, 22, 9, 31, 2, 17, 26, 8, 14];
    const bent = days.map((day) => day ** (1 / 3.6));
    const mean = bent.reduce((one, other) => one + other) / 12;
    const range = bent.slice(1).reduce((total, one, at) => total + Math.abs(one - (bent[at] ?? 0)), 0) / 11;
    const { centre, limits } = chartOf(own(days), { chart: "t" });
    expect(centre).toBeCloseTo(mean ** 3.6, 9);
    expect(limits[0]?.lower).toBe(0);
    expect(limits[0]?.upper).toBeCloseTo((mean + 2.66 * range) ** 3.6, 9);
    expect((limits[0]?.upper ?? 0) / (mean + (3 * range) / 1.128) ** 3.6).toBeCloseTo(1, 2);
  });

  test("Laney's p′ and u′ widen p and u by the mean moving range of the scores ÷ 1.128", () => {
    const counts = [400, 460, 380, 520, 410, 450];
    const sizes = [8000, 8200, 7900, 8400, 8100, 8050];
    for (const [plain, laney] of [
      ["p", "pp"],
      ["u", "up"],
    ] as const) {
      const narrow = chartOf(of(counts, sizes), { chart: plain });
      const wide = chartOf(of(counts, sizes), { chart: laney });
      const sigmas = narrow.limits.map(({ upper, centre }) => ((upper ?? 0) - centre) / 3);
      const scores = narrow.points.map(({ value }, at) => (value - narrow.centre) / (sigmas[at] ?? 1));
      const factor = (meanRange(scores, false) ?? 0) / 1.128;
      expect(factor).toBeGreaterThan(2);
      expect(wide.centre).toBe(narrow.centre);
      wide.limits.forEach(({ lower, upper }, at) => {
        expect(upper).toBeCloseTo(wide.centre + 3 * factor * (sigmas[at] ?? 0), 12);
        expect(lower).toBeCloseTo(Math.max(0, wide.centre - 3 * factor * (sigmas[at] ?? 0)), 12);
      });
    }
  });
});
