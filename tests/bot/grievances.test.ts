import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { File } from "../../src/chat/card.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { lettersIn } from "../support/letters.ts";
import { person } from "../support/person.ts";

// Monday 23 November 2026, 09:00 in New York.

let hospital: Hospital;
beforeEach(async () => {
  hospital = await openHospital();
});
afterEach(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);
const later = (days: number) => {
  hospital.clock.now = new Date(hospital.clock.now.getTime() + days * 86_400_000);
};
const clocks = async () =>
  (await bound().clock.findMany({ orderBy: { number: "asc" } })).map(({ rule, state }) => `${rule} ${state}`);
const logs = async (handle: string, input: Record<string, string | boolean> = {}) => {
  const somebody = person(hospital, handle);
  await somebody.runs("grievance log", { what: "Nobody came when she rang", where: "4W", ...input });
  return somebody;
};

test("a grievance is logged, investigated, extended and resolved, with a letter at each step", async () => {
  const nurse = person(hospital, "nurse");
  await nurse.says("grievance log");
  expect(nurse.form().fields.map(({ label }) => label)).toEqual([
    "What was said",
    "Where",
    "Received on",
    "How did it come?",
    "About abuse, neglect, harm or rights?",
    "Did they ask for a response?",
    "Resolved at once by staff present?",
    "About the bill alone?",
  ]);
  await nurse.fills({
    what: "Nobody came when she rang",
    where: hospital.units.west,
    received: "2026-11-20",
    channel: "letter",
    "asked-for-response": true,
  });
  expect(nurse.sees()).toContain("GRV-1 is a grievance");
  expect(nurse.sees()).toContain("Because a response was asked for, and it came in writing.");
  expect(nurse.sees()).toContain("Fri 27 Nov · 4 days left");
  expect(nurse.sees()).toContain("contact, steps taken, results, day of completion");
  expect(await clocks()).toEqual(["cms.grievance running"]);

  const manager = person(hospital, "manager");
  await manager.says("todo");
  expect(manager.sees()).toContain("Acknowledge GRV-1 · grievance · 4 West");
  await manager.clicks("Open");
  expect(manager.sees()).toContain("GRV-1 · grievance · 4 West · by letter");
  expect(manager.sees()).toContain("steps taken, results");
  await manager.clicks("Acknowledge");
  expect(manager.sees()).toContain("Acknowledged by Manager Person");
  await manager.clicks("Draft letter");
  expect(lettersIn(manager.card())[0]).toContain("We plan to send our answer by November 27, 2026.");

  await manager.says("grievance assign GRV-1 me");
  expect(manager.sees()).toContain("Being investigated by Manager Person");
  await manager.clicks("Add steps");
  await manager.fills({ note: "Call bell log read" });
  await manager.says("todo");
  expect(manager.sees()).toContain("Answer GRV-1 · grievance · 4 West");

  await manager.runs("grievance extend", { grievance: "GRV-1", days: 10, reason: "Waiting for the vendor" });
  expect(manager.sees()).toContain("Extended by 10 days, until Thu 3 Dec");
  expect(await clocks()).toEqual(["cms.grievance met", "grievance.extended running"]);
  await manager.clicks("Draft letter");
  const [extension] = lettersIn(manager.card());
  expect(extension).toContain("We need 10 more days to finish. We will send you our answer by December 3, 2026.");
  expect(extension).not.toContain("vendor");

  await manager.says("grievance show GRV-1");
  await manager.clicks("Add results");
  await manager.fills({ note: "The bell was broken and was repaired" });
  await manager.clicks("Resolve");
  await manager.fills({ contact: "Pat Lee, patient relations", completed: "2026-11-23" });
  expect(manager.sees()).toContain("Resolved by Manager Person");
  expect(await clocks()).toEqual(["cms.grievance met", "grievance.extended met"]);
  await manager.clicks("Draft letter");
  const [answer] = lettersIn(manager.card());
  for (const element of [
    "Pat Lee, patient relations",
    "Call bell log read",
    "The bell was broken and was repaired",
    "November 23, 2026",
  ])
    expect(answer).toContain(element);

  await nurse.says("grievance show GRV-1");
  expect(nurse.sees()).toContain("The bell was broken and was repaired");
  const told = await bound().notice.findMany({ orderBy: { id: "asc" } });
  const names = new Map(Object.entries(hospital.people).map(([handle, id]) => [id, handle]));
  expect(told.map(({ kind, personId }) => `${kind} ${names.get(personId ?? "")}`)).toEqual([
    "grievance-logged manager",
    "grievance-resolved nurse",
  ]);
});

