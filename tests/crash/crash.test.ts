import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { noProgress } from "../../src/cli/progress.ts";
import { createServices } from "../../src/services.ts";
import { openDatabase } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrate.ts";
import { mapWorkspace } from "../../src/store/organisations.ts";
import { openStore } from "../../src/store/store.ts";
import { needs } from "../support/needs.ts";
import { startRedis } from "../support/redis.ts";
import { databaseUrl } from "../support/rounds.ts";
import { type Service, startService } from "../support/service.ts";
import { LoopbackSlack } from "../support/slack/loopback.ts";
import { SlackSenders, textOf } from "../support/slack/senders.ts";

const incidents = 200;
const reminders = 200;
const kills = 10;
/** Reminders fall due over this stretch, and the kills fall into it. */
const stretch = 40_000;
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** A seed makes a failure happen again: CRASH_SEED=… */
const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);
function random(): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

interface World {
  dataFolder: string;
  slack: LoopbackSlack;
  environment: Record<string, string>;
}

async function openWorld(redisUrl: string | undefined): Promise<World> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), "rounds-crash-"));
  const slack = new LoopbackSlack();
  await slack.start();
  for (const user of ["UNURSE", "UMANAGER"]) slack.addUser(user);
  const environment = {
    ROUNDS_DATA: dataFolder,
    PORT: "0",
    LOG_LEVEL: "error",
    SLACK_BOT_TOKEN: slack.token,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.url,
    ...(redisUrl && { REDIS_URL: redisUrl }),
  };
  return { dataFolder, slack, environment };
}

/** A nurse, a manager and a unit, and the nurse's reminders, spread over the stretch to come. */
async function settle(world: World): Promise<void> {
  const database = await openDatabase({ dataFolder: world.dataFolder, progress: noProgress });
  await migrate(database.url);
  const store = openStore(database.url);
  const organisationId = await mapWorkspace(store, {
    platform: "slack",
    tenant: world.slack.team,
    name: "Crash General",
    zone: "America/New_York",
  });
  const bound = store.of(organisationId);
  const join = async (handle: string, user: string, access: string[]) => {
    const person = await bound.person.create({ data: { handle, name: handle, access } });
    await bound.identity.create({ data: { platform: "slack", tenant: world.slack.team, user, personId: person.id } });
    return person.id;
  };
  const nurse = await join("nurse", "UNURSE", ["staff"]);
  const manager = await join("manager", "UMANAGER", ["staff", "manager"]);
  await bound.unit.create({ data: { code: "4W", name: "4 West", aliases: [], managerId: manager } });
  const services = createServices(store);
  const actor = {
    id: nurse,
    organisationId,
    handle: "nurse",
    name: "nurse",
    access: ["staff" as const],
    zone: "America/New_York",
    standsFor: [],
    managedUnitIds: [],
    unitIds: [],
  };
  const now = new Date();
  const first = now.getTime() + 5_000;
  for (const number of numbers(reminders)) {
    const when = new Date(first + (number * stretch) / reminders);
    await services.reminders.remind(
      { actor, now, requestId: `reminder-${number}` },
      { what: `Reminder number ${number}.`, when, every: "once", who: { personId: nurse } },
    );
  }
  await store.close();
  await database.stop();
}

/** Opens the modal, fills it in and submits it, the same submission again until it is answered, as a person would. */
async function file(world: World, service: () => Service, number: number): Promise<void> {
  const { slack } = world;
  const user = `UNURSE`;
  const what = `Incident number ${number}.`;
  const modal = () => textOf(slack.views.get(user)?.blocks ?? []);
  const sender = () => new SlackSenders(slack, service().url);
  for (;;) {
    try {
      slack.views.delete(user);
      await sender().slash(user, "C1", "/incident", "report");
      await until(() => slack.views.has(user), 6_000);
      const [unit] = await sender().suggest(user, "where", "4 W");
      if (!unit) continue;
      let taker = service();
      while (!(await submitted(sender(), user, { what, where: unit.value }))) {
        await pause(100);
        taker = service();
      }
      // What takes longer is said in the modal, and then what became of it, unless the process is killed before.
      await until(() => modal() === "" || modal().includes("is filed") || service() !== taker, 120_000);
      if (service() === taker || (await isFiled(world, what))) return;
    } catch {
      await pause(100);
    }
  }
}

/** False where nobody answered. */
const submitted = (sender: SlackSenders, user: string, values: Record<string, string>): Promise<boolean> =>
  sender.submit(user, values).then(
    ({ status }) => status === 200,
    (cause) => {
      if (cause instanceof TypeError) return false;
      throw cause;
    },
  );

/** Whether it is there, for somebody who was not told. */
async function isFiled(world: World, what: string): Promise<boolean> {
  for (;;) {
    try {
      const client = new pg.Client(await databaseUrl(world.dataFolder));
      client.on("error", () => undefined);
      await client.connect();
      const { rowCount } = await client.query('SELECT FROM "Incident" WHERE what = $1', [what]);
      await client.end();
      return rowCount === 1;
    } catch {
      await pause(100);
    }
  }
}

