import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buttons, card, file, formButton, heading, paragraph, type Reader } from "../../src/chat/card.ts";
import { SendFailed } from "../../src/chat/messenger.ts";
import { privately } from "../../src/chat/reply.ts";
import type { Place } from "../../src/chat/request.ts";
import { text } from "../../src/chat/text.ts";
import { openWorld, type World } from "../support/slack/world.ts";
import { said, withButton } from "../support/teams/bot.ts";

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const reader: Reader = { zone: "America/New_York", mentions: {} };
const nurse = { platform: "slack", tenant: "T0LOOPBACK", user: "UNURSE" } as const;
const channel: Place = { platform: "slack", tenant: "T0LOOPBACK", conversation: "C1", kind: "channel" };
const messenger = () => world.adapter.messenger;
const calls = (method: string) => world.slack.calls.filter((call) => call.method === method).length;
const refuses = (method: string, error: string) =>
  world.slack.failures.push({ method, answer: { body: { ok: false, error } } });
const failure = async (sending: Promise<unknown>): Promise<SendFailed> => {
  const failed = await sending.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (!(failed instanceof SendFailed)) throw new Error("It was sent.");
  return failed;
};

describe("what jobs send", () => {
  it("goes to the person's own chat, and is replaced by its id", async () => {
    const place = await messenger().personal(nurse);
    expect(place).toEqual({ platform: "slack", tenant: "T0LOOPBACK", conversation: "DNURSE", kind: "personal" });
    const id = await messenger().post(place, withButton("INC-1 is overdue.", "Open", "settings"), reader);
    expect(world.newest("UNURSE", "DNURSE").ts).toBe(id);
    await messenger().update(place, id, said("INC-1 is closed."), reader);
    expect(world.slack.sees("UNURSE", "DNURSE").map((one) => one.text)).toEqual(["INC-1 is closed."]);
  });

  it("hangs on the thread of its place", async () => {
    await messenger().post({ ...channel, thread: "1700000000.000001" }, said("x"), reader);
    expect(world.newest("UNURSE", "C1").thread).toBe("1700000000.000001");
  });

  it("is not tried again here when there are too many, and says how long to wait", async () => {
    await messenger().post(channel, said("first"), reader);
    world.slack.messagesPerSecond = 0;
    const failed = await failure(messenger().post(channel, said("second"), reader));
    expect([failed.final, failed.retryAfter]).toEqual([false, 1_000]);
    expect(calls("chat.postMessage")).toBe(2);
  });

  it.each(["channel_not_found", "is_archived", "not_in_channel", "account_inactive", "token_revoked", "msg_too_long"])(
    "is given up for good when Slack says %s",
    async (error) => {
      refuses("chat.postMessage", error);
      expect((await failure(messenger().post(channel, said("x"), reader))).final).toBe(true);
      expect(calls("chat.postMessage")).toBe(1);
    },
  );

  it.each(["internal_error", "fatal_error", "service_unavailable"])(
    "can be tried again when Slack says %s",
    async (error) => {
      refuses("chat.postMessage", error);
      expect((await failure(messenger().post(channel, said("x"), reader))).final).toBe(false);
    },
  );

  it.each([412, 429, 502, 504])("can be tried again when Slack answers %i", async (status) => {
    world.slack.failures.push({
      method: "chat.postMessage",
      answer: { status, headers: { "retry-after": "1" }, body: {} },
    });
    expect((await failure(messenger().post(channel, said("x"), reader))).final).toBe(false);
  });

  it("can be tried again when Slack is down, or not there at all", async () => {
    world.slack.failures.push({ method: "chat.postMessage", answer: { status: 503, body: {} } });
    expect((await failure(messenger().post(channel, said("x"), reader))).final).toBe(false);
    await world.slack.stop();
    expect((await failure(messenger().post(channel, said("x"), reader))).final).toBe(false);
    await world.slack.start();
  });

  it("has nobody to go to where Slack does not know the person", async () => {
    expect((await failure(messenger().personal({ ...nurse, user: "UGONE" }))).final).toBe(true);
  });

  it("is never in the words of its failure", async () => {
    refuses("chat.postMessage", "channel_not_found");
    const failed = await failure(messenger().post(channel, said("canary-4711"), reader));
    expect(failed.message).not.toContain("canary");
  });
});

