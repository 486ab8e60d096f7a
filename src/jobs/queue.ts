import { createHash } from "node:crypto";
import {
  type BackendFactory,
  type ConnectionOptions,
  createPostgresBackend,
  createRedisBackend,
  type IQueueBackend,
  withBackend,
} from "bullmq";
import { Redis } from "ioredis";
import type { Log } from "../log.ts";

/** Where the queue runs: Redis where there is one, else the database. */
export interface QueueHome {
  databaseUrl: string;
  redisUrl: string | undefined;
}

/** The queue carries ids and wakes workers; the rows in PostgreSQL are the truth. "sweep" has no data. */
export type JobData = { organisation?: string; notices?: string[] };

/** A notice that is due, or several that are prepared together. */
export interface DueNotices {
  organisation: string;
  notices: readonly string[];
  tryAt: Date;
  attempts: number;
}

export const queueName = "rounds";

export interface JobQueue {
  /** Looks for what is due: soon, and once for many calls. */
  wake(): void;
  /** Looks for what is due; several processes that ask at the same time are one. */
  sweep(now: Date): Promise<void>;
  /** Delivers notices at their times; one that is queued already is not queued twice. */
  deliver(due: readonly DueNotices[], now: Date): Promise<void>;
  close(): Promise<void>;
}

/** Every process asks for a sweep so often, in milliseconds; those that wait at the same time are one. */
export const sweepEvery = 10_000;
const wakeWithin = 50;

export function openQueue(home: QueueHome, log: Log): JobQueue {
  const { connection, classes, close } = connectionTo(home, log);
  const queue = new classes.Queue<JobData, void>(queueName, {
    connection,
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
  });
  queue.on("error", (cause) =>
    log.warn({ cause, reason: "queue" }, "the queue cannot be reached; what is due waits in the database"),
  );
  let waking: NodeJS.Timeout | undefined;
  return {
    wake() {
      waking ??= setTimeout(() => {
        waking = undefined;
        queue
          .add("sweep", {})
          .catch((cause) =>
            log.warn({ cause, reason: "queue" }, "could not wake the queue; the next sweep finds what is due"),
          );
      }, wakeWithin);
    },
    async sweep(now) {
      await queue.add("sweep", {}, { jobId: `sweep-${Math.floor(now.getTime() / sweepEvery)}` });
    },
    async deliver(due, now) {
      await queue.addBulk(
        due.map(({ organisation, notices, tryAt, attempts }) => ({
          name: "deliver",
          data: { organisation, notices: [...notices] },
          opts: {
            jobId: `${nameOf(notices)}-${attempts}-${tryAt.getTime()}`,
            delay: Math.max(0, tryAt.getTime() - now.getTime()),
          },
        })),
      );
    },
    async close() {
      clearTimeout(waking);
      await queue.close();
      await close();
    },
  };
}

const nameOf = ([first = "", ...more]: readonly string[]): string =>
  more.length === 0
    ? first
    : createHash("sha1")
        .update([first, ...more].join())
        .digest("hex");

interface Connected {
  connection: ConnectionOptions;
  classes: ReturnType<typeof withBackend<IQueueBackend, ConnectionOptions>>;
  close(): Promise<void>;
}

/**
 * On Redis every command waits for a lost connection to come back in a worker, as BullMQ asks; on PostgreSQL the tables
 * are made where they are missing. Pools stay small: one process has a queue and a worker beside the store's own pool.
 */
export function connectionTo(home: QueueHome, log: Log): Connected {
  if (home.redisUrl !== undefined) {
    const redis = new Redis(home.redisUrl, { maxRetriesPerRequest: null });
    redis.on("error", (cause) =>
      log.warn({ cause, reason: "redis" }, "Redis cannot be reached; what is due waits in the database"),
    );
    return {
      connection: redis,
      classes: withBackend<IQueueBackend, ConnectionOptions>(createRedisBackend),
      close: async () => void redis.disconnect(),
    };
  }
  // BullMQ types the connection by its backend; both are chosen here together.
  const connection = { connectionString: home.databaseUrl, migrate: true, max: 4 } as ConnectionOptions;
  return {
    connection,
    classes: withBackend(createPostgresBackend as unknown as BackendFactory),
    close: async () => {},
  };
}

/** Everything that a Redis holds for the queue, each key as text: what is looked through for what may not be there. */
export async function redisContents(redisUrl: string): Promise<string[]> {
  const redis = new Redis(redisUrl);
  try {
    const contents: string[] = [];
    for await (const keys of redis.scanStream({ match: `bull:${queueName}:*`, count: 500 }))
      for (const key of keys as string[]) contents.push(`${key} ${await contentOf(redis, key)}`);
    return contents;
  } finally {
    redis.disconnect();
  }
}

async function contentOf(redis: Redis, key: string): Promise<string> {
  switch (await redis.type(key)) {
    case "hash":
      return JSON.stringify(await redis.hgetall(key));
    case "list":
      return JSON.stringify(await redis.lrange(key, 0, -1));
    case "set":
      return JSON.stringify(await redis.smembers(key));
    case "zset":
      return JSON.stringify(await redis.zrange(key, 0, -1));
    case "stream":
      return JSON.stringify(await redis.xrange(key, "-", "+"));
    default:
      return (await redis.get(key)) ?? "";
  }
}
