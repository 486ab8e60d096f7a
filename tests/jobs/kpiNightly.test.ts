import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { measureNightly } from "../../src/domain/kpis/nightly.ts";
import type { Bound } from "../../src/store/store.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";

// Records made by hand, of September and October 2026; the first report of all was in August.

let hospital: Hospital;
let bound: Bound;
let numbers = 0;

beforeAll(async () => {
  hospital = await openHospital();
  bound = hospital.store.of(hospital.organisationId);
  await report("2026-08-20T15:00:00Z", { category: "fall" });
  // Of a fall on the last evening of September in New York it is October in UTC.
  await report("2026-10-01T02:00:00Z", { category: "fall" });
  await report("2026-10-05T15:00:00Z", { category: "fall" });
  await report("2026-10-06T15:00:00Z", { category: "fall", restricted: true });
  await report("2026-10-07T15:00:00Z", { category: "fall", privilegedAt: new Date("2026-10-08T15:00:00Z") });
  await report("2026-10-08T15:00:00Z", { kind: "near-miss", category: "fall" });
  await report("2026-10-09T15:00:00Z", { kind: "workplace" });
  await report("2026-10-10T15:00:00Z", { category: "medication" });
  await report("2026-11-02T15:00:00Z", { category: "fall" });
  await report("2026-10-11T15:00:00Z", { category: "fall", unitId: hospital.units.east });
  await days("2026-10-01", 800);
  await grievance("2026-10-02", "2026-10-09T20:00:00Z");
  await grievance("2026-10-03", "2026-10-12T20:00:00Z");
  await grievance("2026-10-04", null);
  await grievance("2026-10-05", "2026-10-06T20:00:00Z", "complaint");
  await action("2026-10-10", "done", "2026-10-10T20:00:00Z");
  await action("2026-10-11", "done", "2026-10-13T20:00:00Z");
  await action("2026-10-12", "open", null);
  await action("2026-10-13", "dropped", "2026-10-13T20:00:00Z");
});
afterAll(() => hospital.close());

async function report(at: string, given: object): Promise<void> {
  const moment = new Date(at);
  await bound.incident.create({
    data: {
      number: ++numbers,
      kind: "incident",
      harm: "none",
      identity: "named",
      what: "x",
      unitId: hospital.units.west,
      happenedAt: moment,
      reportedAt: moment,
      status: "new",
      ...given,
    },
  });
}

const days = (startOn: string, count: number) =>
  bound.change((change) =>
    change.writeKpi(
      [
        {
          unitId: hospital.units.west,
          metric: "patient-days",
          startOn,
          numerator: null,
          denominator: null,
          value: String(count),
        },
      ],
      { source: "imported", at: hospital.clock.now, byId: null },
    ),
  );

const grievance = (received: string, closedAt: string | null, sort = "grievance") =>
  bound.grievance.create({
    data: {
      number: ++numbers,
      sort,
      because: "letter",
      what: "x",
      unitId: hospital.units.west,
      receivedOn: new Date(received),
      channel: "letter",
      loggedAt: new Date(received),
      loggedById: hospital.people.nurse,
      status: "new",
      closedAt: closedAt === null ? null : new Date(closedAt),
    },
  });

const action = (due: string, state: string, endedAt: string | null) =>
  bound.action.create({
    data: {
      number: ++numbers,
      what: "x",
      ownerId: hospital.people.nurse,
      givenById: hospital.people.manager,
      givenAt: new Date("2026-10-01T12:00:00Z"),
      unitId: hospital.units.west,
      dueOn: new Date(due),
      state,
      endedAt: endedAt === null ? null : new Date(endedAt),
    },
  });

async function figures(unitId = hospital.units.west) {
  const rows = await bound.kpiValue.findMany({
    where: { source: "computed", unitId },
    orderBy: [{ metric: "asc" }, { startOn: "asc" }],
  });
  return rows.map(({ metric, startOn, numerator, denominator, value }) =>
    [
      metric,
      startOn.toISOString().slice(0, 7),
      value === null ? `${Number(numerator)} of ${Number(denominator)}` : Number(value),
    ].join(" "),
  );
}

