import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { KpiRow } from "../../src/store/store.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { person } from "../support/person.ts";

let hospital: Hospital;

beforeAll(async () => {
  hospital = await openHospital();
  const bound = hospital.store.of(hospital.organisationId);
  await bound.person.updateMany({ where: { handle: "nurse" }, data: { unitIds: [hospital.units.west] } });
});
afterAll(() => hospital.close());

/** Figures of the months up to October 2026, the last one last. */
async function known(metric: string, unitId: string, figures: (readonly [number, number])[]) {
  const rows = figures.map(([numerator, denominator], at): KpiRow => {
    const month = new Date(Date.UTC(2026, 9 - (figures.length - 1 - at), 1));
    return {
      unitId,
      metric,
      startOn: month.toISOString().slice(0, 10),
      numerator: String(numerator),
      denominator: String(denominator),
      value: null,
    };
  });
  const origin = { source: "imported", at: new Date("2026-11-05T12:00:00Z"), byId: null } as const;
  await hospital.store.of(hospital.organisationId).change((change) => change.writeKpi(rows, origin));
}

const rising = [3, 2, 4, 3, 2, 3, 4, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 6, 6, 7, 6, 7, 6, 7].map((n) => [n, 900] as const);
const steady = [90, 91, 89, 92, 90, 91, 88, 90, 91, 90, 89, 91, 90, 92].map((n) => [n, 100] as const);

