import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import { isWorkingDay } from "../../src/domain/clocks/holidays.ts";
import { dayToRemind, isPressing, stillFits } from "../../src/domain/daily/rules.ts";
import type { Waiting } from "../../src/domain/todo.ts";

const hours = { remindAt: "08:30", holidays: ["2026-11-27"] };
const newYork = "America/New_York";

describe("the reminder of a day may come", () => {
  test.each([
    ["not before its time", "2026-11-23T13:29:00Z", newYork, undefined],
    ["at its time", "2026-11-23T13:30:00Z", newYork, "2026-11-23"],
    ["in the afternoon, where Rounds was down", "2026-11-23T21:59:00Z", newYork, "2026-11-23"],
    ["not in the evening", "2026-11-23T22:00:00Z", newYork, undefined],
    ["at its time on the other side of the world", "2026-11-22T22:00:00Z", "Asia/Tokyo", undefined],
    ["on Monday there, which is Sunday here", "2026-11-22T23:30:00Z", "Asia/Tokyo", "2026-11-23"],
    ["not on a Saturday", "2026-11-21T15:00:00Z", newYork, undefined],
    ["not on Thanksgiving", "2026-11-26T15:00:00Z", newYork, undefined],
    ["not on a day off of the organisation", "2026-11-27T15:00:00Z", newYork, undefined],
    ["at 08:30 before the clocks change", "2026-10-30T12:30:00Z", newYork, "2026-10-30"],
    ["at 08:30 after the clocks have changed", "2026-11-02T13:30:00Z", newYork, "2026-11-02"],
  ])("%s", (_, now, zone, day) => {
    expect(dayToRemind(new Date(now), zone, hours)).toBe(day);
  });

  test("only on working days and from the hour that is set, whatever the moment and the zone", () => {
    const zones = ["America/New_York", "America/Phoenix", "Asia/Kolkata", "Europe/London", "Pacific/Honolulu"];
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2026-01-01"), max: new Date("2028-12-31"), noInvalidDate: true }),
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 23 * 60 + 59 }),
        (now, zone, minutes) => {
          const remindAt = DateTime.utc(2026).plus({ minutes }).toFormat("HH:mm");
          const at = DateTime.fromJSDate(now, { zone });
          const day = dayToRemind(now, zone, { remindAt, holidays: [] });
          if (day === undefined) return;
          expect(day).toBe(at.toFormat("yyyy-MM-dd"));
          expect(isWorkingDay(at, new Set())).toBe(true);
          expect(at.toFormat("HH:mm") >= remindAt || at.offset !== at.startOf("day").offset).toBe(true);
        },
      ),
    );
  });
});

describe("a reminder that was held", () => {
  const due = new Date("2026-11-23T13:30:00Z");
  const fits = (now: string, quiet?: { from: string; until: string }) =>
    stillFits(due, new Date(now), newYork, quiet, hours);

  test("still comes in the afternoon, and not in the evening", () => {
    expect(fits("2026-11-23T21:59:00Z")).toBe(true);
    expect(fits("2026-11-23T22:01:00Z")).toBe(false);
  });

  test("comes in the evening to those who sleep by day, when their quiet hours end", () => {
    const byDay = { from: "07:00", until: "19:00" };
    expect(fits("2026-11-24T00:05:00Z", byDay)).toBe(true);
    expect(fits("2026-11-24T03:00:00Z", byDay)).toBe(false);
  });

  test("does not come in the evening to those whose quiet hours were only the morning", () => {
    expect(fits("2026-11-23T22:05:00Z", { from: "06:00", until: "10:00" })).toBe(false);
  });
});

describe("a person is reminded", () => {
  const now = new Date("2026-11-23T13:30:00Z");
  const one = (since: string, due: string): Waiting => ({
    type: "handle",
    about: "INC-1",
    number: 1,
    kind: "incident",
    category: null,
    harm: "none",
    unit: { code: "4W", name: "4 West" },
    goesUp: false,
    isAssigned: true,
    whose: null,
    since: new Date(since),
    due: new Date(due),
  });
  const remindedAt = new Date("2026-11-20T13:30:00Z");

  test.each([
    ["of what is overdue", "2026-11-01T12:00:00Z", "2026-11-10T12:00:00Z", true],
    ["of what is due today", "2026-11-01T12:00:00Z", "2026-11-23T23:00:00Z", true],
    ["of what is due the day after tomorrow", "2026-11-01T12:00:00Z", "2026-11-26T04:59:00Z", true],
    ["not of what is due later", "2026-11-01T12:00:00Z", "2026-11-26T05:01:00Z", false],
    ["of what became theirs since the last reminder", "2026-11-21T12:00:00Z", "2026-12-30T12:00:00Z", true],
    ["of what came on the morning of the last one", "2026-11-20T13:10:00Z", "2026-12-30T12:00:00Z", true],
    ["not of what was theirs when they were reminded last", "2026-11-20T04:59:00Z", "2026-12-30T12:00:00Z", false],
    ["not of what came today, however urgent", "2026-11-23T05:01:00Z", "2026-11-23T14:00:00Z", false],
  ])("%s", (_, since, due, pressing) => {
    expect(isPressing(one(since, due), now, newYork, remindedAt)).toBe(pressing);
  });
});
