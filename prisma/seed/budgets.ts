import type { UnitCode } from "./units.ts";

// What the units of the demonstration plan by, and what went otherwise.

export const lines = [
  { code: "nurses", name: "Nurses", kind: "expense", hours: "regular" },
  { code: "aides", name: "Aides", kind: "expense", hours: "regular" },
  { code: "overtime", name: "Overtime", kind: "expense", hours: "overtime" },
  { code: "agency", name: "Agency staff", kind: "expense", hours: "agency" },
  { code: "supplies", name: "Supplies", kind: "expense", hours: null },
  { code: "drugs", name: "Drugs", kind: "expense", hours: null },
  { code: "salaries", name: "Salaries", kind: "expense", hours: null },
  { code: "equipment", name: "Equipment and repairs", kind: "expense", hours: null },
  { code: "revenue", name: "Patient revenue", kind: "revenue", hours: null },
] as const;
export type LineCode = (typeof lines)[number]["code"];

/** What a unit plans: a month's volume, and for each line what one of it takes, or a month's amount where it is fixed. */
export interface PlannedUnit {
  unit: UnitCode;
  basis: string;
  volume: number;
  /** Hours for one of the volume, and dollars an hour. */
  hours: Partial<Record<LineCode, [hours: number, rate: number]>>;
  /** Dollars for one of the volume. */
  each: Partial<Record<LineCode, number>>;
  /** Dollars a month. */
  fixed: Partial<Record<LineCode, number>>;
}

const bedside = (nurses: number, aides: number): PlannedUnit["hours"] => ({
  nurses: [nurses, 44.5],
  aides: [aides, 21.8],
  overtime: [nurses * 0.04, 66.75],
  agency: [nurses * 0.03, 92],
});

export const plannedUnits: PlannedUnit[] = [
  {
    unit: "RGH",
    basis: "patient days",
    volume: 3_155,
    hours: {},
    each: { revenue: 1_460 },
    fixed: { salaries: 186_000 },
  },
  { unit: "MED", basis: "patient days", volume: 0, hours: {}, each: {}, fixed: { salaries: 41_500 } },
  { unit: "SURG", basis: "cases", volume: 0, hours: {}, each: {}, fixed: { salaries: 43_200 } },
  {
    unit: "4W",
    basis: "patient days",
    volume: 1_130,
    hours: bedside(6.1, 2.6),
    each: { supplies: 21.4 },
    fixed: { equipment: 7_800 },
  },
  {
    unit: "5E",
    basis: "patient days",
    volume: 1_080,
    hours: bedside(5.9, 2.7),
    each: { supplies: 23.1 },
    fixed: { equipment: 7_100 },
  },
  {
    unit: "ICU",
    basis: "patient days",
    volume: 415,
    hours: bedside(15.8, 1.9),
    each: { supplies: 118, drugs: 64 },
    fixed: { equipment: 18_900 },
  },
  {
    unit: "WH",
    basis: "patient days",
    volume: 530,
    hours: bedside(9.6, 1.4),
    each: { supplies: 46 },
    fixed: { equipment: 9_600 },
  },
  {
    unit: "ED",
    basis: "visits",
    volume: 3_620,
    hours: bedside(2.05, 0.6),
    each: { supplies: 17.2, drugs: 6.8 },
    fixed: { equipment: 14_200 },
  },
  {
    unit: "OR",
    basis: "cases",
    volume: 545,
    hours: bedside(7.4, 1.1),
    each: { supplies: 612, revenue: 3_480 },
    fixed: { equipment: 52_000 },
  },
  {
    unit: "PACU",
    basis: "stays",
    volume: 530,
    hours: bedside(3.1, 0.4),
    each: { supplies: 28 },
    fixed: { equipment: 4_900 },
  },
  {
    unit: "PHARM",
    basis: "doses",
    volume: 96_500,
    hours: {},
    each: { drugs: 3.9 },
    fixed: { salaries: 148_000, equipment: 11_300 },
  },
  {
    unit: "CLINIC",
    basis: "visits",
    volume: 2_940,
    hours: bedside(0.62, 0.48),
    each: { supplies: 9.4, revenue: 164 },
    fixed: { salaries: 96_000 },
  },
];

/** Something that went otherwise than planned, and what was said of it. */
export interface BudgetStory {
  unit: UnitCode;
  line: LineCode;
  /** Months before the last that is closed. */
  ago: number;
  /** Times what it would have been. */
  times: number;
  said?: {
    why: string;
    kind: string;
    plan?: string;
    effect?: number;
    state: "open" | "accepted" | "returned";
    note?: string;
  };
}

export const budgetStories: BudgetStory[] = [
  { unit: "4W", line: "overtime", ago: 0, times: 2.1 },
  { unit: "4W", line: "agency", ago: 0, times: 1.9 },
  {
    unit: "5E",
    line: "supplies",
    ago: 0,
    times: 1.42,
    said: {
      why: "Two months of dressings came in one delivery. November’s order is smaller by the same amount.",
      kind: "timing",
      effect: 0,
      state: "open",
    },
  },
  {
    unit: "ED",
    line: "overtime",
    ago: 0,
    times: 1.6,
    said: {
      why: "We were short on nights.",
      kind: "recurring",
      state: "returned",
      note: "How many posts are open, and from when are they filled?",
    },
  },
  {
    unit: "ICU",
    line: "agency",
    ago: 0,
    times: 1.8,
    said: {
      why: "Two nurses are on leave until January; agency nurses took 14 of their shifts.",
      kind: "one-time",
      plan: "Share the float pool with the step-down beds until January",
      effect: -31_000,
      state: "accepted",
    },
  },
  {
    unit: "4W",
    line: "overtime",
    ago: 2,
    times: 1.9,
    said: {
      why: "Three nurses were in orientation and did not count as staff yet.",
      kind: "one-time",
      effect: -9_500,
      state: "accepted",
    },
  },
  {
    unit: "4W",
    line: "agency",
    ago: 5,
    times: 1.8,
    said: {
      why: "A wave of sick leave in the second and third week.",
      kind: "one-time",
      effect: -8_000,
      state: "accepted",
    },
  },
  {
    unit: "OR",
    line: "supplies",
    ago: 3,
    times: 1.14,
    said: {
      why: "The new spine implants cost 11 % more than the contract that the budget was made with.",
      kind: "rate",
      plan: "Purchasing asks for the contract price",
      effect: -120_000,
      state: "accepted",
    },
  },
  {
    unit: "CLINIC",
    line: "revenue",
    ago: 1,
    times: 0.9,
    said: {
      why: "Four clinic days were cancelled when the practice moved.",
      kind: "one-time",
      effect: -41_000,
      state: "accepted",
    },
  },
];