describe("a manager, and the falls of the unit", () => {
  test("sees what is special first, and what is ordinary as plainly", async () => {
    await known("falls", hospital.units.west, rising);
    await known("hand-hygiene", hospital.units.west, steady);
    const manager = person(hospital, "manager");
    await manager.says("kpi list");
    expect(manager.sees()).toContain(
      "1 measure shows a special cause. The other one shows ordinary variation, no action.",
    );
    expect(manager.sees()).toMatch(/Falls per 1,000 patient days · 4 West[\s\S]*concern: shift[\s\S]*Hand hygiene/);
    expect(manager.sees()).toContain("ordinary");
    await manager.clicks("Open");
    expect(manager.sees()).toContain("Special cause, concern: seven months above the mean.");
    expect(manager.sees()).toContain("7.8 per 1,000 patient days (Oct 2026)");
    expect(manager.sees()).toContain("u chart, from 24 months");
    await manager.says("kpi show hand hygiene 4W");
    expect(manager.sees()).toContain("Ordinary variation, no action.");
  });

  test("sets a target, which is then read against the limits", async () => {
    const manager = person(hospital, "manager");
    await manager.says("kpi target falls 4W 0.5");
    expect(manager.sees()).toContain("0.5 per 1,000 patient days");
    expect(manager.sees()).toContain("The target is hit and missed by chance.");
    await manager.says("kpi target hand-hygiene 4W 99.9");
    expect(manager.sees()).toContain("The target is not met, and will not be without a change.");
    await manager.says("kpi target hand-hygiene 4W 60");
    expect(manager.sees()).toContain("The target is met reliably.");
  });

  test("begins limits anew where the process was changed, and the reason stays with it", async () => {
    const manager = person(hospital, "manager");
    await manager.says('kpi rebase falls 4W 2026-04-01 reason:"Beds of the new wing"');
    expect(manager.sees()).toContain("Limits since");
    expect(manager.sees()).toContain("Beds of the new wing");
    expect(manager.sees()).toContain("u chart, from 7 months: trial limits, fewer than 12");
    expect(manager.sees()).toContain("Ordinary variation, no action.");
    await manager.says('kpi mark falls 4W 2026-06-01 what:"Low beds tried" kind:pdsa');
    expect(manager.sees()).toContain("Test of change");
  });

  test("freezes limits of a baseline with a reason, and lifts them with another one", async () => {
    const manager = person(hospital, "manager");
    const { store, organisationId } = hospital;
    const trail = async () =>
      (
        await store
          .of(organisationId)
          .audit.findMany({ where: { action: { in: ["metric.frozen", "metric.unfrozen"] } } })
      ).length;
    await manager.says(
      'kpi freeze hand-hygiene 4W 2025-09-01 2026-08-31 reason:"Before the dispensers were moved"',
      "freeze",
    );
    expect(manager.sees()).toContain("p chart, from 12 months, frozen: Sep 2025 to Aug 2026");
    expect(manager.sees()).toContain("Before the dispensers were moved");
    await manager.says(
      'kpi freeze hand-hygiene 4W 2025-09-01 2026-08-31 reason:"Before the dispensers were moved"',
      "freeze",
    );
    await manager.says("kpi freeze hand-hygiene 4W 2026-11-01 2026-11-20 reason:x");
    expect(manager.sees()).toContain("There are no figures in those days.");
    await manager.says("kpi freeze hand-hygiene 4W 2026-08-01 2026-07-20 reason:x");
    expect(manager.sees()).toContain("The baseline ends before it begins.");
    await manager.says('kpi mark hand-hygiene 4W 2026-11-23 what:"Audit week"');
    await manager.clicks("Lift frozen limits");
    await manager.fills({ reason: "The new dispensers are the rule" });
    expect(manager.sees()).toContain("p chart, from 14 months\n");
    expect(manager.sees()).toContain("Audit week; Frozen limits lifted: The new dispensers are the rule");
    const before = await trail();
    await manager.says("kpi unfreeze hand-hygiene 4W reason:again");
    expect(manager.sees()).not.toContain("again");
    expect(await trail()).toBe(before);
    expect(before).toBe(2);
  });

  test("records a figure; the same delivery twice, and another one after it, leave one figure a month", async () => {
    const manager = person(hospital, "manager");
    await manager.says("kpi record lwbs 4W 1.9 2026-09", "twice");
    await manager.says("kpi record lwbs 4W 1.9 2026-09", "twice");
    await manager.says("kpi record lwbs 4W 2.4 2026-09");
    const kept = await hospital.store.of(hospital.organisationId).kpiValue.findMany({ where: { metric: "lwbs" } });
    expect(kept.map(({ value, startOn }) => [Number(value), startOn.toISOString().slice(0, 10)])).toEqual([
      [2.4, "2026-09-01"],
    ]);
  });

  test("is told what is missing by now, and is never shown 0 for it", async () => {
    const manager = person(hospital, "manager");
    await manager.says("kpi show lwbs 4W");
    expect(manager.sees()).toContain("No data since Sep 2026.");
    expect(manager.sees()).toContain("n/a; the last one shown is 2.4 %, of Sep 2026");
    await manager.says("kpi use door-to-provider 4W");
    await manager.says("kpi show door-to-provider 4W");
    expect(manager.sees()).toContain("No data yet.");
    expect(manager.sees()).not.toMatch(/\b0\b/);
    await manager.says("kpi use door-to-provider 4W off:yes");
    expect(manager.sees()).not.toContain("Door to provider");
    await manager.says("kpi record door-to-provider 4W 31 2026-10");
    expect(manager.sees()).toContain("31 min (Oct 2026)");
  });

  test.each([
    ["kpi record lwbs 4W 120 2026-09", "A share is at most 100 %."],
    ["kpi record lwbs 4W numerator:5 2026-09", "It is missing: emergency department arrivals."],
    ["kpi record lwbs 4W numerator:9 denominator:5 2026-09", "It is above the denominator, 5."],
    ["kpi record falls 4W value:3 numerator:4 denominator:900 2026-09", "It is not numerator ÷ denominator."],
    ["kpi record falls 4W -2 2026-09", "It is below 0."],
    ["kpi record falls 4W 3", "Say of which month it is"],
    ["kpi record falls 4W 3 2027-09", "Sep 2027 has not begun."],
    ["kpi rebase falls 4W 2027-09-01 later", "That day is still to come."],
  ])("is refused with the rule: %s", async (said, rule) => {
    const manager = person(hospital, "manager");
    await manager.says(said);
    expect(manager.sees()).toContain(rule);
  });
});

