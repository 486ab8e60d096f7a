import { request as httpRequest } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "../../src/store/store.ts";
import { bareDatabase, type TestDatabase } from "../support/database.ts";
import { needs } from "../support/needs.ts";
import { startRedis } from "../support/redis.ts";
import { rounds } from "../support/rounds.ts";
import { type Service, startService } from "../support/service.ts";
import { LoopbackSlack } from "../support/slack/loopback.ts";
import { SlackSenders, textOf } from "../support/slack/senders.ts";
import { botId, botSecret, cardOf, homeTenant, startTeams, type Teams, wordsOf } from "../support/teams/teams.ts";

let database: TestDatabase;
let teams: Teams;
let slack: LoopbackSlack;
let service: Service | undefined;

beforeAll(async () => {
  database = await bareDatabase();
  teams = await startTeams();
  slack = new LoopbackSlack();
  await slack.start();
  slack.addUser("UNURSE");
});

afterEach(async () => {
  await service?.kill("SIGTERM");
  service = undefined;
});

afterAll(async () => {
  await teams.close();
  await slack.stop();
  await database.drop();
});

const teamsSettings = () => ({
  CLIENT_ID: botId,
  CLIENT_SECRET: botSecret,
  TENANT_ID: homeTenant,
  TEAMS_LOGIN_URL: `${teams.url}/login`,
});
const slackSettings = () => ({
  SLACK_BOT_TOKEN: slack.token,
  SLACK_SIGNING_SECRET: slack.signingSecret,
  SLACK_API_URL: slack.url,
});

async function start(environment: Record<string, string>): Promise<Service> {
  service = await startService({ DATABASE_URL: database.url, LOG_LEVEL: "error", PORT: "0", ...environment });
  return service;
}

/** The address that a line of the start report gives. */
const addressAfter = (running: Service, words: RegExp) =>
  new RegExp(`${words.source} (http://127\\.0\\.0\\.1:\\d+)`).exec(running.output())?.[1];
const platformsOf = (running: Service) => addressAfter(running, /Listens +on/) ?? "";
const simulatorOf = (running: Service) => addressAfter(running, /Open/);

