import { ConfigError } from "../config.ts";
import { PortTaken } from "../http.ts";
import type { Log } from "../log.ts";
import { DatabaseError } from "../store/account.ts";

/** Everything ends within this, or the process ends without it. */
const endWithin = 9_500;

export interface Ending {
  /** Adds something to end; the last added is ended first. */
  add(end: () => Promise<void>): void;
  /** Ends everything and the process. */
  end(exitCode: number): Promise<void>;
}

/** Ends on SIGTERM, on Ctrl-C, and when the launcher is gone: work in hand is finished, and nothing new is begun. */
export function endOnSignal(log: Log): Ending {
  const ends: (() => Promise<void>)[] = [];
  let ended: Promise<void> | undefined;
  const ending: Ending = {
    add: (end) => void ends.push(end),
    end: (exitCode) => {
      ended ??= endAll(ends, log).then(() => process.exit(exitCode));
      return ended;
    },
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void ending.end(0));
  process.on("disconnect", () => void ending.end(0));
  return ending;
}

async function endAll(ends: (() => Promise<void>)[], log: Log): Promise<void> {
  const late = setTimeout(() => {
    log.error({ reason: "ending" }, "something did not end in time; what was in hand is taken up at the next start");
    process.exit(1);
  }, endWithin);
  for (const end of ends.toReversed())
    await end().catch((cause) => log.warn({ cause, reason: "ending" }, "something did not end well"));
  clearTimeout(late);
}

/** Says in a sentence why it cannot start, where the cause is known; else it is an error of ours, with its place. */
export function giveUp(error: unknown): never {
  const known = error instanceof ConfigError || error instanceof PortTaken || error instanceof DatabaseError;
  console.error(known ? `\n${error.message}` : error);
  process.exit(1);
}
