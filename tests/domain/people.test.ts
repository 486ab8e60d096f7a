import { afterAll, beforeAll, expect, test } from "vitest";
import { releaseReminders } from "../../src/domain/reminders/release.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { person } from "../support/person.ts";
import { actOf, actorOf, file } from "./organisation.ts";

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);
const rows = async (handle: string, about?: string) =>
  (await hospital.services.auditTrail.rows(await actorOf(hospital, handle), { about })).map((row) => row.action);

test("own settings: zone, quiet hours, and where to be told", async () => {
  const nurse = person(hospital, "nurse");
  await nurse.says("settings America/Chicago 21:00 06:30");
  expect(nurse.sees()).toContain("America/Chicago");
  expect(nurse.sees()).toContain("21:00 to 06:30");
  await nurse.says("remind me tomorrow 9am look");
  expect(nurse.answer()?.reader.zone).toBe("America/Chicago");
  await nurse.says("settings quiet-from:08:00 quiet-until:08:00 reach-on:teams");
  expect(nurse.sees()).toContain("Quiet hours\nnone");
  expect(nurse.sees()).toContain("Teams");
  await nurse.clicks("Change mine");
  expect(nurse.form().fields.map((field) => [field.name, field.value])).toEqual([
    ["zone", "America/Chicago"],
    ["quiet-from", undefined],
    ["quiet-until", undefined],
    ["reach-on", "teams"],
  ]);
});

test.each([
  ["settings zone:Mars/Olympus", "“Mars/Olympus” is no zone"],
  ["settings quiet-from:21:00", "Quiet hours need a beginning and an end"],
  ["settings quiet-from:25:00 quiet-until:06:00", "This is no time"],
])("“%s” is refused beside its field", async (text, problem) => {
  const nurse = person(hospital, "nurse");
  await nurse.says(text);
  expect(nurse.sees()).toContain(problem);
  expect(nurse.answer()?.reply.type).toBe("form");
});

test("the organisation's settings are for admins, and hold for everybody", async () => {
  const nurse = person(hospital, "nurse");
  await nurse.says("settings organisation joining:invited");
  expect(nurse.sees()).toContain("“settings organisation” is for admins");
  const admin = person(hospital, "admin");
  await admin.says("settings organisation");
  expect(admin.sees()).toContain("every member of the workspace");
  expect(await rows("admin")).not.toContain("organisation.settings-changed");
  await admin.says("settings organisation joining:invited acknowledge-within:2");
  expect(admin.sees()).toContain("only who was invited");
  expect(admin.sees()).toContain("2 hours");
  await admin.says("settings organisation joining:open acknowledge-within:4");
  expect(await rows("admin")).toContain("organisation.settings-changed");
});

test("the audit trail: quality sees what was done with records, admins everything, staff nothing", async () => {
  const number = await file(hospital, "nurse", hospital.units.west);
  await hospital.services.reminders.remind(await actOf(hospital, "nurse"), {
    what: "a secret text",
    when: new Date(hospital.clock.now.getTime() + 86_400_000),
    every: "once",
    who: { personId: hospital.people.nurse },
  });
  expect(await rows("quality", "@nurse")).toEqual(["incident.reported"]);
  expect(await rows("admin", "@nurse")).toEqual(
    expect.arrayContaining(["incident.reported", "reminder.made", "person.settings-changed"]),
  );
  expect(await rows("quality", `inc-${number}`)).toEqual(["incident.reported"]);
  const nurse = person(hospital, "nurse");
  await nurse.says("audit");
  expect(nurse.sees()).toContain("“audit” is for quality and admins");
  const admin = person(hospital, "admin");
  await admin.says("audit @nurse");
  expect(admin.sees()).toContain("incident.reported");
  expect(JSON.stringify(admin.card())).not.toContain("secret");
});

