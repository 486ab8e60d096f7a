import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import { dueOf } from "../../src/domain/clocks/compute.ts";
import { type ClockId, presets, ruleOf } from "../../src/domain/clocks/presets.ts";

const zone = "America/New_York";
const moment = (local: string) => DateTime.fromISO(local, { zone }).toJSDate();

function due(id: ClockId, from: string, holidays: readonly string[] = []): string {
  const end = dueOf(ruleOf(id), moment(from), { zone, holidays: new Set(holidays) }).due;
  return DateTime.fromJSDate(end, { zone }).toFormat("yyyy-MM-dd HH:mm:ss");
}

/** One worked example for each preset, New York time; reckoned with a calendar and not with the program. */
const examples: Record<ClockId, readonly [from: string, due: string]> = {
  "hipaa.individual": ["2026-03-02T10:15", "2026-05-01 23:59:59"],
  "hipaa.hhs.large": ["2026-11-20T08:00", "2027-01-19 23:59:59"],
  "hipaa.hhs.small": ["2026-05-20T12:00", "2027-03-01 23:59:59"],
  "hipaa.media": ["2027-12-31T23:30", "2028-02-29 23:59:59"],
  "hipaa.ba": ["2026-07-04T00:00", "2026-09-02 23:59:59"],
  "osha.fatality": ["2026-03-07T23:00", "2026-03-08 08:00:00"],
  "osha.severe": ["2026-10-31T12:00", "2026-11-01 11:00:00"],
  "osha.300": ["2026-12-28T09:00", "2027-01-04 23:59:59"],
  "osha.300A.post": ["2026-12-31T23:59", "2027-02-01 23:59:59"],
  "osha.300A.remove": ["2026-12-31T23:59", "2027-04-30 23:59:59"],
  "osha.300A.submit": ["2026-12-31T23:59", "2027-03-02 23:59:59"],
  "osha.300A.keep": ["2026-06-01T09:00", "2031-12-31 23:59:59"],
  "osha.sharps": ["2028-02-25T03:00", "2028-03-03 23:59:59"],
  "osha.sharps.log": ["2026-02-25T03:00", "2026-03-04 23:59:59"],
  "cms.grievance": ["2026-11-23T16:45", "2026-11-30 23:59:59"],
  // Friday is the observed Independence Day.
  "cms.restraint": ["2026-07-02T18:00", "2026-07-06 17:00:00"],
  "cms.restraint.log": ["2026-10-28T10:00", "2026-11-04 23:59:59"],
  "emtala.transfer": ["2026-10-30T14:20", "2026-11-02 13:20:00"],
  "cms.poc": ["2026-02-20T09:00", "2026-03-02 23:59:59"],
  "cms.poc.correction": ["2026-02-20T09:00", "2026-04-21 23:59:59"],
  "cms.poc.ij": ["2026-02-26T09:00", "2026-03-03 23:59:59"],
  "cms.ij.termination": ["2026-02-26T09:00", "2026-03-21 23:59:59"],
  "cms.condition": ["2026-02-26T09:00", "2026-05-27 23:59:59"],
  "nhsn.quarterly": ["2026-05-05T09:00", "2026-11-15 23:59:59"],
  // Veterans Day is a Wednesday and Thanksgiving a Thursday.
  "fda.mdr.death": ["2026-11-10T08:00", "2026-11-25 23:59:59"],
  "fda.mdr.injury": ["2026-12-18T08:00", "2027-01-05 23:59:59"],
  "fda.mdr.annual": ["2026-05-10T08:00", "2027-01-01 23:59:59"],
  "dea.notice": ["2026-09-04T22:00", "2026-09-08 23:59:59"],
  "dea.106": ["2026-09-04T22:00", "2026-10-19 23:59:59"],
  "ca.ae": ["2026-03-30T07:00", "2026-04-04 23:59:59"],
  "ca.ae.urgent": ["2026-03-30T07:00", "2026-03-31 07:00:00"],
  "ca.ae.patient": ["2026-03-30T07:00", "2026-04-04 23:59:59"],
  "pa.serious-event": ["2026-12-31T20:30", "2027-01-01 20:30:00"],
  "pa.disclosure": ["2026-12-31T20:30", "2027-01-07 23:59:59"],
  "mn.adverse-event": ["2026-05-15T11:00", "2026-06-08 23:59:59"],
  "ny.report": ["2026-03-07T09:00", "2026-03-08 10:00:00"],
  "ny.rca": ["2026-01-31T09:00", "2026-03-02 23:59:59"],
  "jc.rca": ["2026-01-02T09:00", "2026-03-10 23:59:59"],
  "jc.rca.conservative": ["2026-01-02T09:00", "2026-02-16 23:59:59"],
  "jc.esc": ["2026-06-30T09:00", "2026-08-29 23:59:59"],
  "jc.iths": ["2026-06-30T09:00", "2026-07-03 09:00:00"],
  "jc.iths.max": ["2026-06-30T09:00", "2026-07-23 23:59:59"],
  "facility.review": ["2026-03-06T15:00", "2026-03-09 16:00:00"],
  "grievance.extended": ["2026-11-30T10:00", "2026-12-07 23:59:59"],
};

