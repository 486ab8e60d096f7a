import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dollars, grouped, reading, signed, wholeParts } from "../../src/cards/budgetWords.ts";
import { byKind, compare, isOver } from "../../src/domain/budgets/compare.ts";
import { reviewerOf } from "../../src/domain/budgets/explanations.ts";
import { fiscalYearOf, lastDayOf, monthPlus, periodBefore, periodOf } from "../../src/domain/budgets/fiscal.ts";
import { hoursIn } from "../../src/domain/budgets/hours.ts";
import { idsUnder, type UnitNode } from "../../src/domain/budgets/scope.ts";
import type { BookSum, BookVolume } from "../../src/store/store.ts";
import { type PlainLine, plainSums } from "./plainBooks.ts";

describe("the fiscal year", () => {
  test.each([
    ["2026-10", 1, "FY 2026", "2026-01", "2026-12", 9],
    ["2026-10", 10, "FY 2027", "2026-10", "2027-09", 0],
    ["2026-09", 10, "FY 2026", "2025-10", "2026-09", 11],
    ["2026-06", 7, "FY 2026", "2025-07", "2026-06", 11],
    ["2026-01", 2, "FY 2026", "2025-02", "2026-01", 11],
  ])("of %s, begun with month %i, is %s", (month, start, name, first, last, at) => {
    const year = fiscalYearOf(month, start);
    expect([year.name, year.months[0], year.months.at(-1), year.at]).toEqual([name, first, last, at]);
  });

  test("has twelve months in a row, and the month that is asked for where it says", () => {
    const month = fc.tuple(fc.integer({ min: 1990, max: 2100 }), fc.integer({ min: 1, max: 12 }));
    fc.assert(
      fc.property(month, fc.integer({ min: 1, max: 12 }), ([year, of], start) => {
        const asked = `${year}-${String(of).padStart(2, "0")}`;
        const { months, at } = fiscalYearOf(asked, start);
        expect(months[at]).toBe(asked);
        expect(Number(months[0]?.slice(5))).toBe(start);
        expect(months).toEqual(months.map((_, index) => monthPlus(months[0] ?? "", index)));
      }),
    );
  });

  test.each([
    ["Q1", 1, "2026-10", "2026-Q1", "FY 2026", "2026-01", "2026-03", "2025-Q4"],
    ["Q4", 1, "2026-10", "2026-Q4", "FY 2026", "2026-10", "2026-12", "2026-Q3"],
    ["Q4", 1, "2026-09", "2025-Q4", "FY 2025", "2025-10", "2025-12", "2025-Q3"],
    ["Q2", 7, "2026-10", "2027-Q2", "FY 2027", "2026-10", "2026-12", "2027-Q1"],
    ["Q3", 7, "2026-10", "2026-Q3", "FY 2026", "2026-01", "2026-03", "2026-Q2"],
    ["2027-Q1", 7, "2026-10", "2027-Q1", "FY 2027", "2026-07", "2026-09", "2026-Q4"],
    ["2026-Q1", 10, "2026-10", "2026-Q1", "FY 2026", "2025-10", "2025-12", "2025-Q4"],
    ["2026-Q3", 2, "2026-10", "2026-Q3", "FY 2026", "2025-08", "2025-10", "2026-Q2"],
  ])("has a %s, begun with month %i and seen from %s, that is %s of %s, %s to %s, after %s", (...row) => {
    const [asked, start, by, code, name, first, last, before] = row;
    const period = periodOf(asked, start, by);
    expect([period.code, period.year.name, period.months[0], period.months[2]]).toEqual([code, name, first, last]);
    expect(period.year.months[period.year.at]).toBe(last);
    expect(periodBefore(period)).toBe(before);
  });

  test("has four quarters that are its twelve months, whatever it begins with", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1990, max: 2100 }), fc.integer({ min: 1, max: 12 }), (year, start) => {
        const months = [1, 2, 3, 4].flatMap((quarter) => periodOf(`${year}-Q${quarter}`, start, "2026-10").months);
        expect(months).toEqual(fiscalYearOf(months[0] ?? "", start).months);
        expect(fiscalYearOf(months[0] ?? "", start).name).toBe(`FY ${year}`);
      }),
    );
  });

  test("counts months over the year’s end, and knows their last day", () => {
    expect([monthPlus("2026-12", 1), monthPlus("2026-01", -1), monthPlus("2026-05", -12)]).toEqual([
      "2027-01",
      "2025-12",
      "2025-05",
    ]);
    expect([lastDayOf("2028-02"), lastDayOf("2026-12")]).toEqual(["2028-02-29", "2026-12-31"]);
  });
});

