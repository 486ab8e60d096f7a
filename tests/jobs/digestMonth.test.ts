import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { openQueue } from "../../src/jobs/queue.ts";
import { testDatabase } from "../support/database.ts";
import { silentLog } from "../support/hospital.ts";
import { needs } from "../support/needs.ts";
import { startRedis } from "../support/redis.ts";
import { dueTimes } from "./month/calendar.ts";
import { openFleet } from "./month/fleet.ts";
import { daysOff, type Follower, settle } from "./month/hospital.ts";
import { type Accepted, recordingPlatform } from "./month/platform.ts";

// A month of the digests of two hundred people in six zones, in spring and in autumn, with both changes of the clocks in
// each: two processes work the real queue on the real store by a clock that is set here. One of them is killed every day, or
// none is.

/** A seed makes a failure happen again: MONTH_SEED=… */
const seed = Number(process.env.MONTH_SEED ?? Date.now() % 1_000_000);
const days = 31;
const dayInMs = 24 * 3_600_000;
/** A sender that was killed is given up within this by the clock of the month, and a look is needed after it. */
const givenUpAfter = 125_000;
/** What was in hand when a process was killed is late by no more. */
const lateAtMost = 3 * givenUpAfter;
/** What does not come within this, in milliseconds of the machine, is lost. */
const patience = 180_000;

