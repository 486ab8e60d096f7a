import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import { dueOf } from "../../src/domain/clocks/compute.ts";
import { countdown } from "../../src/domain/clocks/countdown.ts";
import { type ClockId, presets, ruleOf } from "../../src/domain/clocks/presets.ts";
import { canPause, canShorten, withAmount } from "../../src/domain/clocks/rules.ts";
import { Refusal } from "../../src/domain/refusal.ts";

const zone = "America/New_York";
const moment = (text: string) => DateTime.fromISO(text, { zone }).toJSDate();

function says(id: ClockId, due: string, now: string, holidays: readonly string[] = []): string {
  return countdown(ruleOf(id), moment(due), moment(now), { zone, holidays: new Set(holidays) });
}

describe("a countdown speaks in the unit that one thinks in", () => {
  test.each<[ClockId, string, string, string]>([
    ["osha.severe", "2026-11-23T15:00", "2026-11-23T09:00", "6 h left"],
    ["osha.severe", "2026-11-23T15:00", "2026-11-23T14:01", "59 min left"],
    ["osha.severe", "2026-11-23T15:00", "2026-11-23T14:59:30", "less than a minute left"],
    ["osha.severe", "2026-11-23T15:00", "2026-11-23T15:20", "overdue by 20 min"],
    ["osha.severe", "2026-11-23T15:00", "2026-11-24T15:00", "overdue by 24 h"],
    ["osha.severe", "2026-11-23T15:00", "2026-11-25T15:00", "overdue by 2 days"],
    ["facility.review", "2026-11-26T09:00", "2026-11-23T09:00", "72 h left"],
    // The hour that the clocks repeat is an hour.
    ["osha.severe", "2026-11-01T11:00", "2026-10-31T12:00", "24 h left"],
    ["cms.grievance", "2026-11-30T23:59:59", "2026-11-23T23:00", "7 days left"],
    ["cms.grievance", "2026-11-30T23:59:59", "2026-11-29T00:00", "due tomorrow"],
    ["cms.grievance", "2026-11-30T23:59:59", "2026-11-30T00:00", "due today"],
    ["cms.grievance", "2026-11-30T23:59:59", "2026-11-30T23:59:59", "due today"],
    ["cms.grievance", "2026-11-30T23:59:59", "2026-12-01T00:05", "overdue by 1 day"],
    ["cms.grievance", "2026-11-30T23:59:59", "2026-12-02T08:00", "overdue by 2 days"],
    ["cms.restraint", "2026-11-27T17:00", "2026-11-27T09:00", "due today by 17:00"],
    ["cms.restraint", "2026-11-27T17:00", "2026-11-27T19:30", "overdue by 2 h"],
    ["cms.restraint", "2026-11-30T17:00", "2026-11-27T19:30", "1 business day left"],
    ["fda.mdr.death", "2026-12-01T23:59:59", "2026-11-24T08:00", "4 business days left"],
    ["osha.300A.keep", "2031-12-31T23:59:59", "2026-12-31T23:59:59", "60 months left"],
    ["nhsn.quarterly", "2026-08-15T23:59:59", "2026-07-31T08:00", "15 days left"],
    ["cms.grievance", "2023-01-01T23:59:59", "2026-11-30T08:00", "overdue by 1,429 days"],
  ])("%s, due %s, at %s: %s", (id, due, now, words) => {
    expect(says(id, due, now)).toBe(words);
  });

  test("a holiday of the organisation's own is no business day, for the government it is one", () => {
    const friday = ["2026-11-27"];
    expect(says("jc.rca", "2026-12-01T23:59:59", "2026-11-24T08:00", friday)).toBe("3 business days left");
    expect(says("fda.mdr.death", "2026-12-01T23:59:59", "2026-11-24T08:00", friday)).toBe("4 business days left");
  });

  test("where nothing but a new holiday is left, it is counted in days", () => {
    expect(says("jc.rca", "2026-11-27T23:59:59", "2026-11-25T08:00", ["2026-11-27"])).toBe("2 days left");
  });

  test("a clock in business days begins with all of them", () => {
    const starts = fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true });
    const long = presets.filter(({ unit, amount }) => unit.endsWith("days") && amount >= 5);
    fc.assert(
      fc.property(fc.constantFrom(...long), starts, (rule, from) => {
        const calendar = { zone, holidays: new Set<string>() };
        const words = countdown(rule, dueOf(rule, from, calendar).due, from, calendar);
        if (rule.anchor === "trigger")
          expect(words).toBe(`${rule.amount} ${rule.unit === "calendar-days" ? "days" : "business days"} left`);
      }),
      { numRuns: 500 },
    );
  });

  test("it is overdue from the moment after and not before", () => {
    const starts = fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true });
    const seconds = fc.integer({ min: -10_000_000, max: 10_000_000 });
    fc.assert(
      fc.property(fc.constantFrom(...presets), starts, seconds, (rule, from, off) => {
        const calendar = { zone, holidays: new Set<string>() };
        const { due } = dueOf(rule, from, calendar);
        const words = countdown(rule, due, new Date(due.getTime() + off * 1_000), calendar);
        expect(words.startsWith("overdue by ")).toBe(off > 0);
        expect(words).toMatch(
          /^(overdue by )?([1-9][\d,]* (h|min|days?|business days?|months)|less than a minute)( left)?$|^due (today|tomorrow)( by 17:00)?$/,
        );
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("what may be done with a clock", () => {
  test("only a facility's own target may be paused", () => {
    expect(presets.filter(canPause).map(({ id }) => id)).toEqual(["osha.sharps.log", "facility.review"]);
  });

  test("all may be shortened but those of a single day and those due on a fixed day", () => {
    expect(presets.filter((rule) => !canShorten(rule)).map(({ id }) => id)).toEqual([
      "osha.300A.post",
      "osha.300A.remove",
      "osha.300A.submit",
      "cms.restraint",
      "fda.mdr.annual",
      "dea.notice",
    ]);
  });

  test("a law's clock takes fewer days, and a promise to a patient as many as were stated", () => {
    expect(withAmount(ruleOf("hipaa.individual"), 30).amount).toBe(30);
    expect(withAmount(ruleOf("hipaa.individual"), 60).amount).toBe(60);
    expect(withAmount(ruleOf("grievance.extended"), 21).amount).toBe(21);
  });

  test.each<[ClockId, number, string]>([
    ["hipaa.individual", 61, "takes 60 calendar days at most: 45 CFR 164.404(b). Give less"],
    ["cms.grievance", 8, "takes 7 calendar days at most: 42 CFR 482.13(a)(2)(ii)"],
    ["cms.restraint", 2, "takes 1 business day at most"],
    ["fda.mdr.annual", 1, "is due on a fixed day: 21 CFR 803.33(a). That day stays."],
    ["grievance.extended", 0, "takes a whole number, 1 or more, of calendar days."],
    ["grievance.extended", 2.5, "takes a whole number, 1 or more, of calendar days."],
    ["grievance.extended", Number.NaN, "takes a whole number, 1 or more, of calendar days."],
  ])("%s with %s is refused with its rule", (id, amount, words) => {
    const tried = () => withAmount(ruleOf(id), amount, "days");
    expect(tried).toThrow(Refusal);
    expect(tried).toThrow(words);
  });
});
