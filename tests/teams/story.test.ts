import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { Messenger } from "../../src/chat/messenger.ts";
import type { Platform } from "../../src/chat/request.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { serve } from "../support/teams/bot.ts";
import {
  cardOf,
  elements,
  guid,
  homeTenant,
  type Message,
  startTeams,
  type Teams,
  until,
  wordsOf,
} from "../support/teams/teams.ts";

let hospital: Hospital;
let teams: Teams;
let running: Awaited<ReturnType<typeof serve>>;
const messengers = new Map<Platform, Messenger>();

beforeAll(async () => {
  hospital = await openHospital({ platform: "teams", tenant: homeTenant, userOf: guid, messengers });
});
afterAll(() => hospital.close());

beforeEach(async () => {
  teams = await startTeams();
  running = await serve(teams, hospital.bot, messengers);
});
afterEach(async () => {
  expect(teams.state.refused).toEqual([]);
  await running.stop();
  await teams.close();
});

const newest = async (chat: ReturnType<Teams["personal"]>, count: number): Promise<[Message, string]> => {
  const message = await teams.nth(chat, count);
  return [message, wordsOf(cardOf(message))];
};

it("takes an incident from the report to its end, through real activities, cards and dialogs", async () => {
  const nurse = teams.person("nurse");
  const manager = teams.person("manager");
  const own = teams.personal(nurse);
  const chat = teams.personal(manager);

  await teams.says(nurse, own, "incident report Slipped on a wet floor");
  const [question, asked] = await newest(own, 1);
  expect(asked).toContain("Still needed: Where");
  const dialog = await teams.opens(nurse, question, "Fill in the form");
  const found = await teams.search(nurse, own, "unit", "4 w");
  const [unit] = (found.body as { value: { results: { title: string; value: string }[] } }).value.results;
  expect(unit?.title).toContain("4 West");

  const wrong = await teams.submits(nurse, dialog, { "field.where": "nowhere", "field.when": "2026-11-20" });
  const again = teams.dialogOf(wrong, own);
  const what = elements(again.card, "Input.Text").find((input) => input.id === "field.what");
  expect(what?.value).toBe("Slipped on a wet floor");
  const filed = await teams.submits(nurse, again, {
    "field.where": unit?.value ?? "",
    "field.when": "2026-11-23",
    "field.when.time": "06:10",
  });
  expect(filed.body).toBeUndefined();
  const [, receipt] = await newest(own, 2);
  expect(receipt).toContain("INC-1 is filed");

  await teams.says(manager, chat, "incident list");
  const [list] = await newest(chat, 1);
  const opened = await teams.clicks(manager, list, "Open");
  expect(opened.body).toMatchObject({ value: "The answer is below." });
  const [incident, facts] = await newest(chat, 2);
  expect(facts).toContain("Slipped on a wet floor");

  const acknowledged = await teams.clicks(manager, incident, "Acknowledge");
  expect(wordsOf((acknowledged.body as { value: unknown }).value)).toContain("Acknowledged by Manager Person");
  await until("the card to change for good", () => incident.updates === 1);

  const assigning = await teams.opens(manager, incident, "Assign");
  await teams.submits(manager, assigning, { "field.to": hospital.people.manager });
  await until("the card to change for good", () => incident.updates === 2);
  expect(wordsOf(cardOf(incident))).toContain("In review by Manager Person");

  await teams.clicks(manager, incident, "More");
  await until("the card to change for good", () => incident.updates === 3);
  const closing = await teams.opens(manager, incident, "Close");
  await teams.submits(manager, closing, { "field.changed": "Mats in every bathroom" });
  await until("the card to change for good", () => incident.updates === 4);
  expect(wordsOf(cardOf(incident))).toContain("Closed by Manager Person");
});

it("makes a member of the tenant staff on first contact, and tells a guest whom to ask", async () => {
  const jane = teams.person("Jane Newcomer");
  await teams.says(jane, teams.personal(jane), "whoami");
  expect((await newest(teams.personal(jane), 1))[1]).toContain("Jane Newcomer");
  const guest = teams.person("Gus Guest", { guest: true });
  await teams.says(guest, teams.personal(guest), "incident list");
  expect((await newest(teams.personal(guest), 1))[1]).not.toContain("INC-");
});

it("answers a stranger of another tenant with whom to ask", async () => {
  const stranger = teams.person("Kim Stranger", { tenant: guid("another tenant") });
  await teams.says(stranger, teams.personal(stranger), "incident list");
  const [, words] = await newest(teams.personal(stranger), 1);
  expect(words).not.toContain("INC-");
});

it("makes one incident of a delivery that comes twice", async () => {
  const nurse = teams.person("nurse");
  const before = await hospital.store.of(hospital.organisationId).incident.count();
  const first = await teams.says(nurse, teams.personal(nurse), "incident report Fell from a chair 4W");
  await teams.again(first);
  expect(await hospital.store.of(hospital.organisationId).incident.count()).toBe(before + 1);
  expect(teams.messages(teams.personal(nurse))).toHaveLength(1);
});

it("files 40,000 characters, and loses none of them", async () => {
  const nurse = teams.person("nurse");
  const long = "Slipped on soap again. ".repeat(1_800).slice(0, 39_990).trim();
  await teams.says(nurse, teams.personal(nurse), `incident report what:"${long}" where:4W`);
  const [, words] = await newest(teams.personal(nurse), 1);
  expect(words).toContain("is filed");
  const stored = await hospital.store.of(hospital.organisationId).incident.findFirst({ orderBy: { number: "desc" } });
  expect(JSON.stringify(stored).includes(long)).toBe(true);
});