async function until(holds: () => boolean, within: number): Promise<void> {
  for (const end = Date.now() + within; !holds(); await pause(20))
    if (Date.now() > end) throw new Error("It did not happen in time.");
}

/** Runs the stretch with its kills, and returns when everything should have arrived. */
async function survive(world: World, emptyRedis?: () => Promise<void>): Promise<{ killedAt: number[] }> {
  const { slack, environment, dataFolder } = world;
  const next = random();
  const killedAt: number[] = [];
  let service = await startService(environment);
  let filing = true;
  const filed = (async () => {
    for (const number of numbers(incidents)) {
      await file(world, () => service, number);
      await pause((0.7 * stretch) / incidents);
    }
    filing = false;
  })();
  for (let round = 0; round < kills; round += 1) {
    await pause(500 + next() * (stretch / kills - 500));
    // In a third of the rounds the platform has accepted a message and its answer is held back when the process dies.
    let release = () => {};
    if (round % 3 === 0) {
      slack.hold = new Promise((released) => (release = released));
      await pause(300);
    }
    await service.kill("SIGKILL");
    // What it had sent is still under way to the platform when it is gone.
    await pause(50);
    killedAt.push(Date.now());
    slack.hold = undefined;
    release();
    if (round % 2 === 0)
      process.kill(
        Number(readFileSync(path.join(dataFolder, "postgres/data/postmaster.pid"), "utf8").split("\n")[0]),
        "SIGKILL",
      );
    if (round % 2 === 1) await emptyRedis?.();
    service = await startService(environment);
  }
  await filed;
  expect(filing).toBe(false);
  const reminded = () => new Set(remindersIn(slack).map(({ number }) => number)).size;
  await until(() => reminded() === reminders && noticesIn(slack).size === incidents, 180_000).catch(() => undefined);
  await service.kill("SIGTERM");
  return { killedAt };
}

/** Each reminder that the platform accepted, and when. */
const remindersIn = (slack: LoopbackSlack) => accepted(slack, /Reminder number (\d+)\./);
/** The incidents whose manager was told. */
const noticesIn = (slack: LoopbackSlack) =>
  new Set(accepted(slack, /INC-(\d+)/, slack.directChannel("UMANAGER")).map(({ number }) => number));

function accepted(
  slack: LoopbackSlack,
  pattern: RegExp,
  channel = slack.directChannel("UNURSE"),
): { number: number; at: number }[] {
  return slack.calls
    .filter((call) => call.method === "chat.postMessage" && call.given.channel === channel)
    .flatMap((call) => {
      const number = pattern.exec(`${textOf((call.given.blocks ?? []) as unknown[])}`)?.[1];
      return number ? [{ number: Number(number), at: call.at }] : [];
    });
}

async function check(world: World, killedAt: number[]): Promise<void> {
  const database = await openDatabase({ dataFolder: world.dataFolder, progress: noProgress });
  const store = openStore(database.url);
  const stored = await store.unbound.incident.findMany({ select: { what: true } });
  await store.close();
  await database.stop();
  expect(stored.map((incident) => incident.what).sort(), `seed ${seed}`).toEqual(
    numbers(incidents)
      .map((number) => `Incident number ${number}.`)
      .sort(),
  );

  const sent = remindersIn(world.slack);
  expect(
    numbers(reminders).filter((number) => !sent.some((one) => one.number === number)),
    `lost reminders, seed ${seed}`,
  ).toEqual([]);
  expect(noticesIn(world.slack).size, `managers told, seed ${seed}`).toBe(incidents);

  // A second copy is excused only where a kill fell between the platform's acceptance of the first and our note of it.
  const copies = numbers(reminders).flatMap((number) => {
    const [first, ...more] = sent.filter((one) => one.number === number);
    return first ? more.map((copy) => ({ number, first: first.at, copy: copy.at })) : [];
  });
  const unexcused = copies.filter(
    ({ first, copy }) => !killedAt.some((killed) => first <= killed && killed <= copy && killed - first < 1_500),
  );
  console.log(
    `seed ${seed}: ${killedAt.length} kills, ${incidents} incidents and ${reminders} reminders, none lost; ${copies.length} second copies, each with a kill between acceptance and note`,
  );
  expect(unexcused, `second copies without a kill, seed ${seed}`).toEqual([]);
}

async function crashes(redis?: { url: string; empty(): Promise<void>; stop(): Promise<void> }): Promise<void> {
  const world = await openWorld(redis?.url);
  try {
    await settle(world);
    const { killedAt } = await survive(world, redis?.empty);
    await check(world, killedAt);
  } finally {
    await world.slack.stop();
    await redis?.stop();
    await rm(world.dataFolder, { recursive: true, force: true });
  }
}

describe("killed ten times while incidents are filed and reminders fall due", () => {
  test("with the queue in PostgreSQL, nothing is lost", () => crashes(), 900_000);
});

needs("redis")("killed ten times, with the queue on Redis that is emptied too", () => {
  test("nothing is lost", async () => {
    const redis = await startRedis();
    const client = new Redis(redis.url);
    await crashes({ ...redis, empty: async () => void (await client.flushall()) });
    client.disconnect();
  }, 900_000);
});
