import { expect, test } from "vitest";
import { federalHolidays } from "../../src/domain/clocks/holidays.ts";

/** The lists of the U.S. Office of Personnel Management, days off as they were or will be taken. */
const published: [number, string[]][] = [
  [
    2021,
    // New Year's Day of 2022 is a Saturday.
    ["01-01", "01-18", "02-15", "05-31", "06-18", "07-05", "09-06", "10-11", "11-11", "11-25", "12-24", "12-31"],
  ],
  [2022, ["01-17", "02-21", "05-30", "06-20", "07-04", "09-05", "10-10", "11-11", "11-24", "12-26"]],
  [2023, ["01-02", "01-16", "02-20", "05-29", "06-19", "07-04", "09-04", "10-09", "11-10", "11-23", "12-25"]],
  [2024, ["01-01", "01-15", "02-19", "05-27", "06-19", "07-04", "09-02", "10-14", "11-11", "11-28", "12-25"]],
  [2026, ["01-01", "01-19", "02-16", "05-25", "06-19", "07-03", "09-07", "10-12", "11-11", "11-26", "12-25"]],
  [2027, ["01-01", "01-18", "02-15", "05-31", "06-18", "07-05", "09-06", "10-11", "11-11", "11-25", "12-24", "12-31"]],
];

test.each(published)("the federal holidays of %i", (year, days) => {
  expect([...federalHolidays(year)].toSorted()).toEqual(days.map((day) => `${year}-${day}`));
});

test("Martin Luther King Jr. Day is a holiday since 1986, Juneteenth since 2021", () => {
  expect([...federalHolidays(1985)].filter((day) => day.startsWith("1985-01"))).toEqual(["1985-01-01"]);
  expect(federalHolidays(1986)).toContain("1986-01-20");
  expect([...federalHolidays(2020)].filter((day) => day.startsWith("2020-06"))).toEqual([]);
});
