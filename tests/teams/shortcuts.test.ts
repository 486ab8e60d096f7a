import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Bot } from "../../src/bot/bot.ts";
import type { Messenger } from "../../src/chat/messenger.ts";
import type { Platform } from "../../src/chat/request.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { serve } from "../support/teams/bot.ts";
import {
  cardOf,
  elements,
  guid,
  homeTenant,
  startTeams,
  type Teams,
  type Written,
  wordsOf,
} from "../support/teams/teams.ts";

let hospital: Hospital;
let teams: Teams;
let running: Awaited<ReturnType<typeof serve>>;
let delay: number;
const messengers = new Map<Platform, Messenger>();

beforeAll(async () => {
  hospital = await openHospital({ platform: "teams", tenant: homeTenant, userOf: guid, messengers });
});
afterAll(() => hospital.close());
beforeEach(async () => {
  delay = 0;
  teams = await startTeams();
  const bot: Bot = {
    ...hospital.bot,
    async handle(request) {
      await pause(delay);
      return hospital.bot.handle(request);
    },
  };
  running = await serve(teams, bot, messengers);
});
afterEach(async () => {
  await running.stop();
  await teams.close();
});

const nurse = () => teams.person("nurse");
const manager = () => teams.person("manager");
const message: Written = {
  id: "1700000000123",
  at: "2026-11-23T11:04:09.25Z",
  html: '<div><p><at id="0">Nurse Person</at>&nbsp;the rail of bed 3 is &lt;loose&gt;</p>\n<p>again<br>and again <emoji id="x" alt="🙁"></emoji></p></div>',
};
const quotedText = "“@someone the rail of bed 3 is <loose>\n\nagain\nand again 🙁”";
const bound = () => hospital.store.of(hospital.organisationId);
const incidents = () => bound().incident.findMany({ orderBy: { number: "asc" } });
const lastFiled = async () => (await incidents()).at(-1);
const shownIn = (card: unknown, id: string) => elements(card, "Input.Text").find((input) => input.id === id)?.value;

