import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import type { Repeat } from "../../src/chat/form.ts";
import { repeats } from "../../src/chat/form.ts";
import { latestOccurrence, nextOccurrence } from "../../src/domain/reminders/rules.ts";

const zones = ["America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo"];

const occurrences = (first: string, every: Repeat, zone: string, count: number): string[] => {
  const start = DateTime.fromISO(first, { zone }).toJSDate();
  const found: string[] = [];
  for (let after = new Date(start.getTime() - 1); found.length < count; ) {
    const next = nextOccurrence(start, every, zone, after);
    if (!next) return found;
    found.push(DateTime.fromJSDate(next, { zone }).toFormat("ccc d LLL HH:mm"));
    after = next;
  }
  return found;
};

describe("nine o'clock stays nine o'clock", () => {
  test.each(zones)("through a year of days in %s", (zone) => {
    const all = occurrences("2026-01-01T09:00", "day", zone, 365);
    expect(all.filter((one) => !one.endsWith("09:00"))).toEqual([]);
    expect(new Set(all).size).toBe(365);
  });

  test("a time that the spring change skips moves on that day alone", () => {
    expect(occurrences("2026-03-07T02:30", "day", "America/New_York", 3)).toEqual([
      "Sat 7 Mar 02:30",
      "Sun 8 Mar 03:30",
      "Mon 9 Mar 02:30",
    ]);
  });

  test("a time that comes twice in autumn is told once", () => {
    expect(occurrences("2026-10-31T01:30", "day", "America/New_York", 3)).toEqual([
      "Sat 31 Oct 01:30",
      "Sun 1 Nov 01:30",
      "Mon 2 Nov 01:30",
    ]);
  });
});

test("weekdays leave out the weekend, also when they begin in it", () => {
  expect(occurrences("2026-11-26T07:30", "weekdays", "America/New_York", 4)).toEqual([
    "Thu 26 Nov 07:30",
    "Fri 27 Nov 07:30",
    "Mon 30 Nov 07:30",
    "Tue 1 Dec 07:30",
  ]);
  expect(occurrences("2026-11-28T07:30", "weekdays", "America/New_York", 1)).toEqual(["Mon 30 Nov 07:30"]);
});

test("the 31st of each month is the last day of those that have none", () => {
  expect(occurrences("2027-01-31T09:00", "month", "America/New_York", 5)).toEqual([
    "Sun 31 Jan 09:00",
    "Sun 28 Feb 09:00",
    "Wed 31 Mar 09:00",
    "Fri 30 Apr 09:00",
    "Mon 31 May 09:00",
  ]);
});

test("weeks and fortnights keep their weekday", () => {
  expect(occurrences("2026-10-26T09:00", "week", "America/New_York", 3)).toEqual([
    "Mon 26 Oct 09:00",
    "Mon 2 Nov 09:00",
    "Mon 9 Nov 09:00",
  ]);
  expect(occurrences("2026-10-26T09:00", "two-weeks", "America/New_York", 2)).toEqual([
    "Mon 26 Oct 09:00",
    "Mon 9 Nov 09:00",
  ]);
});

test("once is once", () => {
  const first = new Date("2026-11-23T14:00:00Z");
  expect(nextOccurrence(first, "once", "UTC", new Date(first.getTime() - 1))).toEqual(first);
  expect(nextOccurrence(first, "once", "UTC", first)).toBeUndefined();
});

const moments = fc.date({ min: new Date("2024-01-01"), max: new Date("2032-01-01"), noInvalidDate: true });
const repeating = fc.constantFrom(...repeats.map((one) => one.code).filter((code) => code !== "once"));

describe("for any first time, repeat and zone", () => {
  test("the next occurrence is after the moment, not before the first, and on its wall clock", () => {
    fc.assert(
      fc.property(moments, moments, repeating, fc.constantFrom(...zones), (first, after, every, zone) => {
        const next = nextOccurrence(first, every, zone, after);
        if (!next) throw new Error("A repeating reminder has a next time.");
        expect(next.getTime()).toBeGreaterThan(after.getTime());
        expect(next.getTime()).toBeGreaterThanOrEqual(first.getTime());
        const [start, local] = [first, next].map((at) => DateTime.fromJSDate(at, { zone })) as [DateTime, DateTime];
        const minutes = Math.abs(local.hour * 60 + local.minute - start.hour * 60 - start.minute);
        // Only where the clocks skip it may the wall clock differ, by the hour (or half of one) that is missing.
        if (minutes !== 0) expect([30, 60, 1380, 1410]).toContain(minutes);
      }),
      { numRuns: 500 },
    );
  });

  test("none is left out between: the one before the next is the latest", () => {
    fc.assert(
      fc.property(moments, moments, repeating, fc.constantFrom(...zones), (first, until, every, zone) => {
        const latest = latestOccurrence(first, every, zone, until);
        const next = nextOccurrence(first, every, zone, until);
        if (latest > until) expect(latest).toEqual(first);
        else if (latest.getTime() !== first.getTime() || every !== "weekdays")
          expect(nextOccurrence(first, every, zone, latest)).toEqual(next);
      }),
      { numRuns: 500 },
    );
  });
});

test("ten years of absence cost no more than a day", () => {
  const first = new Date("2016-01-01T09:00:00Z");
  const before = performance.now();
  for (const { code } of repeats) {
    nextOccurrence(first, code, "America/New_York", new Date("2026-01-01T10:00:00Z"));
    latestOccurrence(first, code, "America/New_York", new Date("2026-01-01T10:00:00Z"));
  }
  expect(performance.now() - before).toBeLessThan(1_000);
});
