import { parseArgs } from "node:util";
import type { Config } from "../config.ts";
import { start } from "../main.ts";
import { Misuse } from "./misuse.ts";

export async function startProgram(given: string[], config: Config): Promise<number> {
  const { only } = parseArgs({ args: given, options: { only: { type: "string" } } }).values;
  if (only !== undefined && only !== "web" && only !== "worker") throw new Misuse("--only takes web or worker.");
  await start(config, only);
  // The service goes on until a signal ends it.
  return new Promise(() => {});
}
