import { Redis } from "ioredis";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { deliverAll } from "../../src/jobs/deliver.ts";
import { type JobQueue, openQueue, type QueueHome, queueName } from "../../src/jobs/queue.ts";
import { sweep } from "../../src/jobs/sweep.ts";
import { type JobWorker, startWorker } from "../../src/jobs/worker.ts";
import { file } from "../domain/organisation.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { type Hospital, openHospital, silentLog } from "../support/hospital.ts";
import { needs } from "../support/needs.ts";
import { startRedis, type TestRedis } from "../support/redis.ts";
import { memoryMessenger } from "./messenger.ts";

// The real queue: BullMQ on PostgreSQL, and on Redis where it is installed. The hospital's clock is the real one here.

describe("on PostgreSQL", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());

  const ask = async <Row extends pg.QueryResultRow>(query: string): Promise<Row[]> => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query<Row>(query);
    await client.end();
    return rows;
  };
  const tables = async () =>
    (
      await ask<{ name: string }>(
        `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
         WHERE schemaname <> 'pg_catalog' AND schemaname <> 'information_schema' AND (schemaname ILIKE '%bull%' OR tablename ILIKE '%bull%')`,
      )
    ).map(({ name }) => name);

  stories({
    home: () => ({ databaseUrl: database.url, redisUrl: undefined }),
    async dump() {
      const found: string[] = [];
      for (const table of await tables())
        found.push(...(await ask<{ row: string }>(`SELECT t::text AS row FROM ${table} t`)).map(({ row }) => row));
      return found.join("\n");
    },
    async empty() {
      for (const table of await tables()) if (/job/i.test(table)) await ask(`TRUNCATE ${table} CASCADE`);
    },
  });
});

needs("redis")("on Redis", () => {
  let redis: TestRedis;
  let client: Redis;
  beforeAll(async () => {
    redis = await startRedis();
    client = new Redis(redis.url);
  });
  afterAll(async () => {
    client.disconnect();
    await redis.stop();
  });

  stories({
    home: () => ({ databaseUrl: "unused", redisUrl: redis.url }),
    async dump() {
      const found: string[] = [];
      for (const key of await client.keys("*")) {
        found.push(key);
        if ((await client.type(key)) === "hash") found.push(JSON.stringify(await client.hgetall(key)));
        if ((await client.type(key)) === "stream") found.push(JSON.stringify(await client.xrange(key, "-", "+")));
      }
      return found.join("\n");
    },
    async empty() {
      await client.flushall();
    },
  });
});

interface Kind {
  home(): QueueHome;
  /** Everything that the queue holds, as text. */
  dump(): Promise<string>;
  empty(): Promise<void>;
}

function stories({ home, dump, empty }: Kind): void {
  let hospital: Hospital;
  let queue: JobQueue;
  const workers: JobWorker[] = [];
  let platform: ReturnType<typeof memoryMessenger>;

  beforeEach(async () => {
    platform = memoryMessenger("web");
    queue = openQueue(home(), silentLog);
    hospital = await openHospital({ changed: queue.wake });
    hospital.clock.now = new Date();
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.close()));
    await queue.close();
    await empty();
    await hospital.close();
  });

  const clock = () => new Date();
  const startWork = () => {
    const { store, services } = hospital;
    const parts = {
      store,
      services,
      messengers: new Map([["web" as const, platform.messenger]]),
      clock,
      log: silentLog,
    };
    const work = {
      sweep: () => sweep(store, queue, clock()),
      deliver: (organisation: string, notices: readonly string[]) => deliverAll(parts, organisation, notices),
    };
    workers.push(startWorker(home(), queue, work, silentLog, clock));
  };
  const told = () => platform.sent.map(({ to }) => to);
  const within = { interval: 30 };

  test("a wake sends what was just written", async () => {
    startWork();
    await file(hospital, "nurse", hospital.units.west);
    queue.wake();
    await expect.poll(told, within).toEqual(["manager"]);
  });

  test("many at once are each sent once, by two workers", async () => {
    startWork();
    startWork();
    // Similar ones would be told as a cluster beside.
    await hospital.store.unbound.organisation.updateMany({ data: { clusterCount: 99 } });
    await Promise.all(Array.from({ length: 20 }, () => file(hospital, "nurse", hospital.units.west)));
    queue.wake();
    await expect.poll(() => platform.sent.length, within).toBe(20);
    await queue.sweep(clock());
    const bound = hospital.store.of(hospital.organisationId);
    await expect.poll(() => bound.notice.count({ where: { state: "sent" } }), within).toBe(20);
    expect(platform.sent).toHaveLength(20);
  });

  test("the queue holds ids and nothing that anybody wrote", async () => {
    await file(hospital, "nurse", hospital.units.west, { what: "CANARY-QUEUE", informed: "CANARY-QUEUE" });
    await sweep(hospital.store, queue, clock());
    const held = await dump();
    const [notice] = await hospital.store.of(hospital.organisationId).notice.findMany();
    expect(held).toContain(notice?.id);
    expect(held).toContain(queueName);
    for (const word of ["CANARY", "INC-1", "Manager", "@test.example", "4 West"]) expect(held).not.toContain(word);
  });

  test("a queue that was emptied is filled again by the next sweep", async () => {
    await file(hospital, "nurse", hospital.units.west);
    await sweep(hospital.store, queue, clock());
    await empty();
    expect(await dump()).not.toContain(hospital.organisationId);
    startWork();
    await expect.poll(told, within).toEqual(["manager"]);
  });

  test("a notice that is queued twice is sent once", async () => {
    await file(hospital, "nurse", hospital.units.west);
    for (let count = 0; count < 3; count += 1) await sweep(hospital.store, queue, clock());
    startWork();
    await expect.poll(told, within).toEqual(["manager"]);
    await workers.splice(0)[0]?.close();
    expect(told()).toEqual(["manager"]);
  });

  test("a worker that is closed finishes what it has in hand", async () => {
    const release = platform.hold();
    await file(hospital, "nurse", hospital.units.west);
    startWork();
    const bound = hospital.store.of(hospital.organisationId);
    await expect.poll(() => bound.notice.count({ where: { state: "sending" } }), within).toBe(1);
    const closed = workers.splice(0)[0]?.close();
    release();
    await closed;
    expect(await bound.notice.count({ where: { state: "sent" } })).toBe(1);
  });
}
