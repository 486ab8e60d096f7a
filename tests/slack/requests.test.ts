import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answerMilliseconds, eventMilliseconds } from "../../adapters/slack/limits.ts";
import { card, file, paragraph } from "../../src/chat/card.ts";
import { here, privately } from "../../src/chat/reply.ts";
import { text } from "../../src/chat/text.ts";
import { openWorld, type World } from "../support/slack/world.ts";
import { said } from "../support/teams/bot.ts";

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

describe("a signed slash command", () => {
  it("is answered in the response, for the person alone", async () => {
    const { sends, slack, reads } = world;
    const { status, body } = await sends.slash("UNURSE", "C1", "/incident", "list &lt;open&gt;");
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({
      response_type: "ephemeral",
      text: "You said: incident list &lt;open&gt;",
    });
    expect(reads("UNURSE", "C1")).toBe("You said: incident list <open>");
    expect(slack.sees("UOTHER", "C1")).toEqual([]);
  });

  it("is answered for everybody where the answer is for everybody", async () => {
    const { bot, sends, reads } = world;
    bot.answers = () => here(said("The huddle begins."));
    await sends.slash("UNURSE", "C1", "/rounds", "huddle");
    expect(reads("UOTHER", "C1")).toBe("The huddle begins.");
  });

  it("is never answered for both in a chat of two people", async () => {
    const { bot, sends, slack, reads } = world;
    bot.answers = () => here(said("The huddle begins."));
    await sends.slash("UNURSE", "DTWO", "/rounds", "huddle");
    expect(reads("UNURSE", "DTWO")).toBe("The huddle begins.");
    world.slow(1_600);
    await sends.slash("UNURSE", "DTWO", "/rounds", "huddle");
    await expect.poll(() => slack.sees("UNURSE", "DTWO")).toHaveLength(2);
    expect(slack.sees("UOTHER", "DTWO")).toEqual([]);
  });

  it("with a wrong signature, or one that is six minutes old, is refused", async () => {
    const { sends, bot } = world;
    expect((await sends.slash("UNURSE", "C1", "/todo", "", { secret: "f".repeat(32) })).status).toBe(401);
    expect((await sends.slash("UNURSE", "C1", "/todo", "", { old: 360 })).status).toBe(401);
    const unsigned = await fetch(`${sends.target}/slack/events`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(sends.slashPayload("UNURSE", "C1", "/todo", "")),
    });
    expect(unsigned.status).toBe(401);
    expect(bot.requests).toEqual([]);
    expect((await sends.slash("UNURSE", "C1", "/todo", "", { old: 240 })).status).toBe(200);
  });

  it("that comes twice is given its answer again, and no message", async () => {
    const { sends, slack, settled } = world;
    const first = await sends.slash("UNURSE", "C1", "/todo", "");
    const second = await first.again();
    await settled();
    expect(second.body).toBe(first.body);
    expect(slack.sees("UNURSE", "C1")).toHaveLength(1);
  });

  it("is acknowledged in time when the bot takes long, and answered when it is done", async () => {
    const { sends, slack, reads } = world;
    const release = world.holdsNext();
    // Slack waits three seconds.
    expect(answerMilliseconds).toBeLessThan(3_000);
    const { status, body } = await sends.slash("UNURSE", "C1", "/todo", "");
    expect([status, body]).toEqual([200, ""]);
    expect(slack.sees("UNURSE", "C1")).toEqual([]);
    release();
    await expect.poll(() => reads("UNURSE", "C1")).toBe("You said: todo");
    expect(slack.sees("UOTHER", "C1")).toEqual([]);
  });

  it("is answered privately by the next way when one is closed: the channel, then the person's own chat", async () => {
    const { sends, slack, reads } = world;
    const release = world.holdsNext();
    await sends.slash("UNURSE", "C1", "/todo", "");
    slack.spendResponseUrls();
    release();
    await expect.poll(() => reads("UNURSE", "C1")).toBe("You said: todo");
    slack.closedChannels.add("C2");
    const releaseOther = world.holdsNext();
    await sends.slash("UNURSE", "C2", "/todo", "");
    slack.spendResponseUrls();
    releaseOther();
    await expect.poll(() => reads("UNURSE", "DNURSE")).toBe("You said: todo");
    expect(slack.sees("UOTHER", "C1")).toEqual([]);
    expect(slack.sees("UOTHER", "C2")).toEqual([]);
  });

  it("is given its files in the person's own chat", async () => {
    const { bot, sends, slack, settled } = world;
    const letter = { name: "letter.txt", mediaType: "text/plain", base64: Buffer.from("Dear …").toString("base64") };
    bot.answers = () => privately(card(text`A letter.`, paragraph(text`A letter.`), file(letter, text`a draft`)));
    await sends.slash("UNURSE", "C1", "/rounds", "letter");
    await expect.poll(() => [...slack.files.values()].map((one) => one.channel)).toEqual(["DNURSE"]);
    await settled();
    expect([...slack.files.values()][0]?.bytes.toString()).toContain("Dear …");
  });
});