describe("pictures and files", () => {
  const png = { name: "falls.png", mediaType: "image/png", base64: "iVBORw0KGgo=" };
  const chart = card(text`Falls.`, heading(text`Falls`), { type: "image", file: png, alt: "Falls rise." });

  it("are uploaded, shown in the message, and shown again once Slack is ready with them", async () => {
    refuses("chat.postMessage", "invalid_blocks");
    await messenger().post(channel, chart, reader);
    expect(world.newest("UNURSE", "C1").blocks.at(-1)).toMatchObject({
      type: "image",
      slack_file: { id: "F1" },
      alt_text: "Falls rise.",
    });
    expect(world.slack.files.get("F1")?.channel).toBeUndefined();
  });

  it("are shown although Slack looks at them for a while, and uploaded once", async () => {
    world.slack.processing = 2;
    await messenger().post(channel, chart, reader);
    expect(world.newest("UNURSE", "C1").blocks.at(-1)).toMatchObject({ type: "image", slack_file: { id: "F1" } });
    expect(calls("files.getUploadURLExternal")).toBe(1);
  });

  it("are said in words where Slack does not take them at all", async () => {
    world.slack.processing = Number.POSITIVE_INFINITY;
    await messenger().post(channel, chart, reader);
    expect(world.reads("UNURSE", "C1")).toBe("Falls\nFalls rise.");
    expect(world.slack.messages).toHaveLength(1);
  });

  it("are said in words where they cannot be uploaded", async () => {
    refuses("files.getUploadURLExternal", "storage_limit_reached");
    await messenger().post(channel, chart, reader);
    expect(world.reads("UNURSE", "C1")).toBe("Falls\nFalls rise.");
  });

  it("are charts in words where a workspace does not know Slack's charts", async () => {
    refuses("chat.postMessage", "invalid_blocks");
    const bars = card(text`c`, {
      type: "chart",
      kind: "bar",
      title: "Falls",
      categories: ["Sep", "Oct"],
      series: [{ name: "4 West", values: [3, 4] }],
      alt: "Falls rise.",
    });
    await messenger().post(channel, bars, reader);
    expect(world.reads("UNURSE", "C1")).toContain("4 West: Sep 3 · Oct 4");
    expect(world.reads("UNURSE", "C1")).toContain("Falls rise.");
  });

  it("are given in the person's own chat only, and their message is not sent twice when they fail", async () => {
    const letter = card(text`l`, paragraph(text`A letter.`), file({ ...png, name: "letter.pdf" }, text`a draft`));
    await messenger().post(channel, letter, reader);
    expect(world.slack.files.size).toBe(0);
    const own = await messenger().personal(nurse);
    await messenger().post(own, letter, reader);
    expect([...world.slack.files.values()].map((one) => [one.name, one.channel])).toEqual([["letter.pdf", "DNURSE"]]);
    refuses("files.completeUploadExternal", "access_denied");
    await expect(messenger().post(own, letter, reader)).resolves.toMatch(/^\d/);
    expect(world.slack.sees("UNURSE", "DNURSE")).toHaveLength(2);
  });
});

describe("an answer that somebody waits for", () => {
  it("is tried again when there are too many, when Slack is down, and when it fails", async () => {
    const { sends, slack, reads } = world;
    slack.failures.push(
      { method: "chat.postMessage", answer: { status: 429, headers: { "retry-after": "1" }, body: { ok: false } } },
      { method: "chat.postMessage", answer: { status: 503, body: {} } },
      { method: "chat.postMessage", answer: { body: { ok: false, error: "internal_error" } } },
    );
    const began = Date.now();
    await sends.directMessage("UNURSE", "todo");
    await expect.poll(() => reads("UNURSE", "DNURSE")).toBe("You said: todo");
    expect(Date.now() - began).toBeGreaterThanOrEqual(1_000);
    expect(calls("chat.postMessage")).toBe(4);
  });

  it("goes to the response URL again when that is down for a moment", async () => {
    const { sends, slack, reads } = world;
    slack.failures.push(
      { method: "response_url", answer: { status: 429, headers: { "retry-after": "1" }, body: {} } },
      { method: "response_url", answer: { status: 503, body: {} } },
    );
    world.slow(1_600);
    await sends.slash("UNURSE", "C1", "/todo", "");
    await expect.poll(() => reads("UNURSE", "C1")).toBe("You said: todo");
    expect(calls("chat.postEphemeral")).toBe(0);
  });

  it("is given up after some tries, and that is logged", async () => {
    const { sends, slack, logged } = world;
    for (let time = 0; time < 20; time += 1) refuses("chat.postMessage", "channel_not_found");
    for (let time = 0; time < 20; time += 1) refuses("chat.postEphemeral", "channel_not_found");
    await sends.directMessage("UNURSE", "todo");
    await expect.poll(() => logged.map(({ level }) => level)).toContain("error");
    expect(slack.messages).toEqual([]);
  });
});

