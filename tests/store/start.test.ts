import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isAlive } from "../../src/store/cluster.ts";
import { DatabaseUser } from "../support/databaseUser.ts";

let folder: string;
let users: DatabaseUser[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "rounds-start-"));
  users = [];
});

afterEach(async () => {
  for (const user of users) await user.end("SIGKILL");
  const server = await serverPid().catch(() => undefined);
  if (server !== undefined) killServer(server);
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
});

function use(role: "service" | "visitor"): DatabaseUser {
  const user = new DatabaseUser(folder, role);
  users.push(user);
  return user;
}

const pidFile = () => path.join(folder, "postgres/data/postmaster.pid");
const serverPid = async () => Number.parseInt(await readFile(pidFile(), "utf8"), 10);

function killServer(pid: number): void {
  if (isAlive(pid)) process.kill(pid, "SIGKILL");
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The answer as soon as there is one. */
async function eventually(url: string, sql: string): Promise<unknown[]> {
  for (const deadline = Date.now() + 60_000; ; await wait(20)) {
    try {
      return await query(url, sql);
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}

describe("the embedded database of a service", () => {
  it("ends with the service, and comes back with what it held, at the same address", async () => {
    const first = use("service");
    const url = await first.url();
    await query(url, "CREATE TABLE kept AS SELECT 7 AS number");
    await first.end("SIGTERM");
    expect(first.process.exitCode).toBe(0);
    expect(existsSync(pidFile())).toBe(false);

    const again = await use("service").url();
    expect(again).toBe(url);
    expect(await query(again, "SELECT number FROM kept")).toEqual([{ number: 7 }]);
  });

  it("is joined by the next start when the service was killed", async () => {
    const first = use("service");
    const url = await first.url();
    const server = await serverPid();
    await first.end("SIGKILL");
    expect(await use("service").url()).toBe(url);
    expect(await serverPid()).toBe(server);
  });

  it("is waited for where the server has not noticed yet that the service was killed", async () => {
    const first = use("service");
    const url = await first.url();
    const [hold] = await query(url, "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = 2 AND granted");
    const { pid: session } = hold as { pid: number };
    process.kill(session, "SIGSTOP");
    await first.end("SIGKILL");
    const next = use("service");
    const arrived = `SELECT FROM pg_stat_activity WHERE application_name LIKE 'rounds ${next.pid}%'`;
    await expect.poll(async () => (await query(url, arrived)).length).toBeGreaterThan(0);
    // Longer than a service that runs is waited for.
    await wait(2_000);
    process.kill(session, "SIGCONT");
    expect(await next.url()).toBe(url);
  });

  it("starts again after the service and the server were killed", async () => {
    const first = use("service");
    await query(await first.url(), "CREATE TABLE kept AS SELECT 7 AS number");
    await first.end("SIGKILL");
    killServer(await serverPid());
    expect(existsSync(pidFile())).toBe(true);
    expect(await query(await use("service").url(), "SELECT number FROM kept")).toEqual([{ number: 7 }]);
  });

  it("starts when its last server's number belongs to another process by now", async () => {
    const first = use("service");
    await first.url();
    await first.end("SIGKILL");
    killServer(await serverPid());
    const stale = await readFile(pidFile(), "utf8");
    await writeFile(pidFile(), stale.replace(/^\d+/, String(process.pid)));
    expect(await query(await use("service").url(), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it("is started again at the same address when the server is killed under the service, and stays held", async () => {
    const service = use("service");
    const url = await service.url();
    for (let time = 0; time < 6; time++) {
      const server = await serverPid();
      killServer(server);
      expect(await eventually(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
      expect(await serverPid()).not.toBe(server);
    }
    // It takes its hold again a moment after the server is there.
    const held = "SELECT 1 AS held FROM pg_locks WHERE locktype = 'advisory' AND objid = 2 AND granted";
    await expect.poll(() => query(url, held)).toEqual([{ held: 1 }]);
    const { refused } = await use("service").says();
    expect(refused).toContain(`process ${service.pid}`);
    await service.end("SIGTERM");
    expect(existsSync(pidFile())).toBe(false);
  });

  it("survives Ctrl-C, which reaches every process of the terminal's group", async () => {
    const service = use("service");
    const url = await service.url();
    const server = await serverPid();
    process.kill(-service.pid, "SIGINT");
    await wait(300);
    expect(await query(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(await serverPid()).toBe(server);
  });
});

describe("several processes at one data folder", () => {
  it("refuses the second service, and names the first", async () => {
    const first = use("service");
    await first.url();
    expect(await use("service").says()).toEqual({
      refused: `Rounds already runs on the data in ${folder}, as process ${first.pid}. End that one first, or set ROUNDS_DATA to another folder.`,
    });
    expect(isAlive(await serverPid())).toBe(true);
  });

  it("lets the next service wait for one that is ending", async () => {
    const first = use("service");
    const url = await first.url();
    first.process.kill("SIGUSR2");
    await eventually(url, "SELECT 1 / count(*) FROM pg_stat_activity WHERE application_name LIKE '% ending'");
    await use("service").url();
    await expect.poll(() => first.process.exitCode).toBe(0);
  });

  it("lets a command join, and the last to leave ends the server", async () => {
    const service = use("service");
    const command = use("visitor");
    const url = await service.url();
    expect(await command.url()).toBe(url);
    await service.end("SIGTERM");
    expect(await query(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await command.end("SIGTERM");
    expect(existsSync(pidFile())).toBe(false);
  });

  it("starts one server for all that come at once to a new folder", async () => {
    const urls = await Promise.all([use("visitor"), use("service"), use("visitor")].map((user) => user.url()));
    expect(new Set(urls).size).toBe(1);
    expect(await readdir(folder)).toEqual(["postgres"]);
  });
});

describe("a first start that was killed", () => {
  it.each([150, 300, 450, 600, 800])("after %i ms does not block the next", async (moment) => {
    const first = use("service");
    await wait(moment);
    await first.end("SIGKILL");
    expect(await query(await use("service").url(), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it("leaves nothing for good", async () => {
    const gone = use("visitor");
    await gone.end("SIGKILL");
    const draft = path.join(folder, `postgres.new-${gone.pid}-abcdef`);
    await mkdir(path.join(draft, "data"), { recursive: true });
    await use("service").url();
    expect(existsSync(draft)).toBe(false);
  });
});
