import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { tellUnits, toldAt } from "../../src/domain/actions/youSaid.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { actOf, actorOf, file } from "./organisation.ts";

// Once a month each unit hears what came of what it reported.

describe("the moment", () => {
  test.each([
    ["a Tuesday", "2026-12-15", "America/New_York", [], "2026-12-01T09:00:00.000-05:00"],
    ["a Sunday: the Monday after", "2026-11-30", "America/New_York", [], "2026-11-02T09:00:00.000-05:00"],
    ["New Year: the day after", "2026-01-20", "America/New_York", [], "2026-01-02T09:00:00.000-05:00"],
    ["the day on which the clocks go back", "2026-11-02", "America/Chicago", [], "2026-11-02T09:00:00.000-06:00"],
    ["Labor Day on the first", "2025-09-20", "America/Denver", [], "2025-09-02T09:00:00.000-06:00"],
    ["a holiday of the house", "2026-12-15", "UTC", ["2026-12-01", "2026-12-02"], "2026-12-03T09:00:00.000Z"],
    ["a weekend on the first", "2026-08-09", "Pacific/Honolulu", [], "2026-08-03T09:00:00.000-10:00"],
  ] as const)("is at nine on the first working day of the month: %s", (_, day, zone, holidays, at) => {
    expect(toldAt(new Date(`${day}T12:00:00Z`), zone, holidays).toISO()).toBe(at);
  });
});

let hospital: Hospital;

const bound = () => hospital.store.of(hospital.organisationId);
const at = (moment: string) => {
  hospital.clock.now = new Date(moment);
};
const look = () => tellUnits(bound(), hospital.clock.now);
async function told(): Promise<string[]> {
  const names = new Map(Object.entries(hospital.people).map(([handle, id]) => [id, handle]));
  const notices = await bound().notice.findMany({ where: { kind: "you-said" } });
  return notices.map(({ personId }) => names.get(personId ?? "") ?? "").sort();
}
const works = (handle: keyof Hospital["people"], ...unitIds: string[]) =>
  bound().person.updateMany({ where: { id: hospital.people[handle] }, data: { unitIds } });

/** Filed and closed at the present moment. */
async function closed(changed: string, given: Parameters<typeof file>[3] = {}, unit = hospital.units.west) {
  const number = await file(hospital, "nurse", unit, { what: "Mr Secret slipped", ...given });
  await hospital.services.incidents.close(await actOf(hospital, "quality"), number, changed);
  return number;
}
const heard = async (handle: string, unitId = hospital.units.west) =>
  hospital.services.actions.heard(await actorOf(hospital, handle), unitId, new Date("2026-12-01T14:00:00Z"));

describe("a unit", () => {
  beforeEach(async () => {
    hospital = await openHospital();
  });
  afterEach(() => hospital.close());

  test("everybody who works in a unit and its manager are told once, at nine of the first working day", async () => {
    await works("nurse", hospital.units.west);
    await works("outsider", hospital.units.east);
    await closed("New bins");
    at("2026-12-01T13:59:59Z");
    await look();
    expect(await told()).toEqual([]);
    at("2026-12-01T14:00:30Z");
    await Promise.all([look(), look(), look()]);
    await look();
    at("2026-12-01T23:00:00Z");
    await look();
    expect(await told()).toEqual(["manager", "nurse"]);
    const { dueAt } = await bound().notice.findFirstOrThrow({ where: { kind: "you-said" } });
    expect(dueAt.toISOString()).toBe("2026-12-01T14:00:00.000Z");
  });

  test("the next month is another one, and a month with nothing closed is silent", async () => {
    await closed("New bins");
    at("2026-12-01T15:00:00Z");
    await look();
    at("2027-01-04T15:00:00Z");
    await look();
    expect(await told()).toEqual(["manager"]);
    await closed("More of them");
    at("2027-02-01T15:00:00Z");
    await look();
    expect(await told()).toEqual(["manager", "manager"]);
  });

  test("Rounds that was down on the day tells when it is back, and after a week not at all", async () => {
    await closed("New bins");
    at("2026-12-08T13:00:00Z");
    await look();
    expect(await told()).toEqual(["manager"]);
    await closed("More of them");
    at("2027-01-20T15:00:00Z");
    await look();
    expect(await told()).toEqual(["manager"]);
  });

  test("on every other day it asks one question of the database", async () => {
    at("2026-12-10T15:00:00Z");
    await look();
    let asked = 0;
    const counting = new Proxy(bound(), {
      get(target, name, receiver) {
        if (name !== "then") asked += 1;
        return Reflect.get(target, name, receiver);
      },
    });
    await tellUnits(counting, hospital.clock.now);
    at("2026-12-31T15:00:00Z");
    await tellUnits(counting, hospital.clock.now);
    expect(asked).toBe(2);
  });

  test("what is told are kinds, counts and what changed: no words of a report, no names", async () => {
    await works("nurse", hospital.units.west);
    await closed("New bins", { category: "fall" });
    await closed("New bins", { category: "fall", identity: "anonymous", aware: true });
    await closed("A sign", { kind: "near-miss" });
    await closed("Elsewhere", {}, hospital.units.east);
    const restricted = await closed("Hush");
    await bound().incident.updateMany({ where: { number: restricted }, data: { restricted: true } });
    const privileged = await closed("Privileged");
    await bound().incident.updateMany({ where: { number: privileged }, data: { privilegedAt: hospital.clock.now } });
    const merged = await closed("Twin");
    const first = await bound().incident.findFirstOrThrow({ where: { number: 1 } });
    await bound().incident.updateMany({ where: { number: merged }, data: { mergedIntoId: first.id } });
    const open = await file(hospital, "nurse", hospital.units.west);
    expect(open).toBeGreaterThan(0);
    const says = await heard("nurse");
    expect(says).toEqual({
      unit: { code: "4W", name: "4 West" },
      month: new Date("2026-11-01T00:00:00Z"),
      reported: [
        { kind: "incident", category: "fall", count: 2 },
        { kind: "near-miss", category: null, count: 1 },
      ],
      changed: ["New bins", "A sign"],
    });
    expect(JSON.stringify(says)).not.toContain("Secret");
  });

  test("is kept from whoever a report is about, and from those who do not work there", async () => {
    const about = await closed("Talked with the manager");
    await bound().incident.updateMany({ where: { number: about }, data: { leftOutId: hospital.people.manager } });
    expect(await heard("manager")).toBeUndefined();
    expect(await heard("director")).toMatchObject({ changed: ["Talked with the manager"] });
    expect(await heard("outsider")).toBeUndefined();
  });

  test("an incident that is open again when it is told is not told", async () => {
    const number = await closed("New bins");
    await bound().incident.updateMany({
      where: { number },
      data: { closedAt: null, status: "actions", changed: null },
    });
    expect(await heard("manager")).toBeUndefined();
  });
});
