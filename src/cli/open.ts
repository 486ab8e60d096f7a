import { seedDemonstration } from "../../prisma/seed.ts";
import type { Bot } from "../bot/bot.ts";
import { createBot } from "../bot/handle.ts";
import { loadMenu } from "../bot/menu.ts";
import type { Identity } from "../chat/request.ts";
import type { Config } from "../config.ts";
import { createLog } from "../log.ts";
import { createServices } from "../services.ts";
import { openDatabase } from "../store/database.ts";
import { migrate } from "../store/migrate.ts";
import { mainOrganisation } from "../store/organisations.ts";
import { type Bound, openStore, type Store } from "../store/store.ts";
import { menuFolder } from "./menuFolder.ts";
import { lineProgress } from "./progress.ts";

/** Rounds without a platform, for one command: it joins the running database, or starts and stops it. */
export interface Opened {
  store: Store;
  bound: Bound;
  bot: Bot;
  organisation: { id: string; name: string; zone: string };
  /** Who somebody is in the shell; undefined where nobody has this handle. */
  identify(handle: string): Promise<Identity | undefined>;
  close(): Promise<void>;
}

const shellTenant = "local";

export async function openRounds(config: Config): Promise<Opened> {
  const log = createLog(config.environment.LOG_LEVEL === "info" ? "warn" : config.environment.LOG_LEVEL);
  const progress = lineProgress(process.stderr);
  const database = await openDatabase({
    databaseUrl: config.environment.DATABASE_URL,
    dataFolder: config.dataFolder,
    progress,
  });
  await migrate(database.url);
  const store = openStore(database.url, 3);
  const clock = () => new Date();
  if (config.demonstration)
    await seedDemonstration(store, { zone: config.environment.ROUNDS_ZONE, now: clock(), progress });
  const organisation =
    (await mainOrganisation(store)) ??
    (await store.unbound.organisation.create({ data: { name: "Our hospital", zone: config.environment.ROUNDS_ZONE } }));
  const bound = store.of(organisation.id);
  const menu = await loadMenu(menuFolder);
  const bot = createBot({
    menu,
    services: createServices(store),
    messengers: new Map(),
    clock,
    log,
    changed: () => {},
  });
  return {
    store,
    bound,
    bot,
    organisation,
    async identify(handle) {
      const person = await bound.person.findFirst({
        where: { handle: handle.replace(/^@/, "").toLowerCase(), active: true },
        select: { id: true },
      });
      if (!person) return undefined;
      // Whoever may read the database may act as anybody; the audit trail says that it was from the shell.
      const identity: Identity = { platform: "shell", tenant: `${shellTenant}-${organisation.id}`, user: person.id };
      await store.unbound.workspace.createMany({
        data: { platform: identity.platform, tenant: identity.tenant, organisationId: organisation.id },
        skipDuplicates: true,
      });
      await bound.identity.createMany({ data: { ...identity, personId: person.id }, skipDuplicates: true });
      return identity;
    },
    async close() {
      await store.close();
      await database.stop();
    },
  };
}
