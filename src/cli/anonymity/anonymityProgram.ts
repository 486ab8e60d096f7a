import type { Config } from "../../config.ts";
import { openForCommand } from "../commandDatabase.ts";
import { lineProgress } from "../progress.ts";
import { checkAnonymity } from "./check.ts";

/** `rounds anonymity-check`: one line a place where something of a reporter was found; 1 where there is any. */
export async function anonymityProgram(config: Config): Promise<number> {
  const progress = lineProgress(process.stderr);
  const database = await openForCommand(config, progress);
  try {
    const done = progress.step("Filing without a name, and searching");
    const { hits, filed, places } = await checkAnonymity({
      databaseUrl: database.url,
      redisUrl: config.environment.REDIS_URL,
      identity: "anonymous",
    });
    done();
    for (const line of new Set(hits.map(({ place, identifier }) => `${place}: ${identifier}`))) console.log(line);
    console.log(
      hits.length === 0
        ? `${filed} anonymous reports left nothing of their reporters in ${places.join(", ")}.`
        : "An anonymous report leaves something of its reporter.",
    );
    return hits.length === 0 ? 0 : 1;
  } finally {
    await database.stop();
  }
}
