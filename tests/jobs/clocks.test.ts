import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { remindOfClocks } from "../../src/domain/clocks/remind.ts";
import { over, told } from "../../src/jobs/told.ts";
import { actOf, file } from "../domain/organisation.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { person, said } from "../support/person.ts";

// Reminders of clocks, with a clock of ours on the wall: each exactly once.

let hospital: Hospital;
beforeEach(async () => {
  hospital = await openHospital();
});
afterEach(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);
const hour = 3_600_000;

/** What was told by the time, looking every quarter of an hour and twice at once: hours since the start, kind, whom. */
async function toldUntil(hours: number): Promise<string[]> {
  const start = hospital.clock.now.getTime();
  for (let passed = 0; passed <= hours; passed += 0.25) {
    hospital.clock.now = new Date(start + passed * hour);
    await Promise.all([remindOfClocks(bound(), hospital.clock.now), remindOfClocks(bound(), hospital.clock.now)]);
  }
  const names = new Map(Object.entries(hospital.people).map(([handle, id]) => [id, handle]));
  const notices = await bound().notice.findMany({
    where: { kind: { startsWith: "clock-" } },
    orderBy: { dueAt: "asc" },
  });
  const lines = Map.groupBy(notices, ({ dueAt, kind }) => `${(dueAt.getTime() - start) / hour} ${kind}`);
  return [...lines].map(([line, all]) => `${line} ${all.map(({ personId }) => names.get(personId ?? "")).sort()}`);
}

describe("a clock that is counted in hours", () => {
  test("is told at its start, at half time, an hour before, when it is due, and every day after", async () => {
    await file(hospital, "nurse", hospital.units.west, { kind: "workplace", harm: "death" });
    await bound().clock.updateMany({ where: { rule: "osha.300" }, data: { remindAt: null } });
    expect(await toldUntil(60)).toEqual([
      "0 clock-started manager,quality",
      "4 clock-due-soon manager,quality",
      "7 clock-due-soon manager,quality",
      "8 clock-overdue director,manager,quality",
      "32 clock-overdue director,manager,quality",
      "56 clock-overdue director,manager,quality",
    ]);
  });

  test("of a day or more is told at the last quarter", async () => {
    const number = await file(hospital, "nurse", hospital.units.west);
    await hospital.services.clocks.start(await actOf(hospital, "quality"), {
      rule: "emtala.transfer",
      about: `INC-${number}`,
      from: hospital.clock.now,
    });
    expect(await toldUntil(71)).toEqual([
      "0 clock-started manager",
      "36 clock-due-soon manager,quality",
      "54 clock-due-soon manager,quality",
    ]);
  });

  test.each(["done", "withdraw", "pause"] as const)("is told of no more after %s", async (how) => {
    const number = await file(hospital, "nurse", hospital.units.west);
    const act = await actOf(hospital, "quality");
    const { clocks } = hospital.services;
    const given = { rule: "facility.review" as const, about: `INC-${number}`, from: hospital.clock.now };
    await clocks.start(act, given);
    if (how === "done") await clocks.done(act, 1, undefined);
    if (how === "withdraw") await clocks.withdraw(act, 1, "wrong");
    if (how === "pause") await clocks.pause(act, 1, "waiting");
    expect(await toldUntil(100)).toEqual(["0 clock-started manager"]);
    const notice = await bound().notice.findFirstOrThrow({ where: { kind: "clock-started" } });
    const recipient = await hospital.services.recipients.find(
      hospital.organisationId,
      hospital.people.manager,
      new Set(["web" as const]),
      hospital.clock.now,
    );
    if (typeof recipient === "string") throw new Error(recipient);
    const { services, organisationId, clock } = hospital;
    const telling = { services, organisationId, notice, recipient, now: clock.now };
    expect(await told(telling)).toBeUndefined();
    const words = { done: "met", withdraw: "withdrawn", pause: "paused" };
    expect(said(await over(telling))).toContain(`Start the review · ${words[how]}`);
  });
});

