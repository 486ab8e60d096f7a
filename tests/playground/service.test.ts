import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { playgroundPackage } from "../../adapters/teams/playground.ts";
import { type Service, startService } from "../support/service.ts";
import { until, wordsOf } from "../support/teams/teams.ts";
import { Page, type PageMessage } from "./page.ts";

/** It is fetched when it is wanted, because it is Microsoft's to give. Where CI is set, not getting it fails. */
const fetched = spawnSync("npx", ["-y", playgroundPackage, "--version"], { timeout: 120_000 }).status === 0;

/** Where npm fetches from, and through what, is this machine's business. */
const npmSettings = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) =>
    value !== undefined && /^(npm_config_|NPM_CONFIG_|https?_proxy$|no_proxy$|NODE_EXTRA_CA_CERTS$)/i.test(name)
      ? [[name, value]]
      : [],
  ),
);

const runs = fetched || process.env.CI !== undefined;
const suite = runs ? describe : describe.skip;
const name = "the demonstration in the Agents Playground";

suite(runs ? name : `${name} (not run, because npx cannot fetch it)`, () => {
  let dataFolder: string;
  let service: Service;
  let page: Page;
  let user: string;

  beforeAll(async () => {
    dataFolder = await mkdtemp(path.join(tmpdir(), "rounds-playground-"));
    const environment = { ...npmSettings, ROUNDS_DATA: dataFolder, PORT: "0", LOG_LEVEL: "warn" };
    service = await startService(environment, ["playground"]);
    const url = /Agents Playground is at (http:\S+)/.exec(service.output())?.[1] ?? "";
    const { config } = await (await fetch(`${url}/_internal/v1/config`)).json();
    user = config.currentUser.id;
    page = new Page(url);
    await page.opened();
  });

  afterAll(async () => {
    page?.close();
    await service?.kill("SIGTERM");
    await rm(dataFolder, { recursive: true, force: true });
  });

  /** What the bot says next, of which these words are a part. */
  const hears = (words: RegExp): Promise<PageMessage> =>
    until(`${words} in the Playground`, () => page.messages.findLast((message) => words.test(wordsOf(message.card))));
  const says = (text: string) => page.says(user, "personal-chat", text);

  it("says where it is and what it is for", () => {
    expect(service.output()).toContain("every network interface");
    expect(service.output()).toContain("demonstration data only");
  });

  it("greets when it is installed", async () => {
    await page.install("personal-chat");
    await hears(/Report an incident/);
  });

  it("files an incident from a sentence's words, with a number", async () => {
    await says("incident report Slipped on a wet floor 4W");
    expect(wordsOf((await hears(/is filed/)).card)).toMatch(/INC-\d+ is filed/);
  });

  it("lists, and opens one by its button", async () => {
    await says("incident list");
    const list = await hears(/Open incidents/);
    await page.clicks(user, list, "Open");
    await hears(/Slipped on a wet floor/);
  });

  it("brings the reminder that was asked for at its time, and replaces it in the answer to its button", async () => {
    const when = new Date(Date.now() + 10_000).toISOString();
    await says(`remind me "${when}" call the laboratory`);
    await hears(/call the laboratory/);
    const before = page.messages.length;
    // The list of the day may come in between.
    const isDue = (message: (typeof page.messages)[number]) => wordsOf(message.card).includes("call the laboratory");
    const reminder = await until("the reminder", () => page.messages.slice(before).find(isDue));
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(when));
    const answer = await page.clicks(user, reminder, "Done");
    expect(answer.type).toBe("application/vnd.microsoft.card.adaptive");
    expect(wordsOf(answer.value)).not.toContain("[Done]");
    // What fell due for those who are not in the Playground went to the simulator, and was looked for nowhere else.
    expect(service.output()).not.toContain("could not be sent");
  });
});