describe("a profile", () => {
  it("is what Slack says of the person", async () => {
    world.slack.addUser("ULEE", { name: "Jane Lee", email: "jane@test.example", tz: "America/Chicago" });
    expect(await messenger().profile({ ...nurse, user: "ULEE" })).toEqual({
      name: "Jane Lee",
      email: "jane@test.example",
      zone: "America/Chicago",
      guest: false,
    });
  });

  it("is that of a guest for guests, bots and people of other teams, and none for who is unknown", async () => {
    world.slack.addUser("UGUEST", { guest: true });
    world.slack.addUser("UBOT", { bot: true });
    world.slack.addUser("USTRANGER", { team: "T0OTHER" });
    for (const user of ["UGUEST", "UBOT", "USTRANGER"])
      expect((await messenger().profile({ ...nurse, user }))?.guest).toBe(true);
    expect(await messenger().profile({ ...nurse, user: "UGONE" })).toBeUndefined();
  });
});

describe("who the token is of", () => {
  it("is asked of Slack", async () => {
    expect(await world.adapter.identify()).toEqual({ team: "T0LOOPBACK", name: "Loopback General" });
  });

  it("is final when Slack refuses the token, and said at once", async () => {
    const began = Date.now();
    const failed = await failure(openWorld({ botToken: "xoxb-wrong" }));
    expect(failed.final).toBe(true);
    expect(Date.now() - began).toBeLessThan(5_000);
  });
});

describe("a form's file", () => {
  it("is fetched from Slack with the bot's token", async () => {
    const { bot, sends, slack, modal, settled } = world;
    bot.answers = (request) => (bot.opens(request) ? bot.echo(request) : privately(said("Kept.")));
    await opensEveryKind();
    await expect.poll(() => modal("UNURSE")).toContain("Evidence");
    await settled();
    const given = slack.handIn("proof.pdf", "application/pdf", Buffer.from("%PDF proof"));
    await sends.submit("UNURSE", { evidence: JSON.stringify(given), number: "7", people: ["p1"] });
    await expect
      .poll(() => bot.requests.at(-1)?.body)
      .toMatchObject({
        command: "every kind",
        input: {
          evidence: {
            name: "proof.pdf",
            mediaType: "application/pdf",
            base64: Buffer.from("%PDF proof").toString("base64"),
          },
          number: 7,
          people: ["p1"],
        },
      });
  });

  it("is not fetched from an address that is not Slack's", async () => {
    const { bot, sends, slack, settled, modal } = world;
    bot.answers = (request) => (bot.opens(request) ? bot.echo(request) : privately(said("Kept.")));
    await opensEveryKind();
    await expect.poll(() => modal("UNURSE")).toContain("Evidence");
    await settled();
    const given = slack.handIn("proof.pdf", "application/pdf", Buffer.from("%PDF"));
    const elsewhere = {
      ...given,
      url_private_download: String(given.url_private_download).replace("127.0.0.1", "localhost"),
    };
    await sends.submit("UNURSE", { evidence: JSON.stringify(elsewhere) });
    await expect.poll(() => bot.requests.at(-1)?.body).toMatchObject({ input: { evidence: { name: "proof.pdf" } } });
    expect(JSON.stringify(bot.requests.at(-1))).not.toContain("base64");
  });

  async function opensEveryKind(): Promise<void> {
    const { bot, sends, newest } = world;
    const { answers } = bot;
    bot.answers = () => privately(card(text`f`, buttons(formButton("Fill in", "every kind"))));
    await sends.slash("UNURSE", "C1", "/rounds", "x");
    bot.answers = answers;
    await sends.click("UNURSE", newest("UNURSE", "C1"), "Fill in");
  }
});
