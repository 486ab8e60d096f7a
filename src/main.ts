import { createBot } from "./bot/handle.ts";
import { loadMenu } from "./bot/menu.ts";
import type { Messenger } from "./chat/messenger.ts";
import type { Platform } from "./chat/request.ts";
import { connectPlatforms } from "./cli/connect.ts";
import { type Ending, explain, startEnding } from "./cli/ending.ts";
import { menuFolder } from "./cli/menuFolder.ts";
import { lineProgress } from "./cli/progress.ts";
import { queueAnswers } from "./cli/queueAnswers.ts";
import { printStart } from "./cli/startReport.ts";
import { type Config, takeConfig } from "./config.ts";
import { createWeb, listen } from "./http.ts";
import { deliverAll } from "./jobs/deliver.ts";
import { openQueue } from "./jobs/queue.ts";
import { releaseSenders, sweep } from "./jobs/sweep.ts";
import { startWorker } from "./jobs/worker.ts";
import { createLog, type Log } from "./log.ts";
import { collectProcessMetrics, measured } from "./metrics.ts";
import { createServices } from "./services.ts";
import { type Database, openDatabase } from "./store/database.ts";
import { migrate } from "./store/migrate.ts";
import { openStore } from "./store/store.ts";

/** What of Rounds this process does: a fleet may have some that answer and some that work the queue. */
export type Only = "web" | "worker" | undefined;

/** Builds the parts and starts them; ends them on a signal, work in hand finished. */
export async function start(config: Config, only: Only): Promise<void> {
  const log = createLog(config.environment.LOG_LEVEL);
  await startEnding(log, (ending) => build(config, only, log, ending));
}

async function build(config: Config, only: Only, log: Log, ending: Ending): Promise<void> {
  const { environment } = config;
  const progress = lineProgress(process.stderr);
  const clock = () => new Date();

  const lost = (cause: Error) => {
    log.error({ cause, reason: "database" }, "the database is gone");
    void ending.end(1);
  };
  const database: Database = await openDatabase({
    databaseUrl: environment.DATABASE_URL,
    dataFolder: config.dataFolder,
    progress,
    service: { log, lost },
  });
  ending.add(() => database.stop());
  await migrate(database.url);
  const store = openStore(database.url, { cached: log });
  ending.add(() => store.close());
  if (database.embedded) await releaseSenders(store, clock());
  const services = createServices(store);
  const menu = await loadMenu(menuFolder);

  const home = { databaseUrl: database.url, redisUrl: environment.REDIS_URL };
  const queue = openQueue(home, log);
  ending.add(() => queue.close());
  await queueAnswers(queue, environment.REDIS_URL);
  const messengers = new Map<Platform, Messenger>();
  const bot = measured(createBot({ menu, services, messengers, clock, log, changed: queue.wake }));

  const web = createWeb(async () => (await store.unbound.organisation.count()) >= 0);
  const connected = await connectPlatforms({
    config,
    bot,
    store,
    services,
    messengers,
    web,
    log,
    clock,
    progress,
    answers: only !== "worker",
  });
  ending.add(() => connected.stop());

  if (only !== "web") {
    const worker = startWorker(
      home,
      queue,
      {
        sweep: () => sweep(store, queue, clock()),
        deliver: (organisation, notices) =>
          deliverAll({ store, services, messengers, clock, log }, organisation, notices),
      },
      log,
      clock,
    );
    ending.add(() => worker.close());
  }
  collectProcessMetrics();
  const listening = config.demonstration ? undefined : await listen(web, environment.HOST, environment.PORT);
  if (listening) ending.add(() => listening.close());
  // The last to be added is the first to be done: whoever starts next waits for this one to end.
  ending.add(() => database.announceEnd());
  printStart({ config, connected, port: listening?.port, embedded: database.embedded, only });
}

if (import.meta.main) {
  try {
    await start(takeConfig(), undefined);
  } catch (error) {
    explain(error);
    process.exitCode = 1;
  }
}