const october = [
  "actions-on-time 2026-10 1 of 3",
  "fall-count 2026-09 1",
  "falls 2026-10 1 of 800",
  "grievances-7-days 2026-10 1 of 3",
  "near-miss-share 2026-09 0 of 1",
  "near-miss-share 2026-10 1 of 3",
  "report-count 2026-09 1",
  "reporting-rate 2026-10 3 of 800",
];

describe("every night, from the records", () => {
  test("whole months alone, by the facility's clock, without what is restricted, privileged or somebody else's kind", async () => {
    await measureNightly(bound, new Date("2026-11-23T06:59:00Z"));
    expect(await figures()).toEqual([]);
    await measureNightly(bound, new Date("2026-11-23T07:01:00Z"));
    expect(await figures()).toEqual(october);
  });

  test("a count stands where patient days are not known, with 0 only where something was counted before", async () => {
    expect(await figures(hospital.units.east)).toEqual([
      "fall-count 2026-09 0",
      "fall-count 2026-10 1",
      "near-miss-share 2026-10 0 of 1",
      "report-count 2026-09 0",
      "report-count 2026-10 1",
    ]);
    expect(await figures(hospital.units.emergency)).toEqual([]);
  });

  test("once a night, by any number of sweeps, and the next night again without a change", async () => {
    const before = await bound.kpiValue.findMany({ orderBy: { id: "asc" } });
    await Promise.all(Array.from({ length: 5 }, () => measureNightly(bound, new Date("2026-11-23T20:00:00Z"))));
    await Promise.all(Array.from({ length: 5 }, () => measureNightly(bound, new Date("2026-11-24T20:00:00Z"))));
    expect(await bound.kpiValue.findMany({ orderBy: { id: "asc" } })).toEqual(before);
  });

  test("what is corrected in the records corrects the figures, and what was given by somebody stands", async () => {
    await days("2026-09-01", 700);
    await bound.incident.updateMany({ where: { category: "medication" }, data: { restricted: true } });
    await bound.change((change) =>
      change.writeKpi(
        [
          {
            unitId: hospital.units.west,
            metric: "falls",
            startOn: "2026-10-01",
            numerator: "4",
            denominator: "810",
            value: null,
          },
        ],
        { source: "recorded", at: hospital.clock.now, byId: hospital.people.quality },
      ),
    );
    await measureNightly(bound, new Date("2026-11-25T20:00:00Z"));
    expect(await figures()).toEqual([
      "actions-on-time 2026-10 1 of 3",
      "falls 2026-09 1 of 700",
      "grievances-7-days 2026-10 1 of 3",
      "near-miss-share 2026-09 0 of 1",
      "near-miss-share 2026-10 1 of 2",
      "reporting-rate 2026-09 1 of 700",
      "reporting-rate 2026-10 2 of 800",
    ]);
    const given = await bound.kpiValue.findMany({ where: { source: "recorded" } });
    expect(given.map(({ numerator, denominator }) => [Number(numerator), Number(denominator)])).toEqual([[4, 810]]);
  });

  test("nights that were missed are made up for, and a grievance counts once its seven days are over", async () => {
    await report("2026-12-03T15:00:00Z", { category: "fall" });
    await grievance("2026-12-30", null);
    await measureNightly(bound, new Date("2027-01-03T20:00:00Z"));
    expect(await figures()).toEqual(
      expect.arrayContaining(["fall-count 2026-11 1", "fall-count 2026-12 1", "near-miss-share 2026-12 0 of 1"]),
    );
    expect((await figures()).filter((one) => one.startsWith("grievances-7-days 2026-12"))).toEqual([]);
    await measureNightly(bound, new Date("2027-01-08T20:00:00Z"));
    expect(await figures()).toContain("grievances-7-days 2026-12 0 of 1");
  });
});
