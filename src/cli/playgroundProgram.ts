import type { Config } from "../config.ts";
import { start } from "../main.ts";
import { Misuse } from "./misuse.ts";

/**
 * The demonstration with its Teams side beside Microsoft's Agents Playground. It takes unsigned requests, so that it never
 * runs beside a connected platform or on a database of somebody's own.
 */
export async function playgroundProgram(config: Config): Promise<number> {
  if (!config.demonstration)
    throw new Misuse(
      "The playground works with demonstration data only. Leave out the settings of Slack, of Teams and DATABASE_URL.",
    );
  await start({ ...config, playground: true }, undefined);
  // The service goes on until a signal ends it.
  return new Promise(() => {});
}
