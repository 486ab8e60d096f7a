import { afterAll, beforeAll, expect, test } from "vitest";
import { makeAdmin } from "../../src/cli/admin.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);
const make = (handle: string) => makeAdmin(bound(), handle, hospital.clock.now);

test("somebody becomes an admin, once, and the audit trail has it", async () => {
  expect(await make("@Nurse")).toContain("Nurse Person (@nurse) is an admin now");
  expect(await make("nurse")).toBe("Nurse Person (@nurse) is an admin already.");
  const nurse = await bound().person.findFirstOrThrow({ where: { handle: "nurse" } });
  expect(nurse.access).toEqual(["staff", "admin"]);
  expect(await bound().audit.findMany({ select: { action: true, subjectId: true } })).toEqual([
    { action: "person.made-admin", subjectId: nurse.id },
  ]);
});

test("an unknown handle is answered with the nearest one and with how somebody gets a handle", async () => {
  await expect(make("nurze")).rejects.toThrow("Nobody here has the handle “nurze”. Did you mean “nurse”?");
  await expect(make("zzz")).rejects.toThrow("says “whoami” to Rounds first");
});

test("somebody who has left does not become one", async () => {
  await bound().person.updateMany({ where: { handle: "outsider" }, data: { active: false } });
  await expect(make("outsider")).rejects.toThrow("has left");
});

test("in a new workspace the first admin says something first", async () => {
  const { id } = await hospital.store.unbound.organisation.create({
    data: { name: "New", workspaces: { create: { platform: "web", tenant: "new" } } },
  });
  const fresh = hospital.store.of(id);
  await expect(makeAdmin(fresh, "jane.lee", hospital.clock.now)).rejects.toThrow("There is nobody here yet.");
  const identity = { platform: "web", tenant: "new", user: "U1" } as const;
  const profile = async () => ({ name: "Jane Lee", email: "jane.lee@new.example", guest: false });
  await hospital.services.members.join(identity, profile, hospital.clock.now);
  expect(await makeAdmin(fresh, "jane.lee", hospital.clock.now)).toContain("Jane Lee (@jane.lee) is an admin now");
  const { actor } = await hospital.services.members.identify(identity, profile, hospital.clock.now);
  expect(actor.access).toContain("admin");
});
