import { Decimal } from "decimal.js";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isOver } from "../../src/domain/budgets/compare.ts";
import type { Amounts } from "../../src/domain/budgets/variance.ts";
import type { BookSum } from "../../src/store/store.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { bring, budgetHead, ledgerHead } from "./books.ts";
import { actorOf } from "./organisation.ts";
import { type PlainLine, plainSums } from "./plainBooks.ts";

// The sums that the database makes are those of the plain rule, to the cent, whatever the books hold.

let hospital: Hospital;
let units: string[];
let lines: { id: string; kind: "revenue" | "expense" }[];
beforeAll(async () => {
  hospital = await openHospital();
  units = [hospital.units.medicine, hospital.units.west, hospital.units.east];
  lines = (["expense", "expense", "revenue"] as const).map((kind) => ({ id: crypto.randomUUID(), kind }));
  await bound().line.createMany({
    data: lines.map((line, at) => ({ ...line, code: `line${at}`, name: `Line ${at}` })),
  });
});
afterAll(() => hospital.close());
const bound = () => hospital.store.of(hospital.organisationId);

const months = ["2026-07", "2026-08", "2026-09", "2026-10"];
const figure = fc.integer({ min: -40, max: 4_000 }).map((eighths) => new Decimal(eighths).dividedBy(8));
const side = fc.option(
  fc.record(
    {
      volume: figure,
      quantity: figure,
      rate: figure,
      amount: fc.integer({ min: -5_000_000, max: 5_000_000 }).map((cents) => new Decimal(cents).dividedBy(100)),
    },
    { requiredKeys: ["amount"] },
  ),
  { freq: 6 },
);
const places = () =>
  units.flatMap((unitId) =>
    lines.flatMap((line) => months.map((month) => ({ unitId, lineId: line.id, month, ...line }))),
  );
const books = () =>
  fc.record({
    lines: fc
      .tuple(
        ...places().map(({ unitId, lineId, month, kind }) =>
          fc.record({
            unitId: fc.constant(unitId),
            lineId: fc.constant(lineId),
            month: fc.constant(month),
            kind: fc.constant(kind),
            behaviour: fc.constantFrom("variable" as const, "fixed" as const),
            basis: fc.constantFrom(null, "patient days", "visits"),
            budget: side,
            actual: side,
          }),
        ),
      )
      .map((all): PlainLine[] => all),
    taken: fc.subarray(units.flatMap((unitId) => months.map((month) => `${unitId} ${month}`))),
    asked: fc.constantFrom(["2026-10"], ["2026-08", "2026-09", "2026-10"]),
  });

test("sums by unit, by line, by both and of all are those of the plain rule", async () => {
  await fc.assert(
    fc.asyncProperty(books(), async ({ lines: all, taken, asked }) => {
      const isTaken = ({ unitId, month }: PlainLine) => taken.includes(`${unitId} ${month}`);
      // A ledger comes with its months.
      const told = all
        .map((line) => (isTaken(line) ? line : { ...line, actual: null }))
        .filter(({ budget, actual }) => budget !== null || actual !== null);
      await write(told, taken);
      for (const by of [["unitId"], ["lineId"], ["unitId", "lineId"], []] as const) {
        const choice = { unitIds: units, months: days(asked), year: days(months), by: [by] };
        const found = await bound().bookSums(choice);
        expect(inOrder(found.map(rounded))).toEqual(inOrder(plainSums(told, { taken: isTaken, months: asked, by })));
        for (const row of found)
          expect(whole(row)).toBe(new Decimal(row.actual ?? 0).minus(row.budget ?? 0).toFixed(2));
      }
    }),
    { numRuns: 40 },
  );
});

test("lines over both thresholds are those of the plain rule, in the month or in the year", async () => {
  const thresholds = { explainDollars: 9_000, explainPercent: 30 };
  const over = { dollars: thresholds.explainDollars, percent: thresholds.explainPercent };
  await fc.assert(
    fc.asyncProperty(books(), async ({ lines: all, asked }) => {
      const told = all.filter(({ budget, actual }) => budget !== null || actual !== null);
      await write(
        told,
        units.flatMap((unitId) => months.map((month) => `${unitId} ${month}`)),
      );
      const by = ["unitId", "lineId"] as const;
      const found = await bound().bookSums({ unitIds: units, months: days(asked), year: days(months), by: [by], over });
      const plain = plainSums(told, { taken: () => true, months: asked, by }).filter(
        ({ budget, actual, yearBudget, yearActual }) =>
          isOver(balance(budget, actual), thresholds) || isOver(balance(yearBudget, yearActual), thresholds),
      );
      expect(inOrder(found.map(rounded))).toEqual(inOrder(plain));
    }),
    { numRuns: 20 },
  );
});

