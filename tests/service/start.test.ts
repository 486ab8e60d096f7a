import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { endWithin } from "../../src/cli/ending.ts";
import { databaseRuns, databaseUrl, launch, rounds } from "../support/rounds.ts";
import { type Service, startService } from "../support/service.ts";

let dataFolder: string;
let service: Service | undefined;

beforeAll(async () => {
  dataFolder = await mkdtemp(path.join(tmpdir(), "rounds-service-"));
});

afterEach(async () => {
  await service?.kill("SIGTERM");
  service = undefined;
});

afterAll(() => rm(dataFolder, { recursive: true, force: true }));

const start = async (environment: Record<string, string> = {}): Promise<Service> => {
  service = await startService({ ROUNDS_DATA: dataFolder, LOG_LEVEL: "warn", PORT: "0", ...environment });
  return service;
};

/** How a service ended, and after how many milliseconds. */
async function ended({ process: child }: Service, signal: NodeJS.Signals) {
  const began = Date.now();
  const end = new Promise<{ code: number | null; after: number }>((resolve) =>
    child.once("exit", (code) => resolve({ code, after: Date.now() - began })),
  );
  child.kill(signal);
  return await end;
}

/** Takes the table of the incidents, so that who asks for them waits until it is given back. */
async function lockIncidents(): Promise<pg.Client> {
  const lock = new pg.Client(await databaseUrl(dataFolder));
  lock.on("error", () => undefined);
  await lock.connect();
  await lock.query('BEGIN; LOCK TABLE "Incident" IN ACCESS EXCLUSIVE MODE');
  return lock;
}

/** Goes on when somebody waits for the table. */
const somebodyWaits = (lock: pg.Client) =>
  expect.poll(async () => (await lock.query("SELECT FROM pg_locks WHERE NOT granted")).rowCount).toBeGreaterThan(0);

async function taken(port: number): Promise<Server> {
  const server = createServer().listen(port, "127.0.0.1");
  // Somebody else may have it, which is as good here.
  await new Promise((settled) => server.once("listening", settled).once("error", settled));
  return server;
}

const somebody = "aromero";

/** Somebody asks for the incidents; the page gets the answer as a message in their own chat. */
const asks = (url: string): Promise<{ conversation: string }> =>
  fetch(`${url}/api/say`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ person: somebody, conversation: "home", text: "incident list" }),
  }).then((answer) => answer.json() as Promise<{ conversation: string }>);

async function answers(url: string): Promise<string> {
  const { conversation } = await asks(url);
  return await (await fetch(`${url}/api/messages?person=${somebody}&conversation=${conversation}`)).text();
}

