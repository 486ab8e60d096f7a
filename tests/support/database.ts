import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { noProgress } from "../../src/cli/progress.ts";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrate.ts";

export interface TestDatabase {
  url: string;
  /** Drops it, whoever is still connected. */
  drop(): Promise<void>;
}

/** Tests need no data after a power cut. */
const hasty = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300" };
const TEMPLATE = "migrated";
/** Any number: whoever has this lock makes the template. */
const TEMPLATE_LOCK = 5_001;

let server: Promise<Database> | undefined;

function sharedServer(): Promise<Database> {
  server ??= openDatabase({ dataFolder: inject("databaseFolder"), progress: noProgress, settings: hasty });
  return server;
}

/** An empty, migrated database for one test file, on the server that all files of a run share. */
export async function testDatabase(): Promise<TestDatabase> {
  const { url } = await sharedServer();
  await ask(url, async (client) => {
    await client.query("SELECT pg_advisory_lock($1)", [TEMPLATE_LOCK]);
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [TEMPLATE]);
    if (rowCount) return;
    await client.query("CREATE DATABASE unfinished");
    await migrate(databaseAt(url, "unfinished"));
    await client.query(`ALTER DATABASE unfinished RENAME TO ${TEMPLATE}`);
  });
  return await copyOf(TEMPLATE, url);
}

/** An empty database without any table. */
export async function bareDatabase(): Promise<TestDatabase> {
  return await copyOf("template0", (await sharedServer()).url);
}

async function copyOf(template: string, from: string): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await ask(from, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`));
  return {
    url: databaseAt(from, name),
    drop: () => ask(from, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`)),
  };
}

function databaseAt(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = name;
  return url.href;
}

async function ask(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