test("halves of cents go to the even one, also after a division without end", async () => {
  const told = (budget: Amounts, actual: Amounts): PlainLine[] => [
    {
      unitId: units[0] ?? "",
      lineId: lines[0]?.id ?? "",
      month: "2026-10",
      kind: "expense",
      behaviour: "variable",
      basis: null,
      budget,
      actual,
    },
  ];
  const cases: [Amounts, Amounts][] = [
    [
      { volume: 8, quantity: 1, amount: "0.20" },
      { volume: 5, quantity: 1, amount: "0.20" },
    ],
    [
      { volume: 8, quantity: 1, amount: "0.20" },
      { volume: 7, quantity: 1, amount: "0.20" },
    ],
    [
      { volume: 3, amount: "0.01" },
      { volume: 7, amount: "0.05" },
    ],
    [
      { volume: 7, quantity: 3, amount: "-12345.67" },
      { volume: 11, quantity: 8, amount: "99.99" },
    ],
  ];
  for (const [budget, actual] of cases) {
    await write(told(budget, actual), [`${units[0]} 2026-10`]);
    const [row] = await bound().bookSums({ unitIds: units, months: ["2026-10-01"], year: ["2026-10-01"], by: [[]] });
    const [plain] = plainSums(told(budget, actual), { taken: () => true, months: ["2026-10"], by: [] });
    expect(row && rounded(row)).toEqual(plain);
  }
});

test("the clinic’s nurses, from the file to the answer: 12,000 for patients, 4,000 saved in hours, 2,000 for dearer ones", async () => {
  await bound().budgetLine.deleteMany({});
  await bound().ledgerLine.deleteMany({});
  await bring(
    hospital,
    "budget",
    `${budgetHead}4W,clinic,Clinic nurses,2026-10,expense,variable,patients,2000,1000,40,,regular`,
  );
  await bring(hospital, "ledger", `${ledgerHead}4W,clinic,2026-10,2600,1200,,50000,2026-11-05`);
  const { total, driver } = await hospital.services.budgets.variance(await actorOf(hospital, "manager"), {
    month: "2026-10",
  });
  const { volume, efficiency, rate, fixed } = total.impacts;
  expect([total.budget, total.flexed, total.actual, total.impact].map((of) => of.toFixed(2))).toEqual([
    "40000.00",
    "52000.00",
    "50000.00",
    "-10000.00",
  ]);
  expect([volume, efficiency, rate, fixed].map((of) => of.toFixed(2))).toEqual([
    "-12000.00",
    "4000.00",
    "-2000.00",
    "0.00",
  ]);
  expect(driver).toBe("More patients explain all of it and more: at 2,600 patients the budget would have been 52,000.");
});

async function write(all: readonly PlainLine[], taken: readonly string[]): Promise<void> {
  const text = (value: Decimal.Value | undefined) => (value === undefined ? null : new Decimal(value).toFixed());
  const row = ({ unitId, lineId, month }: PlainLine, amounts: Amounts) => ({
    unitId,
    lineId,
    month: new Date(`${month}-01`),
    volume: text(amounts.volume),
    quantity: text(amounts.quantity),
    rate: text(amounts.rate),
    amount: text(amounts.amount) ?? "0",
  });
  await bound().change(async (change) => {
    for (const table of [change.budgetLine, change.ledgerLine, change.bookMonth] as const)
      await (table as typeof change.budgetLine).deleteMany({});
    await change.budgetLine.createMany({
      data: all.flatMap((line) =>
        line.budget ? [{ ...row(line, line.budget), behaviour: line.behaviour, basis: line.basis }] : [],
      ),
    });
    await change.ledgerLine.createMany({
      data: all.flatMap((line) => (line.actual ? [row(line, line.actual)] : [])),
    });
    await change.putMonths(
      taken.map((one) => ({ unitId: one.slice(0, 36), month: `${one.slice(37)}-01`, asOf: "2026-11-05" })),
    );
  });
}

const days = (of: readonly string[]) => of.map((month) => `${month}-01`);

const balance = (budget: string | null, actual: string | null) => {
  const [planned, impact] = [new Decimal(budget ?? 0), new Decimal(actual ?? 0).minus(budget ?? 0)];
  const percent = planned.isZero() ? null : impact.abs().dividedBy(planned.abs()).times(100);
  return { kind: "revenue" as const, budget: planned, actual: new Decimal(actual ?? 0), impact, percent };
};

const money = [
  "budget",
  "actual",
  "flexed",
  "volume",
  "efficiency",
  "rate",
  "fixed",
  "treated",
  "yearBudget",
  "yearActual",
] as const;

/** With the digits that the plain rule writes; parts that nothing adds to are 0. */
function rounded(row: BookSum): BookSum {
  const all = { ...row };
  for (const name of money) {
    const none = row[name] === null && (name === "treated" || row.budget === null);
    Object.assign(all, { [name]: none ? null : new Decimal(row[name] ?? 0).toFixed(2) });
  }
  return all;
}

const whole = ({ volume, efficiency, rate, fixed }: BookSum): string =>
  [volume, efficiency, rate, fixed].reduce((sum, part) => sum.plus(part ?? 0), new Decimal(0)).toFixed(2);

const inOrder = (rows: readonly BookSum[]) => rows.toSorted((one, other) => keyOf(one).localeCompare(keyOf(other)));
const keyOf = ({ unitId, lineId, kind }: BookSum): string => `${unitId} ${lineId} ${kind}`;
