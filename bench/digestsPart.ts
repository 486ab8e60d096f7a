// Prepares a part of the digests that are due, as a worker does: digestsPart.ts DATABASE ORGANISATION PART OF
import { prepareDigests, together } from "../src/jobs/digests.ts";
import { createServices } from "../src/services.ts";
import { openStore } from "../src/store/store.ts";
import { due } from "./digestHospital.ts";

const [databaseUrl = "", organisationId = "", part = "0", of = "1"] = process.argv.slice(2);
const store = openStore(databaseUrl);
const bound = store.of(organisationId);
const messenger = {
  platform: "web" as const,
  personal: async () => ({ platform: "web" as const, tenant: "bench", conversation: "", kind: "personal" as const }),
  post: async () => "",
  update: async () => undefined,
  profile: async () => undefined,
};
const log = { info() {}, warn() {}, error() {} };
const parts = {
  store,
  services: createServices(store),
  messengers: new Map([["web" as const, messenger]]),
  clock: () => due,
  log,
};
const waiting = await bound.notice.findMany({
  where: { kind: "digest", state: "waiting" },
  select: { id: true, recordId: true, tryAt: true, attempts: true },
});
const batches = (await together(bound, waiting)).filter((_, at) => at % Number(of) === Number(part));
let prepared = 0;
for (const { notices } of batches)
  for (const { made } of (await prepareDigests(parts, bound, notices, due)).values()) if (made) prepared += 1;
await store.close();
const { user, system } = process.cpuUsage();
process.stdout.write(JSON.stringify({ prepared, processorSeconds: (user + system) / 1e6 }));
