import { afterAll, beforeAll, expect, test } from "vitest";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { person } from "../support/person.ts";

// A text that is too long for a button or a form is kept aside, for its author alone.

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital.close());

const long = (word: string, length = 5_000) => `${word} `.repeat(Math.ceil(length / (word.length + 1))).trim();
const bound = () => hospital.store.of(hospital.organisationId);
const stored = async (part: string) =>
  (await bound().incident.findFirst({ where: { what: { contains: part } } }))?.what;

test("5,000 characters without a unit open the form, and are filed whole once it is chosen", async () => {
  const what = long("alpha");
  const nurse = person(hospital, "nurse");
  await nurse.says(`incident report ${what}`);
  expect(nurse.form().fields.find((field) => field.name === "what")).toMatchObject({ kept: what.length });
  expect(JSON.stringify(nurse.form())).not.toContain("alpha alpha");
  expect(nurse.form().carried).toEqual({ draft: expect.any(String) });
  await nurse.fills({ where: "4W" });
  expect(nurse.sees()).toContain("is filed");
  expect(await stored("alpha")).toBe(what);
  expect(await bound().draft.count()).toBe(0);
});

test("a form that is corrected twice keeps the text, and nothing of it stays when it is filed", async () => {
  const what = long("bravo");
  const nurse = person(hospital, "nurse");
  await nurse.says(`incident report ${what}`);
  await nurse.fills({ where: "nowhere" });
  expect(nurse.sees()).toContain("There is no unit “nowhere”");
  await nurse.fills({ where: "4W", when: "2031-01-01T10:00" });
  expect(nurse.sees()).toContain("That time is in the future");
  await nurse.fills({ when: "2026-11-23T08:00" });
  expect(await stored("bravo")).toBe(what);
  expect(await bound().draft.count()).toBe(0);
});

test("the same view under the same id, corrected, keeps what was changed in between", async () => {
  const nurse = person(hospital, "nurse");
  await nurse.runs("incident report", { what: long("charlie"), immediate: long("first") }, "view-1");
  await nurse.fills({ where: "nowhere", immediate: long("second", 2_950) }, "view-1");
  await nurse.fills({ where: "4W" }, "view-1");
  const incident = await bound().incident.findFirst({ where: { what: { contains: "charlie" } } });
  expect(incident?.immediate).toBe(long("second", 2_950));
  expect(await bound().draft.count()).toBe(0);
});

test("what is emptied in the form stays empty", async () => {
  const nurse = person(hospital, "nurse");
  await nurse.runs("incident report", { what: long("delta"), informed: "a name that should not be here" });
  const { command, carried } = nurse.form();
  await nurse.runs(command, { ...carried, where: "4W" });
  const incident = await bound().incident.findFirst({ where: { what: { contains: "delta" } } });
  expect(incident).toMatchObject({ informed: null });
});

test("a long sentence goes through the offered button", async () => {
  const nurse = person(hospital, "nurse");
  const what = long("echo");
  await nurse.says(what);
  await nurse.clicks("Report an incident");
  await nurse.fills({ where: "4W" });
  expect(await stored("echo")).toBe(what);
  expect(await bound().draft.count()).toBe(0);
});

test("a long text with a misspelt verb goes through any of the offered buttons, and leaves none behind", async () => {
  const nurse = person(hospital, "nurse");
  await nurse.says(`incident not INC-1 ${long("foxtrot")}`);
  expect(await bound().draft.count()).toBeGreaterThan(0);
  await nurse.clicks("Add a note");
  expect(nurse.sees()).toContain("INC-1");
  expect((await bound().timelineEntry.findFirst({ where: { kind: "note" } }))?.text).toBe(long("foxtrot"));
  expect(await bound().draft.count()).toBe(0);
});

