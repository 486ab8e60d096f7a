import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { button, card, list, paragraph } from "../../src/chat/card.ts";
import { privately } from "../../src/chat/reply.ts";
import { text } from "../../src/chat/text.ts";
import { said, startBot } from "../support/teams/bot.ts";
import { botId, cardOf, guid, startTeams, type Teams, until, wordsOf } from "../support/teams/teams.ts";

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

describe("who may deliver an activity", () => {
  const attempt = async (token: string | null) => {
    const jane = teams.person("Jane Lee");
    const before = running.bot.requests.length;
    const { activity } = await teams.says(jane, teams.personal(jane), "help");
    expect(running.bot.requests).toHaveLength(before + 1);
    const answered = await teams.again({ activity: { ...activity, id: "another" } }, token);
    expect(running.bot.requests).toHaveLength(before + 1);
    return answered.status;
  };
  const claims = () => ({ audience: botId, serviceUrl: teams.serviceUrl });

  it("refuses a request without a token", async () => {
    expect(await attempt(null)).toBe(401);
  });

  it("refuses a token signed with another key", async () => {
    expect(await attempt(await teams.login.forged(claims()))).toBe(401);
  });

  it("refuses a token for another bot", async () => {
    expect(await attempt(await teams.login.signed({ ...claims(), audience: guid("another bot") }))).toBe(401);
  });

  it("refuses a token for another service address", async () => {
    expect(await attempt(await teams.login.signed({ ...claims(), serviceUrl: "https://elsewhere.example/" }))).toBe(
      401,
    );
  });

  it("refuses a token that a directory issued", async () => {
    const issuer = `https://sts.windows.net/${guid("home tenant")}/`;
    expect(await attempt(await teams.login.signed({ ...claims(), issuer }))).toBe(401);
  });

  it("refuses a token that has expired", async () => {
    expect(await attempt(await teams.login.signed({ ...claims(), expired: true }))).toBe(401);
  });
});

