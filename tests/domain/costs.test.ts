import { expect, test } from "vitest";
import { adjustedCosts, volumeCosts } from "../../src/domain/budgets/costs.ts";
import type { BookSum, BookVolume } from "../../src/store/store.ts";

// What one of the volume costs, and one adjusted patient day.

const row = (
  kind: "revenue" | "expense",
  actual: number,
  basis: string | null,
  more: Partial<BookSum> = {},
): BookSum => ({
  unitId: "west",
  lineId: "line",
  kind,
  budget: "1000",
  actual: `${actual}`,
  flexed: "0",
  volume: "0",
  efficiency: "0",
  rate: "0",
  fixed: "0",
  firstBasis: basis,
  lastBasis: basis,
  treated: null,
  yearBudget: "2000",
  yearActual: `${actual * 2}`,
  ...more,
});
const volume = (
  kind: "revenue" | "expense",
  basis: string | null,
  treated: string | null,
  planned = "100",
): BookVolume => ({
  unitId: "west",
  kind,
  basis,
  planned,
  treated,
  hours: null,
  plannedHours: null,
  overtime: null,
  agency: null,
  workedPlanned: null,
  workedTreated: null,
});
const twice = (volumes: BookVolume[]) => ({ month: volumes, year: volumes });

test.each([
  [12_000, 240_000_000, 160_000_000, "18000.00"],
  [4_200, 52_000_000, 40_000_000, "5460.00"],
])(
  "%i patient days with %i earned, %i of it by inpatients, are %s adjusted ones",
  (days, all, inpatients, adjusted) => {
    const rows = [
      row("revenue", inpatients, "patient days"),
      row("revenue", all - inpatients, "visits", { lineId: "clinic" }),
      row("expense", 36_000_000, null),
    ];
    const volumes = [volume("revenue", "patient days", `${days}`), volume("revenue", "visits", "9")];
    const of = adjustedCosts(rows, twice(volumes))?.month;
    expect([of?.adjustedDays.toFixed(2), of?.each.toFixed(2)]).toEqual([
      adjusted,
      (36_000_000 / Number(adjusted)).toFixed(2),
    ]);
  },
);

test("nothing is said of adjusted patient days where no revenue is earned by patient days, or their number is not known", () => {
  const rows = [row("revenue", 10, "visits"), row("expense", 10, "patient days")];
  expect(adjustedCosts(rows, twice([volume("expense", "patient days", "5")]))).toBeNull();
  expect(adjustedCosts(rows, twice([volume("revenue", "patient days", null)]))).toBeNull();
  expect(adjustedCosts(rows, twice([volume("revenue", "patient days", "5")]))).toBeNull();
});

test("one of the volume costs all expense, fixed ones too, by what was treated; and as planned by what was planned", () => {
  const rows = [row("expense", 1_500, "visits"), row("expense", 300, null), row("revenue", 9_999, "visits")];
  const of = volumeCosts(rows, twice([volume("expense", "visits", "120"), volume("expense", null, null)]));
  expect([of?.basis, of?.month.each?.toFixed(2), of?.month.planned?.toFixed(2), of?.year.each?.toFixed(2)]).toEqual([
    "visits",
    "15.00",
    "20.00",
    "30.00",
  ]);
});

test("units that count different things have no cost of one together, and no volume has none", () => {
  const rows = [row("expense", 1_500, "visits")];
  expect(volumeCosts(rows, twice([volume("expense", "visits", "1"), volume("expense", "cases", "1")]))).toBeNull();
  expect(volumeCosts(rows, twice([volume("expense", "visits", null)]))).toBeNull();
  const none = volumeCosts(rows, twice([volume("expense", "visits", "0", "0")]));
  expect([none?.month.each, none?.month.planned]).toEqual([null, null]);
});
