import type { Bot } from "../bot/bot.ts";
import { createBot } from "../bot/handle.ts";
import { loadMenu } from "../bot/menu.ts";
import type { Identity } from "../chat/request.ts";
import type { Config } from "../config.ts";
import { createLog } from "../log.ts";
import { createServices } from "../services.ts";
import type { Progress } from "../store/database.ts";
import { mainOrganisation } from "../store/organisations.ts";
import { type Bound, openStore, type Store } from "../store/store.ts";
import { openForCommand } from "./commandDatabase.ts";
import { menuFolder } from "./menuFolder.ts";
import { Misuse } from "./misuse.ts";
import { lineProgress } from "./progress.ts";

/** Rounds without a platform, for one command: it joins the running database, or starts and stops it. */
export interface Opened {
  store: Store;
  bound: Bound;
  bot: Bot;
  organisation: { id: string; name: string; zone: string };
  /** Who somebody is in the shell; throws {@link Misuse} where nobody has this handle. */
  identify(handle: string): Promise<Identity>;
  close(): Promise<void>;
}

const shellTenant = "local";

export async function openRounds(config: Config): Promise<Opened> {
  const progress = lineProgress(process.stderr);
  const database = await openForCommand(config, progress);
  const store = openStore(database.url, { connections: 3 });
  const close = async () => {
    await store.close();
    await database.stop();
  };
  try {
    return { ...(await opened(config, store, progress)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function opened(config: Config, store: Store, progress: Progress): Promise<Omit<Opened, "close">> {
  const { ROUNDS_ZONE: zone, LOG_LEVEL: level } = config.environment;
  const log = createLog(level === "info" ? "warn" : level);
  const clock = () => new Date();
  if (config.demonstration) {
    const { seedDemonstration } = await import("../../prisma/seed.ts");
    await seedDemonstration(store, { zone, now: clock(), progress });
  }
  const organisation =
    (await mainOrganisation(store)) ??
    (await store.unbound.organisation.create({ data: { name: "Our hospital", zone } }));
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
      if (!person) throw new Misuse(`Nobody here has the handle “${handle}”.`);
      // Whoever may read the database may act as anybody; the audit trail says that it was from the shell.
      const identity: Identity = { platform: "shell", tenant: `${shellTenant}-${organisation.id}`, user: person.id };
      await store.unbound.workspace.createMany({
        data: { platform: identity.platform, tenant: identity.tenant, organisationId: organisation.id },
        skipDuplicates: true,
      });
      await bound.identity.createMany({ data: { ...identity, personId: person.id }, skipDuplicates: true });
      return identity;
    },
  };
}
