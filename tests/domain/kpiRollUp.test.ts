import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Reading } from "../../src/domain/kpis/reading.ts";
import { unitsInWords, variationInWords } from "../../src/domain/kpis/words.ts";
import type { KpiRow } from "../../src/store/store.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { actorOf, anotherOrganisation } from "./organisation.ts";

let hospital: Hospital;
let units: Record<"medicine" | "west" | "east" | "north", string>;

beforeAll(async () => {
  hospital = await openHospital();
  const { medicine, west, east } = hospital.units;
  const { id } = await hospital.store.of(hospital.organisationId).unit.create({
    data: { code: "4N", name: "4 North", aliases: [], parentId: medicine },
  });
  units = { medicine, west, east, north: id };
});
afterAll(() => hospital.close());

type Given = [unit: keyof typeof units, month: number, figures: [numerator: number, denominator: number] | number];

const bound = () => hospital.store.of(hospital.organisationId);

beforeEach(async () => {
  await bound().change(async (change) => {
    await change.kpiValue.deleteMany({});
    await change.unitMetric.deleteMany({});
  });
});

/** Figures of months of 2026. */
async function known(metric: string, given: Given[], source: "imported" | "computed" = "imported") {
  const rows = given.map(([unit, month, figures]): KpiRow => {
    const [numerator, denominator] = typeof figures === "number" ? [null, null] : figures.map(String);
    return {
      unitId: units[unit],
      metric,
      startOn: `2026-${String(month).padStart(2, "0")}-01`,
      numerator: numerator ?? null,
      denominator: denominator ?? null,
      value: typeof figures === "number" ? String(figures) : null,
    };
  });
  const origin = { source: "imported", at: hospital.clock.now, byId: null } as const;
  await bound().change(async (change) => {
    await change.writeKpi(rows, origin);
    if (source === "computed") await change.kpiValue.updateMany({ where: { metric }, data: { source } });
  });
}

async function rolledUp(metric: string, handle = "director", inPublic = false): Promise<Reading | undefined> {
  const choice = { unitIds: [units.medicine], metrics: [metric], inPublic, evenByUnit: true };
  return (await hospital.services.kpis.readings(await actorOf(hospital, handle), choice, hospital.clock.now))[0];
}

const figuresOf = (reading: Reading | undefined) =>
  reading?.points.map(({ startOn, value, n }) => [startOn.slice(5, 7), Number(value.toFixed(4)), n]);

describe("the measures of the units below", () => {
  test("are numerators and denominators added up, and never the mean of their rates", async () => {
    await known("falls", [
      ["west", 9, [3, 100]],
      ["west", 10, [1, 100]],
      ["east", 9, [1, 900]],
      ["east", 10, [3, 900]],
    ]);
    expect(figuresOf(await rolledUp("falls"))).toEqual([
      ["09", 4, 1000],
      ["10", 4, 1000],
    ]);
  });

  test("say which units are not in the last period", async () => {
    await known("falls", [
      ["west", 10, [3, 100]],
      ["east", 10, [1, 900]],
      ["north", 9, [1, 500]],
    ]);
    const reading = await rolledUp("falls");
    expect(reading && unitsInWords(reading)).toBe("2 of 3 units in Oct 2026, without 4 North");
    expect(figuresOf(reading)?.at(-1)).toEqual(["10", 4, 1000]);
  });

  test("name a unit that has the measure switched on and never had a figure", async () => {
    await known("falls", [["west", 10, [3, 100]]]);
    await bound().unitMetric.create({ data: { unitId: units.north, metric: "falls", since: hospital.clock.now } });
    const reading = await rolledUp("falls");
    expect(reading && unitsInWords(reading)).toBe("1 of 2 units in Oct 2026, without 4 North");
  });

  test("are the sum of counts, of months in which every unit has counted", async () => {
    await known("fall-count", [
      ["west", 8, 2],
      ["west", 9, 3],
      ["west", 10, 4],
      ["east", 9, 1],
      ["east", 10, 5],
      ["north", 9, 1],
    ]);
    const reading = await rolledUp("fall-count");
    expect(figuresOf(reading)).toEqual([
      ["08", 2, null],
      ["09", 5, null],
    ]);
    expect(reading && unitsInWords(reading)).toBe("2 of 3 units in Oct 2026, without 4 North");
  });

  test("take the days of the month once in the census, which every unit has", async () => {
    await known("average-daily-census", [
      ["west", 10, [620, 31]],
      ["east", 10, [310, 31]],
    ]);
    expect(figuresOf(await rolledUp("average-daily-census"))).toEqual([["10", 30, 31]]);
  });

  test("are not rolled up where they are medians, and that is said", async () => {
    await known("door-to-provider", [
      ["west", 10, 20],
      ["east", 10, 30],
    ]);
    const reading = await rolledUp("door-to-provider");
    expect(reading?.points).toEqual([]);
    expect(reading && variationInWords(reading)).toContain("Not rolled up");
  });

  test("are not rolled up where shares came without their counts, and not the mean of them", async () => {
    await known("hand-hygiene", [
      ["west", 10, 90],
      ["east", 10, 80],
    ]);
    expect((await rolledUp("hand-hygiene"))?.standing).toBe("by-unit");
  });

  test("give way to what the unit itself was given, and then count nothing twice", async () => {
    await known("falls", [
      ["medicine", 10, [9, 1000]],
      ["west", 10, [3, 100]],
    ]);
    const reading = await rolledUp("falls");
    expect(reading?.below).toBeUndefined();
    expect(figuresOf(reading)).toEqual([["10", 9, 1000]]);
  });

  test("hold what was computed of the unit’s own records as one part more", async () => {
    await known(
      "near-miss-share",
      [
        ["medicine", 10, [1, 20]],
        ["west", 10, [5, 30]],
      ],
      "computed",
    );
    const reading = await rolledUp("near-miss-share");
    expect(figuresOf(reading)).toEqual([["10", 12, 50]]);
    expect(reading && unitsInWords(reading)).toBe("2 units");
  });

  test("are gone where they are switched off for the unit above", async () => {
    await known("falls", [["west", 10, [3, 100]]]);
    await bound().unitMetric.create({
      data: { unitId: units.medicine, metric: "falls", since: hospital.clock.now, active: false },
    });
    expect(await rolledUp("falls")).toBeUndefined();
  });

  test("are for those who manage the unit above or see all, and for nobody else", async () => {
    await known("falls", [["west", 10, [3, 100]]]);
    expect(figuresOf(await rolledUp("falls", "quality"))).toEqual([["10", 30, 100]]);
    expect(await rolledUp("falls", "manager")).toBeUndefined();
    expect(await rolledUp("falls", "nurse")).toBeUndefined();
    const other = await anotherOrganisation(hospital);
    const theirs = await actorOf(hospital, "quality", other.tenant);
    const choice = { unitIds: [units.medicine] };
    expect(await hospital.services.kpis.readings(theirs, choice, hospital.clock.now)).toEqual([]);
  });
});

