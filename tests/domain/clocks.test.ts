import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { person } from "../support/person.ts";
import { actOf, actorOf, file } from "./organisation.ts";

// The clocks that run on records: what starts them, and what people do with them.

let hospital: Hospital;
beforeEach(async () => {
  hospital = await openHospital();
});
afterEach(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);
const later = (hours: number) => {
  hospital.clock.now = new Date(hospital.clock.now.getTime() + hours * 3_600_000);
};
const rules = async (where: object = { endedAt: null }) =>
  (await bound().clock.findMany({ where, select: { rule: true } })).map(({ rule }) => rule).sort();
const numberOf = async (rule: string) =>
  (await bound().clock.findFirstOrThrow({ where: { rule }, select: { number: true } })).number;

describe("a grade", () => {
  test("of severe harm on a device event starts its clocks, says why, and a wrong start is withdrawn for good", async () => {
    await file(hospital, "nurse", hospital.units.west, { category: "device", harm: "severe" });
    expect(await rules()).toEqual([]);
    const quality = person(hospital, "quality");
    await quality.says("incident grade INC-1 harm:severe");
    expect(await rules()).toEqual(["facility.review", "fda.mdr.injury", "jc.rca", "jc.rca.conservative"]);
    const said = quality.sees();
    expect(said).toContain(
      "A clock was started, because a device may have contributed to a serious injury, as graded:",
    );
    expect(said).toContain("3 clocks were started, because it is graded as death or severe harm:");
    expect(said).toContain("21 CFR 803.30(a)(2)");
    expect(said).toMatch(/Report the device-related serious injury, form 3500A, .*10 business days left/);

    await quality.runs("clock withdraw", { clock: `CLK-${await numberOf("fda.mdr.injury")}` });
    await quality.fills({ reason: "The pump was not in use" });
    expect(quality.sees()).toContain("withdrawn");
    later(1);
    await quality.says("incident grade INC-1 harm:severe why:again");
    expect(await rules()).toEqual(["facility.review", "jc.rca", "jc.rca.conservative"]);
    expect(quality.sees()).not.toContain("were started");
    await quality.says("incident show INC-1");
    expect(quality.sees()).toContain(
      "withdrew the clock “Report the device-related serious injury, form 3500A”: The pump was not in use",
    );
  });

  test("that starts several clocks is one line of what happened, in the card and in the summary", async () => {
    await file(hospital, "nurse", hospital.units.west, { category: "device", harm: "severe" });
    const quality = person(hospital, "quality");
    await quality.says("incident grade INC-1 harm:severe");
    await quality.says("incident show INC-1");
    const said = quality.sees();
    expect(said).toMatch(
      /Rounds started 4 clocks, because a device may have contributed to a serious injury, as graded, and it is graded as death or severe harm: “[^”]+”, “[^”]+”, “[^”]+”, “[^”]+”/,
    );
    expect(said.split("because it is graded")).toHaveLength(1);
    expect(await bound().timelineEntry.count({ where: { kind: "clock-started" } })).toBe(4);
    await quality.says("incident summary INC-1");
    const files = quality.card().blocks.flatMap((block) => (block.type === "file" ? [block.file] : []));
    const written = files.find(({ name }) => name.endsWith(".md"));
    expect(Buffer.from(written?.base64 ?? "", "base64").toString()).toContain("Rounds started 4 clocks");
  });

  test("that holds for a new cause starts a clock that was withdrawn", async () => {
    await file(hospital, "nurse", hospital.units.west);
    const quality = person(hospital, "quality");
    await quality.says("incident grade INC-1 harm:severe");
    await hospital.services.clocks.withdraw(await actOf(hospital, "quality"), await numberOf("jc.rca"), "no");
    expect(await rules()).toEqual(["facility.review"]);
    await quality.says("incident grade INC-1 harm:severe severity:catastrophic probability:remote");
    expect(await rules()).toEqual(["facility.review", "jc.rca", "jc.rca.conservative"]);
  });

  test("withdraws nothing where it is lower than before, so that people say themselves that it was wrong", async () => {
    await file(hospital, "nurse", hospital.units.west);
    await person(hospital, "quality").says("incident grade INC-1 harm:severe");
    await person(hospital, "quality").says("incident grade INC-1 harm:mild");
    expect(await rules()).toContain("jc.rca");
  });
});

test("an answer starts the clocks it implies, counted from when the hospital knew", async () => {
  const number = await file(hospital, "nurse", hospital.units.west, { kind: "workplace" });
  later(3);
  const nurse = person(hospital, "nurse");
  await nurse.says(`details workplace INC-${number} outcome:admission`);
  expect(nurse.sees()).toContain("because it led to an admission, an amputation or the loss of an eye");
  const clock = await bound().clock.findFirstOrThrow({ where: { rule: "osha.severe" } });
  expect(clock.dueAt.toISOString()).toBe("2026-11-24T14:00:00.000Z");
  expect(clock.startedById).toBeNull();
});

test("a privacy report starts its clock, and whoever filed it reads which", async () => {
  const nurse = person(hospital, "nurse");
  await nurse.says("incident report kind:privacy A letter to the wrong house 4W");
  expect(nurse.sees()).toContain("Notify the people affected by the breach");
  expect(nurse.sees()).toContain("because it is a privacy event");
  expect(await rules()).toEqual(["hipaa.individual"]);
});

