import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { driverOf } from "../../src/domain/budgets/driver.ts";
import { adjustedPatientDays, hoursPerPatientDay } from "../../src/domain/budgets/measures.ts";
import { impactsOf, rollUp } from "../../src/domain/budgets/rollUp.ts";
import { type Amounts, type BudgetLine, type Variance, varianceOf } from "../../src/domain/budgets/variance.ts";

const written = ({ total, volume, efficiency, rate, fixed, flexedBudget, impact, favourable }: Variance) =>
  [total, volume, efficiency, rate, fixed, flexedBudget, impact].map((part) => part.toFixed(2)).concat(`${favourable}`);
const line = (budget: Amounts, actual: Amounts, more: Partial<BudgetLine> = {}): BudgetLine => ({
  kind: "expense",
  behaviour: "variable",
  budget,
  actual,
  ...more,
});
const zeros = "0.00";
const nurses = line({ volume: 2_000, quantity: 1_000, rate: 40 }, { volume: 2_600, quantity: 1_200, amount: 50_000 });

describe("a variance", () => {
  test("of clinic nurses, to the cent: more patients cost 12,000, fewer hours save 4,000, dearer hours cost 2,000", () => {
    expect(written(varianceOf(nurses))).toEqual([
      ...["10000.00", "12000.00", "-4000.00", "2000.00", zeros, "52000.00"],
      ...["-10000.00", "false"],
    ]);
  });

  test.each<[string, BudgetLine, string[]]>([
    [
      "of revenue has no efficiency: more is favourable",
      line({ volume: 100, rate: 50 }, { volume: 110, rate: 48, quantity: 7 }, { kind: "revenue" }),
      ["280.00", "500.00", zeros, "-220.00", zeros, "5500.00", "280.00", "true"],
    ],
    [
      "of a fixed line is all fixed, whatever the volume did",
      line({ volume: 100, amount: 900 }, { volume: 300, amount: "880.50" }, { behaviour: "fixed" }),
      ["-19.50", zeros, zeros, zeros, "-19.50", "900.00", "19.50", "true"],
    ],
    [
      "of a line without hours is priced by the volume",
      line({ volume: 100, amount: 1_000 }, { volume: 90, amount: 1_000 }),
      [zeros, "-100.00", zeros, "100.00", zeros, "900.00", zeros, "false"],
    ],
    [
      "takes amounts before rates",
      line({ volume: 10, quantity: 10, rate: 99, amount: 100 }, { volume: 10, quantity: 11, rate: 99, amount: 110 }),
      ["10.00", zeros, "10.00", zeros, zeros, "100.00", "-10.00", "false"],
    ],
    [
      "without a budgeted volume is not flexed",
      line({ volume: 0, quantity: 10, rate: 5 }, { volume: 4, quantity: 12, rate: 6 }),
      ["22.00", zeros, "10.00", "12.00", zeros, "50.00", "-22.00", "false"],
    ],
    [
      "without any budget is all rate",
      line({ volume: 0, quantity: 0, amount: 0 }, { volume: 4, quantity: 12, rate: 6 }),
      ["72.00", zeros, zeros, "72.00", zeros, zeros, "-72.00", "false"],
    ],
    [
      "of revenue without a budgeted volume is volume at the budgeted rate",
      line({ volume: 0, rate: 10 }, { volume: 5, rate: 12 }, { kind: "revenue" }),
      ["60.00", "50.00", zeros, "10.00", zeros, "50.00", "60.00", "true"],
    ],
    [
      "of a service that was closed is all volume",
      line({ volume: 50, quantity: 20, rate: 30 }, { volume: 0, quantity: 0, rate: 0 }),
      ["-600.00", "-600.00", zeros, zeros, zeros, zeros, "600.00", "true"],
    ],
    [
      "of nothing is nothing",
      line({ volume: 0, quantity: 0, rate: 0 }, { volume: 0, quantity: 0, rate: 0 }),
      [zeros, zeros, zeros, zeros, zeros, zeros, zeros, "false"],
    ],
    [
      "rounds halves to the even cent, and the rate takes the cent that is left over",
      line({ volume: 8, quantity: 1, amount: "0.20" }, { volume: 5, quantity: 1, amount: "0.20" }),
      [zeros, "-0.08", "0.08", zeros, zeros, "0.12", zeros, "false"],
    ],
    [
      "divides without loss",
      line({ volume: 3, quantity: 7, amount: 100 }, { volume: 3, quantity: 7, amount: 100 }),
      [zeros, zeros, zeros, zeros, zeros, "100.00", zeros, "false"],
    ],
  ])("%s", (_, given, expected) => expect(written(varianceOf(given))).toEqual(expected));

  test("needs both amounts", () => {
    expect(() => varianceOf(line({ volume: 3 }, { amount: 5 }))).toThrow("actual amount");
  });
});

const figure = (most: number, places: number) =>
  fc.integer({ min: 0, max: most * 10 ** places }).map((value) => new Decimal(value).dividedBy(10 ** places));
const side = fc.record(
  { volume: figure(20_000, 1), quantity: figure(90_000, 2), rate: figure(500, 4), amount: figure(9_000_000, 2) },
  { requiredKeys: ["volume", "rate"] },
);
const lines = fc.record<BudgetLine>({
  kind: fc.constantFrom("revenue", "expense"),
  behaviour: fc.constantFrom("variable", "fixed"),
  budget: side,
  actual: side,
});

