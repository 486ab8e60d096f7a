import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import { dueOf } from "../../src/domain/clocks/compute.ts";
import { federalHolidays, isWorkingDay } from "../../src/domain/clocks/holidays.ts";
import { presets, ruleOf } from "../../src/domain/clocks/presets.ts";
import type { ClockRule } from "../../src/domain/clocks/rules.ts";

const zones = [
  "America/New_York",
  "America/Los_Angeles",
  "Europe/London",
  // Its summer time is half an hour.
  "Australia/Lord_Howe",
  "Asia/Kolkata",
] as const;
const none: ReadonlySet<string> = new Set();
const isoDay = (day: DateTime): string => day.toFormat("yyyy-MM-dd");
const local = (moment: Date, zone: string): DateTime => DateTime.fromJSDate(moment, { zone });

/** What its own clock does when the clocks change, a leap day, a year's end and the days around holidays, in any zone. */
const tricky = [
  "2026-03-08T06:59:59Z",
  "2026-03-08T10:00:00Z",
  "2026-03-29T00:59:59Z",
  "2026-04-04T15:15:00Z",
  "2026-10-03T15:45:00Z",
  "2026-10-25T01:00:00Z",
  "2026-11-01T05:30:00Z",
  "2028-02-28T23:00:00Z",
  "2028-02-29T12:00:00Z",
  "2026-12-31T23:59:59Z",
  "2027-01-01T00:00:00Z",
  "2026-07-02T20:00:00Z",
].map((text) => new Date(text));
const span = { min: new Date("1990-01-01"), max: new Date("2060-01-01"), noInvalidDate: true };
const moments = fc.oneof(
  fc.date(span),
  fc
    .tuple(fc.constantFrom(...tricky), fc.integer({ min: -48, max: 48 }))
    .map(([moment, halfHours]) => new Date(moment.getTime() + halfHours * 1_800_000)),
);

const counted = fc
  .record({
    unit: fc.constantFrom("hours", "calendar-days", "business-days", "federal-work-days", "months"),
    amount: fc.integer({ min: 1, max: 120 }),
    anchor: fc.constantFrom("trigger", "end-of-year", "end-of-quarter"),
    business: fc.boolean(),
  })
  .map(
    ({ unit, amount, anchor, business }): ClockRule => ({
      ...ruleOf("facility.review"),
      id: "made-up",
      unit,
      amount,
      anchor,
      ends: unit === "hours" ? "moment" : business ? "close-of-business" : "end-of-day",
    }),
  );
const rules = fc.oneof(fc.constantFrom<ClockRule>(...presets), counted);
const ofUnit = (...units: ClockRule["unit"][]) => rules.filter(({ unit }) => units.includes(unit));

/** Own holidays around a moment, so that they matter. */
const holidaysNear = (moment: Date): fc.Arbitrary<string[]> =>
  fc.array(
    fc.integer({ min: 0, max: 60 }).map((days) => isoDay(DateTime.fromJSDate(moment, { zone: "utc" }).plus({ days }))),
    { maxLength: 15 },
  );
const runs = { numRuns: 400 };