test("a correction of the kind starts what the right kind implies", async () => {
  const number = await file(hospital, "nurse", hospital.units.west);
  await person(hospital, "quality").says(`incident correct INC-${number} field:kind value:privacy reason:misread`);
  expect(await rules()).toEqual(["hipaa.individual"]);
});

describe("a clock of a law", () => {
  const started = async () => {
    await file(hospital, "nurse", hospital.units.west, { kind: "privacy" });
    return numberOf("hipaa.individual");
  };

  test("is never paused, and the refusal names the law", async () => {
    const quality = person(hospital, "quality");
    await quality.says(`clock pause CLK-${await started()} waiting for the lawyer`);
    expect(quality.sees()).toContain("45 CFR 164.404(b)");
    expect(quality.sees()).toContain("it is not paused");
    expect(await rules({ state: "running" })).toEqual(["hipaa.individual"]);
  });

  test("becomes shorter, to the end of a day, and never longer", async () => {
    const number = await started();
    const act = await actOf(hospital, "manager");
    const { clocks } = hospital.services;
    const shorter = await clocks.shorten(act, number, new Date("2026-12-10T15:00:00Z"), "our policy");
    expect(shorter.dueAt.toISOString()).toBe("2026-12-11T04:59:59.000Z");
    await expect(clocks.shorten(act, number, new Date("2026-12-11T15:00:00Z"), "later")).rejects.toThrow(
      "can become shorter, never longer",
    );
    expect((await clocks.show(act.actor, number, hospital.clock.now)).dueAt).toEqual(shorter.dueAt);
  });

  test("is withdrawn by quality alone, and seen by those who see its incident", async () => {
    const number = await started();
    const manager = person(hospital, "manager");
    await manager.says(`clock withdraw CLK-${number} not a breach`);
    expect(await rules({ state: "running" })).toEqual(["hipaa.individual"]);
    const outsider = person(hospital, "outsider");
    await outsider.says(`clock show CLK-${number}`);
    expect(outsider.sees()).toContain(`There is no CLK-${number} that you may see`);
    const { rows } = await hospital.services.clocks.list(
      await actorOf(hospital, "outsider"),
      undefined,
      hospital.clock.now,
    );
    expect(rows).toEqual([]);
  });

  test("that is done leaves the list and what waits, with the note on the timeline", async () => {
    const number = await started();
    const manager = person(hospital, "manager");
    later(24 * 55);
    await manager.says("todo");
    expect(manager.sees()).toContain("Notify the people affected");
    await manager.says(`clock done CLK-${number} sent on Monday`);
    await manager.says("todo");
    expect(manager.sees()).not.toContain("Notify the people affected");
    await manager.says("clock list");
    expect(manager.sees()).toContain("No clock runs");
    await manager.says("incident show INC-1");
    expect(manager.sees()).toContain("met the clock “Notify the people affected by the breach”: sent on Monday");
  });
});

test("a facility's own target stands still, and is due as much later", async () => {
  await file(hospital, "nurse", hospital.units.west);
  await person(hospital, "quality").says("incident grade INC-1 harm:severe");
  const number = await numberOf("facility.review");
  const quality = person(hospital, "quality");
  await quality.says(`clock pause CLK-${number} the witness is away`);
  expect(quality.sees()).toContain("paused");
  later(48);
  await quality.says(`clock resume CLK-${number}`);
  const clock = await bound().clock.findFirstOrThrow({ where: { number } });
  expect(clock.dueAt.toISOString()).toBe("2026-11-28T14:00:00.000Z");
  expect(clock.state).toBe("running");
});

test("finishing the analysis ends both readings of its deadline", async () => {
  await file(hospital, "nurse", hospital.units.west);
  await person(hospital, "quality").says("incident grade INC-1 harm:severe");
  await hospital.services.clocks.done(await actOf(hospital, "quality"), await numberOf("jc.rca"), undefined);
  expect(await rules()).toEqual(["facility.review"]);
});

test("fifty people who start the same clock at once have one, and all are answered with it", async () => {
  const number = await file(hospital, "nurse", hospital.units.west);
  const act = await actOf(hospital, "manager");
  const given = { rule: "emtala.transfer" as const, about: `INC-${number}`, from: hospital.clock.now };
  const answers = await Promise.all(Array.from({ length: 50 }, () => hospital.services.clocks.start(act, given)));
  expect(new Set(answers.map((clock) => clock.number)).size).toBe(1);
  expect(await bound().clock.count()).toBe(1);
  expect(await bound().audit.count({ where: { action: "clock.started" } })).toBe(1);
});

test("a clock of the organisation's own is started, seen and ended by quality", async () => {
  const quality = person(hospital, "quality");
  await quality.says("clock start cms.poc");
  expect(quality.sees()).toContain("Send the plan of correction");
  const manager = person(hospital, "manager");
  await manager.says("clock start cms.poc");
  expect(manager.sees()).toContain("Clocks are started by quality");
  await manager.says("clock list");
  expect(manager.sees()).toContain("No clock runs");
  await quality.says("clock done CLK-1");
  expect(await rules()).toEqual([]);
});

test("the audit trail names the clock and its rule, and no reason", async () => {
  await file(hospital, "nurse", hospital.units.west, { kind: "privacy" });
  await hospital.services.clocks.withdraw(await actOf(hospital, "quality"), 1, "CANARY");
  const rows = await bound().audit.findMany({ where: { subject: "clock" }, orderBy: { id: "asc" } });
  expect(rows.map(({ action }) => action)).toEqual(["clock.started", "clock.withdrawn"]);
  expect(JSON.stringify(rows)).not.toContain("CANARY");
});
