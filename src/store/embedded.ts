import type { ChildProcess } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { DatabaseError } from "./account.ts";
import {
  type Cluster,
  lastComplaint,
  portOf,
  runningServer,
  type Settings,
  startServer,
  stopServer,
} from "./cluster.ts";
import { claim, PRESENCE } from "./hold.ts";

/** Recovery after a crash is part of a start, and takes its time on a slow disk. */
const START_PATIENCE = 60_000;
/** A service has ten seconds to end, and the database is the last of it. */
const STOP_PATIENCE = 5_000;
/** What is asked on this connection is answered at once. */
const ANSWER_PATIENCE = 5_000;

/** The database that every cluster has from the beginning. */
export const addressOf = (cluster: Cluster, port: number): string =>
  `postgres://rounds:${cluster.password}@127.0.0.1:${port}/postgres`;

/** One process's presence at the embedded database: a connection that it keeps until it leaves. */
export interface Session {
  client: pg.Client;
  port: number;
}

/**
 * Joins the server that runs on the cluster, or starts one. Everyone who uses the cluster shares a lock, so that the
 * last to leave knows that it is the last; a crash gives its share back by itself.
 * @param fixedPort the port to start on, when addresses with it are in use already
 */
export async function join(cluster: Cluster, settings: Settings, fixedPort?: number): Promise<Session> {
  const deadline = Date.now() + START_PATIENCE;
  let started: ChildProcess | undefined;
  for (let attempt = 0; ; attempt++) {
    const server = await runningServer(cluster);
    if (server) {
      const client = await enter(cluster, server.port);
      if (client) return { client, port: server.port };
    } else if (!started || started.exitCode !== null || started.signalCode !== null) {
      started = await startServer(cluster, fixedPort ?? (await portOf(cluster)), settings);
      // A program that cannot be started at all says so in an event; the patience below speaks of it.
      started.once("error", () => undefined);
    }
    if (Date.now() > deadline)
      throw new DatabaseError(
        `The database in ${cluster.folder} did not start: ${await lastComplaint(cluster)}. Set ROUNDS_DATA to another folder, or DATABASE_URL to a server of your own.`,
      );
    await wait(Math.min(10 * 1.3 ** attempt, 500));
  }
}

/** A connection that shares the presence, or nothing while the server starts, recovers or ends. */
async function enter(cluster: Cluster, port: number): Promise<pg.Client | undefined> {
  const client = new pg.Client({
    connectionString: addressOf(cluster, port),
    application_name: `rounds ${process.pid}`,
    connectionTimeoutMillis: ANSWER_PATIENCE,
    // A server that ends or hangs may leave a question without an answer.
    query_timeout: ANSWER_PATIENCE,
  });
  // A lost connection is told by its end; without a listener the error would end the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
    if (await claim(client, PRESENCE, "shared")) return client;
  } catch {
    // It starts, recovers or ends: whoever joins asks again.
  }
  await client.end().catch(() => undefined);
  return undefined;
}

/** Leaves the cluster, and ends its server when nobody else uses it. */
export async function leave(cluster: Cluster, session: Session): Promise<void> {
  const alone = await claim(session.client, PRESENCE, "alone").catch(() => false);
  if (alone) await stopServer(cluster, STOP_PATIENCE);
  await session.client.end().catch(() => undefined);
}
