import { seedDemonstration } from "../../prisma/seed.ts";
import { noProgress } from "../../src/cli/progress.ts";
import { openStore } from "../../src/store/store.ts";

/** Seeds the database that is named, as a process of its own, to be killed. */
const [, , url = "", now = ""] = process.argv;
const store = openStore(url, { connections: 2 });
await seedDemonstration(store, { zone: "America/New_York", now: new Date(now), progress: noProgress });
await store.close();
