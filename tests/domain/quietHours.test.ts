import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import { quietUntil } from "../../src/domain/quietHours.ts";

const zone = "America/New_York";
const night = { from: "21:00", until: "06:30" };
const at = (local: string) => DateTime.fromISO(local, { zone }).toJSDate();
const ends = (quiet: { from: string; until: string }, local: string): string | undefined => {
  const until = quietUntil(quiet, zone, at(local));
  return until && DateTime.fromJSDate(until, { zone }).toFormat("yyyy-MM-dd HH:mm");
};

describe("hours that run over midnight", () => {
  test.each([
    ["2026-11-23T20:59", undefined],
    ["2026-11-23T21:00", "2026-11-24 06:30"],
    ["2026-11-23T23:59", "2026-11-24 06:30"],
    ["2026-11-24T00:00", "2026-11-24 06:30"],
    ["2026-11-24T06:29", "2026-11-24 06:30"],
    ["2026-11-24T06:30", undefined],
  ])("at %s they end %s", (local, until) => {
    expect(ends(night, local)).toBe(until);
  });
});

test("hours within a day", () => {
  expect(ends({ from: "12:00", until: "13:00" }, "2026-11-23T12:30")).toBe("2026-11-23 13:00");
  expect(ends({ from: "12:00", until: "13:00" }, "2026-11-23T13:00")).toBeUndefined();
});

test("hours that begin when they end are none", () => {
  expect(ends({ from: "12:00", until: "12:00" }, "2026-11-23T12:00")).toBeUndefined();
});

test("the nights in which the clocks change end at the same wall clock", () => {
  expect(ends(night, "2026-03-07T23:00")).toBe("2026-03-08 06:30");
  expect(ends(night, "2026-10-31T23:00")).toBe("2026-11-01 06:30");
});

test("an end that the spring change skips is when the clocks have moved on", () => {
  expect(ends({ from: "22:00", until: "02:30" }, "2026-03-08T01:00")).toBe("2026-03-08 03:30");
});

test("the end is always to come, within a day and an hour, and no longer quiet", () => {
  const clock = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom("00", "15", "30", "59"))
    .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${minute}`);
  const zones = fc.constantFrom(zone, "Europe/London", "Australia/Lord_Howe", "UTC");
  const moments = fc.date({ min: new Date("2026-01-01"), max: new Date("2027-01-01"), noInvalidDate: true });
  fc.assert(
    fc.property(clock, clock, zones, moments, (from, until, where, moment) => {
      const end = quietUntil({ from, until }, where, moment);
      if (!end) return;
      expect(end.getTime()).toBeGreaterThan(moment.getTime());
      expect(end.getTime() - moment.getTime()).toBeLessThanOrEqual(25 * 3_600_000);
      // The spring change may skip all of the half hour that somebody leaves free.
      if (freeMinutes(from, until) >= 60) expect(quietUntil({ from, until }, where, end)).toBeUndefined();
    }),
    { numRuns: 1_000 },
  );
});

/** From the end of quiet hours to their next beginning. */
function freeMinutes(from: string, until: string): number {
  const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
  return (minutes(from) - minutes(until) + 24 * 60) % (24 * 60);
}