test.each(Object.entries(examples) as [ClockId, readonly [string, string]][])("%s: %s", (id, [from, end]) => {
  expect(due(id, from)).toBe(end);
});

test("no preset lacks a worked example", () => {
  expect(presets.map(({ id }) => id).toSorted()).toEqual(Object.keys(examples).toSorted());
});

test.each([
  ["2025-01-01", "2026-03-01"],
  ["2025-12-31", "2026-03-01"],
  ["2026-07-15", "2027-03-01"],
  ["2027-07-15", "2028-02-29"],
])("small breaches discovered on %s are reported by %s", (from, day) => {
  expect(due("hipaa.hhs.small", from)).toBe(`${day} 23:59:59`);
});

test.each([
  ["2026-01-01T00:00", "2026-08-15"],
  ["2026-03-31T23:59", "2026-08-15"],
  ["2026-04-01T00:00", "2026-11-15"],
  ["2026-09-30T12:00", "2027-02-15"],
  ["2026-12-31T12:00", "2027-05-15"],
])("infection data of the quarter of %s go to NHSN by %s", (from, day) => {
  expect(due("nhsn.quarterly", from)).toBe(`${day} 23:59:59`);
});

describe("what is due on a fixed day belongs to the year before", () => {
  test.each([
    ["2026-01-01T00:00", "2027-02-01 23:59:59"],
    ["2026-12-31T23:59", "2027-02-01 23:59:59"],
    ["2027-01-01T00:00", "2028-02-01 23:59:59"],
  ])("a case of %s is in the summary posted by %s", (from, end) => {
    expect(due("osha.300A.post", from)).toBe(end);
  });
});

describe("the day of the trigger is day 0", () => {
  test.each(["2026-11-23T00:00", "2026-11-23T09:00", "2026-11-23T23:59:59"])("also at %s", (from) => {
    expect(due("cms.grievance", from)).toBe("2026-11-30 23:59:59");
  });

  test("and need not be a business day", () => {
    expect(due("dea.notice", "2026-11-21T10:00")).toBe("2026-11-23 23:59:59");
  });
});

describe("the organisation's own holidays", () => {
  const friday = ["2026-11-27"];

  test("move business days", () => {
    expect(due("cms.restraint", "2026-11-25T10:00")).toBe("2026-11-27 17:00:00");
    expect(due("cms.restraint", "2026-11-25T10:00", friday)).toBe("2026-11-30 17:00:00");
  });

  test("do not move federal work days", () => {
    expect(due("fda.mdr.death", "2026-11-16T10:00")).toBe("2026-12-01 23:59:59");
    expect(due("fda.mdr.death", "2026-11-16T10:00", friday)).toBe("2026-12-01 23:59:59");
  });

  test("do not move calendar days", () => {
    expect(due("cms.grievance", "2026-11-20T10:00", friday)).toBe("2026-11-27 23:59:59");
  });
});

test("every preset says what, to whom, when and by which source", () => {
  for (const rule of presets) {
    expect(rule.title.length, rule.id).toBeGreaterThan(8);
    expect(rule.title.length, rule.id).toBeLessThanOrEqual(70);
    for (const words of [rule.to, rule.when, rule.source]) expect(words, rule.id).toMatch(/\S{2}/);
    expect(rule.source, rule.id).toMatch(/CFR|Code|P\.S\.|Statutes|NYCRR|Manual|Joint Commission|CMS|RCA²/);
    expect(rule.unit === "hours", rule.id).toBe(rule.ends === "moment");
  }
});

test("a clock that does not exist is not made up", () => {
  expect(() => ruleOf("jc.rcs")).toThrow("There is no clock jc.rcs.");
});
