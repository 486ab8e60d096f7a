import type { Config } from "../config.ts";
import { type Database, openDatabase, type Progress } from "../store/database.ts";
import { migrate } from "../store/migrate.ts";
import { endWithin } from "./ending.ts";

/** What shells give for Ctrl-C. */
const interruptedCode = 130;

export interface CommandDatabase extends Database {
  /** Names of the migrations that it lacked. */
  applied: string[];
}

/**
 * The database for one command, migrated. Where a signal ends the command, or its launcher is gone, the database is left
 * in order all the same: a server that was started for it does not stay behind.
 */
export async function openForCommand(config: Config, progress: Progress): Promise<CommandDatabase> {
  const { dataFolder, environment } = config;
  const opening = openDatabase({ databaseUrl: environment.DATABASE_URL, dataFolder, progress });
  let stopping: Promise<void> | undefined;
  // Stopped once, however often it is asked for: a signal may come while the command is ending by itself.
  const stopOnce = () => {
    stopping ??= opening.then((database) => database.stop());
    return stopping;
  };
  const leave = () => {
    setTimeout(() => process.exit(interruptedCode), endWithin).unref();
    void stopOnce()
      .catch(() => undefined)
      .finally(() => process.exit(interruptedCode));
  };
  for (const signal of signals) process.on(signal, leave);
  const stop = async () => {
    await stopOnce();
    for (const signal of signals) process.off(signal, leave);
  };
  const database = await opening;
  try {
    return { ...database, stop, applied: await migrate(database.url) };
  } catch (error) {
    await stop();
    throw error;
  }
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"] as const;