test("the file of the audit trail runs nothing in a spreadsheet", async () => {
  await bound().person.updateMany({ where: { handle: "outsider" }, data: { name: '=HYPERLINK("http://x","y")' } });
  await file(hospital, "outsider", hospital.units.emergency);
  const quality = person(hospital, "quality");
  await quality.says("audit @outsider");
  const block = quality.card().blocks.find((one) => one.type === "file");
  const csv = Buffer.from(block?.type === "file" ? block.file.base64 : "", "base64").toString();
  expect(csv).toContain(`"'=HYPERLINK(""http://x"",""y"")"`);
  await bound().person.updateMany({ where: { handle: "outsider" }, data: { name: "Outsider Person" } });
});

test("what waits comes with the most urgent first", async () => {
  const { services, clock } = hospital;
  const first = await file(hospital, "nurse", hospital.units.west);
  clock.now = new Date(clock.now.getTime() + 3_600_000);
  const second = await file(hospital, "nurse", hospital.units.west);
  await services.reminders.remind(await actOf(hospital, "manager"), {
    what: "soon",
    when: new Date(clock.now.getTime() + 600_000),
    every: "once",
    who: { personId: hospital.people.manager },
  });
  const waiting = await services.todo.waiting(await actorOf(hospital, "manager"), hospital.clock.now);
  const order = waiting.map((one) => (one.type === "reminder" ? one.reminder.what : one.about));
  const ours = ["soon", `INC-${first}`, `INC-${second}`];
  expect(order.filter((one) => ours.includes(one))).toEqual(ours);
  const due = waiting.map((one) => one.due.getTime());
  expect(due).toEqual([...due].sort((one, other) => one - other));
  await services.incidents.acknowledge(await actOf(hospital, "manager"), first);
  const left = await services.todo.waiting(await actorOf(hospital, "manager"), hospital.clock.now);
  expect(left.some((one) => one.type === "acknowledge" && one.number === first)).toBe(false);
  expect(await services.todo.waiting(await actorOf(hospital, "director"), hospital.clock.now)).toHaveLength(
    left.filter((one) => one.type === "acknowledge").length,
  );
});

test("quality finds what has come to the last step, with how long it waits, and severe harm at once", async () => {
  const last = await file(hospital, "nurse", hospital.units.emergency);
  const severe = await file(hospital, "nurse", hospital.units.west, { harm: "severe" });
  const other = await file(hospital, "nurse", hospital.units.west);
  const quality = person(hospital, "quality");
  await quality.says("todo");
  expect(quality.sees()).toMatch(new RegExp(`Acknowledge INC-${last} [^\\n]*Emergency\nsince `));
  expect(quality.sees()).toMatch(new RegExp(`Acknowledge INC-${severe} [^\\n]*4 West\nbefore `));
  expect(quality.sees()).not.toContain(`INC-${other} `);
  const nurse = person(hospital, "nurse");
  await nurse.says("todo");
  expect(nurse.sees()).not.toContain("INC-");
});

test("a reminder that is due waits before it could be told", async () => {
  const manager = person(hospital, "manager");
  await bound().person.updateMany({ where: { handle: "manager" }, data: { quietFrom: "00:00", quietUntil: "23:59" } });
  await person(hospital, "nurse").says("remind @manager in 10 minutes call the ward");
  hospital.clock.now = new Date(hospital.clock.now.getTime() + 10 * 60_000);
  await releaseReminders(bound(), hospital.clock.now);
  await manager.says("todo");
  expect(manager.sees()).toContain("call the ward");
});

test("whoami tells everything that is kept of a person", async () => {
  await bound().person.updateMany({
    where: { handle: "manager" },
    data: { jobs: ["RN"], unitIds: [hospital.units.east], supervisorId: hospital.people.director },
  });
  const manager = person(hospital, "manager");
  await manager.says("whoami");
  for (const part of [
    "Manager Person",
    "@manager",
    "manager@test.example",
    "staff, manager",
    "RN",
    "5 East",
    "4 West",
    "Director Person",
    "Test General",
  ])
    expect(manager.sees()).toContain(part);
});
