import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { card, file, heading } from "../../src/chat/card.ts";
import { here, nothing, privately, update } from "../../src/chat/reply.ts";
import { text } from "../../src/chat/text.ts";
import { said, startBot } from "../support/teams/bot.ts";
import { cardOf, startTeams, type Teams, wordsOf } from "../support/teams/teams.ts";

let teams: Teams;
let running: Awaited<ReturnType<typeof startBot>>;

beforeEach(async () => {
  teams = await startTeams();
  running = await startBot(teams);
});
afterEach(async () => {
  await running.stop();
  await teams.close();
});

describe("where answers go", () => {
  it("answers privately in a channel to the asker alone, in the thread", async () => {
    const jane = teams.person("Jane Lee");
    const ward = teams.channel("4 West", jane);
    await teams.says(jane, ward, "todo", { thread: "1700000000001" });
    expect(teams.messages(ward)).toMatchObject([{ targetedAt: jane.account, thread: "1700000000001" }]);
    expect(teams.messages(teams.personal(jane))).toEqual([]);
  });

  it("answers in the person's own chat where a tenant has no messages for one person, and never in public", async () => {
    teams.state.targeted = false;
    const jane = teams.person("Jane Lee");
    const ward = teams.channel("4 West", jane);
    await teams.slash(jane, ward, "/todo");
    expect(teams.messages(ward)).toEqual([]);
    expect(teams.messages(teams.personal(jane))).toHaveLength(1);
    expect(running.written).toMatchObject([{ kind: "personal", conversation: teams.personal(jane).id }]);
  });

  it("says nothing at all where there is no way to the person alone", async () => {
    teams.state.targeted = false;
    const jane = teams.person("Jane Lee");
    const ward = teams.channel("4 West", jane);
    teams.state.people.delete(jane.account);
    await teams.says(jane, ward, "todo");
    expect(teams.state.messages).toEqual([]);
    expect(running.logged.map((line) => line.level)).toContain("error");
  });

  it("answers for everybody in the thread where it was asked", async () => {
    running.bot.answers = () => here(said("For all."));
    const jane = teams.person("Jane Lee");
    const ward = teams.channel("4 West", jane);
    const { activity } = await teams.says(jane, ward, "meeting start");
    expect(teams.messages(ward)).toMatchObject([{ thread: activity.id }]);
    expect(teams.messages(ward)[0]?.targetedAt).toBeUndefined();
  });

  it("sends a card that would replace another as a message, when a text was the question", async () => {
    running.bot.answers = () => update(said("Changed."));
    const jane = teams.person("Jane Lee");
    await teams.says(jane, teams.personal(jane), "incident close INC-142");
    expect(teams.messages(teams.personal(jane))).toHaveLength(1);
  });

  it("sends nothing when there is nothing to say", async () => {
    running.bot.answers = () => nothing;
    const jane = teams.person("Jane Lee");
    await teams.says(jane, teams.personal(jane), "thanks");
    expect(teams.state.messages).toEqual([]);
  });

  it("tries again when Teams asks to wait", async () => {
    teams.state.failures.push({ status: 429, retryAfter: 0.05 }, { status: 412, retryAfter: 0.01 });
    const jane = teams.person("Jane Lee");
    await teams.says(jane, teams.personal(jane), "help");
    expect(teams.messages(teams.personal(jane))).toHaveLength(1);
    expect(teams.state.refused).toEqual(["429 asked to fail with 429", "412 asked to fail with 412"]);
  });

  it("acknowledges a message although the answer takes its time", async () => {
    let finish = () => {};
    running.bot.answers = () =>
      new Promise((resolve) => {
        finish = () => resolve(privately(said("Late.")));
      });
    const jane = teams.person("Jane Lee");
    const delivered = await teams.says(jane, teams.personal(jane), "kpi digest");
    expect(delivered.status).toBe(200);
    finish();
    await teams.nth(teams.personal(jane), 1);
  });
});

describe("files", () => {
  const letter = {
    name: "letter.txt",
    mediaType: "text/plain",
    base64: Buffer.from("Dear patient").toString("base64"),
  };
  const answer = () => privately(card(text`A letter.`, heading(text`GRV-31`), file(letter, text`the draft`)));

  it("offers a file in the person's own chat and uploads it when they agree", async () => {
    running.bot.answers = answer;
    const jane = teams.person("Jane Lee");
    const chat = teams.personal(jane);
    await teams.says(jane, chat, "grievance letter");
    const offer = await teams.nth(chat, 2);
    expect(offer.activity.attachments).toMatchObject([{ name: "letter.txt", content: { sizeInBytes: 12 } }]);
    expect((await teams.agrees(jane, offer)).status).toBe(200);
    await teams.nth(chat, 3);
    expect([...teams.state.uploads.values()].map(String)).toEqual(["Dear patient"]);
    await teams.agrees(jane, offer);
    expect(wordsOf(cardOf(await teams.nth(chat, 4)))).toContain("Please ask for it again.");
  });

  it("gives a file to nobody but the person it was offered to", async () => {
    running.bot.answers = answer;
    const jane = teams.person("Jane Lee");
    const sam = teams.person("Sam Ruiz");
    await teams.says(jane, teams.personal(jane), "grievance letter");
    const offer = await teams.nth(teams.personal(jane), 2);
    await teams.agrees(sam, { ...offer, chat: teams.personal(sam) });
    await teams.nth(teams.personal(sam), 1);
    expect(teams.state.uploads.size).toBe(0);
  });

  it("offers it in the own chat when it was asked for in a channel, and forgets it when it is declined", async () => {
    running.bot.answers = answer;
    const jane = teams.person("Jane Lee");
    const ward = teams.channel("4 West", jane);
    await teams.says(jane, ward, "grievance letter");
    const offer = await teams.nth(teams.personal(jane), 1);
    expect(wordsOf(cardOf(await teams.nth(ward, 1)))).toContain("Files are given in your own chat with Rounds.");
    await teams.agrees(jane, offer, "decline");
    await teams.agrees(jane, offer);
    await teams.nth(teams.personal(jane), 2);
    expect(teams.state.uploads.size).toBe(0);
  });
});