describe("without any configuration", () => {
  it("prints where it is, what is connected and how to connect the rest", async () => {
    const { url, output } = await start();
    expect(output()).toMatch(/Starting the database … \d+\.\d s\nMaking the demonstration hospital … \d+\.\d s\n/);
    expect(output()).toContain(`Open ${url} to try Rounds`);
    expect(output()).toMatch(/Slack +not connected\. Set SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET/);
    expect(output()).toMatch(/Teams +not connected\. Set CLIENT_ID, CLIENT_SECRET and TENANT_ID/);
    expect(output()).toMatch(/Database +PostgreSQL of our own in /);
    expect(output()).toMatch(/Queue +in the database/);
    expect(output()).not.toContain("{");
    const page = await fetch(url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("Rounds");
    expect(await answers(url)).toContain("INC-");
  });

  it("finds another port where 3000 is taken", async () => {
    const other = await taken(3000);
    service = await startService({ ROUNDS_DATA: dataFolder, LOG_LEVEL: "warn" });
    other.close();
    expect(service.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(service.url).not.toMatch(/:3000$/);
    expect((await fetch(service.url)).status).toBe(200);
  });
});

describe("a start that cannot be", () => {
  it("names the way out where PORT is taken, and leaves nothing running", async () => {
    const other = await taken(0);
    const address = other.address();
    const port = address !== null && typeof address === "object" ? address.port : 0;
    const refused = await rounds(["start"], { ROUNDS_DATA: dataFolder, PORT: String(port) });
    other.close();
    expect(refused.code).toBe(1);
    expect(refused.errors).toContain(
      `Port ${port} cannot be used: another program has it. Set PORT to another one, or leave it out`,
    );
    expect(refused.errors).not.toContain("    at ");
    expect(refused.out).toBe("");
    expect(await databaseRuns(dataFolder)).toBe(false);
  });

  it("says that HOST is no address of this machine, and leaves nothing running", async () => {
    const environment = {
      SLACK_BOT_TOKEN: "",
      HOST: "192.0.2.1",
      PORT: "0",
      ...teamsSettings,
      ROUNDS_DATA: dataFolder,
    };
    const refused = await rounds(["start"], environment);
    expect(refused.code).toBe(1);
    expect(refused.errors).toContain("192.0.2.1 is no address of this machine. Set HOST");
    expect(refused.errors).not.toContain("    at ");
    expect(await databaseRuns(dataFolder)).toBe(false);
  });

  it("is refused beside a service on the same data, which it names", async () => {
    const first = await start();
    const second = await rounds(["start"], { ROUNDS_DATA: dataFolder, PORT: "0" });
    expect(second.code).toBe(1);
    expect(second.errors).toContain(`as process ${first.process.pid}. End that one first, or set ROUNDS_DATA`);
    expect(second.errors).not.toContain("    at ");
    expect(await answers(first.url)).toContain("INC-");
  });

  it("is called off by Ctrl-C while the database is made", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "rounds-service-"));
    const running = launch(["start"], { ROUNDS_DATA: folder, PORT: "0" });
    // The database is made in a draft beside its place.
    await expect.poll(() => readdir(folder)).not.toEqual([]);
    running.process.kill("SIGINT");
    expect(await running.ending()).toBe(0);
    expect(running.out).toBe("");
    expect(running.errors).not.toContain("    at ");
    expect(await databaseRuns(folder)).toBe(false);
    await rm(folder, { recursive: true, force: true });
  });
});

const teamsSettings = {
  CLIENT_ID: "11111111-2222-4333-8444-555555555555",
  CLIENT_SECRET: "secret",
  TENANT_ID: "11111111-2222-4333-8444-666666666666",
};

describe("the end", () => {
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const)
    it(`comes with ${signal} when the request in hand is answered`, async () => {
      const running = await start();
      const lock = await lockIncidents();
      const answer = asks(running.url);
      await somebodyWaits(lock);
      const end = ended(running, signal);
      await pause(1_000);
      expect(running.process.exitCode).toBe(null);
      await lock.query("COMMIT");
      await lock.end();
      expect((await answer).conversation).toBe(`direct:${somebody}`);
      // What ends because its time is over ends with 1.
      expect((await end).code).toBe(0);
      expect(await databaseRuns(dataFolder)).toBe(false);
    });

  it("comes within ten seconds where a request does not end, the database with it", async () => {
    const running = await start();
    const lock = await lockIncidents();
    const answer = asks(running.url).catch(() => undefined);
    await somebodyWaits(lock);
    const { after } = await ended(running, "SIGTERM");
    // Of a process that is given ten; the machine may be busy with others.
    expect(endWithin).toBeLessThan(10_000);
    expect(after).toBeLessThan(2 * endWithin);
    expect(await databaseRuns(dataFolder)).toBe(false);
    await answer;
  });

  it("does not wait for a connection that a browser keeps ready, nor for an open page", async () => {
    const running = await start();
    const ready = connect(Number(new URL(running.url).port), "127.0.0.1");
    ready.on("error", () => undefined);
    await once(ready, "connect");
    const page = await fetch(`${running.url}/api/events?person=${somebody}`);
    const events = page.text().catch(() => "");
    const { code } = await ended(running, "SIGINT");
    expect(code).toBe(0);
    expect(running.output()).not.toContain("did not end in time");
    expect(await events).toContain("open");
  });

  it("by SIGKILL leaves nothing that blocks the next start", async () => {
    await (await start()).kill("SIGKILL");
    const next = await start();
    expect(await answers(next.url)).toContain("INC-");
  });
});