test("a complaint that was fixed on the spot runs no clock and is closed with what changed", async () => {
  const nurse = await logs("nurse", { "fixed-on-the-spot": true });
  expect(nurse.sees()).toContain("GRV-1 is a complaint");
  expect(nurse.sees()).toContain("Because staff who were present resolved it at once.");
  expect(nurse.sees()).toContain("no clock");
  expect(await clocks()).toEqual([]);
  const quality = person(hospital, "quality");
  await quality.runs("grievance resolve", {
    grievance: "GRV-1",
    contact: "x",
    completed: "today",
    steps: "x",
    results: "x",
  });
  expect(quality.sees()).toContain("GRV-1 is a complaint and needs no written answer");
  await quality.runs("grievance extend", { grievance: "GRV-1", days: 5, reason: "x" });
  expect(quality.sees()).toContain("has no clock that could be extended");
  await quality.says("grievance show GRV-1");
  await quality.clicks("Close");
  await quality.fills({ changed: "Meal trays are checked" });
  expect(quality.sees()).toContain("Closed by Quality Person");
  expect(quality.sees()).toContain("Meal trays are checked");
});

describe("what cannot be", () => {
  test.each([
    ["a day of receipt that is still to come", { received: "2026-11-24" }, "That day is in the future"],
    ["a unit that there is not", { where: "nowhere" }, "There is no unit"],
  ])("%s", async (_, input, refusal) => {
    const nurse = await logs("nurse", input);
    expect(nurse.sees()).toContain(refusal);
    expect(await bound().grievance.count()).toBe(0);
  });

  test("closing a grievance that is not resolved: the way on is said", async () => {
    await logs("nurse");
    const quality = person(hospital, "quality");
    await quality.runs("grievance close", { grievance: "GRV-1", changed: "x" });
    expect(quality.sees()).toContain("GRV-1 is a grievance: it ends with a written answer. Resolve it with contact");
    expect(await clocks()).toEqual(["cms.grievance running"]);
  });

  test("an extension without a number of days", async () => {
    await logs("nurse");
    const quality = person(hospital, "quality");
    for (const days of [undefined, 0, 1.5, "soon"]) {
      await quality.runs("grievance extend", { grievance: "GRV-1", reason: "x", ...(days !== undefined && { days }) });
      expect(quality.form().fields.map(({ name }) => name)).toContain("days");
    }
    expect(await clocks()).toEqual(["cms.grievance running"]);
  });

  test.each(["contact", "completed", "steps", "results"])(
    "resolving without %s; what was filled in stays",
    async (name) => {
      await logs("nurse");
      const whole: Record<string, string> = {
        contact: "Pat Lee",
        completed: "2026-11-23",
        steps: "Asked",
        results: "Sorry",
      };
      delete whole[name];
      const quality = person(hospital, "quality");
      await quality.runs("grievance resolve", { grievance: "GRV-1", ...whole });
      const shown = new Map(quality.form().fields.map((field) => [field.name, field.value]));
      expect(shown.has(name)).toBe(true);
      for (const [given, value] of Object.entries(whole)) expect(shown.get(given)).toBe(value);
      expect(await clocks()).toEqual(["cms.grievance running"]);
      await quality.fills({ [name]: name === "completed" ? "2026-11-23" : "Given now" });
      expect(quality.sees()).toContain("Resolved by Quality Person");
    },
  );

  test.each([
    ["in the future", "2026-11-24", "That day is in the future"],
    ["before it was received", "2026-11-19", "It was received on 2026-11-20"],
  ])("a day of completion %s", async (_, completed, refusal) => {
    await logs("nurse", { received: "2026-11-20" });
    const quality = person(hospital, "quality");
    await quality.runs("grievance resolve", { grievance: "GRV-1", contact: "x", completed, steps: "x", results: "x" });
    expect(quality.sees()).toContain(refusal);
  });

  test("a letter that would not hold what it has to", async () => {
    await logs("nurse");
    const quality = person(hospital, "quality");
    await quality.says("grievance letter GRV-1 extension");
    expect(quality.sees()).toContain("GRV-1 was not extended. Extend it first");
    await quality.says("grievance letter GRV-1 resolution");
    expect(quality.sees()).toContain("GRV-1 is not resolved. Resolve it first");
  });
});

describe("quality decides otherwise than by fact", () => {
  test("a grievance becomes a complaint: the clock is withdrawn with the reason, and both are kept", async () => {
    await logs("nurse", { channel: "email" });
    const quality = person(hospital, "quality");
    await quality.says("grievance overrule GRV-1 complaint A survey card without a name");
    expect(quality.sees()).toContain("GRV-1 · complaint · 4 West");
    expect(quality.sees()).toContain("By fact: grievance\nit came in writing");
    expect(quality.sees()).toContain("Decided: complaint\nby quality: A survey card without a name");
    const [clock] = await bound().clock.findMany();
    expect(clock).toMatchObject({ state: "withdrawn", reason: "A survey card without a name" });
    await quality.says("grievance overrule GRV-1 sort:complaint again");
    expect(quality.sees()).toContain("GRV-1 is a complaint already");
  });

  test("a complaint becomes a grievance: the clock is counted from the day of receipt", async () => {
    await logs("nurse", { "fixed-on-the-spot": true, received: "2026-11-19" });
    const quality = person(hospital, "quality");
    await quality.says("grievance overrule GRV-1 grievance It came up again");
    expect(quality.sees()).toContain("answer, Thu 26 Nov · 3 days left");
    await quality.says("clock show CLK-1");
    expect(quality.sees()).toContain("quality decided that it is a grievance");
    await quality.clicks("Open");
    expect(quality.sees()).toContain("GRV-1 · grievance · 4 West");
    expect(await clocks()).toEqual(["cms.grievance running"]);
  });
});