const amounts = fc.integer({ min: -5_000_000, max: 5_000_000 }).map((cents) => new Decimal(cents).dividedBy(100));
const bookLine: fc.Arbitrary<PlainLine> = fc
  .record({
    kind: fc.constantFrom("revenue" as const, "expense" as const),
    behaviour: fc.constantFrom("variable" as const, "fixed" as const),
    unitId: fc.constantFrom("west", "east", "north"),
    volumes: fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 })),
    quantities: fc.option(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 900 }))),
    planned: amounts,
    spent: amounts,
  })
  .map(({ kind, behaviour, unitId, volumes, quantities, planned, spent }) => ({
    kind,
    behaviour,
    unitId,
    lineId: kind,
    month: "2026-10",
    basis: "patient days",
    budget: { volume: volumes[0], amount: planned, ...(quantities && { quantity: quantities[0] }) },
    actual: { volume: volumes[1], amount: spent, ...(quantities && { quantity: quantities[1] }) },
  }));
const books = fc.array(bookLine, { maxLength: 30 });
const added = (lines: readonly PlainLine[]): BookSum[] =>
  plainSums(lines, { taken: () => true, months: ["2026-10"], by: ["unitId"] });

describe("a comparison", () => {
  test("of all units is to the cent the sum of theirs, part by part", () => {
    fc.assert(
      fc.property(books, (lines) => {
        const whole = compare(added(lines));
        const units = ["west", "east", "north"].map((unit) =>
          compare(added(lines.filter(({ unitId }) => unitId === unit))),
        );
        for (const part of ["total", "volume", "efficiency", "rate", "fixed"] as const) {
          const sum = units.reduce((total, one) => total.plus(one.impacts[part]), new Decimal(0));
          expect(whole.impacts[part].toFixed(2)).toBe(sum.toFixed(2));
        }
        const { volume, efficiency, rate, fixed, total } = whole.impacts;
        expect(volume.plus(efficiency).plus(rate).plus(fixed).toFixed(2)).toBe(total.toFixed(2));
      }),
    );
  });

  test("has a result that is revenue less expense, and a variance that is the difference of both", () => {
    fc.assert(
      fc.property(books, (lines) => {
        const kinds = byKind(added(lines), compare);
        const [revenue, expense, result] = kinds.map(({ of }) => of);
        if (!revenue || !expense || !result) return;
        expect(result.budget.toFixed(2)).toBe(revenue.budget.minus(expense.budget).toFixed(2));
        expect(result.actual.toFixed(2)).toBe(revenue.actual.minus(expense.actual).toFixed(2));
        expect(result.impacts.total.toFixed(2)).toBe(result.actual.minus(result.budget).toFixed(2));
      }),
    );
  });

  test("is shown in whole dollars that still add up", () => {
    fc.assert(
      fc.property(books, (lines) => {
        const comparison = compare(added(lines));
        const sum = wholeParts(comparison).reduce((total, { amount }) => total.plus(amount), new Decimal(0));
        expect(signed(sum)).toBe(signed(comparison.impact));
      }),
    );
  });
});

const plain = (kind: PlainLine["kind"], planned: number, spent: number): PlainLine => ({
  kind,
  behaviour: "fixed",
  unitId: "west",
  lineId: "a",
  month: "2026-10",
  basis: null,
  budget: { amount: planned },
  actual: { amount: spent },
});

