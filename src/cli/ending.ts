import { setTimeout as wait } from "node:timers/promises";
import { ConfigError } from "../config.ts";
import { Refusal } from "../domain/refusal.ts";
import { CannotListen } from "../http.ts";
import type { Log } from "../log.ts";
import { DatabaseError } from "../store/account.ts";
import { NotConnected } from "./notConnected.ts";

/** Work in hand is waited for so long, in milliseconds. */
const patience = 5_000;
/** When that is over the rest is ended all the same, the database last, each within this. */
const leastPatience = 1_000;
/** Everything ends within this, in milliseconds, or the process ends without it. */
export const endWithin = 9_500;

export interface Ending {
  /** Adds something to end; the last added is ended first. Throws where the end has been asked for: nothing new begins. */
  add(end: () => Promise<void>): void;
  /** Ends everything and the process. */
  end(exitCode: number): Promise<void>;
}

/** The end was asked for while Rounds was starting. */
class Interrupted extends Error {
  override name = "Interrupted";
}

/**
 * Starts what is to end on SIGTERM, on Ctrl-C, and when the terminal or the launcher is gone: work in hand is finished, and nothing new is
 * begun. Where the start fails, what it had begun is ended too.
 */
export async function startEnding(log: Log, start: (ending: Ending) => Promise<void>): Promise<void> {
  const ends: (() => Promise<void>)[] = [];
  let starting: Promise<void> = Promise.resolve();
  let ended: Promise<void> | undefined;
  const ending: Ending = {
    add(end) {
      ends.push(end);
      if (ended) throw new Interrupted();
    },
    end(exitCode) {
      ended ??= endAll(starting, ends, log).then(() => process.exit(exitCode));
      return ended;
    },
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => void ending.end(0));
  process.on("disconnect", () => void ending.end(0));
  starting = start(ending).catch((error) => {
    if (!(error instanceof Interrupted)) explain(error);
    void ending.end(1);
  });
  await starting;
}

async function endAll(starting: Promise<void>, ends: (() => Promise<void>)[], log: Log): Promise<void> {
  const last = setTimeout(() => process.exit(1), endWithin);
  const until = Date.now() + patience;
  const inTime = async (end: Promise<void>) => {
    const late = wait(Math.max(leastPatience, until - Date.now()), "late" as const, { ref: false });
    if ((await Promise.race([end, late])) === "late")
      log.warn({ reason: "ending" }, "something did not end in time; what was in hand is taken up at the next start");
  };
  await inTime(starting);
  for (const end of ends.toReversed())
    await inTime(end()).catch((cause) => log.warn({ cause, reason: "ending" }, "something did not end well"));
  clearTimeout(last);
}

/** Says in a sentence why it does not work, where the cause is known; else it is an error of ours, with its place. */
export function explain(error: unknown): void {
  const known = [ConfigError, CannotListen, DatabaseError, NotConnected, Refusal].some((kind) => error instanceof kind);
  console.error(known ? `\n${(error as Error).message}` : error);
}
