// A process that uses the embedded database, for tests that kill it: databaseProcess.ts FOLDER service|visitor
import { createLog } from "../../src/log.ts";
import { openDatabase } from "../../src/store/database.ts";

const [dataFolder = "", role] = process.argv.slice(2);
const tell = (words: Record<string, string>) => process.stdout.write(`${JSON.stringify(words)}\n`);
const service = { log: createLog("info"), lost: (reason: Error) => tell({ lost: reason.message }) };

try {
  const database = await openDatabase({
    dataFolder,
    progress: { step: () => () => undefined },
    ...(role === "service" && { service }),
  });
  const alive = setInterval(() => undefined, 60_000);
  process.on("SIGINT", () => undefined);
  process.on("SIGUSR2", async () => {
    await database.announceEnd();
    setTimeout(() => process.kill(process.pid, "SIGTERM"), 3_000);
  });
  process.on("SIGTERM", async () => {
    await database.stop();
    clearInterval(alive);
  });
  tell({ url: database.url });
} catch (error) {
  tell({ refused: error instanceof Error ? error.message : String(error) });
}
