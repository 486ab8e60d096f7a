import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { KpiRow } from "../../src/store/store.ts";
import { file } from "../domain/organisation.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { person } from "../support/person.ts";

let hospital: Hospital;

beforeAll(async () => {
  hospital = await openHospital();
  const { west, east } = hospital.units;
  const rows = [
    [west, 94],
    [east, 81],
  ].flatMap(([unitId, good]) =>
    Array.from(
      { length: 14 },
      (_, at): KpiRow => ({
        unitId: String(unitId),
        metric: "hand-hygiene",
        startOn: new Date(Date.UTC(2025, 8 + at, 1)).toISOString().slice(0, 10),
        numerator: String(Number(good) + (at % 2)),
        denominator: "100",
        value: null,
      }),
    ),
  );
  const origin = { source: "imported", at: hospital.clock.now, byId: null } as const;
  await hospital.store.of(hospital.organisationId).change((change) => change.writeKpi(rows, origin));
});
afterAll(() => hospital.close());

const pictureOf = (card: { blocks: readonly { type: string }[] }) => {
  const image = card.blocks.find(({ type }) => type === "image");
  return image && "alt" in image ? String(image.alt) : "";
};

describe("a director of several units", () => {
  test("sees a measure of all of them together, and from there by unit against the target", async () => {
    const director = person(hospital, "director");
    await director.says("kpi target hand-hygiene MED 90");
    expect(director.sees()).toContain("88.5 %");
    expect(director.sees()).toContain("2 units");
    await director.clicks("By unit");
    expect(director.sees()).toContain("1 of 2 units meets the target of 90 %.");
    expect(director.sees()).toMatch(/5 East[\s\S]*4 West/);
    expect(pictureOf(director.card())).toContain("1 of 2 meets it: 4 West 95 %; below it: 5 East 82 %.");
    await director.clicks("Medicine, together");
    expect(director.sees()).toContain("Added up");
    expect(pictureOf(director.card())).toContain("Control chart of Hand hygiene, Medicine");
  });

  test("is not asked to record a figure of the units together, and freezes limits of them", async () => {
    const director = person(hospital, "director");
    await director.says("kpi list");
    await director.clicks("Medicine, together");
    await director.clicks("Open");
    expect(() => director.clicks("Record")).toThrow("There is no button");
    await director.says("kpi freeze hand-hygiene MED 2025-09-01 2026-08-31 reason:Before");
    expect(director.sees()).toContain("frozen: Sep 2025 to Aug 2026");
    expect(pictureOf(director.card())).toContain("limits frozen from Sep 25 to Aug 26 (Before)");
  });

  test("compares the units that they see, and nobody compares others", async () => {
    await person(hospital, "director").says("kpi list metric:hand-hygiene");
    const nurse = person(hospital, "nurse");
    await nurse.says("kpi compare hand-hygiene");
    expect(nurse.sees()).toContain("No unit here has a figure of it.");
    await nurse.says("kpi compare hand-hygiene MED");
    expect(nurse.sees()).toContain("You see the measures of the units where you work or that you manage.");
  });
});

describe("what happens most", () => {
  beforeAll(async () => {
    const { west, east } = hospital.units;
    for (let count = 0; count < 6; count += 1) await file(hospital, "nurse", west, { category: "fall" });
    for (let count = 0; count < 3; count += 1) await file(hospital, "nurse", east, { category: "medication" });
    await file(hospital, "nurse", west, { category: "device" });
    await file(hospital, "nurse", west);
    const restricted = await file(hospital, "nurse", west, { category: "fall" });
    await hospital.store
      .of(hospital.organisationId)
      .incident.updateMany({ where: { number: restricted }, data: { restricted: true } });
  });

  test("is counted for who decides, the largest first, without restricted ones", async () => {
    const director = person(hospital, "director");
    await director.says("incident list");
    await director.clicks("What happens most");
    expect(director.sees()).toContain("Fall, Medication");
    expect(director.sees()).toContain("82 % of 11 incidents.");
    expect(pictureOf(director.card())).toContain("Pareto chart of Incidents by category: All that you see");
    expect(pictureOf(director.card())).toContain("Fall 6, Medication 3 make up 82 %.");
    await director.clicks("By unit");
    expect(director.sees()).toMatch(/4 West[\s\S]*5 East/);
    await director.clicks("List");
    expect(director.sees()).toContain("INC-1 ");
  });

  test("is counted of what a person may see alone", async () => {
    const manager = person(hospital, "manager");
    await manager.says("incident pareto");
    expect(manager.sees()).toContain("of 8 incidents.");
    expect(manager.sees()).not.toContain("Medication");
    await manager.says("incident pareto by:factor");
    expect(manager.sees()).toContain("has a contributing factor yet");
    const nurse = person(hospital, "nurse");
    await nurse.says("incident pareto");
    expect(nurse.sees()).not.toContain("make");
  });
});
