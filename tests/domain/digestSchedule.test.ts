import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import { isHoliday } from "../../src/domain/clocks/holidays.ts";
import { lastDigest, nextDigest, type Schedule, schedules } from "../../src/domain/digests/schedule.ts";

const zones = [
  "America/New_York",
  "America/Los_Angeles",
  "America/Phoenix",
  "Europe/London",
  "Australia/Lord_Howe",
  "Asia/Kolkata",
];
const none: ReadonlySet<string> = new Set();

/** The times from the beginning of a day on, as the clock on the wall shows them. */
function times(schedule: Schedule, at: string, zone: string, from: string, count: number, own = none): string[] {
  const found: string[] = [];
  let after = new Date(DateTime.fromISO(from, { zone }).toMillis() - 1);
  while (found.length < count) {
    after = nextDigest({ schedule, at, zone }, own, after);
    found.push(DateTime.fromJSDate(after, { zone }).toFormat("ccc d LLL HH:mm"));
  }
  return found;
}

describe("half past seven stays half past seven", () => {
  test.each(zones)("through a year of days in %s, once a day", (zone) => {
    const all = times("daily", "07:30", zone, "2026-01-01", 340);
    expect(all.filter((one) => !one.endsWith("07:30"))).toEqual([]);
    expect(new Set(all).size).toBe(340);
  });

  test("a time that the spring change skips moves on that day alone", () => {
    expect(times("daily", "02:30", "America/New_York", "2026-03-07", 3)).toEqual([
      "Sat 7 Mar 02:30",
      "Sun 8 Mar 03:30",
      "Mon 9 Mar 02:30",
    ]);
  });

  test("a time that comes twice in autumn comes once", () => {
    expect(times("daily", "01:30", "America/New_York", "2026-10-31", 3)).toEqual([
      "Sat 31 Oct 01:30",
      "Sun 1 Nov 01:30",
      "Mon 2 Nov 01:30",
    ]);
  });
});

describe("days off", () => {
  test("are skipped on weekdays: the weekend, Thanksgiving, and the organisation's own", () => {
    expect(times("weekdays", "07:30", "America/New_York", "2026-11-24", 4, new Set(["2026-11-27"]))).toEqual([
      "Tue 24 Nov 07:30",
      "Wed 25 Nov 07:30",
      "Mon 30 Nov 07:30",
      "Tue 1 Dec 07:30",
    ]);
  });

  test("move the digest of a week to its next working day", () => {
    expect(times("weekly", "07:30", "America/New_York", "2026-08-31", 3)).toEqual([
      "Mon 31 Aug 07:30",
      "Tue 8 Sep 07:30",
      "Mon 14 Sep 07:30",
    ]);
  });

  test("move the digest of a month to its first working day", () => {
    expect(times("monthly", "07:30", "America/New_York", "2026-10-15", 3)).toEqual([
      "Mon 2 Nov 07:30",
      "Tue 1 Dec 07:30",
      "Mon 4 Jan 07:30",
    ]);
  });

  test("that were made one since skip what was planned", () => {
    const timing = { schedule: "weekdays", at: "07:30", zone: "America/New_York" } as const;
    const planned = new Date("2026-11-25T12:30:00Z");
    expect(lastDigest(timing, none, planned, planned)).toEqual(planned);
    expect(lastDigest(timing, new Set(["2026-11-25"]), planned, planned)).toBeUndefined();
  });
});

test("of those that were missed only the last is told", () => {
  const timing = { schedule: "weekdays", at: "07:30", zone: "America/New_York" } as const;
  const first = new Date("2026-11-16T12:30:00Z");
  expect(lastDigest(timing, none, first, new Date("2026-11-23T20:00:00Z"))).toEqual(new Date("2026-11-23T12:30:00Z"));
});

test("the next one always comes later, on no holiday, whatever is asked for", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...schedules.map(({ code }) => code)),
      fc.constantFrom(...zones),
      fc.integer({ min: 0, max: 1439 }),
      fc.date({ min: new Date("2025-01-01"), max: new Date("2030-01-01"), noInvalidDate: true }),
      (schedule, zone, minutes, after) => {
        const at = DateTime.utc(2026).plus({ minutes }).toFormat("HH:mm");
        const next = nextDigest({ schedule, at, zone }, none, after);
        expect(next.getTime()).toBeGreaterThan(after.getTime());
        expect(isHoliday(DateTime.fromJSDate(next, { zone }), none)).toBe(false);
      },
    ),
  );
});
