import { afterEach, beforeEach, expect, test } from "vitest";
import { escalate } from "../../src/domain/incidents/escalation.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { actOf, actorOf, file } from "./organisation.ts";

// An incident that nobody acknowledges goes to the next person up.

let hospital: Hospital;
beforeEach(async () => {
  hospital = await openHospital();
});
afterEach(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);
const later = (hours: number) => {
  hospital.clock.now = new Date(hospital.clock.now.getTime() + hours * 3_600_000);
};
const look = () => escalate(bound(), hospital.clock.now);

async function told(): Promise<string[]> {
  const names = new Map(Object.entries(hospital.people).map(([handle, id]) => [id, handle]));
  const notices = await bound().notice.findMany({ orderBy: { id: "asc" } });
  return notices.map((notice) => `${notice.kind.replace("incident-", "")} ${names.get(notice.personId ?? "")}`);
}

test("after 4 hours the director is told, after 8 quality, and then it stays there", async () => {
  const number = await file(hospital, "nurse", hospital.units.west);
  expect(await told()).toEqual(["filed manager"]);
  later(3.99);
  await look();
  expect(await told()).toEqual(["filed manager"]);
  later(0.02);
  await look();
  await look();
  expect(await told()).toEqual(["filed manager", "unacknowledged director"]);
  later(4);
  await look();
  later(400);
  await look();
  expect(await told()).toEqual(["filed manager", "unacknowledged director", "unacknowledged quality"]);
  const { escalateAt, timeline } = await hospital.services.incidents.show(await actorOf(hospital, "quality"), number);
  expect(escalateAt).toBeNull();
  expect(timeline.map((entry) => `${entry.kind} ${entry.about?.name ?? ""}`.trim())).toEqual([
    "reported",
    "escalated Director Person",
    "escalated Quality Person",
  ]);
});

test("the hours are the organisation's", async () => {
  await hospital.services.people.changeOrganisation(await actOf(hospital, "admin"), { acknowledgeWithinHours: 1 });
  await file(hospital, "nurse", hospital.units.west);
  later(1.01);
  await look();
  expect(await told()).toEqual(["filed manager", "unacknowledged director"]);
});

test.each(["acknowledge", "assign", "close"] as const)("%s stops it", async (how) => {
  const number = await file(hospital, "nurse", hospital.units.west);
  const act = await actOf(hospital, "quality");
  const { incidents } = hospital.services;
  if (how === "acknowledge") await incidents.acknowledge(act, number);
  if (how === "assign") await incidents.assign(act, number, hospital.people.quality);
  if (how === "close") await incidents.close(act, number, "mended");
  later(100);
  await look();
  expect((await told()).filter((one) => one.startsWith("unacknowledged"))).toEqual([]);
});

test("severe harm goes to the manager and to quality at once, and up the same way after", async () => {
  await file(hospital, "nurse", hospital.units.west, { harm: "severe" });
  expect((await told()).sort()).toEqual(["filed manager", "filed quality"]);
  later(4.01);
  await look();
  expect(await told()).toContain("unacknowledged director");
});

test("where there is nobody further up, nothing is promised and nothing recorded", async () => {
  const number = await file(hospital, "outsider", hospital.units.emergency);
  const details = await hospital.services.incidents.show(await actorOf(hospital, "quality"), number);
  expect(details.escalateAt).toBeNull();
  later(100);
  await look();
  expect(await told()).toEqual(["filed quality"]);
  expect(await bound().audit.count({ where: { action: "incident.escalated" } })).toBe(0);
});

test("a manager's own report goes to the one above", async () => {
  await file(hospital, "manager", hospital.units.west);
  expect(await told()).toEqual(["filed director"]);
});

test("a manager's anonymous report goes to the manager, as any other would", async () => {
  await file(hospital, "manager", hospital.units.west, { identity: "anonymous" });
  expect(await told()).toEqual(["filed manager"]);
});

test("two that look at once tell once, of many", async () => {
  for (let count = 0; count < 12; count += 1) await file(hospital, "nurse", hospital.units.west);
  later(4.01);
  await Promise.all([look(), look(), look()]);
  expect((await told()).filter((one) => one === "unacknowledged director")).toHaveLength(12);
  expect(await bound().audit.count({ where: { action: "incident.escalated" } })).toBe(12);
  expect(await bound().incident.count({ where: { escalatedTo: 1 } })).toBe(12);
});
