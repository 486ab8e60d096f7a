import { noProgress } from "../src/cli/progress.ts";
import { openDatabase } from "../src/store/database.ts";
import { migrate } from "../src/store/migrate.ts";
import { mapWorkspace } from "../src/store/organisations.ts";
import { openStore, type Store } from "../src/store/store.ts";

async function withStore(dataFolder: string, work: (store: Store) => Promise<void>): Promise<void> {
  const database = await openDatabase({ dataFolder, progress: noProgress });
  await migrate(database.url);
  const store = openStore(database.url);
  await work(store);
  await store.close();
  await database.stop();
}

/** One person of quality, who sees every incident, and one unit. */
export const settle = (dataFolder: string, team: string): Promise<void> =>
  withStore(dataFolder, async (store) => {
    const bound = store.of(
      await mapWorkspace(store, { platform: "slack", tenant: team, name: "Bench General", zone: "America/New_York" }),
    );
    const person = await bound.person.create({
      data: { handle: "quality", name: "Quality", access: ["staff", "quality"], seenOn: "slack" },
    });
    await bound.identity.create({ data: { platform: "slack", tenant: team, user: "UQUALITY", personId: person.id } });
    await bound.unit.create({ data: { code: "4W", name: "4 West", aliases: [] } });
  });

/** Incidents up to this number, one in five still open. */
export const fillIncidents = (dataFolder: string, upTo: number): Promise<void> =>
  withStore(dataFolder, async (store) => {
    const organisation = await store.unbound.organisation.findFirstOrThrow();
    const bound = store.of(organisation.id);
    const unit = await bound.unit.findFirstOrThrow();
    const last = (await bound.incident.findFirst({ orderBy: { number: "desc" } }))?.number ?? 0;
    for (let from = last + 1; from <= upTo; from += 5_000) {
      const numbers = Array.from({ length: Math.min(5_000, upTo - from + 1) }, (_, index) => from + index);
      await bound.incident.createMany({
        data: numbers.map((number) => {
          const at = new Date(Date.UTC(2026, 0, 1) + number * 60_000);
          const closed = number % 5 !== 0;
          return {
            number,
            kind: "incident",
            harm: "none",
            identity: "named",
            what: `Event ${number}`,
            unitId: unit.id,
            happenedAt: at,
            reportedAt: at,
            status: closed ? "closed" : "new",
            closedAt: closed ? at : null,
          };
        }),
      });
    }
    await store.unbound.$executeRaw`ANALYZE "Incident"`;
  });
