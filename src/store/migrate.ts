import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { MigrationDirectory } from "@prisma/schema-engine-wasm";
import pg from "pg";
import { DatabaseError } from "./account.ts";
import { claimMigration } from "./hold.ts";

export const migrationsFolder = path.resolve(import.meta.dirname, "../../prisma/migrations");

/** In milliseconds: a server that does not answer is reported rather than waited for. */
const CONNECT_PATIENCE = 10_000;

interface Migration {
  name: string;
  sql: string;
}

/**
 * Applies the migrations that the database lacks, and returns their names. Of several processes that start at once one
 * applies them and the others wait.
 */
export async function migrate(url: string, folder = migrationsFolder): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_PATIENCE });
  await client.connect().catch((cause: Error) => {
    throw new DatabaseError(
      `The database at ${new URL(url).host} cannot be used: ${cause.message}. Check DATABASE_URL.`,
      { cause },
    );
  });
  try {
    // Loading the engine takes longer than all the rest of a start, and mostly there is nothing for it to do.
    if ((await missing(client, migrations)).length === 0) return [];
    await claimMigration(client);
    const names: string[] = [];
    for (const next of await missing(client, migrations)) {
      await apply(url, migrations.slice(0, migrations.indexOf(next) + 1));
      names.push(next.name);
    }
    return names;
  } finally {
    await client.end();
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return await Promise.all(
    names.sort().map(async (name) => ({ name, sql: await readFile(path.join(folder, name, "migration.sql"), "utf8") })),
  );
}

async function missing(client: pg.Client, migrations: Migration[]): Promise<Migration[]> {
  const { rows: tables } = await client.query("SELECT 1 WHERE to_regclass('_prisma_migrations') IS NOT NULL");
  if (tables.length === 0) return migrations;
  const { rows } = await client.query<{ name: string }>(
    "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
  );
  const applied = new Set(rows.map((row) => row.name));
  return migrations.filter((migration) => !applied.has(migration.name));
}

/**
 * Applies the last of these migrations in one transaction, together with Prisma's own note of it: being killed halfway
 * leaves neither. The engine by itself would leave a migration that it calls failed and never touches again.
 */
async function apply(url: string, migrations: Migration[]): Promise<void> {
  const { SchemaEngine } = await import("@prisma/schema-engine-wasm");
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  // A connection that is lost is told by the query that it was for.
  pool.on("error", () => undefined);
  const adapter = wholeScripts(pool);
  try {
    await pool.query("BEGIN");
    const factory = bindMigrationAwareSqlAdapterFactory(adapter.factory);
    const engine = await SchemaEngine.new({ datamodels: undefined }, () => {}, factory);
    await engine.applyMigrations({
      filters: { externalTables: [], externalEnums: [] },
      migrationsList: {
        baseDir: "prisma/migrations",
        lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
        shadowDbInitScript: "",
        migrationDirectories: migrations.map(directory),
      },
    });
    await pool.query("COMMIT");
  } catch (error) {
    const cause = adapter.refusal() ?? error;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DatabaseError(`The migration ${migrations.at(-1)?.name} could not be applied: ${reason}`, { cause });
  } finally {
    await pool.end();
  }
}

const directory = ({ name, sql }: Migration): MigrationDirectory => ({
  path: name,
  migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
});

/**
 * The adapter cuts scripts at every semicolon, also inside functions and texts; PostgreSQL takes them whole. And the
 * engine drops what the server said against a script.
 */
function wholeScripts(pool: pg.Pool): { factory: PrismaPg; refusal(): unknown } {
  let refusal: unknown;
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    adapter.executeScript = async (script) => {
      await pool.query(script).catch((error: unknown) => {
        refusal = error;
        throw error;
      });
    };
    return adapter;
  };
  return { factory, refusal: () => refusal };
}