describe("a message", () => {
  it("in the person's own chat is answered there", async () => {
    const { sends, reads } = world;
    await sends.directMessage("UNURSE", "what waits for me?");
    await expect.poll(() => reads("UNURSE", "DNURSE")).toBe("You said: what waits for me?");
  });

  it("with a file is a message too", async () => {
    const { sends, reads } = world;
    await sends.directMessage("UNURSE", "incident report the rail", { subtype: "file_share", files: [{ id: "F1" }] });
    await expect.poll(() => reads("UNURSE", "DNURSE")).toBe("You said: incident report the rail");
  });

  it("that mentions the bot is answered for the person alone, in the thread where it stands", async () => {
    const { sends, slack, newest, reads } = world;
    await sends.mention("UNURSE", "C1", "todo", { thread_ts: "1700000000.000001" });
    await expect.poll(() => reads("UNURSE", "C1")).toBe("You said: todo");
    expect(newest("UNURSE", "C1").thread).toBe("1700000000.000001");
    expect(slack.sees("UOTHER", "C1")).toEqual([]);
  });

  it("is answered for everybody in a thread on the message that asked", async () => {
    const { bot, sends, newest, reads } = world;
    bot.answers = () => here(said("The huddle begins."));
    await sends.mention("UNURSE", "C1", "huddle", { ts: "1700000000.000077" });
    await expect.poll(() => reads("UOTHER", "C1")).toBe("The huddle begins.");
    expect(newest("UOTHER", "C1").thread).toBe("1700000000.000077");
  });

  it("is acknowledged in time however long the bot takes, and answered once although Slack sends it again", async () => {
    const { bot, sends, slack, settled } = world;
    const release = world.holdsNext();
    expect(eventMilliseconds).toBeLessThan(3_000);
    const delivery = await sends.directMessage("UNURSE", "todo");
    expect(delivery.status).toBe(200);
    expect((await delivery.again()).status).toBe(200);
    expect(slack.sees("UNURSE", "DNURSE")).toEqual([]);
    release();
    await expect.poll(() => slack.sees("UNURSE", "DNURSE")).toHaveLength(1);
    await settled();
    expect(slack.sees("UNURSE", "DNURSE")).toHaveLength(1);
    expect(new Set(bot.requests.map(({ id }) => id)).size).toBe(1);
  });

  it("is not acknowledged before what it asks for is saved, so that Slack sends it again to the next process", async () => {
    const { bot, sends } = world;
    world.slow(700);
    const began = Date.now();
    await sends.directMessage("UNURSE", "todo");
    expect(Date.now() - began).toBeGreaterThanOrEqual(690);
    expect(bot.requests).toHaveLength(1);
  });

  it("of the bot, of another bot, changed, deleted, hidden or about somebody who joined is not heard", async () => {
    const { bot, sends, slack, settled } = world;
    await sends.directMessage(slack.bot.user, "todo", { bot_id: slack.bot.id });
    await sends.directMessage("UNURSE", "todo", { bot_id: "BOTHER" });
    await sends.directMessage("UNURSE", "todo", { subtype: "message_changed", hidden: true });
    await sends.directMessage("UNURSE", "todo", { subtype: "message_deleted" });
    await sends.directMessage("UNURSE", "todo", { subtype: "channel_join" });
    await sends.mention("UOTHERBOT", "C1", "todo", { bot_id: "BOTHER" });
    await sends.event({
      type: "message",
      channel_type: "channel",
      channel: "C1",
      user: "UNURSE",
      text: "todo",
      ts: "1.1",
    });
    await settled();
    expect(bot.requests).toEqual([]);
  });

  it("of a person of another team in a shared channel is that of a stranger", async () => {
    const { bot, sends, slack } = world;
    slack.addUser("UGUEST", { team: "T0OTHERHOSPITAL" });
    await sends.mention("UGUEST", "C1", "todo");
    await expect
      .poll(() => bot.requests.map(({ asker }) => asker))
      .toEqual([{ platform: "slack", tenant: "T0OTHERHOSPITAL", user: "UGUEST" }]);
  });
});