test("a law's hours are told in quiet hours too, without the narrative; a facility's own wait for the morning", async () => {
  const number = await file(hospital, "nurse", hospital.units.west, {
    what: "CANARY",
    kind: "workplace",
    harm: "death",
  });
  const act = await actOf(hospital, "quality");
  await hospital.services.clocks.start(act, { rule: "facility.review", about: `INC-${number}`, from: act.now });
  const telling = async (rule: string) => {
    const { id } = await bound().clock.findFirstOrThrow({ where: { rule } });
    const notice = await bound().notice.findFirstOrThrow({ where: { recordId: id } });
    const platforms = new Set(["web" as const]);
    const { services, organisationId, clock, people } = hospital;
    const recipient = await services.recipients.find(organisationId, people.manager, platforms, clock.now);
    if (typeof recipient === "string") throw new Error(recipient);
    return told({ services, organisationId, notice, recipient, now: clock.now });
  };
  const law = await telling("osha.fatality");
  expect(law?.evenInQuietHours).toBe(true);
  expect(said(law?.card ?? { summary: [], blocks: [] })).toContain("8 h left");
  expect(JSON.stringify(law)).not.toContain("CANARY");
  expect((await telling("facility.review"))?.evenInQuietHours).toBe(false);
});

test("a clock that is counted in days is told in the morning of its day, and goes up in the morning after", async () => {
  const number = await file(hospital, "nurse", hospital.units.west);
  await person(hospital, "quality").says(`incident assign INC-${number} @director`);
  await hospital.services.clocks.start(await actOf(hospital, "quality"), {
    rule: "osha.300",
    about: `INC-${number}`,
    from: hospital.clock.now,
  });
  // From 09:00 on the 23rd: the 30th, 08:30, and the 1st.
  expect(await toldUntil(24 * 10)).toEqual(["167.5 clock-due-soon director", "191.5 clock-overdue director,quality"]);
});

describe("a clock that is over before it starts", () => {
  test("is told at once to the next manager up and quality too, and once", async () => {
    await hospital.services.grievances.log(await actOf(hospital, "nurse"), {
      ...{ what: "The letter lay about", unitId: hospital.units.west, received: "2026-11-10", channel: "letter" },
      ...{ harmOrAbuse: false, askedForResponse: false, fixedOnTheSpot: false, billingOnly: false },
    });
    expect(await toldUntil(48)).toEqual(["0 clock-overdue director,manager,quality"]);
  });

  test("since yesterday is told this morning alone", async () => {
    await hospital.services.clocks.start(await actOf(hospital, "quality"), {
      rule: "osha.300",
      from: new Date("2026-11-15T14:00:00Z"),
    });
    hospital.clock.now = new Date("2026-11-23T12:00:00Z");
    await hospital.services.clocks.start(await actOf(hospital, "quality"), {
      rule: "cms.poc.ij",
      from: new Date("2026-11-17T14:00:00Z"),
    });
    expect(await toldUntil(48)).toEqual(["1.5 clock-overdue quality", "2 clock-overdue quality"]);
  });
});

test("clocks that were missed while Rounds was down are told once", async () => {
  await file(hospital, "nurse", hospital.units.west, { kind: "workplace", harm: "death" });
  await bound().clock.updateMany({ where: { rule: "osha.300" }, data: { remindAt: null } });
  hospital.clock.now = new Date(hospital.clock.now.getTime() + 40 * hour);
  await remindOfClocks(bound(), hospital.clock.now);
  await remindOfClocks(bound(), hospital.clock.now);
  expect(await bound().notice.count({ where: { kind: "clock-overdue" } })).toBe(3);
  expect(await bound().notice.count({ where: { kind: "clock-due-soon" } })).toBe(0);
});

test("a sweep looks at 100,000 open clocks in seconds, with 2,000 of them due", async () => {
  const number = await file(hospital, "nurse", hospital.units.west);
  const { id: incidentId } = await bound().incident.findFirstOrThrow({ where: { number } });
  const { unbound } = hospital.store;
  await unbound.$executeRawUnsafe(
    `INSERT INTO "Clock" (id, "organisationId", number, rule, "incidentId", "startAt", "dueAt", because, "startedAt", "remindAt")
     SELECT gen_random_uuid(), $1::uuid, n, 'osha.300', $2::uuid, $3::timestamptz, $3::timestamptz + interval '7 days', 'by-hand',
       $3::timestamptz, $3::timestamptz + CASE WHEN n <= 2000 THEN interval '0' ELSE interval '1 day' * (1 + n % 300) END
     FROM generate_series(1, 100000) n`,
    hospital.organisationId,
    incidentId,
    hospital.clock.now,
  );
  await unbound.$executeRawUnsafe(`ANALYZE "Clock"`);
  const before = performance.now();
  await remindOfClocks(bound(), hospital.clock.now);
  const took = performance.now() - before;
  expect(await bound().notice.count({ where: { kind: "clock-due-soon" } })).toBe(2_000);
  expect(await bound().clock.count({ where: { remindAt: { lte: hospital.clock.now } } })).toBe(0);
  expect(took).toBeLessThan(60_000);
});
