import { afterAll, beforeAll, expect, test } from "vitest";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { person } from "../support/person.ts";

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital.close());

test("an incident is reported, seen by the manager, assigned, noted and closed", async () => {
  const nurse = person(hospital, "nurse");
  await nurse.says("/incident report Slipped on a wet floor 4W");
  expect(nurse.sees()).toContain("INC-1 is filed");

  const manager = person(hospital, "manager");
  await manager.says("incident list");
  expect(manager.sees()).toContain("INC-1 · Incident · 4 West");
  await manager.clicks("Open");
  expect(manager.sees()).toContain("Slipped on a wet floor");
  await manager.clicks("Acknowledge");
  expect(manager.sees()).toContain("Acknowledged by Manager Person");
  await manager.clicks("Assign");
  await manager.fills({ to: hospital.people.manager });
  expect(manager.sees()).toContain("In review by Manager Person");
  await manager.clicks("More");
  await manager.clicks("Close");
  await manager.fills({ changed: "Mats in every bathroom" });
  expect(manager.sees()).toContain("Closed by Manager Person");

  await nurse.says("incident show INC-1");
  expect(nurse.sees()).toContain("Mats in every bathroom");
});
