import { afterEach, beforeEach, expect, test } from "vitest";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { buttonsOf, person } from "../support/person.ts";
import { memoryMessenger, unknownPerson } from "./messenger.ts";
import { runJobs } from "./work.ts";

// What people are told of complaints and grievances: number, sort and unit, under their rights of that moment.

let hospital: Hospital;
let web: ReturnType<typeof memoryMessenger>;
beforeEach(async () => {
  hospital = await openHospital();
  web = memoryMessenger("web");
});
afterEach(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);
const work = () => runJobs(hospital, new Map([["web" as const, web.messenger]]));
const pass = (hours: number) => {
  hospital.clock.now = new Date(hospital.clock.now.getTime() + hours * 3_600_000);
};
const log = (input: Record<string, string | boolean> = {}) =>
  person(hospital, "nurse").runs("grievance log", { what: "SECRET narrative", where: "4W", ...input });
const toldTo = () => web.sent.map(({ to }) => to);

test("each notice names number, sort and unit, and never what was said, done or found", async () => {
  await log();
  await work();
  const quality = person(hospital, "quality");
  await quality.says("grievance assign GRV-1 @manager");
  await work();
  await quality.runs("grievance resolve", {
    grievance: "GRV-1",
    contact: "SECRET",
    completed: "today",
    steps: "SECRET",
    results: "SECRET",
  });
  await work();
  expect(toldTo()).toEqual(["manager", "manager", "nurse"]);
  for (const { text } of web.sent) expect(text).toContain("GRV-1 · grievance · 4 West");
  expect(web.sent[0]?.text).toContain("Answer due Mon 30 Nov · 7 days left.");
  expect(web.sent[2]?.text).toContain("What you logged is resolved");
  expect(JSON.stringify(web.sent)).not.toContain("SECRET");
});

test("a complaint that was closed is told as closed, without what changed", async () => {
  await log({ "fixed-on-the-spot": true });
  await person(hospital, "quality").says("grievance close GRV-1 SECRET");
  await work();
  expect(toldTo()).toEqual(["nurse"]);
  expect(web.sent[0]?.text).toContain("What you logged is closed");
  expect(JSON.stringify(web.sent)).not.toContain("SECRET");
});

test("nobody is told of their own act", async () => {
  await person(hospital, "manager").runs("grievance log", { what: "x", where: "4W" });
  await person(hospital, "director").says("grievance assign GRV-1 me");
  await person(hospital, "quality").runs("grievance log", { what: "x", where: "ED" });
  const quality = person(hospital, "quality");
  await quality.runs("grievance resolve", {
    grievance: "GRV-2",
    contact: "x",
    completed: "today",
    steps: "x",
    results: "x",
  });
  await work();
  expect(toldTo().filter((handle) => handle === "manager" || handle === "quality")).toEqual([]);
});

test("whom nobody can reach, or who may not see it, is passed over at once", async () => {
  await log();
  web.fail("manager", unknownPerson());
  await work();
  await work();
  expect(toldTo()).toEqual(["director"]);
});

test("an admin hears of it, without what was said, where nobody has quality access", async () => {
  await bound().person.updateMany({ where: { handle: "quality" }, data: { access: ["staff"] } });
  await log({ where: "ED" });
  await work();
  expect(toldTo()).toEqual(["admin"]);
  expect(web.sent[0]?.text).toContain("nobody in Rounds has quality access");
  expect(JSON.stringify(web.sent)).not.toContain("SECRET");
});

test("a message that has nothing left to tell becomes its short end", async () => {
  await log();
  await work();
  await person(hospital, "quality").says("grievance acknowledge GRV-1");
  pass(0.01);
  await work();
  expect(web.edits).toHaveLength(1);
  expect(web.edits[0]?.text).toMatch(/GRV-1 · grievance · 4 West[\s\S]*Acknowledged by Quality Person/);
  expect(web.edits.flatMap(({ card }) => buttonsOf(card).map(({ label }) => label))).toEqual(["Open"]);
});

test("four hours later the next person up hears of it", async () => {
  await log();
  await work();
  pass(4.1);
  await work();
  expect(toldTo()).toEqual(["manager", "director"]);
  expect(web.sent[1]?.text).toContain("nobody has acknowledged it yet, so it comes to you");
});
