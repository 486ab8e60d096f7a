import { parseArgs } from "node:util";
import type { Config } from "../config.ts";
import { start } from "../main.ts";

export async function startProgram(given: string[], config: Config): Promise<number> {
  const { values } = parseArgs({ args: given, options: { only: { type: "string" } }, strict: false });
  if (values.only !== undefined && values.only !== "web" && values.only !== "worker") {
    console.error("--only takes web or worker.");
    return 2;
  }
  await start(config, values.only);
  // The service goes on until a signal ends it.
  return new Promise(() => {});
}
