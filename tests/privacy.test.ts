import { Writable } from "node:stream";
import { Redis } from "ioredis";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Input } from "../src/chat/card.ts";
import { deliver } from "../src/jobs/deliver.ts";
import { type JobQueue, openQueue } from "../src/jobs/queue.ts";
import { sweep } from "../src/jobs/sweep.ts";
import { createLog, type Log, type LogFields } from "../src/log.ts";
import { memoryMessenger } from "./jobs/messenger.ts";
import { testDatabase } from "./support/database.ts";
import { type Hospital, openHospital } from "./support/hospital.ts";
import { needs } from "./support/needs.ts";
import { person } from "./support/person.ts";
import { startRedis, type TestRedis } from "./support/redis.ts";

// A canary in every text that people can write, on good ways and bad ones. It may be where people put it and in what they
// see, and nowhere else: in no log line, no job, no audit row and no notice.

const canary = "CANARY-9f3c";
/** A second line that looks like a place in our code, as stack traces have them. */
const text = `${canary} fell\n    at the bedside ${canary}\n    at ${canary} (/bed:1:1)`;

const lines: string[] = [];
const recorded: { fields: LogFields; message: string }[] = [];
const written = createLog("trace", new Writable({ write: (chunk, _, done) => done(void lines.push(String(chunk))) }));
/** Records what it is given, and writes it as the service does. */
const both =
  (level: keyof Log): Log["info"] =>
  (fields, message) => {
    recorded.push({ fields, message });
    written[level](fields, message);
  };
const log: Log = { info: both("info"), warn: both("warn"), error: both("error") };

let hospital: Hospital;
const platform = memoryMessenger("web");
const queued: string[] = [];

beforeAll(async () => {
  hospital = await openHospital({ log });
  await everyTextEverywhere();
  await files();
  await failures();
  await notices();
});
afterAll(() => hospital.close());

/** A file that waits for a word, one that is left, one that is wrong and one of no sort: named and filled with it. */
async function files(): Promise<void> {
  const manager = person(hospital, "manager");
  const budget = `unit,line,name,month,kind,behaviour,basis,amount\n4W,rent,${canary},2026-10,expense,fixed,${canary},1\n`;
  await manager.sends(`${canary}.csv`, budget);
  await manager.clicks("Leave it");
  await manager.sends(`${canary}.csv`, budget.replace("4W", canary));
  await manager.sends(`${canary}.csv`, `${canary},x\n`);
  await manager.sends(`${canary}.png`, canary);
  await manager.sends(`${canary}.csv`, budget);
  // The one that waits; it is gone with the sweep of the hours that pass below.
  expect(await rowsWith("SentFile")).toBe(1);
}

/** Each text field of each command: by form, by words, with its other inputs right and wrong. */
async function everyTextEverywhere(): Promise<void> {
  await person(hospital, "nurse").says("incident report To work with 4W");
  await person(hospital, "nurse").says("grievance log To work with 4W");
  await person(hospital, "nurse").says("remind me tomorrow 9am to work with");
  const right: Input = {
    incident: "INC-1",
    grievance: "GRV-1",
    reminder: "REM-1",
    where: "4W",
    to: "@manager",
    who: "me",
    when: "2026-11-23T08:00",
    what: text,
    changed: text,
    note: text,
    until: "tomorrow 9am",
    days: 5,
    reason: text,
    contact: text,
    completed: "today",
  };
  for (const handle of ["nurse", "quality", "admin", "outsider", "stranger"]) {
    const somebody = person(hospital, handle);
    for (const command of hospital.bot.menu.commands) {
      const known = Object.fromEntries(Object.entries(right).filter(([name]) => name in command.input));
      if (command.path === "remind") known.when = "tomorrow 9am";
      for (const [name, field] of Object.entries(command.input)) {
        if (command.path === "settings" && name !== "zone") continue;
        await somebody.runs(command.path, { ...known, [name]: text });
        if (field.takes.kind === "text" || field.takes.kind === "paragraph") {
          await somebody.runs(command.path, { [name]: text.repeat(80) });
          await somebody.says(`${command.path} ${name}:"${text}"`);
        }
      }
      await somebody.says(`${command.path} ${text}`);
      await somebody.says(`${command.path}x ${text}`);
    }
    await somebody.says(text);
    await somebody.runs(text, { [canary]: text });
    await hospital.bot.options(hospital.identity(handle), "person", text);
  }
}

/** Ways that fail in the database, which quotes in its messages what it was given. */
async function failures(): Promise<void> {
  const { unbound } = hospital.store;
  const nurse = person(hospital, "nurse");
  const before = recorded.length;
  for (const [table, broken] of [
    ["Incident", `incident report ${text} 4W`],
    ["TimelineEntry", `incident note INC-1 ${text}`],
    ["Reminder", `remind me tomorrow 9am ${text}`],
    ["Draft", `incident report ${text.repeat(60)}`],
    ["Unit", `incident report ${text} 4W`],
    ["Person", `incident assign INC-1 ${text}`],
  ] as const) {
    await unbound.$executeRawUnsafe(`ALTER TABLE "${table}" RENAME TO "${table}Gone"`);
    await nurse.says(broken);
    await unbound.$executeRawUnsafe(`ALTER TABLE "${table}Gone" RENAME TO "${table}"`);
  }
  await unbound.$executeRawUnsafe(
    `ALTER TABLE "Incident" ADD CONSTRAINT never CHECK (what NOT LIKE '%CANARY%') NOT VALID`,
  );
  await nurse.says(`incident report ${text} 4W`);
  await unbound.$executeRawUnsafe(`ALTER TABLE "Incident" DROP CONSTRAINT never`);
  expect(recorded.length).toBeGreaterThan(before + 4);
}