describe.each(zones)("in %s", (zone) => {
  test("a clock is never due before it starts", () => {
    fc.assert(
      fc.property(rules, moments, (rule, from) => {
        const { start, due } = dueOf(rule, from, { zone, holidays: none });
        expect(start).toEqual(from);
        expect(due.getTime()).toBeGreaterThanOrEqual(from.getTime());
      }),
      runs,
    );
  });

  test("days end with the last second of the wall clock, days of business at 17:00", () => {
    const days = ofUnit("calendar-days", "business-days", "federal-work-days", "months");
    fc.assert(
      fc.property(days, moments, (rule, from) => {
        const due = local(dueOf(rule, from, { zone, holidays: none }).due, zone);
        expect(due.toFormat("HH:mm:ss.SSS")).toBe(rule.ends === "close-of-business" ? "17:00:00.000" : "23:59:59.000");
      }),
      runs,
    );
  });

  test("hours are hours that pass, whatever the wall clock does", () => {
    const inHours = ofUnit("hours").filter(({ anchor }) => anchor === "trigger");
    fc.assert(
      fc.property(inHours, moments, (rule, from) => {
        const { due } = dueOf(rule, from, { zone, holidays: none });
        expect(due.getTime() - from.getTime()).toBe(rule.amount * 3_600_000);
      }),
      runs,
    );
  });

  test("calendar days are days of the calendar", () => {
    const days = ofUnit("calendar-days").filter(({ anchor }) => anchor === "trigger");
    fc.assert(
      fc.property(days, moments, (rule, from) => {
        const due = local(dueOf(rule, from, { zone, holidays: none }).due, zone);
        const day0 = DateTime.fromISO(isoDay(local(from, zone)), { zone: "utc" });
        expect(isoDay(due)).toBe(isoDay(day0.plus({ days: rule.amount })));
      }),
      runs,
    );
  });

  test("business days end on one, and hold as many as were given", () => {
    const withHolidays = moments.chain((from) => fc.tuple(fc.constant(from), holidaysNear(from)));
    fc.assert(
      fc.property(ofUnit("business-days", "federal-work-days"), withHolidays, (rule, [from, listed]) => {
        const holidays = new Set(listed);
        const off = rule.unit === "business-days" ? holidays : none;
        const due = local(dueOf({ ...rule, anchor: "trigger" }, from, { zone, holidays }).due, zone);
        expect(due.weekday).toBeLessThan(6);
        expect(federalHolidays(due.year)).not.toContain(isoDay(due));
        expect(off).not.toContain(isoDay(due));
        let working = 0;
        for (let day = local(from, zone).startOf("day").plus({ days: 1 }); day <= due; day = day.plus({ days: 1 }))
          if (isWorkingDay(day, off)) working += 1;
        expect(working).toBe(rule.amount);
      }),
      { numRuns: 200 },
    );
  });

  test("one more holiday never makes a clock due earlier", () => {
    const withHolidays = moments.chain((from) => fc.tuple(fc.constant(from), holidaysNear(from), holidaysNear(from)));
    fc.assert(
      fc.property(rules, withHolidays, (rule, [from, some, more]) => {
        const before = dueOf(rule, from, { zone, holidays: new Set(some) }).due;
        const after = dueOf(rule, from, { zone, holidays: new Set([...some, ...more]) }).due;
        expect(after.getTime()).toBeGreaterThanOrEqual(before.getTime());
      }),
      runs,
    );
  });

  test("what starts later is never due earlier", () => {
    const later = fc.oneof(fc.integer({ min: 0, max: 172_800 }), fc.integer({ min: 0, max: 40_000_000 }));
    fc.assert(
      fc.property(rules, moments, later, (rule, from, seconds) => {
        const first = dueOf(rule, from, { zone, holidays: none }).due;
        const second = dueOf(rule, new Date(from.getTime() + seconds * 1_000), { zone, holidays: none }).due;
        expect(second.getTime()).toBeGreaterThanOrEqual(first.getTime());
      }),
      runs,
    );
  });

  test("months end on the same day, or on the last of a shorter month", () => {
    const months = ofUnit("months").filter(({ anchor }) => anchor === "trigger");
    fc.assert(
      fc.property(months, moments, (rule, from) => {
        const day0 = local(from, zone);
        const due = local(dueOf(rule, from, { zone, holidays: none }).due, zone);
        expect(due.year * 12 + due.month - (day0.year * 12 + day0.month)).toBe(rule.amount);
        expect(due.day).toBe(Math.min(day0.day, due.daysInMonth ?? 0));
      }),
      runs,
    );
  });
});

test("January 31 and a month is the last of February", () => {
  const rule: ClockRule = { ...ruleOf("grievance.extended"), unit: "months", amount: 1 };
  const zone = "America/New_York";
  const due = (from: string) =>
    isoDay(local(dueOf(rule, DateTime.fromISO(from, { zone }).toJSDate(), { zone, holidays: none }).due, zone));
  expect([due("2027-01-31"), due("2028-01-31"), due("2028-02-29")]).toEqual(["2027-02-28", "2028-02-29", "2028-03-29"]);
});