describe("a variance", () => {
  test.each([
    ["expense", 412_000, 431_950, "−19,950", "4.8 % unfavourable"],
    ["expense", 4_120_000, 4_098_300, "+21,700", "0.5 % favourable"],
    ["revenue", 100, 90, "−10", "10 % unfavourable"],
    ["revenue", 100, 110, "+10", "10 % favourable"],
    ["expense", 0, 50, "−50", "n/a unfavourable"],
    ["expense", 0, 0, "0", "on budget"],
    ["expense", -100, -150, "+50", "50 % favourable"],
  ] as const)("of %s, %i planned and %i actual, is %s, %s", (kind, planned, spent, amount, words) => {
    const comparison = compare(added([plain(kind, planned, spent)]));
    expect([signed(comparison.impact), reading(comparison)]).toEqual([amount, words]);
  });

  test.each([
    ["both thresholds exactly", 100_000, 105_000, true],
    ["the percentage alone", 50_000, 54_999, false],
    ["the dollars alone", 1_000_000, 1_040_000, false],
    ["both, favourably", 100_000, 90_000, true],
    ["the dollars, where nothing was planned", 0, 5_000, true],
    ["neither, where nothing was planned", 0, 4_999, false],
    ["nothing", 100_000, 100_000, false],
  ])("that is over %s", (_what, planned, spent, over) => {
    const thresholds = { explainDollars: 5_000, explainPercent: 5 };
    expect(isOver(compare(added([plain("expense", planned, spent)])), thresholds)).toBe(over);
  });
});

test("money is said with separators, a minus sign and no cents", () => {
  expect(["1234567.49", "-0.4", "-1234.5"].map((amount) => dollars(new Decimal(amount)))).toEqual([
    "1,234,567",
    "0",
    "−1,235",
  ]);
  expect(grouped(new Decimal("9.4567"), 2)).toBe("9.46");
});

describe("worked hours", () => {
  const worked = (planned: number, spent: number, more: Partial<BookVolume> = {}): BookVolume => ({
    unitId: "west",
    kind: "expense",
    basis: "patient days",
    planned: "1116",
    treated: "1116",
    hours: `${spent}`,
    plannedHours: `${planned}`,
    overtime: null,
    agency: null,
    workedPlanned: "1116",
    workedTreated: "1116",
    ...more,
  });

  test("are 9.825 for a patient day where 10,965 hours met 1,116 days, and 9 as planned", () => {
    const { perVolume } = hoursIn([worked(10_044, 10_965)]);
    expect([perVolume?.of, perVolume?.actual.toFixed(3), perVolume?.budget?.toFixed(3)]).toEqual([
      "patient day",
      "9.825",
      "9.000",
    ]);
  });

  test("have their shares of overtime and agency over all units", () => {
    const { perVolume, overtime, agency } = hoursIn([
      worked(1_000, 1_000, { overtime: "100", agency: "50" }),
      worked(800, 1_000, { unitId: "east" }),
    ]);
    expect([overtime?.toFixed(1), agency?.toFixed(1), perVolume?.actual.toFixed(4)]).toEqual([
      "5.0",
      "2.5",
      new Decimal(2_000).dividedBy(2_232).toFixed(4),
    ]);
  });

  test("are told for no patient day where units count differently, and none at all where none are known", () => {
    expect(hoursIn([worked(1, 1), worked(1, 1, { basis: "visits" })]).perVolume).toBeNull();
    expect(hoursIn([])).toEqual({ perVolume: null, overtime: null, agency: null });
  });
});

describe("whoever reviews an explanation", () => {
  const unit = (id: string, parentId: string | null, managerId: string | null): UnitNode => ({
    id,
    code: id,
    name: id,
    parentId,
    managerId,
  });
  const units = [
    unit("house", null, "chief"),
    unit("medicine", "house", "director"),
    unit("west", "medicine", "manager"),
    unit("east", "medicine", null),
    unit("surgery", "house", null),
    unit("theatre", "surgery", "both"),
    unit("own", "medicine", "director"),
  ];
  test.each([
    ["west", "manager", "director"],
    ["west", "director", "chief"],
    ["west", "chief", "director"],
    ["east", "director", "chief"],
    ["theatre", "both", "chief"],
    ["own", "director", "chief"],
    ["house", "chief", null],
  ])("of %s, explained by its %s, is the %s", (id, by, reviewer) => {
    expect(reviewerOf(units, id, by)).toBe(reviewer);
  });

  test("a unit has those below it under it, and itself", () => {
    expect([...idsUnder(units, "medicine")].sort()).toEqual(["east", "medicine", "own", "west"]);
  });
});