describe("“Report an incident”", () => {
  it("under a message opens the form with its words in quotes, and is answered in the dialog alone", async () => {
    const ward = teams.channel("4 West", nurse(), manager());
    const dialog = await teams.chooses(nurse(), ward, "report_message", message);
    expect(dialog.title).toBe("Report an incident");
    expect(shownIn(dialog.card, "field.what")).toBe(quotedText);
    const filed = await teams.submits(nurse(), dialog, { "field.where": hospital.units.west });
    expect(wordsOf(teams.dialogOf(filed, ward).card)).toContain("is filed");
    expect(filed.body).not.toHaveProperty("composeExtension");
    await running.adapter.stop();
    expect(teams.state.messages).toEqual([]);
    expect(await lastFiled()).toMatchObject({ what: quotedText, reporterId: hospital.people.nurse });
  });

  it("keeps nothing of where an anonymous report came from, nor who filed it", async () => {
    const ward = teams.channel("4 West", nurse());
    const dialog = await teams.chooses(nurse(), ward, "report_message", message);
    await teams.submits(nurse(), dialog, { "field.where": hospital.units.west, "field.identity": "anonymous" });
    const filed = await lastFiled();
    expect(filed).toMatchObject({ identity: "anonymous", what: quotedText });
    const timeline = await bound().timelineEntry.findMany({ where: { incidentId: filed?.id ?? "" } });
    const audit = await bound().audit.findMany({ where: { subjectId: filed?.id ?? "" } });
    const kept = JSON.stringify([
      filed,
      timeline,
      audit,
      await bound().notice.findMany({ where: { recordId: filed?.id ?? "" } }),
    ]);
    const traces = [message.id, ward.id, "teams.microsoft.com", "11:04:09", "Nurse Person", nurse().user];
    for (const trace of [...traces, hospital.people.nurse]) expect(kept).not.toContain(trace);
  });

  it("beside the composer opens the form empty", async () => {
    const dialog = await teams.chooses(nurse(), teams.group("Huddle", nurse()), "report_incident");
    expect(shownIn(dialog.card, "field.what")).toBeUndefined();
    const filed = await teams.submits(nurse(), dialog, { "field.what": "Slipped", "field.where": hospital.units.west });
    expect(wordsOf(teams.dialogOf(filed, dialog.chat).card)).toContain("is filed");
  });

  it("works in a chat that Rounds is not in, and takes it for nobody's own", async () => {
    const chat = teams.between(nurse(), manager());
    const dialog = await teams.chooses(nurse(), chat, "report_message", message);
    const filed = await teams.submits(nurse(), dialog, { "field.where": hospital.units.west });
    expect(wordsOf(teams.dialogOf(filed, chat).card)).toContain("is filed");
    await running.adapter.stop();
    expect([...running.kept.values()].map((place) => place.conversation)).not.toContain(chat.id);
    expect(teams.state.refused).toEqual([]);
  });

  it("shows the same dialog again with what is wrong under its field", async () => {
    const dialog = await teams.chooses(nurse(), teams.channel("4 West", nurse()), "report_message", message);
    const answered = await teams.submits(nurse(), dialog, { "field.where": "nowhere" });
    const again = { ...teams.dialogOf(answered, dialog.chat), shortcut: "report_message" };
    expect(wordsOf(again.card)).toContain("There is no unit “nowhere”");
    expect(shownIn(again.card, "field.what")).toBe(quotedText);
    const before = (await incidents()).length;
    await teams.submits(nurse(), again, { "field.where": hospital.units.west });
    expect(await incidents()).toHaveLength(before + 1);
  });

  it("opens and is answered in time although the database is slow; the answer goes to the person's own chat", async () => {
    delay = 2_700;
    const chat = teams.between(nurse(), manager());
    const dialog = await teams.chooses(nurse(), chat, "report_message", message);
    const filed = await teams.submits(nurse(), dialog, { "field.where": hospital.units.west });
    expect(filed.body).toEqual({ task: { type: "message", value: "Still working; Rounds sends you the answer." } });
    const late = await teams.nth(teams.personal(nurse()), 1);
    expect(wordsOf(cardOf(late))).toContain("is filed");
  });

  it("opens for somebody who is new, also where Rounds is not, and nothing is kept of them yet", async () => {
    const newcomer = teams.person("New Comer");
    const guest = teams.person("Some Guest", { guest: true });
    const report = async (who: typeof newcomer) => {
      const chat = teams.between(who, manager());
      const dialog = await teams.chooses(who, chat, "report_incident");
      return wordsOf(dialog.card);
    };
    expect(await report(newcomer)).toContain("Report what happened");
    expect(await report(guest)).toContain("guests cannot use it");
    expect(await bound().person.findFirst({ where: { name: "New Comer" } })).toBeNull();
  });
});

describe("“Add to incident”", () => {
  it("adds the message at the time it was written, once for everybody", async () => {
    const ward = teams.channel("4 West", nurse(), manager());
    const incident = `INC-${(await lastFiled())?.number}`;
    const add = async (person: ReturnType<Teams["person"]>) => {
      const dialog = await teams.chooses(person, ward, "add_to_incident", { ...message, html: "It <b>gave</b> way" });
      expect(shownIn(dialog.card, "field.note")).toBe("“It gave way”");
      const added = await teams.submits(person, dialog, { "field.incident": incident });
      return wordsOf(teams.dialogOf(added, ward).card);
    };
    expect(await add(manager())).not.toContain("was added before");
    expect(await add(teams.person("quality"))).toContain("This message was added before, by Manager Person");
    const entries = await bound().timelineEntry.findMany({ where: { text: "“It gave way”" } });
    expect(entries.map(({ at }) => at)).toEqual([new Date(message.at)]);
    expect(JSON.stringify(entries)).not.toContain(message.id);
    expect(JSON.stringify(entries)).not.toContain(ward.id);
  });

  it("says in the dialog that there is no such incident, and keeps the words", async () => {
    const dialog = await teams.chooses(nurse(), teams.channel("4 West", nurse()), "add_to_incident", message);
    const answered = await teams.submits(nurse(), dialog, { "field.incident": "INC-99999" });
    const again = teams.dialogOf(answered, dialog.chat);
    expect(wordsOf(again.card)).toContain("There is no INC-99999 that you may see");
    expect(shownIn(again.card, "field.note")).toBe(quotedText);
  });

  it("is answered in words where Teams sends an entry that there is not", async () => {
    const { body } = await teams.invoke(nurse(), teams.personal(nurse()), "composeExtension/fetchTask", {
      commandId: "older",
    });
    expect(body).toMatchObject({ task: { type: "message" } });
  });
});
