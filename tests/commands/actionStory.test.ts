import { afterAll, beforeAll, expect, test } from "vitest";
import { deliver } from "../../src/jobs/deliver.ts";
import { sweep } from "../../src/jobs/sweep.ts";
import { memoryMessenger } from "../jobs/messenger.ts";
import { type Hospital, openHospital, silentLog } from "../support/hospital.ts";
import { person } from "../support/person.ts";

// Quality gives something to do, the nurse does it, its effect is not there, and the incident is open again.

let hospital: Hospital;
const platform = memoryMessenger("web");
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital.close());

/** Delivers what is due; answers with whom it went to and what it says. */
async function delivered(): Promise<string[]> {
  const parts = {
    store: hospital.store,
    services: hospital.services,
    messengers: new Map([["web" as const, platform.messenger]]),
    clock: () => hospital.clock.now,
    log: silentLog,
  };
  const due: string[] = [];
  const before = platform.sent.length;
  const queue: Parameters<typeof sweep>[1] = {
    deliver: async (notices) => void due.push(...notices.flatMap((one) => one.notices)),
  };
  await sweep(hospital.store, queue, hospital.clock.now);
  for (const notice of due) await deliver(parts, hospital.organisationId, notice);
  return platform.sent.slice(before).map(({ to, text }) => `${to}: ${text}`);
}

const pass = (days: number) => {
  hospital.clock.now = new Date(hospital.clock.now.getTime() + days * 24 * 3_600_000);
};

test("an action is given, done, found to have no effect, and opens its incident again", async () => {
  const [nurse, manager, quality] = ["nurse", "manager", "quality"].map((handle) => person(hospital, handle)) as [
    ReturnType<typeof person>,
    ReturnType<typeof person>,
    ReturnType<typeof person>,
  ];
  await nurse.says("incident report harm:severe Slipped on the wet floor 4W");
  await manager.says("incident assign INC-1 me");
  await delivered();

  await quality.says("incident show INC-1");
  await quality.clicks("Add action");
  expect(quality.form().carried).toMatchObject({ about: "INC-1" });
  await quality.fills({
    to: hospital.people.nurse,
    what: "Put up a sign",
    due: "2026-11-22",
    strength: "weaker",
    check: "2026-12-07",
  });
  expect(quality.sees()).toContain("That day has passed");
  await quality.fills({ due: "2026-11-26" });
  expect(quality.sees()).toContain("ACT-1 · Action · 4 West");
  expect(quality.sees()).toContain("All actions about INC-1 are weak, and it is serious.");
  const given = (await delivered()).filter((message) => message.startsWith("nurse"));
  expect(given).toHaveLength(1);
  expect(given[0]).toContain("Quality Person gave you this, about INC-1. It is due Thu 26 Nov.");
  await manager.says("incident show INC-1");
  expect(manager.sees()).toContain("Actions under way");
  expect(manager.sees()).toContain("Quality Person gave Nurse Person ACT-1");

  await nurse.says("todo");
  expect(nurse.sees()).toContain("ACT-1 · Put up a sign");
  await manager.says("incident close INC-1 A sign");
  expect(manager.sees()).toContain("still has 1 open action");
  await nurse.says("action done ACT-1 It hangs beside the door");
  expect((await delivered()).find((message) => message.startsWith("quality"))).toContain(
    "Nurse Person has done what you asked for, about INC-1. Its effect is to be checked Mon 7 Dec.",
  );
  await manager.says("incident close INC-1 A sign beside the door");
  await delivered();

  pass(14);
  await quality.says("todo");
  expect(quality.sees()).toContain("Check the effect of ACT-1");
  await quality.says("action show ACT-1");
  await quality.clicks("It did not");
  await quality.fills({ note: "Two more slipped", due: "2026-12-21" });
  expect(quality.sees()).toContain("It was done before and did not have the effect that was wanted.");
  expect(quality.sees()).toContain("due Mon 21 Dec");
  const told = await delivered();
  expect(told.find((message) => message.startsWith("manager"))).toContain("It was closed and is looked at once more.");
  expect(told.filter((message) => message.includes("Its effect was checked and was not there"))).toHaveLength(1);
  await manager.says("incident show INC-1");
  expect(manager.sees()).toContain("ACT-1 did not have the effect that was wanted.");

  await nurse.says("action reassign ACT-1 @manager");
  expect(nurse.sees()).toContain("Nurse Person gave it to Manager Person");
  await nurse.says("action show ACT-1");
  expect(nurse.sees()).toContain("There is no ACT-1 that you may see");
});

test("an action about a grievance stands in its history and in its list", async () => {
  const quality = person(hospital, "quality");
  await quality.says("grievance log The call light was not answered 4W");
  await quality.says("grievance show GRV-1");
  await quality.clicks("More");
  await quality.clicks("Add action");
  expect(quality.form().carried).toMatchObject({ about: "GRV-1" });
  await quality.fills({ to: hospital.people.manager, what: "Answer within five minutes", due: "2026-12-30" });
  expect(quality.sees()).toContain("Open GRV-1");
  await quality.says("grievance show GRV-1");
  expect(quality.sees()).toContain("Quality Person gave Manager Person ACT-2");
  await quality.says("action list about:GRV-1");
  expect(quality.sees()).toContain("ACT-2 · Answer within five minutes");
});
