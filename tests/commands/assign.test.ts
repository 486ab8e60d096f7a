import { afterAll, beforeAll, expect, test } from "vitest";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { person } from "../support/person.ts";

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital.close());

test("an incident given to somebody who has never used Rounds says that nobody could be told", async () => {
  const store = hospital.store.of(hospital.organisationId);
  await store.person.create({ data: { handle: "newcomer", name: "New Comer", access: ["staff"] } });
  await person(hospital, "nurse").says("incident report A lamp is broken 4W");
  const manager = person(hospital, "manager");
  await manager.says("incident assign INC-1 @newcomer");
  expect(manager.sees()).toContain("In review by New Comer");
  expect(manager.sees()).toContain("New Comer has not used Rounds yet");
  await manager.says("incident assign INC-1 @nurse");
  expect(manager.sees()).not.toContain("has not used Rounds yet");
});