describe("figures of few people", () => {
  test("are not in a sum that would tell them by what is left over", async () => {
    await known("hcahps-nurses", [
      ["west", 10, [40, 50]],
      ["east", 10, [5, 6]],
    ]);
    const reading = await rolledUp("hcahps-nurses");
    expect(figuresOf(reading)).toEqual([["10", 80, 50]]);
    expect(reading && unitsInWords(reading)).toBe("1 of 2 units in Oct 2026, without 5 East");
  });

  test("are in it where several are enough together", async () => {
    await known("hcahps-nurses", [
      ["west", 10, [40, 50]],
      ["east", 10, [5, 6]],
      ["north", 10, [5, 5]],
    ]);
    expect(figuresOf(await rolledUp("hcahps-nurses"))).toEqual([["10", 81.9672, 61]]);
  });

  test("leave nothing to show where there is nothing else", async () => {
    await known("hcahps-nurses", [["east", 10, [5, 6]]]);
    expect((await rolledUp("hcahps-nurses"))?.standing).toBe("suppressed");
  });

  test("are seen by the manager in other shares, and left out in public", async () => {
    await known("near-miss-share", [
      ["west", 10, [10, 50]],
      ["east", 10, [5, 6]],
    ]);
    expect(figuresOf(await rolledUp("near-miss-share"))?.[0]?.[2]).toBe(56);
    expect(figuresOf(await rolledUp("near-miss-share", "director", true))?.[0]?.[2]).toBe(50);
  });
});

test("fifty measures of twelve units and 36 months are added up in one statement and well under a second", async () => {
  const below = await bound().unit.createManyAndReturn({
    data: Array.from({ length: 12 }, (_, at) => ({
      code: `E${at}`,
      name: `Emergency ${at}`,
      aliases: [],
      parentId: hospital.units.emergency,
    })),
  });
  await bound().metric.createMany({
    data: Array.from({ length: 50 }, (_, at) => ({
      code: `own-${at}`,
      name: `Own ${at}`,
      measure: "%",
      direction: "decrease",
      chart: "p",
      period: "month",
      numerator: "Late",
      denominator: "All",
      addedById: hospital.people.quality,
      addedAt: hospital.clock.now,
    })),
  });
  const rows = below.flatMap(({ id }) =>
    Array.from(
      { length: 50 * 36 },
      (_, at): KpiRow => ({
        unitId: id,
        metric: `own-${at % 50}`,
        startOn: new Date(Date.UTC(2023, 10 + Math.floor(at / 50), 1)).toISOString().slice(0, 10),
        numerator: String(1 + (at % 7)),
        denominator: "50",
        value: null,
      }),
    ),
  );
  const origin = { source: "imported", at: hospital.clock.now, byId: null } as const;
  await bound().change((change) => change.writeKpi(rows, origin));
  const quality = await actorOf(hospital, "quality");
  const took: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    const began = performance.now();
    const found = await hospital.services.kpis.readings(
      quality,
      { unitIds: [hospital.units.emergency] },
      hospital.clock.now,
    );
    took.push(performance.now() - began);
    expect(found).toHaveLength(50);
    expect(found.every(({ points, below: of }) => points.length === 36 && of?.units === 12)).toBe(true);
  }
  // About 140 ms on a machine with nothing else to do.
  expect(Math.min(...took)).toBeLessThan(5_000);
});