describe("what is badly written", () => {
  it.each([
    ["mentions of everybody", "&lt;!channel&gt; &lt;!here&gt; @everyone", "<!channel> <!here> @everyone"],
    ["markup", "*bold* _it_ ~no~ `code` &gt; quote :smile:", "*bold* _it_ ~no~ `code` > quote :smile:"],
    ["links", "&lt;https://x.example|click&gt; [a](b)", "<https://x.example|click> [a](b)"],
    ["emoji", "🛏️👩🏽‍⚕️", "🛏️👩🏽‍⚕️"],
    ["control characters", "a\u0000b\u001bc\u202ed", "abcd"],
  ])("shows %s as they were typed", async (_, typed, shown) => {
    await world.sends.slash("UNURSE", "C1", "/rounds", typed);
    expect(world.reads("UNURSE", "C1")).toBe(`You said: ${shown}`);
    expect(JSON.stringify(world.newest("UNURSE", "C1").blocks)).not.toContain("mrkdwn");
  });

  it("shows right-to-left words without turning what stands around them", async () => {
    await world.sends.slash("UNURSE", "C1", "/rounds", "المريض سقط");
    expect(world.reads("UNURSE", "C1")).toBe("\u2068You said: المريض سقط\u2069");
  });

  it("takes 40,000 characters and shows what fits, and says that it is not all", async () => {
    const { status } = await world.sends.slash("UNURSE", "C1", "/rounds", "word ".repeat(8_000));
    expect(status).toBe(200);
    expect(world.bot.requests[0]?.body).toMatchObject({ text: "word ".repeat(8_000).trim() });
    expect(world.reads("UNURSE", "C1")).toContain("Shortened here");
  });
});

it("keeps what people write, and who they are, out of the log", async () => {
  const { sends, slack, logged, settled } = world;
  const canary = "canary-4711";
  slack.failures.push({ method: "chat.postMessage", answer: { body: { ok: false, error: "fatal_error" } } });
  slack.failures.push({ method: "chat.postMessage", answer: { body: { ok: false, error: `no_${canary}` } } });
  slack.failures.push({ method: "conversations.open", answer: { body: { ok: false, error: "user_not_found" } } });
  await sends.directMessage("UNURSE", canary);
  await sends.slash("UNURSE", "C1", "/rounds", canary, { secret: "0".repeat(32) });
  await expect.poll(() => logged.some(({ level }) => level === "warn")).toBe(true);
  await settled();
  const written = logged.map(({ fields, message }) => JSON.stringify([{ ...fields, cause: undefined }, message]));
  expect(written.join("\n")).not.toMatch(/canary|UNURSE/);
});
