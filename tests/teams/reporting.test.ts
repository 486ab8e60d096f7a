import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Messenger } from "../../src/chat/messenger.ts";
import type { Platform } from "../../src/chat/request.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { serve } from "../support/teams/bot.ts";
import {
  type Chat,
  type Delivered,
  type Dialog,
  elements,
  guid,
  homeTenant,
  startTeams,
  type Teams,
} from "../support/teams/teams.ts";

let hospital: Hospital;
let teams: Teams;
let running: Awaited<ReturnType<typeof serve>>;
const messengers = new Map<Platform, Messenger>();

beforeAll(async () => {
  hospital = await openHospital({ platform: "teams", tenant: homeTenant, userOf: guid, messengers });
  teams = await startTeams();
  running = await serve(teams, hospital.bot, messengers);
});
afterAll(async () => {
  await running.stop();
  await teams.close();
  await hospital.close();
});

let dialog: Dialog | undefined;
beforeEach(async () => {
  dialog = undefined;
  // What the test before asked for may still be on its way.
  await running.adapter.stop();
  teams.state.messages = [];
});

type Step = () => Promise<unknown>;

const what = "Slipped on a wet floor";
const nurse = () => teams.person("nurse");
const own = () => teams.personal(nurse());
const ward = () => teams.channel("4 West", nurse(), teams.person("manager"));
const filed = () => hospital.store.of(hospital.organisationId).incident.findMany({ orderBy: { number: "asc" } });

/** What the person has to answer in the open dialog: neither filled in already nor left to Rounds. */
const asked = (): string[] =>
  elements(dialog?.card, "Input.Text", "Input.Date", "Input.Time", "Input.ChoiceSet")
    .filter((input) => input.isRequired === true && input.value === undefined)
    .map((input) => String(input.label));

const opens = (chat: () => Chat, label: string): Step => {
  return async () => {
    dialog = await teams.opens(nurse(), await teams.nth(chat(), 1), label);
  };
};
const chooses = (shortcut: string, html?: string): Step => {
  return async () => {
    const message = html === undefined ? undefined : { id: "1700000000123", at: "2026-11-23T11:04:09Z", html };
    dialog = await teams.chooses(nurse(), ward(), shortcut, message);
  };
};
const send = (values: Record<string, string>): Step => {
  return async (): Promise<Delivered> => {
    if (!dialog) throw new Error("There is no dialog.");
    return teams.submits(nurse(), dialog, { ...values, "field.where": hospital.units.west });
  };
};
const fills = send({ "field.what": what });
const fillsWhere = send({});

/** Each step is one thing that a person does. */
const ways: [string, Step[], string[]][] = [
  ["a command that says it all", [() => teams.says(nurse(), own(), `incident report ${what} 4W`)], []],
  [
    "a command without the unit",
    [() => teams.says(nurse(), own(), `incident report ${what}`), opens(own, "Fill in the form"), fillsWhere],
    ["Where"],
  ],
  [
    "a bare slash command in a channel",
    [() => teams.slash(nurse(), ward(), "/incident report"), opens(ward, "Fill in the form"), fills],
    ["What happened", "Where"],
  ],
  [
    "a mention in a channel",
    [() => teams.says(nurse(), ward(), `incident report ${what}`), opens(ward, "Fill in the form"), fillsWhere],
    ["Where"],
  ],
  [
    "a plain sentence in the person's own chat",
    [() => teams.says(nurse(), own(), what), opens(own, "Report an incident"), fillsWhere],
    ["Where"],
  ],
  ["the menu of a message", [chooses("report_message", `<p>${what}</p>`), fillsWhere], ["Where"]],
  ["beside the composer", [chooses("report_incident"), fills], ["What happened", "Where"]],
];

describe("an incident is filed in at most three steps, with at most what, where and when to answer, from", () => {
  it.each(ways)("%s", async (_, steps, needed) => {
    const before = (await filed()).length;
    const answers = new Set<string>();
    expect(steps.length).toBeLessThanOrEqual(3);
    for (const step of steps) {
      await step();
      for (const label of asked()) answers.add(label);
    }
    await expect.poll(async () => (await filed()).length).toBe(before + 1);
    const last = (await filed()).at(-1);
    expect(last?.what).toContain(what);
    expect(last).toMatchObject({ unitId: hospital.units.west, happenedAt: hospital.clock.now });
    expect([...answers]).toEqual(needed);
    expect(teams.messages(ward()).filter((message) => message.targetedAt !== nurse().account)).toEqual([]);
  });
});