/** Everything that is to be told, delivered, refused by the platform, and failed. */
async function notices(): Promise<void> {
  const queue: Pick<JobQueue, "deliver"> = {
    deliver: async (due: Parameters<JobQueue["deliver"]>[0]) => void queued.push(...due.flatMap((one) => one.notices)),
  };
  const messengers = new Map([["web" as const, platform.messenger]]);
  const parts = {
    store: hospital.store,
    services: hospital.services,
    messengers,
    clock: () => hospital.clock.now,
    log,
  };
  hospital.clock.now = new Date(hospital.clock.now.getTime() + 5 * 3_600_000);
  await sweep(hospital.store, queue, hospital.clock.now);
  platform.fail("manager", new Error(text));
  for (const notice of queued) await deliver(parts, hospital.organisationId, notice);
  platform.mend();
}

test("the canary went everywhere it should", async () => {
  expect(await rowsWith("Incident")).toBeGreaterThan(5);
  expect(await rowsWith("Grievance")).toBeGreaterThan(3);
  expect(await rowsWith("TimelineEntry")).toBeGreaterThan(2);
  expect(await rowsWith("Reminder")).toBeGreaterThan(2);
  expect(await rowsWith("Draft")).toBeGreaterThan(2);
  expect(lines.length).toBeGreaterThan(8);
  expect(platform.sent.length).toBeGreaterThan(0);
});

test("no log line holds it, as it was given to the log or as pino wrote it", () => {
  expect(lines.filter((line) => line.includes(canary))).toEqual([]);
  const given = recorded.map(({ fields: { cause: _, ...fields }, message }) => JSON.stringify({ fields, message }));
  expect(given.filter((line) => line.includes(canary))).toEqual([]);
});

test("log lines hold places in our code, and no names, e-mails or handles", () => {
  expect(lines.join("")).toContain("src/");
  for (const name of ["Nurse Person", "Manager Person", "@test.example", "Test General", "4 West"])
    expect(lines.filter((line) => line.includes(name))).toEqual([]);
});

test.each(["Audit", "Notice", "Claim", "Counter", "LinkCode", "Identity", "SentFile", "SentFilePiece"])(
  "no row of %s holds it",
  async (table) => {
    expect(await rowsWith(table)).toBe(0);
  },
);

test("no notice that was sent tells it, save the reminders of those who wrote it and what changed or is asked to who reported", () => {
  const telling = platform.sent.filter((sent) => JSON.stringify(sent.card).includes(canary));
  for (const { text: said } of telling)
    expect(said).toMatch(/^Reminder|What you reported led to this|look into what you reported ask you/);
});

describe("jobs", () => {
  test("on PostgreSQL hold ids alone", async () => {
    const database = await testDatabase();
    const queue = openQueue({ databaseUrl: database.url, redisUrl: undefined }, log);
    await fill(queue);
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const tables = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND (schemaname ILIKE '%bull%' OR tablename ILIKE '%bull%')`,
    );
    const held: string[] = [];
    for (const { name } of tables.rows)
      held.push(
        ...(await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`)).rows.map(({ row }) => row),
      );
    expect(held.join()).toContain(hospital.organisationId);
    expect(held.join()).not.toContain(canary);
    await client.end();
    await queue.close();
    await database.drop();
  });
});

needs("redis")("jobs on Redis", () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  test("hold ids alone", async () => {
    const queue = openQueue({ databaseUrl: "unused", redisUrl: redis.url }, log);
    await fill(queue);
    const client = new Redis(redis.url);
    const held: string[] = [];
    for (const key of await client.keys("*"))
      if ((await client.type(key)) === "hash") held.push(JSON.stringify(await client.hgetall(key)));
    expect(held.join()).toContain(hospital.organisationId);
    expect(held.join()).not.toContain(canary);
    client.disconnect();
    await queue.close();
  });
});

async function fill(queue: JobQueue): Promise<void> {
  await hospital.store
    .of(hospital.organisationId)
    .notice.updateMany({ data: { state: "waiting", tryAt: hospital.clock.now } });
  await sweep(hospital.store, queue, hospital.clock.now);
}

async function rowsWith(table: string): Promise<number> {
  const [row] = await hospital.store.unbound.$queryRawUnsafe<{ count: bigint }[]>(
    `SELECT count(*) AS count FROM "${table}" t WHERE position($1 in t::text) > 0`,
    canary,
  );
  return Number(row?.count ?? 0);
}