/** A request with headers that fetch would not send. */
const status = (address: string, headers: Record<string, string>) =>
  new Promise<number | undefined>((resolve, reject) => {
    const request = httpRequest(`${address}/api/people`, { headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    request.on("error", reject);
    request.end();
  });

async function answersToTeams(running: Service): Promise<void> {
  teams.bot = platformsOf(running);
  const nurse = teams.person("Jane Lee");
  const chat = teams.personal(nurse);
  const before = teams.messages(chat).length;
  await teams.says(nurse, chat, "whoami");
  expect(wordsOf(cardOf(await teams.nth(chat, before + 1)))).toContain("Jane Lee");
}

describe("with Teams connected", () => {
  it("the simulator is off, and PORT serves Teams, health and metrics", async () => {
    const running = await start(teamsSettings());
    expect(running.output()).toMatch(/Teams +connected to tenant /);
    expect(running.output()).toMatch(/Slack +not connected\. Set SLACK_BOT_TOKEN/);
    expect(running.output()).toMatch(/Database +the server of DATABASE_URL/);
    expect(simulatorOf(running)).toBe(undefined);
    await answersToTeams(running);
    const address = platformsOf(running);
    expect(await (await fetch(`${address}/health`)).json()).toEqual({ healthy: true });
    const metrics = await (await fetch(`${address}/metrics`)).text();
    expect(metrics).toMatch(/rounds_request_seconds_count\{platform="teams",answer="privately"\} 1/);
    expect(metrics).toContain("process_resident_memory_bytes");
    expect((await fetch(`${address}/api/people`)).status).toBe(404);
    expect((await fetch(`${address}/api/messages`, { method: "POST" })).status).toBe(401);
  });

  it("the database has no demonstration", async () => {
    const store = openStore(database.url);
    expect(await store.unbound.organisation.findMany({ select: { demonstration: true } })).toEqual([
      { demonstration: false },
    ]);
    expect(await store.unbound.person.findMany({ select: { name: true } })).toEqual([{ name: "Jane Lee" }]);
    await store.close();
  });

  it("ROUNDS_SIMULATOR=1 opens the simulator on a loopback port of its own, guarded", async () => {
    const running = await start({ ...teamsSettings(), ROUNDS_SIMULATOR: "1", HOST: "0.0.0.0" });
    const simulator = simulatorOf(running) ?? "";
    const { host, port } = new URL(simulator);
    expect(running.output()).toMatch(new RegExp(`Listens +on http://0\\.0\\.0\\.0:(?!${port})\\d+`));
    expect(await status(simulator, { host })).toBe(200);
    expect(await status(simulator, { host: `localhost:${port}` })).toBe(200);
    expect(await status(simulator, { host: "rounds.example" })).toBe(403);
    expect(await status(simulator, { host, origin: "https://elsewhere.example" })).toBe(403);
    expect(await status(simulator, { host, "x-forwarded-for": "10.0.0.1" })).toBe(403);
    expect(await status(simulator, { host, forwarded: "for=10.0.0.1" })).toBe(403);
  });
});

describe("with a database of one's own and no platform", () => {
  it("there is no simulator, and the way to connect is said", async () => {
    const running = await start({});
    expect(running.output()).toMatch(/Teams +not connected\. Set CLIENT_ID/);
    expect(simulatorOf(running)).toBe(undefined);
    expect((await fetch(`${platformsOf(running)}/health`)).status).toBe(200);
  });

  it("ROUNDS_SIMULATOR=1 opens one with the people of that database", async () => {
    const running = await start({ ROUNDS_SIMULATOR: "1" });
    const { people } = await (await fetch(`${simulatorOf(running)}/api/people`)).json();
    expect(people.map((person: { name: string }) => person.name)).toEqual(["Jane Lee"]);
  });
});

describe("with Slack connected", () => {
  it("beside Teams, both are answered in one process", async () => {
    const running = await start({ ...slackSettings(), ...teamsSettings() });
    expect(running.output()).toMatch(/Slack +connected to .+, at \/slack\/events/);
    expect(simulatorOf(running)).toBe(undefined);
    await answersToTeams(running);
    const address = platformsOf(running);
    const sender = new SlackSenders(slack, address);
    expect((await sender.slash("UNURSE", "C1", "/rounds", "whoami")).status).toBe(200);
    await expect.poll(() => slack.messages.map((message) => textOf(message.blocks)).join()).toContain("UNURSE Person");
    expect((await fetch(`${address}/slack/events`, { method: "POST", body: "{}" })).status).toBe(401);
  });

  it("a token that Slack refuses is told in a sentence", async () => {
    const refused = await rounds(["start"], {
      DATABASE_URL: database.url,
      PORT: "0",
      ...slackSettings(),
      SLACK_BOT_TOKEN: "xoxb-revoked",
    });
    expect(refused.code).toBe(1);
    expect(refused.errors).toContain("Slack is not connected. Slack answered invalid_auth. Check SLACK_BOT_TOKEN");
    expect(refused.errors).not.toContain("    at ");
  });

  it("a Slack that does not answer is told in a sentence", async () => {
    const silent = new LoopbackSlack();
    await silent.start();
    await silent.stop();
    const refused = await rounds(["start"], {
      DATABASE_URL: database.url,
      PORT: "0",
      LOG_LEVEL: "silent",
      ...slackSettings(),
      SLACK_API_URL: silent.url,
    });
    expect(refused.code).toBe(1);
    expect(refused.errors).toContain(
      "Slack is not connected. Slack gave no answer. Check SLACK_BOT_TOKEN, SLACK_API_URL and the network",
    );
    expect(refused.errors).not.toContain("    at ");
  });
});

it("a database that does not answer is told in a sentence", async () => {
  const refused = await rounds(["start"], { DATABASE_URL: "postgres://nobody:secret@127.0.0.1:1/rounds", PORT: "0" });
  expect(refused.code).toBe(1);
  expect(refused.errors).toContain("The database at 127.0.0.1:1 cannot be used");
  expect(refused.errors).not.toContain("secret");
  expect(refused.errors).not.toContain("    at ");
});

needs("redis")("with REDIS_URL", () => {
  it("the queue is on Redis, and health and metrics answer", async () => {
    const redis = await startRedis();
    const { Redis } = await import("ioredis");
    const client = new Redis(redis.url);
    const running = await start({ ...teamsSettings(), REDIS_URL: redis.url });
    expect(running.output()).toMatch(/Queue +the Redis of REDIS_URL/);
    await expect.poll(() => client.keys("bull:rounds:*")).not.toEqual([]);
    expect((await fetch(`${platformsOf(running)}/health`)).status).toBe(200);
    expect((await fetch(`${platformsOf(running)}/metrics`)).status).toBe(200);
    await running.kill("SIGTERM");
    expect(running.process.exitCode).toBe(0);
    client.disconnect();
    await redis.stop();
  });

  it("a Redis that does not answer is told, and the end comes all the same", async () => {
    const refused = await rounds(["start"], {
      DATABASE_URL: database.url,
      PORT: "0",
      LOG_LEVEL: "silent",
      ...teamsSettings(),
      REDIS_URL: "redis://127.0.0.1:1",
    });
    expect(refused.code).toBe(1);
    expect(refused.errors).toContain("The Redis at 127.0.0.1:1 cannot be used: no answer. Check REDIS_URL");
  });
});
