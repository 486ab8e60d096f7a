import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { type DiffTarget, SchemaEngine } from "@prisma/schema-engine-wasm";

/**
 * Writes what has changed in the schema since the last migration as a new one, and returns its file, or nothing when
 * nothing has changed. The schema as the last migration left it is kept beside the migrations to compare with.
 * @param url any PostgreSQL: the engine wants a connection before it compares, and changes nothing there
 */
export async function writeMigration(
  schemaFile: string,
  folder: string,
  name: string,
  url: string,
  now = new Date(),
): Promise<string | undefined> {
  const before = path.join(folder, "schema.prisma");
  const current = await readFile(schemaFile, "utf8");
  const sql = await difference(await readFile(before, "utf8").catch(() => undefined), current, url);
  await mkdir(folder, { recursive: true });
  await writeFile(before, current);
  if (/^\s*(-- This is an empty migration\.)?\s*$/.test(sql)) return undefined;
  const migration = path.join(folder, `${timestamp(now)}_${name}`);
  await mkdir(migration);
  await writeFile(path.join(migration, "migration.sql"), sql);
  return path.join(migration, "migration.sql");
}

async function difference(before: string | undefined, current: string, url: string): Promise<string> {
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: url }));
  const engine = await SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
  const { stdout } = await engine.diff({
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
    from: before === undefined ? { tag: "empty" } : schema(before),
    to: schema(current),
  });
  return stdout ?? "";
}

const schema = (content: string): DiffTarget => ({
  tag: "schemaDatamodel",
  files: [{ path: "schema.prisma", content }],
});

/** As in Prisma's own names: 20260131094500. */
const timestamp = (at: Date): string => at.toISOString().replace(/\D/g, "").slice(0, 14);
