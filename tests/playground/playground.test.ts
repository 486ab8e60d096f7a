import { spawnSync } from "node:child_process";
import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Playground, playgroundBot, playgroundPackage, startPlayground } from "../../adapters/teams/playground.ts";
import { privately, update } from "../../src/chat/reply.ts";
import type { Place } from "../../src/chat/request.ts";
import { StubBot, said, withButton } from "../support/teams/bot.ts";
import { wordsOf } from "../support/teams/teams.ts";
import { Page } from "./page.ts";

const names = ["Jane Lee", "Sam Ruiz", "Ana Silva", "Bo Chen", "Di Fox", "Ed Gray"];
const people = names.map((name, index) => ({ user: `demo-${index}`, name, email: `demo${index}@example.com` }));
const jane = "29:demo-0";

/** It is fetched when it is wanted, because it is Microsoft's to give. Where CI is set, not getting it fails. */
const fetched = spawnSync("npx", ["-y", playgroundPackage, "--version"], { timeout: 120_000 }).status === 0;

const runs = fetched || process.env.CI !== undefined;
const suite = runs ? describe : describe.skip;
const name = "the Agents Playground";

suite(runs ? name : `${name} (not run, because npx cannot fetch it)`, () => {
  const bot = new StubBot();
  const kept = new Map<string, Place>();
  const told: string[] = [];
  let playground: Playground;
  let page: Page;

  beforeAll(async () => {
    playground = await startPlayground({
      bot,
      tenant: "demonstration",
      people,
      say: (line) => told.push(line),
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      remember: async (identity, place) => {
        kept.set(identity.user, place);
        return true;
      },
      personalPlace: async (identity) => kept.get(identity.user),
    });
    page = new Page(playground.url);
    await page.opened();
  });

  afterAll(async () => {
    page?.close();
    await playground?.stop();
  });

  it("says where it is, who can open it and what it is for", () => {
    const words = told.join("\n");
    expect(words).toContain(playground.url);
    expect(words).toContain("every network interface");
    expect(words).toContain("demonstration data only");
  });

  it("welcomes when the bot is installed", async () => {
    await page.install("personal-chat");
    expect(wordsOf((await page.nth(1)).card)).toContain("Say what happened.");
  });

  it("answers a message", async () => {
    await page.says(jane, "personal-chat", "incident report a fall in 4 West");
    expect(wordsOf((await page.nth(2)).card)).toBe("You said: incident report a fall in 4 West");
    expect(bot.requests[0]).toMatchObject({
      asker: { platform: "teams", tenant: "demonstration", user: "demo-0" },
      place: { kind: "personal", conversation: "personal-chat" },
    });
  });

  it("shows a list, and replaces it in the answer to its button", async () => {
    bot.answers = () => privately(withButton("Incidents", "Close", "incident show", { incident: "INC-142" }));
    await page.says(jane, "personal-chat", "incident list");
    const list = await page.nth(3);
    bot.answers = () => update(said("INC-142 is closed."));
    const answer = await page.clicks(jane, list, "Close");
    expect(answer.type).toBe("application/vnd.microsoft.card.adaptive");
    expect(wordsOf(answer.value)).toBe("INC-142 is closed.");
    expect(bot.requests.at(-1)?.body).toEqual({
      type: "run",
      command: "incident show",
      input: { incident: "INC-142" },
    });
  });

  it("answers a mention in the group", async () => {
    bot.answers = (request) => bot.echo(request);
    await page.says(jane, "group-chat", "todo", { id: playgroundBot, name: "Rounds" });
    const answer = await page.nth(4);
    expect(answer.conversation).toBe("group-chat");
    expect(wordsOf(answer.card)).toBe("You said: todo");
  });

  it("brings a reminder that nobody asked for just now", async () => {
    const place = await playground.messenger.personal({ platform: "teams", tenant: "demonstration", user: "demo-0" });
    await playground.messenger.post(place, said("Call the vendor."), { zone: "UTC", mentions: {} });
    const reminder = await page.nth(5);
    expect(reminder.conversation).toBe("personal-chat");
    expect(wordsOf(reminder.card)).toBe("Call the vendor.");
  });

  it("knows the people there", async () => {
    const identity = { platform: "teams", tenant: "demonstration", user: "demo-0" } as const;
    expect(await playground.messenger.profile(identity)).toMatchObject({ name: "Jane Lee", guest: false });
  });

  describe("takes no unsigned request but the Playground's own", () => {
    const activity = (serviceUrl: string) => ({
      type: "message",
      id: "1",
      text: "help",
      serviceUrl,
      from: { id: jane },
      recipient: { id: playgroundBot },
      conversation: { id: "personal-chat", conversationType: "personal", tenantId: "demonstration" },
    });
    /** Posts with headers that fetch would not send. */
    const status = (headers: Record<string, string>, serviceUrl = `${playground.url}/_connector`) =>
      new Promise<number | undefined>((resolve, reject) => {
        const request = httpRequest(
          playground.endpoint,
          { method: "POST", headers: { "content-type": "application/json", ...headers } },
          (answer) => {
            answer.resume();
            resolve(answer.statusCode);
          },
        );
        request.on("error", reject);
        request.end(JSON.stringify(activity(serviceUrl)));
      });

    it("from this machine it does", async () => {
      expect(await status({})).toBe(200);
    });
    it("not under another name", async () => {
      expect(await status({ host: "rounds.example" })).toBe(403);
    });
    it("not through a proxy", async () => {
      expect(await status({ "x-forwarded-for": "10.0.0.1" })).toBe(403);
      expect(await status({ forwarded: "for=10.0.0.1" })).toBe(403);
    });
    it("not from a page in a browser", async () => {
      expect(await status({ origin: "https://evil.example" })).toBe(403);
    });
    it("not with another address to answer to", async () => {
      expect(await status({}, "http://169.254.169.254/")).toBe(403);
    });
  });
});