test("a second extension has a number of its own and takes the place of the first", async () => {
  await logs("nurse");
  const quality = person(hospital, "quality");
  await quality.runs("grievance extend", { grievance: "GRV-1", days: 5, reason: "Staff away" });
  later(3);
  await quality.runs("grievance extend", { grievance: "GRV-1", days: 1, reason: "One answer missing" });
  expect(quality.sees()).toContain("Extended by 1 day, until Fri 27 Nov");
  expect(await clocks()).toEqual(["cms.grievance met", "grievance.extended withdrawn", "grievance.extended running"]);
  await quality.says("grievance letter GRV-1");
  expect(lettersIn(quality.card())[0]).toContain("We need 1 more day to finish.");
});

test("what is reopened is counted anew, and steps added since join the others", async () => {
  await logs("nurse");
  const quality = person(hospital, "quality");
  const whole = { grievance: "GRV-1", contact: "Pat Lee", completed: "today", results: "Sorry" };
  await quality.runs("grievance resolve", { ...whole, steps: "Asked the team" });
  const manager = person(hospital, "manager");
  await manager.says("grievance reopen GRV-1 They called again");
  expect(manager.sees()).toContain("is for quality");
  later(2);
  await quality.says("grievance reopen GRV-1 They called again");
  expect(quality.sees()).toContain("answer, Wed 2 Dec · 7 days left");
  await quality.says("grievance reopen GRV-1 Once more");
  expect(quality.sees()).toContain("GRV-1 is open, so nothing was changed");
  await quality.runs("grievance note", { grievance: "GRV-1", note: "Asked the night shift", as: "steps" });
  await quality.runs("grievance resolve", whole);
  const row = await bound().grievance.findFirstOrThrow();
  expect(row.steps).toBe("Asked the team\nAsked the night shift");
  expect(await clocks()).toEqual(["cms.grievance met", "cms.grievance met"]);
});

test("once it is overdue, the card says so", async () => {
  await logs("nurse");
  later(10);
  const quality = person(hospital, "quality");
  await quality.says("grievance show GRV-1");
  expect(quality.sees()).toContain("The answer is overdue by 3 days.");
});

describe("the list", () => {
  beforeEach(async () => {
    for (let count = 0; count < 10; count += 1) await logs("nurse", { what: `Number ${count}` });
    await logs("outsider", { what: "Cold 100% soup", where: "ED", channel: "phone", "billing-only": true });
  });

  test("pages, and every filter is a button", async () => {
    const quality = person(hospital, "quality");
    await quality.says("grievance list");
    expect(quality.sees()).toContain("GRV-11 · complaint · Emergency");
    expect(quality.sees()).toContain("3 more");
    await quality.clicks("Next 3");
    expect(quality.sees()).toContain("GRV-1 · grievance · 4 West");
    expect(quality.sees()).not.toContain("GRV-4");
    await quality.clicks("Mine");
    expect(quality.sees()).toContain("Nothing here");
    await quality.says("grievance close GRV-11 Bill corrected");
    await quality.says("grievance list closed");
    expect(quality.sees()).toContain("GRV-11");
    expect(quality.sees()).not.toContain("GRV-10");
  });

  test.each([
    ["100% soup", "GRV-11"],
    ["number 7", "GRV-8"],
    ["1_0% soup", "Nothing here"],
  ])("searches “%s”", async (search, found) => {
    const quality = person(hospital, "quality");
    await quality.runs("grievance list", { search });
    expect(quality.sees()).toContain(found);
    expect(quality.sees()).not.toContain("GRV-5");
  });

  test("a unit brings those below it", async () => {
    const quality = person(hospital, "quality");
    await quality.runs("grievance list", { where: "MED" });
    expect(quality.sees()).toContain("GRV-10");
    expect(quality.sees()).not.toContain("GRV-11");
  });
});

test("every letter is a draft with name and address blank", async () => {
  await logs("nurse");
  const quality = person(hospital, "quality");
  await quality.says("grievance letter GRV-1");
  const block = quality
    .card()
    .blocks.find((one): one is { type: "file"; file: File; description: never } => one.type === "file");
  expect(block?.file.name).toBe("GRV-1-acknowledgement-draft.docx");
  expect(quality.sees()).toContain("Rounds writes to no patient");
});
