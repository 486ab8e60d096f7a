import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { harms, identities } from "../../src/domain/incidents/rules.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { person } from "../support/person.ts";
import { file } from "./organisation.ts";

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);
const looks = (id: string) => bound().audit.count({ where: { subjectId: id, action: "incident.reporter-seen" } });

describe("the form of a report", () => {
  test("asks what, where, when, kind, harm and who is named, in this order, and needs no more than two answers", async () => {
    const nurse = person(hospital, "nurse");
    await nurse.says("incident report");
    const { fields } = nurse.form();
    expect(fields.slice(0, 6).map(({ name }) => name)).toEqual(["what", "where", "when", "kind", "harm", "identity"]);
    expect(fields.filter(({ required }) => required).length).toBeLessThanOrEqual(3);
    expect(JSON.stringify(fields.find(({ name }) => name === "harm"))).toContain("If torn between two, the higher");
  });

  test("says what each level of harm and each way to be named means, in the length that Slack shows", () => {
    for (const { detail } of [...harms, ...identities]) expect(detail.length).toBeLessThanOrEqual(75);
  });

  test("is filed in three interactions, and the number comes at once", async () => {
    const nurse = person(hospital, "nurse");
    await nurse.says("A bed rail broke");
    await nurse.clicks("Report an incident");
    await nurse.fills({ where: "4W" });
    expect(nurse.sees()).toMatch(/INC-\d+ is filed/);
  });
});

describe("somebody who is left out", () => {
  test("is not told, sees it nowhere, and it goes past them to the next person up", async () => {
    const nurse = person(hospital, "nurse");
    await nurse.says("incident report");
    await nurse.fills({ what: "My manager shouted", where: "4W", "leave-out": "@manager" });
    const incident = /INC-\d+/.exec(nurse.sees())?.[0] ?? "";
    const { id } = await bound().incident.findFirstOrThrow({ where: { number: Number(incident.slice(4)) } });
    const told = await bound().notice.findMany({ where: { recordId: id }, select: { personId: true } });
    expect(told).toEqual([{ personId: hospital.people.director }]);
    const manager = person(hospital, "manager");
    for (const words of [
      `incident show ${incident}`,
      `incident acknowledge ${incident}`,
      `incident note ${incident} x`,
    ]) {
      await manager.says(words);
      expect(manager.sees()).toContain(`There is no ${incident} that you may see`);
    }
    for (const words of ["incident list all", "todo"]) {
      await manager.says(words);
      expect(manager.sees()).not.toContain(incident);
    }
  });

  test("is named by key or in the form alone: no word of the story is taken for them", async () => {
    const nurse = person(hospital, "nurse");
    await nurse.says("incident report @manager saw it 4W");
    expect(nurse.sees()).toMatch(/INC-\d+ is filed/);
    const last = await bound().incident.findFirstOrThrow({ orderBy: { number: "desc" } });
    expect(last).toMatchObject({ what: "@manager saw it", leftOutId: null });
  });
});

describe("a confidential report", () => {
  test("keeps each look of quality at its reporter, and nobody else's", async () => {
    const number = await file(hospital, "nurse", hospital.units.west, { identity: "confidential" });
    const { id } = await bound().incident.findFirstOrThrow({ where: { number } });
    const quality = person(hospital, "quality");
    await quality.says(`incident show INC-${number}`);
    expect(quality.sees()).toContain("Nurse Person");
    expect(await looks(id)).toBe(1);
    await quality.says(`incident show INC-${number}`);
    expect(await looks(id)).toBe(2);
    await quality.says(`incident acknowledge INC-${number}`);
    expect(await looks(id)).toBe(3);
    for (const handle of ["manager", "director", "nurse"])
      await person(hospital, handle).says(`incident show INC-${number}`);
    expect(await looks(id)).toBe(3);
    const row = await bound().audit.findFirst({ where: { subjectId: id, action: "incident.reporter-seen" } });
    expect(row).toMatchObject({ actorId: hospital.people.quality });
  });

  test("a report with a name is looked at without any of that", async () => {
    const number = await file(hospital, "nurse", hospital.units.west);
    const { id } = await bound().incident.findFirstOrThrow({ where: { number } });
    await person(hospital, "quality").says(`incident show INC-${number}`);
    expect(await looks(id)).toBe(0);
  });
});

describe("in a unit of few people an anonymous report", () => {
  beforeAll(async () => {
    const work = (handle: "nurse" | "manager" | "director" | "outsider" | "admin", unitId: string) =>
      bound().person.updateMany({ where: { id: hospital.people[handle] }, data: { unitIds: [unitId] } });
    await work("nurse", hospital.units.east);
    await work("manager", hospital.units.west);
    await work("director", hospital.units.west);
    await work("outsider", hospital.units.west);
    await work("admin", hospital.units.west);
    await bound().person.updateMany({
      where: { id: hospital.people.quality },
      data: { unitIds: [hospital.units.west] },
    });
  });

  test("is answered by the same form, with a warning and all that was typed, and files when it is sent again", async () => {
    const nurse = person(hospital, "nurse");
    const before = await bound().incident.count();
    const claims = await hospital.store.unbound.claim.count();
    await nurse.says("incident report");
    await nurse.fills({ what: "The lift was stuck", where: "5E", identity: "anonymous" });
    expect(nurse.sees()).toContain("may tell who you are");
    expect(nurse.sees()).toContain("The lift was stuck");
    expect(await bound().incident.count()).toBe(before);
    expect(await bound().draft.count()).toBe(0);
    expect(await hospital.store.unbound.claim.count()).toBe(claims);
    await nurse.fills({});
    expect(nurse.sees()).toContain("Filed without your name");
    expect(await bound().incident.count()).toBe(before + 1);
  });

  test("is filed at once where five people work, and with a name anywhere", async () => {
    const nurse = person(hospital, "nurse");
    await nurse.says("incident report identity:anonymous Wet floor 4W");
    expect(nurse.sees()).toContain("Filed without your name");
    await nurse.says("incident report identity:confidential Wet floor 5E");
    expect(nurse.sees()).toContain("is filed");
  });
});