describe("own measures", () => {
  test("are added once, found by their name, and drawn by their kind", async () => {
    const quality = person(hospital, "quality");
    await quality.says(
      'kpi add name:"Discharges before noon" share increase denominator:Discharges numerator:"Before noon"',
    );
    expect(quality.sees()).toContain("discharges-before-noon");
    await quality.says('kpi add name:"Discharges before noon" share increase');
    expect(quality.sees()).toContain("is there already");
    await quality.says('kpi record metric:"discharges before noon" unit:5E numerator:30 denominator:90 period:2026-10');
    expect(quality.sees()).toContain("33.3 %");
    expect(quality.sees()).toContain("One figure so far.");
    await quality.says('kpi add name:"Wait for a porter" figure decrease');
    expect(quality.sees()).toContain("Say what its figures are in");
  });
});

describe("who sees and does what", () => {
  test("staff see their unit's, and no other", async () => {
    const nurse = person(hospital, "nurse");
    await nurse.says("kpi show falls");
    expect(nurse.sees()).toContain("4 West");
    expect(nurse.sees()).toContain("Source: NDNQI; L. Lake, M. Cheung, Patient falls; Computed every night");
    expect(JSON.stringify(nurse.card())).toContain('"url":"https://pmc.ncbi.nlm.nih.gov/articles/PMC3572247"');
    expect(
      nurse
        .card()
        .blocks.flatMap((block) => (block.type === "buttons" ? block.buttons : []))
        .map((one) => one.label),
    ).toEqual(["All measures"]);
    await nurse.says("kpi list 5E");
    expect(nurse.sees()).toContain("You see the measures of the units where you work or that you manage.");
    await nurse.says("kpi record falls 4W 3 2026-09");
    expect(nurse.answer()?.refused).toBe(true);
  });

  test("a manager keeps those of the own unit alone, a director those below, quality all", async () => {
    const manager = person(hospital, "manager");
    await manager.says("kpi record lwbs ED 3 2026-09");
    expect(manager.sees()).toContain("Measures are kept by the unit’s managers and by quality.");
    for (const [handle, unit] of [
      ["director", "5E"],
      ["quality", "ED"],
    ] as const) {
      const someone = person(hospital, handle);
      await someone.says(`kpi record lwbs ${unit} 3 2026-10`);
      expect(someone.sees()).toContain("3 % (Oct 2026)");
    }
  });

  test("an admin who works nowhere sees no figures", async () => {
    const admin = person(hospital, "admin");
    await admin.says("kpi show falls");
    expect(admin.sees()).toContain("is not switched on in any unit that you see");
  });
});

describe("few people", () => {
  test("a share of few is not shown to those who do not see the records behind it", async () => {
    await known("near-miss-share", hospital.units.west, [
      [20, 40],
      [18, 40],
      [2, 5],
    ]);
    const nurse = person(hospital, "nurse");
    await nurse.says("kpi show near-miss-share");
    expect(nurse.sees()).toContain("Not shown: it is of too few people.");
    expect(nurse.sees()).not.toMatch(/40 % \(Oct|n = 5/);
    const manager = person(hospital, "manager");
    await manager.says("kpi show near-miss-share 4W");
    expect(manager.sees()).toContain("40 % (Oct 2026), n = 5");
  });

  test("answers of patients are hidden from everybody where they are few, and flagged where they are not many", async () => {
    await known("hcahps-nurses", hospital.units.west, [
      [30, 50],
      [4, 6],
    ]);
    const manager = person(hospital, "manager");
    await manager.says("kpi show hcahps-nurses 4W");
    expect(manager.sees()).toContain("Not shown: it is of too few people.");
    expect(manager.sees()).not.toContain("66.7");
    await known("hcahps-nurses", hospital.units.west, [
      [30, 50],
      [41, 60],
    ]);
    await manager.says("kpi show hcahps-nurses 4W");
    expect(manager.sees()).toContain("Only 60 answers: a small number, read it with care.");
    const admin = person(hospital, "admin");
    await admin.says("settings organisation small-cells:61");
    expect(admin.sees()).toContain("61 people");
    await manager.says("kpi show hcahps-nurses 4W");
    expect(manager.sees()).toContain("Not shown: it is of too few people.");
  });
});