describe("what is read", () => {
  it("reads a message in a person's own chat", async () => {
    const jane = teams.person("Jane Lee");
    const delivered = await teams.says(jane, teams.personal(jane), "incident report a fall in 4 West");
    expect(delivered.status).toBe(200);
    expect(running.bot.requests).toEqual([
      {
        id: `teams:${jane.tenant}:${teams.personal(jane).id}:${delivered.activity.id}`,
        asker: { platform: "teams", tenant: jane.tenant, user: jane.user },
        place: {
          platform: "teams",
          tenant: jane.tenant,
          conversation: teams.personal(jane).id,
          kind: "personal",
          serviceUrl: teams.serviceUrl,
        },
        body: { type: "text", text: "incident report a fall in 4 West" },
      },
    ]);
    const [answer] = teams.messages(teams.personal(jane));
    expect(answer && wordsOf(cardOf(answer))).toBe("You said: incident report a fall in 4 West");
    expect(teams.state.refused).toEqual([]);
  });

  it("takes the bot's own mention away and names the people who are mentioned", async () => {
    const jane = teams.person("Jane Lee");
    const sam = teams.person("Sam Ruiz");
    const ward = teams.channel("4 West", jane, sam);
    await teams.says(jane, ward, "incident assign INC-142 @Sam Ruiz", { mentions: [sam], thread: "1700000000001" });
    expect(running.bot.requests[0]?.body).toEqual({ type: "text", text: `incident assign INC-142 <@${sam.user}>` });
    expect(running.bot.requests[0]?.place).toMatchObject({
      kind: "channel",
      conversation: ward.id,
      thread: "1700000000001",
    });
  });

  it("keeps what people typed: signs of HTML, a typed mention of everyone, and line breaks", async () => {
    const jane = teams.person("Jane Lee");
    const typed = '<at>everyone</at> & "quotes" &lt;kept&gt;\nsecond line';
    await teams.says(jane, teams.personal(jane), typed);
    expect(running.bot.requests[0]?.body).toEqual({ type: "text", text: typed });
  });

  it("takes 40,000 characters of any script", async () => {
    const jane = teams.person("Jane Lee");
    const typed = "漢".repeat(40_000);
    const delivered = await teams.says(jane, teams.personal(jane), typed);
    expect(delivered.status).toBe(200);
    const body = running.bot.requests[0]?.body;
    expect(body?.type === "text" && body.text === typed).toBe(true);
    expect(teams.state.refused).toEqual([]);
    expect(wordsOf(cardOf(await teams.nth(teams.personal(jane), 1)))).toHaveLength(40_010);
  });

  it("says that an answer is shortened when it is longer than a message can be", async () => {
    running.bot.answers = () => privately(said("x".repeat(120_000)));
    const jane = teams.person("Jane Lee");
    await teams.says(jane, teams.personal(jane), "show");
    const words = wordsOf(cardOf(await teams.nth(teams.personal(jane), 1)));
    expect(words.slice(-100)).toContain("Shortened here: the whole is longer than a Teams message can be.");
    expect(words.length).toBeGreaterThan(25_000);
    expect(teams.state.refused).toEqual([]);
  });

  it("reads the slash form without its slash", async () => {
    const jane = teams.person("Jane Lee");
    await teams.slash(jane, teams.group("Nurses", jane), "/incident report a fall");
    expect(running.bot.requests[0]?.body).toEqual({ type: "text", text: "incident report a fall" });
  });

  it("ignores what the bot itself wrote", async () => {
    const jane = teams.person("Jane Lee");
    const echo = { type: "message", text: "help", from: { id: `28:${botId}`, name: "Rounds" } };
    expect((await teams.deliver(jane, teams.personal(jane), echo)).status).toBe(200);
    expect(running.bot.requests).toEqual([]);
    expect(running.written).toEqual([]);
  });

  it("gives a delivery that comes twice the same id, and answers it once", async () => {
    const jane = teams.person("Jane Lee");
    const first = await teams.says(jane, teams.personal(jane), "help");
    await teams.again(first);
    const [one, two] = running.bot.requests;
    expect(two?.id).toBe(one?.id);
    expect(teams.messages(teams.personal(jane))).toHaveLength(1);
  });

  it("passes somebody of another tenant on as a stranger and keeps nothing of them", async () => {
    const stranger = teams.person("Kim Stranger", { tenant: guid("another tenant") });
    await teams.says(stranger, teams.personal(stranger), "help");
    expect(running.bot.requests[0]?.asker.tenant).toBe(guid("another tenant"));
    expect(running.written).toEqual([]);
  });

  it("survives activities that hold nothing it needs", async () => {
    const jane = teams.person("Jane Lee");
    const chat = teams.personal(jane);
    for (const about of [
      { type: "message", text: 7, entities: "none" },
      { type: "message", from: {} },
      { type: "message", conversation: null },
      { type: "invoke", name: "adaptiveCard/action", value: null },
      { type: "invoke", name: "task/submit", value: { data: { command: {}, input: [] } } },
      { type: "conversationUpdate", membersAdded: [null, {}] },
    ])
      expect((await teams.deliver(jane, chat, about)).status).toBeLessThan(500);
  });
});

describe("first contact", () => {
  it("welcomes once, and keeps the chat", async () => {
    const jane = teams.person("Jane Lee");
    const chat = teams.personal(jane);
    await teams.install(jane, chat);
    await teams.deliver(jane, chat, { type: "conversationUpdate", membersAdded: [{ id: `28:${botId}` }] });
    await until("the chat to be kept", () => running.written.length > 0);
    const welcome = await teams.nth(chat, 1);
    expect(wordsOf(cardOf(welcome))).toContain("Say what happened.");
    await running.adapter.stop();
    expect(teams.messages(chat)).toHaveLength(1);
    expect(running.written).toMatchObject([{ conversation: chat.id, serviceUrl: teams.serviceUrl, kind: "personal" }]);
  });

  it("keeps a chat again only when it has moved", async () => {
    const jane = teams.person("Jane Lee");
    const { activity } = await teams.says(jane, teams.personal(jane), "help");
    await teams.says(jane, teams.personal(jane), "todo");
    expect(running.written).toHaveLength(1);
    const serviceUrl = `${teams.url}/amer`;
    await teams.again({ activity: { ...activity, id: "moved", serviceUrl } });
    await until("the chat to be kept again", () => running.written.length === 2);
  });
});

it("logs nothing that people write", async () => {
  const canary = "canary-7f3a";
  const jane = teams.person("Jane Lee");
  running.bot.answers = () =>
    privately(
      card(text`x`, paragraph(text`${canary}`), list([{ text: text`${canary}`, button: button(canary, "settings") }])),
    );
  teams.state.failures.push({ status: 400 });
  await teams.says(jane, teams.personal(jane), canary);
  await teams.again({ activity: { type: "message", text: canary } }, null);
  expect(running.logged.length).toBeGreaterThan(0);
  expect(JSON.stringify(running.logged, (key, value) => (key === "cause" ? undefined : value))).not.toContain(canary);
});
