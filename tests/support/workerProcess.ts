// A process that works the queue by a clock that a test sets: workerProcess.ts CLOCK-FILE DATABASE PLATFORM LOCK [REDIS]
import { readFileSync } from "node:fs";
import http from "node:http";
import { json } from "node:stream/consumers";
import type { Messenger } from "../../src/chat/messenger.ts";
import { deliverAll } from "../../src/jobs/deliver.ts";
import { openQueue } from "../../src/jobs/queue.ts";
import { sweep } from "../../src/jobs/sweep.ts";
import { startWorker } from "../../src/jobs/worker.ts";
import { createLog } from "../../src/log.ts";
import { createServices } from "../../src/services.ts";
import { openStore } from "../../src/store/store.ts";

const [clockFile = "", databaseUrl = "", platform = "", lock = "", redisUrl] = process.argv.slice(2);
const clock = () => new Date(Number(readFileSync(clockFile, "utf8")));
const log = createLog("error");
const agent = new http.Agent({ keepAlive: true });

/** Sends the name of a conversation and nothing of the card, and takes the id of the message. */
const messenger: Messenger = {
  platform: "web",
  personal: async ({ tenant, user }) => ({ platform: "web", tenant, conversation: user, kind: "personal" }),
  async post({ conversation }) {
    const answer = await new Promise<http.IncomingMessage>((answered, failed) => {
      const request = http.request(`${platform}/${conversation}`, { method: "POST", agent }, answered);
      request.on("error", failed);
      request.end();
    });
    return String(await json(answer));
  },
  update: async () => undefined,
  profile: async () => undefined,
};

const store = openStore(databaseUrl, { cached: log });
const services = createServices(store);
const home = { databaseUrl, redisUrl };
const queue = openQueue(home, log);
const parts = { store, services, messengers: new Map([["web" as const, messenger]]), clock, log };
/** How many jobs are in hand: whoever started this is told of each change. */
let inHand = 0;
const tellInHand = (more: number) => {
  inHand += more;
  process.send?.(inHand);
};
const counted = async (work: Promise<void>) => {
  tellInHand(1);
  await work.finally(() => tellInHand(-1));
};
startWorker(
  home,
  queue,
  {
    sweep: () => counted(sweep(store, queue, clock())),
    deliver: (organisation, notices) => counted(deliverAll(parts, organisation, notices)),
  },
  log,
  clock,
  { lockDuration: Number(lock), stalledInterval: Number(lock) / 4 },
);
// Whoever started it is gone.
process.on("disconnect", () => process.exit());
tellInHand(0);