test("whatever is in the books, the parts add up to the total exactly, in whole cents", () => {
  fc.assert(
    fc.property(lines, (given) => {
      const variance = varianceOf(given);
      const { total, volume, efficiency, rate, fixed, impact, favourable } = variance;
      expect(volume.plus(efficiency).plus(rate).plus(fixed).toFixed()).toBe(total.toFixed());
      expect(impact.abs().toFixed()).toBe(total.abs().toFixed());
      expect(favourable).toBe(impact.greaterThan(0));
      for (const amount of written(variance).slice(0, -1)) expect(amount).toMatch(/^(?!-0\.00$)-?\d+\.\d\d$/);
      for (const amount of [total, volume, efficiency, rate, fixed]) expect(amount.decimalPlaces()).toBeLessThan(3);
      if (given.kind === "revenue") expect(efficiency.isZero()).toBe(true);
      if (given.behaviour === "fixed") expect(fixed.toFixed()).toBe(total.toFixed());
    }),
    { numRuns: 1_000 },
  );
});

test("a roll-up is the sum of its units, however they are grouped and ordered", () => {
  fc.assert(
    fc.property(fc.array(fc.array(lines, { maxLength: 6 }), { maxLength: 6 }), (units) => {
      const impacts = units.map((unit) => unit.map((one) => impactsOf(one.kind, varianceOf(one))));
      const shown = (all: ReturnType<typeof rollUp>) => Object.values(all).map((part: Decimal) => part.toFixed(2));
      const whole = rollUp(impacts.flat());
      expect(shown(rollUp(impacts.map(rollUp).reverse()))).toEqual(shown(whole));
      expect(whole.volume.plus(whole.efficiency).plus(whole.rate).plus(whole.fixed).toFixed(2)).toBe(
        whole.total.toFixed(2),
      );
      const added = units.flat().reduce((sum, one) => sum.plus(varianceOf(one).impact), new Decimal(0));
      expect(whole.total.toFixed(2)).toBe(added.toFixed(2));
    }),
  );
});

describe("what drives it, in a sentence", () => {
  const told = (given: BudgetLine, words = {}) =>
    driverOf(impactsOf(given.kind, varianceOf(given)), { kind: given.kind, ...words });
  test.each([
    ["volume", nurses, "More patients explain all of it and more."],
    [
      "efficiency",
      line({ volume: 10, quantity: 10, rate: 5 }, { volume: 10, quantity: 12, rate: 5 }),
      "More hours for the same patients explain all of it.",
    ],
    [
      "a lower rate",
      line({ volume: 10, quantity: 10, rate: 5 }, { volume: 9, quantity: 9, rate: 3 }),
      "A lower rate explains most of it.",
    ],
    [
      "a fixed line",
      line({ amount: 10 }, { amount: 12 }, { behaviour: "fixed" }),
      "More spent whatever the volume explains all of it.",
    ],
    [
      "fewer patients, who pay less",
      line({ volume: 10, rate: 5 }, { volume: 5, rate: 5 }, { kind: "revenue" }),
      "Fewer patients explain all of it.",
    ],
    ["nothing", line({ volume: 1, rate: 5 }, { volume: 1, rate: 5 }), "It is on budget."],
    [
      "what cancels out",
      line({ volume: 1, rate: 5 }, { volume: 5, rate: 1 }),
      "It is on budget: what was saved and what was overspent cancel each other out.",
    ],
  ])("%s", (_, given, sentence) => expect(told(given)).toBe(sentence));

  test("names the volume, and what would have been budgeted for it", () => {
    const words = { volumeName: "patient days", actualVolume: new Decimal(1190), flexedBudget: new Decimal(430_200) };
    const given = line({ volume: 1_000, amount: 412_000 }, { volume: 1_190, amount: "431950.20" });
    expect(told(given, words)).toBe(
      "More patient days explain all of it and more: at 1,190 patient days the budget would have been 430,200.",
    );
  });

  test("of revenue and expense together", () => {
    const all = rollUp([impactsOf("expense", varianceOf(nurses)), impactsOf("expense", varianceOf(nurses))]);
    expect(driverOf(all, { kind: "both" })).toBe("Volume explains all of it and more.");
  });
});

describe("what money and hours are measured by", () => {
  test.each([
    [12_000, 240_000_000, 160_000_000, "18000"],
    [4_200, 52_000_000, 40_000_000, "5460"],
  ])("%i inpatient days are %i ÷ %i times as many adjusted ones", (days, all, inpatient, expected) => {
    expect(adjustedPatientDays(days, all, inpatient)?.toFixed()).toBe(expected);
  });

  test("hours per patient day, within 0.0005", () => {
    expect(hoursPerPatientDay(10_965, 1_116)?.toNumber()).toBeCloseTo(9.825, 3);
    expect(hoursPerPatientDay(10_044, 1_116)?.toFixed()).toBe("9");
  });

  test("nothing to divide by is no figure", () => {
    expect(hoursPerPatientDay(10, 0)).toBe(null);
    expect(adjustedPatientDays(10, 5, 0)).toBe(null);
  });
});