test("a form can be opened again from its card until it was used, and then says that it was", async () => {
  const nurse = person(hospital, "nurse");
  const what = long("golf");
  await nurse.says(what);
  const card = nurse.card();
  const button = card.blocks.flatMap((block) => (block.type === "buttons" ? block.buttons : []))[0];
  if (!button) throw new Error("No button");
  await nurse.runs(button.command, button.input);
  await nurse.runs(button.command, button.input);
  await nurse.fills({ where: "4W" });
  expect(await stored("golf")).toBe(what);
  await nurse.runs(button.command, { ...button.input, where: "4W", informed: "typed afterwards" });
  expect(nurse.sees()).toContain("has been used already or is more than a day old");
  expect(nurse.sees()).toContain("typed afterwards");
  expect(await bound().incident.count({ where: { what: { contains: "golf" } } })).toBe(1);
});

test("another person's draft is refused", async () => {
  const nurse = person(hospital, "nurse");
  await nurse.says(`incident report ${long("hotel")}`);
  const { draft } = nurse.form().carried;
  const outsider = person(hospital, "outsider");
  await outsider.runs("incident report", { draft: draft ?? null, where: "4W" });
  expect(outsider.sees()).toContain("Please send it again");
  expect(outsider.sees()).not.toContain("hotel");
  expect(await stored("hotel")).toBeUndefined();
  await nurse.fills({ where: "4W" });
  expect(await stored("hotel")).toBe(long("hotel"));
});

test("an anonymous report leaves no draft that its author is named in", async () => {
  const nurse = person(hospital, "nurse");
  await nurse.says(`incident report identity:anonymous ${long("india")}`);
  await nurse.fills({ where: "nowhere" });
  await nurse.fills({ where: "4W" });
  expect(await stored("india")).toBe(long("india"));
  expect(await bound().draft.count({ where: { personId: hospital.people.nurse } })).toBe(0);
});

test("the form that opens before the database was asked is the one that is answered", async () => {
  const body = { type: "run" as const, command: "incident report", input: { what: "Bed rail broke" } };
  const place = { platform: "web" as const, tenant: "demo", conversation: "dm", kind: "personal" as const };
  const request = { id: "opens-1", asker: hospital.identity("nurse"), place, body };
  const opened = hospital.bot.opens(request);
  const { reply } = await hospital.bot.handle(request);
  expect(reply).toEqual({ type: "form", form: opened });
});

test("nor one of the same form that was opened beside it", async () => {
  const nurse = person(hospital, "nurse");
  await nurse.says(`incident report identity:anonymous ${long("juliet")}`);
  const { command, carried } = nurse.form();
  await nurse.runs(command, { ...carried });
  await nurse.runs(command, { ...carried });
  await nurse.fills({ where: "4W" });
  expect(await stored("juliet")).toBe(long("juliet"));
  expect(await bound().draft.count({ where: { personId: hospital.people.nurse } })).toBe(0);
});

test("nothing of an anonymous report is written down before it is filed, however long it is and whoever gives it up", async () => {
  const nurse = person(hospital, "nurse");
  const long = `The lift was stuck. ${"Again and again. ".repeat(400)}`.trim();
  await bound().person.updateMany({ where: { handle: "nurse" }, data: { unitIds: [hospital.units.east] } });
  const kept = async () => JSON.stringify(await bound().draft.findMany());
  await nurse.says(`incident report identity:anonymous ${long} nowhere-at-all`);
  expect(nurse.form().carried).toEqual({ draft: expect.stringMatching(/^unnamed-/) });
  expect(await kept()).not.toContain("The lift was stuck");
  const { draft } = nurse.form().carried;
  await nurse.fills({ where: "5E" });
  expect(nurse.sees()).toContain("may tell who you are");
  expect(await kept()).not.toContain("The lift was stuck");
  await nurse.fills({});
  expect(nurse.sees()).toContain("Filed without your name");
  const filed = await bound().incident.findFirstOrThrow({ orderBy: { number: "desc" } });
  expect(filed).toMatchObject({ identity: "anonymous", reporterId: null, what: expect.stringContaining(long) });

  await nurse.says(`incident report ${long} nowhere-at-all`);
  expect(await kept()).toContain("The lift was stuck");
  await nurse.fills({ where: "5E", identity: "anonymous" });
  expect(nurse.sees()).toContain("may tell who you are");
  expect(await kept()).not.toContain("The lift was stuck");
  await nurse.runs("incident report", { draft: draft ?? null });
  expect(nurse.sees()).toContain("Please send it again");
});
