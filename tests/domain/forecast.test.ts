import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ForecastMethod, forecastMethods, forecastOf } from "../../src/domain/budgets/forecast.ts";

const budget = [100, 100, 100, 100, 100, 100, 100, 100, 100, 150, 150, 150];
const lastYear = [80, 80, 120, 100, 100, 100, 100, 100, 100, 100, 100, 120];
const amountOf = (method: ForecastMethod, year: Partial<Parameters<typeof forecastOf>[1]>) =>
  forecastOf(method, { actual: [110, 130, 120], budget, lastYear, ...year })?.amount.toFixed(2);

describe("the year's end after three months", () => {
  test.each<[ForecastMethod, string, string]>([
    ["run-rate", "every month like the mean of three", "1440.00"],
    ["remaining-budget", "360 and the 1,050 still budgeted", "1410.00"],
    ["trend", "the rest a fifth over its budget, as so far", "1620.00"],
    ["seasonal", "360 is 280 ÷ 1,200 of it, as the year before", "1542.86"],
  ])("%s: %s", (method, _, expected) => expect(amountOf(method, {})).toBe(expected));

  test.each<[ForecastMethod, object]>([
    ["run-rate", { actual: [] }],
    ["remaining-budget", { actual: [] }],
    ["trend", { budget: budget.map(() => 0) }],
    ["seasonal", { lastYear: undefined }],
    ["seasonal", { lastYear: budget.map((month, at) => (at < 3 ? 0 : month)) }],
  ])("%s is not made of nothing", (method, year) => expect(amountOf(method, year)).toBe(undefined));
});

test("months that are all alike leave no doubt, two are too few to say", () => {
  const certain = forecastOf("run-rate", { actual: [5, 5, 5, 5], budget });
  expect(certain?.range).toEqual({ low: certain?.amount, high: certain?.amount });
  expect(forecastOf("run-rate", { actual: [5, 9], budget })?.range).toBe(null);
});

test("the range of 110, 130 and 120, worked by hand: 1,440 ± 2 × 10 × √(9 + 81 ÷ 3)", () => {
  const { range } = forecastOf("run-rate", { actual: [110, 130, 120], budget }) ?? {};
  expect([range?.low.toFixed(2), range?.high.toFixed(2)]).toEqual(["1320.00", "1560.00"]);
});

const months = (least: number, most: number) =>
  fc.array(
    fc.integer({ min: 1, max: 10_000_000 }).map((cents) => new Decimal(cents).dividedBy(100)),
    {
      minLength: least,
      maxLength: most,
    },
  );

test("a year that is over ends where it ended, by any method, and every forecast lies in its range", () => {
  fc.assert(
    fc.property(months(1, 12), months(12, 12), months(12, 12), (actual, planned, before) => {
      for (const method of forecastMethods) {
        const forecast = forecastOf(method, { actual, budget: planned, lastYear: before });
        if (!forecast) throw new Error("there is a forecast");
        const { amount, range } = forecast;
        if (actual.length === 12) expect(amount.toFixed(2)).toBe(Decimal.sum(...actual).toFixed(2));
        if (range) expect(amount.gte(range.low) && amount.lte(range.high)).toBe(true);
      }
    }),
  );
});
