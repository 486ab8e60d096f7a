import path from "node:path";
import type { Log } from "../log.ts";
import { DatabaseError } from "./account.ts";
import { type Cluster, clusterIn, type Settings } from "./cluster.ts";
import { addressOf, join, leave, type Session } from "./embedded.ts";
import { announceEnd, holdAsService } from "./hold.ts";

/** Shows people what takes its time: call what `step` returns when the step is done. */
export interface Progress {
  step(label: string): () => void;
}

export interface Database {
  url: string;
  embedded: boolean;
  /** Says beforehand that this service is about to end, so that the next one may wait for it. */
  announceEnd(): Promise<void>;
  /** Leaves the database. An embedded server that nobody else uses ends with it. */
  stop(): Promise<void>;
}

export interface DatabaseOptions {
  /** A server of one's own; without it the embedded one is used. */
  databaseUrl?: string | undefined;
  dataFolder: string;
  progress: Progress;
  /**
   * Makes this process the one service of an embedded database: a second is refused, and a server that dies is started
   * again. A server of one's own takes any number of services.
   */
  service?: Service;
  /** PostgreSQL settings of an embedded server, by name. */
  settings?: Settings;
}

export interface Service {
  log: Log;
  /** The database is gone for good, or another process has become the service: end this one. */
  lost(reason: Error): void;
}

/** Opens the database; throws {@link DatabaseError} with a sentence for the person who starts it. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.databaseUrl !== undefined)
    return { url: options.databaseUrl, embedded: false, announceEnd: nothing, stop: nothing };
  const done = options.progress.step("Starting the database");
  const cluster = await clusterIn(path.resolve(options.dataFolder, "postgres"));
  const settings = options.settings ?? {};
  const session = await join(cluster, settings);
  const url = addressOf(cluster, session.port);
  if (!options.service) {
    done();
    return { url, embedded: true, announceEnd: nothing, stop: () => leave(cluster, session) };
  }
  try {
    await holdAsService(session.client, options.dataFolder);
  } catch (error) {
    await leave(cluster, session);
    throw error;
  }
  done();
  return { url, embedded: true, ...keepRunning(cluster, session, settings, options.service) };
}

const nothing = () => Promise.resolve();

type Watch = Pick<Database, "announceEnd" | "stop">;

/** Starts the server again whenever it dies: on the same port, and held by us again before anybody else can. */
function keepRunning(cluster: Cluster, first: Session, settings: Settings, service: Service): Watch {
  let session = first;
  let stopping = false;
  let revival: Promise<void> = Promise.resolve();

  const watch = () => {
    session.client.once("end", () => {
      if (!stopping) revival = revive().catch((reason: Error) => service.lost(reason));
    });
  };
  const revive = async () => {
    service.log.warn({ port: first.port }, "The embedded database has ended; starting it again.");
    do session = await join(cluster, settings, first.port);
    while (!(await heldAgain()));
    watch();
    service.log.info({ port: first.port }, "The embedded database runs again.");
  };
  const heldAgain = async () => {
    try {
      await holdAsService(session.client, path.dirname(cluster.folder));
      return true;
    } catch (error) {
      if (error instanceof DatabaseError) throw error;
      // The server has died once more, while we asked it.
      return false;
    }
  };
  watch();
  return {
    announceEnd: () => announceEnd(session.client).catch(() => undefined),
    async stop() {
      stopping = true;
      await revival;
      await leave(cluster, session);
    },
  };
}
