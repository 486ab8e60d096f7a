import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { expect, test } from "vitest";
import { seedDemonstration } from "../../prisma/seed.ts";
import { noProgress } from "../../src/cli/progress.ts";
import { openStore } from "../../src/store/store.ts";
import { testDatabase } from "../support/database.ts";

const now = new Date("2026-11-23T14:05:00Z");

/** Waits until a process of Rounds stands before a table that another transaction has locked. */
async function somebodyWaits(client: pg.Client): Promise<void> {
  for (let waiting = 0; waiting === 0; await pause(20)) {
    const { rows } = await client.query(
      "SELECT count(*)::int AS waiting FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE NOT l.granted AND d.datname = current_database()",
    );
    waiting = rows[0].waiting;
  }
}

test.each(["Unit", "Audit", "Counter"])(
  "a seeding that is killed before it writes %s is begun again",
  async (table) => {
    const database = await testDatabase();
    const locker = new pg.Client({ connectionString: database.url });
    await locker.connect();
    await locker.query("BEGIN");
    await locker.query(`LOCK TABLE "${table}" IN ACCESS EXCLUSIVE MODE`);
    const script = fileURLToPath(new URL("seedProcess.ts", import.meta.url));
    const child = spawn(process.execPath, [script, database.url, now.toISOString()], { stdio: "ignore" });
    await somebodyWaits(locker);
    child.kill("SIGKILL");
    await once(child, "exit");
    await locker.query("COMMIT");
    await locker.end();

    const store = openStore(database.url, { connections: 2 });
    expect(await store.unbound.organisation.count()).toBe(0);
    expect(await store.unbound.person.count()).toBe(0);
    await seedDemonstration(store, { zone: "America/New_York", now, progress: noProgress });
    expect(await store.unbound.person.count()).toBe(40);
    expect(await store.unbound.counter.findMany({ select: { name: true } })).toHaveLength(6);
    expect(await store.unbound.audit.count()).toBeGreaterThan(3000);
    await store.close();
    await database.drop();
  },
);
