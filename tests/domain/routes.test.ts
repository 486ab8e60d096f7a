import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { escalate } from "../../src/domain/incidents/escalation.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { person, said } from "../support/person.ts";
import { actOf, actorOf, file } from "./organisation.ts";

// Whom incidents go to first, over the bot and the database. The Emergency has no manager; 4 West has one.

let hospital: Hospital;
beforeEach(async () => {
  hospital = await openHospital();
  await bound().person.updateMany({ where: { handle: "outsider" }, data: { access: ["staff", "manager"] } });
});
afterEach(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);
async function told(): Promise<string> {
  const names = new Map(Object.entries(hospital.people).map(([handle, id]) => [id, handle]));
  const notices = await bound().notice.findMany({ orderBy: { id: "asc" } });
  return notices
    .map((notice) => `${notice.kind.replace("incident-", "")} ${names.get(notice.personId ?? "")}`)
    .join(", ");
}
const pass = async (hours: number) => {
  hospital.clock.now = new Date(hospital.clock.now.getTime() + hours * 3_600_000);
  await escalate(bound(), hospital.clock.now);
};
const routes = (words: string) => person(hospital, "admin").says(`settings routing ${words}`);

test("a route's people hear first, see it and may acknowledge it; then it goes up as always", async () => {
  await routes("people:outsider category:medication");
  const number = await file(hospital, "nurse", hospital.units.west, { category: "medication" });
  expect(await told()).toBe("filed outsider");
  const pharmacist = person(hospital, "outsider");
  await pharmacist.says("todo");
  expect(pharmacist.sees()).toContain(`Acknowledge INC-${number}`);
  await pass(4.1);
  await pass(4.1);
  expect(await told()).toBe("filed outsider, unacknowledged manager, unacknowledged director");
  await pharmacist.says(`incident acknowledge INC-${number}`);
  expect(pharmacist.sees()).toContain("Acknowledged by Outsider Person");
});

test("others are not routed, and see nothing of it", async () => {
  await routes("people:outsider category:medication");
  const number = await file(hospital, "nurse", hospital.units.west, { category: "fall" });
  expect(await told()).toBe("filed manager");
  await expect(hospital.services.incidents.show(await actorOf(hospital, "outsider"), number)).rejects.toThrow(
    `There is no INC-${number}`,
  );
});

test("a route to people who have all left leads to the unit's manager: never to nobody", async () => {
  await routes("people:outsider");
  await bound().person.updateMany({ where: { handle: "outsider" }, data: { active: false } });
  await file(hospital, "nurse", hospital.units.west);
  expect(await told()).toBe("filed manager");
});

test("whoever files is not told of it by a route either", async () => {
  await routes("people:outsider where:ED");
  await file(hospital, "outsider", hospital.units.emergency);
  expect(await told()).toBe("filed quality");
});

describe("the routing card", () => {
  test("lists what goes where, and takes a route away", async () => {
    const admin = person(hospital, "admin");
    await routes("people:outsider category:medication where:4W");
    await admin.says("settings routing");
    expect(said(admin.card())).toContain("4 West · Medication or other substance → Outsider Person");
    await admin.clicks("Remove");
    expect(admin.sees()).toContain("No routes yet");
    expect(await bound().route.count()).toBe(0);
  });

  test("the same conditions again change the route that there is", async () => {
    await routes("people:outsider category:medication");
    await routes("people:manager category:medication");
    expect(await bound().route.count()).toBe(1);
    await file(hospital, "nurse", hospital.units.west, { category: "medication" });
    expect(await told()).toBe("filed manager");
  });

  test("nobody is chosen who could not acknowledge what comes", async () => {
    const admin = person(hospital, "admin");
    await admin.says("settings routing people:nurse");
    expect(admin.sees()).toContain("Nurse Person has neither manager nor quality access");
    expect(await bound().route.count()).toBe(0);
  });

  test("is for admins and quality", async () => {
    const nurse = person(hospital, "nurse");
    await nurse.says("settings routing");
    expect(nurse.sees()).toContain("is for quality and admins");
  });
});

describe("similar incidents", () => {
  const fall = (handle = "nurse") => file(hospital, handle, hospital.units.west, { category: "fall" });

  test("are told once, to the unit's manager and quality", async () => {
    await fall();
    await fall();
    expect(await told()).not.toContain("cluster");
    await fall();
    await fall();
    expect(
      (await told())
        .split(", ")
        .filter((one) => one.startsWith("cluster"))
        .sort(),
    ).toEqual(["cluster manager", "cluster quality"]);
  });

  test("are counted within the organisation's days, one unit and one category", async () => {
    await fall();
    await file(hospital, "nurse", hospital.units.east, { category: "fall" });
    await file(hospital, "nurse", hospital.units.west, { category: "medication" });
    await fall();
    hospital.clock.now = new Date(hospital.clock.now.getTime() + 15 * 24 * 3_600_000);
    await fall();
    expect(await told()).not.toContain("cluster");
  });

  test("are told to nobody for whom the others alone would be none: a report about them would show", async () => {
    await file(hospital, "nurse", hospital.units.west, { category: "fall", leftOutId: hospital.people.manager });
    await fall();
    await fall();
    const { id } = await bound().cluster.findFirstOrThrow({});
    const seen = async (handle: string) => hospital.services.incidents.cluster(await actorOf(hospital, handle), id);
    expect((await seen("quality"))?.incidents).toHaveLength(3);
    expect(await seen("manager")).toBeUndefined();
  });

  test("may be fewer, as the organisation says", async () => {
    await hospital.services.people.changeOrganisation(await actOf(hospital, "admin"), { clusterCount: 2 });
    await fall();
    await fall();
    expect(await told()).toContain("cluster manager");
  });

  test("that are filed at the same time are one cluster", async () => {
    await Promise.all(Array.from({ length: 8 }, () => fall()));
    expect(await bound().cluster.count()).toBe(1);
  });

  test("are listed as far as the reader may see them", async () => {
    await fall();
    await fall();
    const hidden = await fall();
    await bound().incident.updateMany({ where: { number: hidden }, data: { restricted: true } });
    const cluster = await bound().cluster.findFirstOrThrow();
    const seen = async (handle: string) =>
      (await hospital.services.incidents.cluster(await actorOf(hospital, handle), cluster.id))?.incidents.length;
    expect(await seen("manager")).toBeUndefined();
    await hospital.services.people.changeOrganisation(await actOf(hospital, "admin"), { clusterCount: 2 });
    expect(await seen("manager")).toBe(2);
    expect(await seen("outsider")).toBeUndefined();
  });
});

describe("days off", () => {
  test("are added and removed, each once", async () => {
    const admin = person(hospital, "admin");
    await admin.says("settings holidays add:2026-12-24");
    await admin.says("settings holidays add:2026-12-24");
    expect(admin.sees()).toContain("2026-12-24");
    expect((await bound().organisation()).holidays).toEqual(["2026-12-24"]);
    await admin.clicks("Remove");
    expect((await bound().organisation()).holidays).toEqual([]);
  });
});