function randomFrom(given: number): () => number {
  let state = given;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

interface Due {
  follower: Follower;
  at: number;
}

interface Given {
  from: number;
  redisUrl?: string;
  killsDaily: boolean;
}

async function live({ from, redisUrl, killsDaily }: Given) {
  const database = await testDatabase();
  const { store, bound, followers } = await settle(database.url, new Date(from));
  const due = followers.flatMap((follower): Due[] =>
    dueTimes(follower.timing, daysOff, from, from + days * dayInMs).map((at) => ({ follower, at })),
  );
  const moments = [...Map.groupBy(due, ({ at }) => at)].sort(([one], [other]) => one - other);
  const platform = await recordingPlatform(() => fleet.now());
  // With kills a day takes a second, and so do the queue's own fifteen.
  const lock = killsDaily ? 1_000 : 15_000;
  const fleet = await openFleet(from, { databaseUrl: database.url, platform: platform.url, lock, redisUrl });
  const queue = openQueue({ databaseUrl: database.url, redisUrl }, silentLog);
  const random = randomFrom(seed);
  const killed: { at: number; really: number }[] = [];

  const isSettled = async () =>
    (await bound.notice.count({ where: { kind: "digest", state: { in: ["waiting", "sending"] } } })) === 0;

  /**
   * Returns when all that is due was told. After a kill the clock goes on once the others have nothing in hand: what is left
   * was the dead one's, and is given up by then.
   */
  async function told(count: number, wasKilled: boolean): Promise<void> {
    let idle = 0;
    for (const began = Date.now(); Date.now() - began < patience; await pause(wasKilled ? 40 : 10)) {
      if ((await bound.notice.count({ where: { kind: "digest" } })) >= count && (await isSettled())) return;
      if (!wasKilled) continue;
      idle = fleet.isIdle() ? idle + 1 : 0;
      if (idle < 5) continue;
      idle = 0;
      const moment = killed.at(-1)?.at ?? 0;
      if (fleet.now() < moment + 2 * givenUpAfter) fleet.set(fleet.now() + givenUpAfter);
      await queue.sweep(new Date(fleet.now()));
      queue.wake();
    }
    throw new Error(`Not all that was due by ${new Date(fleet.now()).toISOString()} was told, seed ${seed}.`);
  }

  /** Kills one of the two when so many of those that are due were taken, some of them without their answer. */
  async function kill(count: number): Promise<void> {
    const release = random() < 0.5 ? platform.hold() : undefined;
    await Promise.race([platform.reached(platform.accepted.length + Math.floor(random() * count)), pause(2_000)]);
    await pause(random() * 8);
    await fleet.kill(random() < 0.5 ? 0 : 1);
    // What it had sent is still under way to the platform when it is gone.
    await pause(50);
    killed.push({ at: fleet.now(), really: Date.now() });
    release?.();
    void fleet.start();
  }

  try {
    await Promise.all([fleet.start(), fleet.start()]);
    let lastKill = 0;
    let count = 0;
    for (const [at, those] of moments) {
      count += those.length;
      fleet.set(at);
      await queue.sweep(new Date(at));
      const dies = killsDaily && those.length >= 6 && Math.floor(at / dayInMs) > lastKill;
      if (dies) {
        lastKill = Math.floor(at / dayInMs);
        await kill(those.length);
      }
      await told(count, dies);
    }
    const notices = await bound.notice.findMany({ where: { kind: "digest" } });
    return { due, notices, accepted: platform.accepted, killed };
  } finally {
    await queue.close();
    await fleet.close();
    platform.close();
    await store.close();
    await database.drop();
  }
}

type Month = Awaited<ReturnType<typeof live>>;

function check({ due, notices, accepted, killed }: Month): void {
  const keyOf = (followId: string, at: number) => `${followId} ${new Date(at).toISOString()}`;
  const expected = due.map(({ follower, at }) => keyOf(follower.id, at)).sort();
  const sent = notices.filter(({ state }) => state === "sent");
  expect(sent.map(({ recordId, dueAt }) => keyOf(recordId, dueAt.getTime())).sort(), `seed ${seed}`).toEqual(expected);
  expect(notices).toHaveLength(sent.length);

  const byMessage = new Map(accepted.map((one) => [one.id, one]));
  const counted = sent.map(({ message, dueAt, personId }) => {
    const taken = byMessage.get(message ?? "");
    byMessage.delete(message ?? "");
    expect(taken?.conversation).toBe(personId);
    return (taken?.at ?? Number.NaN) - dueAt.getTime();
  });
  const late = counted.filter((by) => by !== 0);
  // What is late was in hand when a process was killed: fewer than all that was due at those moments.
  expect(Math.max(...counted)).toBeLessThanOrEqual(lateAtMost);
  expect(Math.min(...counted)).toBe(0);
  expect(late.length).toBeLessThanOrEqual(killed.length * 15);

  // What is left was taken and is not the message of any notice: its process was killed before it wrote that down.
  const copies: Accepted[] = [...byMessage.values()];
  const unexcused = copies.filter((copy) => !killed.some(({ at, really }) => copy.at === at && copy.really <= really));
  expect(unexcused, `second copies without a kill, seed ${seed}`).toEqual([]);
  console.log(
    `seed ${seed}: ${expected.length} digests, ${killed.length} kills, 0 lost; ${late.length} in hand at a kill and told after it, ${copies.length} of them taken twice by the platform`,
  );
}

const autumn = Date.parse("2026-10-03T06:00:00Z");
const spring = Date.parse("2026-03-06T12:00:00Z");

async function liveOnRedis(given: Omit<Given, "redisUrl">): Promise<Month> {
  const redis = await startRedis();
  try {
    return await live({ ...given, redisUrl: redis.url });
  } finally {
    await redis.stop();
  }
}

describe("with the queue in PostgreSQL", () => {
  test("each digest of autumn comes once, at its time on the wall, and none is lost by a kill a day", async () => {
    const month = await live({ from: autumn, killsDaily: true });
    check(month);
    expect(month.killed.length).toBeGreaterThanOrEqual(days - 1);
  }, 1_800_000);

  test("each digest of spring is taken once, in its minute on the wall, where nothing is killed", async () => {
    check(await live({ from: spring, killsDaily: false }));
  }, 1_800_000);
});

needs("redis")("with the queue on Redis", () => {
  test("each digest of spring comes once, at its time on the wall, and none is lost by a kill a day", async () => {
    const month = await liveOnRedis({ from: spring, killsDaily: true });
    check(month);
    expect(month.killed.length).toBeGreaterThanOrEqual(days - 1);
  }, 1_800_000);

  test("each digest of autumn is taken once, in its minute on the wall, where nothing is killed", async () => {
    check(await liveOnRedis({ from: autumn, killsDaily: false }));
  }, 1_800_000);
});
