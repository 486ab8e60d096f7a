import { describe, expect, test } from "vitest";
import { readDate, readDateTime, readMonth, readQuarter, readTime } from "../../src/bot/moments.ts";

const monday = { now: new Date("2026-11-23T14:00:00Z"), zone: "America/New_York" };

describe("when it happened", () => {
  test.each([
    ["now", "2026-11-23T14:00:00.000Z"],
    ["today", "2026-11-23T14:00:00.000Z"],
    ["yesterday 22:00", "2026-11-23T03:00:00.000Z"],
    ["22:00", "2026-11-23T03:00:00.000Z"],
    ["8am", "2026-11-23T13:00:00.000Z"],
    ["monday 10pm", "2026-11-17T03:00:00.000Z"],
    ["may 5 6am", "2026-05-05T10:00:00.000Z"],
    ["3 hours ago", "2026-11-23T11:00:00.000Z"],
    ["2026-11-23T06:10", "2026-11-23T11:10:00.000Z"],
    ["2026-11-23 06:10", "2026-11-23T11:10:00.000Z"],
    ["2026-11-23T06:10Z", "2026-11-23T06:10:00.000Z"],
    ["2026-11-23T06:10+02:00", "2026-11-23T04:10:00.000Z"],
  ])("“%s” is read in the person's zone", (written, at) => {
    expect(readDateTime(written, monday, "past")?.toISOString()).toBe(at);
  });

  test.each([
    ["UTC", "2026-11-22T22:00:00.000Z"],
    ["America/Los_Angeles", "2026-11-23T06:00:00.000Z"],
    ["Europe/Berlin", "2026-11-22T21:00:00.000Z"],
    ["Asia/Kolkata", "2026-11-22T16:30:00.000Z"],
    ["Australia/Lord_Howe", "2026-11-23T11:00:00.000Z"],
    ["Pacific/Auckland", "2026-11-23T09:00:00.000Z"],
  ])("“yesterday 22:00” in %s", (zone, at) => {
    expect(readDateTime("yesterday 22:00", { ...monday, zone }, "past")?.toISOString()).toBe(at);
  });

  test.each([
    "2026-02-30",
    "2026-13-01T10:00",
    "0000-01-01T00:00",
    "31.31.2026",
    "soon",
    "next to the lift",
    "",
    "9 ".repeat(20_000),
  ])("“%s” is no time", (written) => {
    expect(readDateTime(written, monday, "past")).toBeUndefined();
  });
});

describe("when something is to come", () => {
  test.each([
    ["tomorrow 9am", "2026-11-24T14:00:00.000Z"],
    ["22:00", "2026-11-24T03:00:00.000Z"],
    ["8am", "2026-11-24T13:00:00.000Z"],
    ["in 2 hours", "2026-11-23T16:00:00.000Z"],
    ["friday 9am", "2026-11-27T14:00:00.000Z"],
    ["12/24 9am", "2026-12-24T14:00:00.000Z"],
  ])("“%s”", (written, at) => {
    expect(readDateTime(written, monday, "future")?.toISOString()).toBe(at);
  });
});

describe("on the days when the clocks change", () => {
  const springEve = { now: new Date("2026-03-07T15:00:00Z"), zone: "America/New_York" };
  const autumnEve = { now: new Date("2026-10-31T15:00:00Z"), zone: "America/New_York" };

  test("“tomorrow 9am” is nine on the wall, whatever the offset", () => {
    expect(readDateTime("tomorrow 9am", springEve, "future")?.toISOString()).toBe("2026-03-08T13:00:00.000Z");
    expect(readDateTime("tomorrow 9am", autumnEve, "future")?.toISOString()).toBe("2026-11-01T14:00:00.000Z");
  });

  test("an hour that is skipped moves on, and never back", () => {
    expect(readDateTime("2026-03-08T02:30", springEve, "future")?.toISOString()).toBe("2026-03-08T07:30:00.000Z");
    expect(readDateTime("tomorrow 2:30am", springEve, "future")?.toISOString()).toBe("2026-03-08T07:30:00.000Z");
  });

  test("an hour that comes twice is one of the two", () => {
    expect(["2026-11-01T05:30:00.000Z", "2026-11-01T06:30:00.000Z"]).toContain(
      readDateTime("2026-11-01T01:30", autumnEve, "future")?.toISOString(),
    );
  });

  test("“yesterday 22:00” of the day before", () => {
    const sunday = { now: new Date("2026-03-08T14:00:00Z"), zone: "America/New_York" };
    expect(readDateTime("yesterday 22:00", sunday, "past")?.toISOString()).toBe("2026-03-08T03:00:00.000Z");
  });
});

test("dates look back or ahead, as the input wants", () => {
  expect(readDate("may 5", monday, "past")).toBe("2026-05-05");
  expect(readDate("may 5", monday, "future")).toBe("2027-05-05");
  expect(readDate("yesterday", monday, "past")).toBe("2026-11-22");
  expect(readDate("2026-11-23", monday, "past")).toBe("2026-11-23");
  expect(readDate("2026-02-29", monday, "past")).toBeUndefined();
  expect(readDate("0000-01-01", monday, "past")).toBeUndefined();
});

test("times and months as people write them", () => {
  expect(["9", "9:30", "9am", "12am", "12pm", "21:05", "0930"].map(readTime)).toEqual([
    "09:00",
    "09:30",
    "09:00",
    "00:00",
    "12:00",
    "21:05",
    "09:30",
  ]);
  expect(["25:00", "9:75", "13pm", "nine", ""].map(readTime)).toEqual(Array(5).fill(undefined));
  expect(["2026-10", "oct", "October 2025", "december"].map((month) => readMonth(month, monday))).toEqual([
    "2026-10",
    "2026-10",
    "2025-10",
    "2025-12",
  ]);
  expect(readMonth("2026-13", monday)).toBeUndefined();
});

test.each([
  ["in 30 seconds", "2026-11-23T14:06:10.000Z"],
  ["in 1 minute", "2026-11-23T14:06:40.000Z"],
  ["tomorrow", "2026-11-24T14:05:00.000Z"],
  ["tomorrow 9am", "2026-11-24T14:00:00.000Z"],
])("“%s” is as long from now as it says, and a day borrows no seconds", (written, at) => {
  const now = new Date("2026-11-23T14:05:40Z");
  expect(readDateTime(written, { now, zone: "America/New_York" }, "future")?.toISOString()).toBe(at);
});

test.each([
  ["Q2", "Q2"],
  [" q4 ", "Q4"],
  ["q2 2026", "2026-Q2"],
  ["Q2 FY2026", "2026-Q2"],
  ["Q2 FY 2026", "2026-Q2"],
  ["Q2-2026", "2026-Q2"],
  ["2026-Q2", "2026-Q2"],
  ["2026 q2", "2026-Q2"],
  ["FY 2026 Q2", "2026-Q2"],
  ["Q0", undefined],
  ["Q5 2026", undefined],
  ["Q2 26", undefined],
  ["second quarter", undefined],
  ["Q2 2026 and more", undefined],
  ["", undefined],
])("“%s” is the quarter %s", (written, quarter) => {
  expect(readQuarter(written)).toBe(quarter);
});
