import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { noProgress } from "../src/cli/progress.ts";
import { sweep } from "../src/jobs/sweep.ts";
import { openDatabase } from "../src/store/database.ts";
import { migrate } from "../src/store/migrate.ts";
import { openStore, type Store } from "../src/store/store.ts";

const rows = 100_000;
const people = 2_000;
const units = 100;
/** Night at the facility, so that the grouped reminder of the morning is none of it. */
const now = new Date("2026-11-24T08:00:00Z");

/** The sweep over a hundred thousand clocks that run: one in a thousand due to be told of, and then all of them at once. */
export async function timeSweeps(): Promise<object[]> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), "rounds-sweep-"));
  const database = await openDatabase({ dataFolder, progress: noProgress });
  await migrate(database.url);
  const store = openStore(database.url);
  await settle(store);
  await sweep(store, { deliver: async () => {} }, now);
  const told = [await timeSweep(store, dataFolder, rows / 1000), await timeSweep(store, dataFolder, rows)];
  await store.close();
  await database.stop();
  await rm(dataFolder, { recursive: true, force: true });
  return told;
}

async function timeSweep(store: Store, dataFolder: string, due: number): Promise<object> {
  await store.unbound.$executeRaw`DELETE FROM "Notice"`;
  await store.unbound
    .$executeRaw`UPDATE "Clock" SET "remindAt" = CASE WHEN number <= ${due} THEN ${now}::timestamptz END`;
  await store.unbound.$executeRawUnsafe("VACUUM ANALYZE");
  const queued: string[] = [];
  const deliver = async (some: readonly { notices: readonly string[] }[]) =>
    void queued.push(...some.flatMap(({ notices }) => notices));
  const [began, own, theirs] = [performance.now(), process.cpuUsage(), databaseSeconds(dataFolder)];
  await sweep(store, { deliver }, now);
  const { user, system } = process.cpuUsage(own);
  return {
    name: `sweep of ${rows} open rows, ${due} of them due`,
    notices: queued.length,
    seconds: Number(((performance.now() - began) / 1000).toFixed(1)),
    processorSeconds: Number(((user + system) / 1e6 + databaseSeconds(dataFolder) - theirs).toFixed(1)),
    atMost: 10,
  };
}

/** Processor time of the server's processes, in seconds; where the machine does not tell, none. */
function databaseSeconds(dataFolder: string): number {
  const [postmaster = ""] = readFileSync(path.join(dataFolder, "postgres/data/postmaster.pid"), "utf8").split("\n");
  try {
    const stats = readdirSync("/proc").flatMap((id) => {
      if (!/^\d+$/.test(id)) return [];
      const [, after = ""] = readFileSync(`/proc/${id}/stat`, "utf8").split(") ");
      const fields = after.split(" ");
      return id === postmaster || fields[1] === postmaster ? [fields] : [];
    });
    // In hundredths: of each itself, and of those that it had.
    return (
      stats.reduce((sum, fields) => sum + fields.slice(11, 15).reduce((all, one) => all + Number(one), 0), 0) / 100
    );
  } catch {
    return 0;
  }
}

/** Two thousand people with fifty incidents each, in a hundred units; on every incident a clock runs. */
async function settle({ unbound }: Store): Promise<void> {
  const at = new Date(now.getTime() - 9 * 24 * 3_600_000);
  const { id } = await unbound.organisation.create({
    data: {
      name: "Bench Sweep",
      zone: "America/New_York",
      workspaces: { create: { platform: "web", tenant: "bench" } },
    },
  });
  await unbound.$executeRaw`
    INSERT INTO "Person" (id, "organisationId", handle, name, access)
    SELECT uuidv7(), ${id}::uuid, 'p' || n, 'Person ' || n,
      CASE n % 20 WHEN 0 THEN ARRAY['staff', 'manager'] WHEN 1 THEN CASE WHEN n < 100 THEN ARRAY['staff', 'quality'] ELSE ARRAY['staff'] END
        ELSE ARRAY['staff'] END
    FROM generate_series(0, ${people - 1}::int) n`;
  await unbound.$executeRaw`
    INSERT INTO "Identity" (platform, tenant, "user", "organisationId", "personId")
    SELECT 'web', 'bench', handle, "organisationId", id FROM "Person"`;
  await unbound.$executeRaw`
    INSERT INTO "Unit" (id, "organisationId", code, name, aliases, "managerId")
    SELECT uuidv7(), ${id}::uuid, 'U' || n, 'Unit ' || n, '{}', p.id
    FROM generate_series(0, ${units - 1}::int) n JOIN "Person" p ON p.handle = 'p' || n * 20`;
  await unbound.$executeRaw`
    INSERT INTO "Incident" ("organisationId", id, number, kind, harm, identity, what, "unitId", "happenedAt", "reportedAt", status,
      "assigneeId", "acknowledgedAt")
    SELECT ${id}::uuid, uuidv7(), n, 'incident', 'mild', 'named', 'x', u.id, ${at}, ${at}, 'in-review', p.id, ${at}
    FROM generate_series(1, ${rows}::int) n JOIN "Person" p ON p.handle = 'p' || n % ${people}::int
      JOIN "Unit" u ON u.code = 'U' || n % ${units}::int`;
  await unbound.$executeRaw`
    INSERT INTO "Clock" ("organisationId", id, number, rule, "incidentId", "startAt", "dueAt", because, "startedAt")
    SELECT "organisationId", uuidv7(), number, 'osha.fatality', id, ${at}, ${now}, 'harm:death', ${at} FROM "Incident"`;
}
