import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { migrate, migrationsFolder } from "../../src/store/migrate.ts";
import { writeMigration } from "../../src/store/newMigration.ts";
import { bareDatabase, type TestDatabase } from "../support/database.ts";

let folder: string;
let database: TestDatabase;
let client: pg.Client;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "rounds-migrations-"));
  database = await bareDatabase();
  client = new pg.Client(database.url);
  await client.connect();
});

afterEach(async () => {
  await client.end();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function migration(name: string, sql: string): Promise<void> {
  await mkdir(path.join(folder, name));
  await writeFile(path.join(folder, name, "migration.sql"), sql);
}

async function notes(): Promise<string[]> {
  const { rows } = await client.query("SELECT migration_name FROM _prisma_migrations ORDER BY finished_at");
  return rows.map((row) => row.migration_name);
}

async function tables(): Promise<string[]> {
  const { rows } = await client.query(
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1",
  );
  return rows.map((row) => row.tablename);
}

describe("migrate", () => {
  it("applies what is missing in order, and the next time only what has come", async () => {
    await migration("20260101000000_wards", "CREATE TABLE ward (name text);");
    await migration("20260102000000_beds", "ALTER TABLE ward ADD beds int;");
    expect(await migrate(database.url, folder)).toEqual(["20260101000000_wards", "20260102000000_beds"]);
    expect(await migrate(database.url, folder)).toEqual([]);
    await migration("20260103000000_rooms", "CREATE TABLE room (ward text);");
    expect(await migrate(database.url, folder)).toEqual(["20260103000000_rooms"]);
    expect(await tables()).toEqual(["room", "ward"]);
  });

  it("keeps semicolons inside functions and texts", async () => {
    await migration(
      "20260101000000_functions",
      `CREATE FUNCTION twice(number int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN number := number * 2; RETURN number; END $$;
       CREATE TABLE note (words text DEFAULT 'first; second');`,
    );
    await migrate(database.url, folder);
    expect((await client.query("SELECT twice(21) AS number")).rows).toEqual([{ number: 42 }]);
  });

  it("leaves nothing of a migration that fails, and applies it once it is mended", async () => {
    await migration("20260101000000_wards", "CREATE TABLE ward (name text);");
    await migration("20260102000000_wrong", "CREATE TABLE room (name text); CREATE TABLE ward (name text);");
    await expect(migrate(database.url, folder)).rejects.toThrow(
      'The migration 20260102000000_wrong could not be applied: relation "ward" already exists',
    );
    expect(await tables()).toEqual(["ward"]);
    expect(await notes()).toEqual(["20260101000000_wards"]);
    await writeFile(path.join(folder, "20260102000000_wrong/migration.sql"), "CREATE TABLE room (name text);");
    expect(await migrate(database.url, folder)).toEqual(["20260102000000_wrong"]);
  });

  it("leaves nothing of a migration that is cut off halfway", async () => {
    await migration("20260101000000_slow", "CREATE TABLE ward (name text); SELECT pg_sleep(30);");
    const cutOff = expect(migrate(database.url, folder)).rejects.toThrow();
    await expect
      .poll(async () => {
        const { rowCount } = await client.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(30)%' AND pid <> pg_backend_pid()",
        );
        return rowCount;
      })
      .toBe(1);
    await cutOff;
    await writeFile(path.join(folder, "20260101000000_slow/migration.sql"), "CREATE TABLE ward (name text);");
    expect(await migrate(database.url, folder)).toEqual(["20260101000000_slow"]);
  });

  it("says which server cannot be used, and not with what password", async () => {
    const nowhere = "postgres://rounds:secret@127.0.0.1:1/rounds";
    await expect(migrate(nowhere, folder)).rejects.toThrow(/^The database at 127.0.0.1:1 cannot be used: [^@]+$/);
  });

  it("is done by one of the processes that start at once", async () => {
    await migration("20260101000000_wards", "CREATE TABLE ward (name text); SELECT pg_sleep(0.2);");
    const applied = await Promise.all([1, 2, 3].map(() => migrate(database.url, folder)));
    expect(applied.flat()).toEqual(["20260101000000_wards"]);
  });
});

describe("a new migration", () => {
  const model = (fields: string) =>
    `datasource db {\n  provider = "postgresql"\n}\n\nmodel Ward {\n  id Int @id\n${fields}}\n`;

  it("takes the database from one schema to the next", async () => {
    const schema = path.join(folder, "current.prisma");
    await writeFile(schema, model(""));
    const first = await writeMigration(schema, folder, "init", database.url);
    expect(await migrate(database.url, folder)).toHaveLength(1);

    await writeFile(schema, model("  beds Int?\n"));
    expect(await writeMigration(schema, folder, "beds", database.url, new Date(Date.now() + 60_000))).not.toBe(first);
    expect(await migrate(database.url, folder)).toHaveLength(1);
    await client.query('INSERT INTO "Ward" (id, beds) VALUES (1, 20)');
  });

  it("is not written when nothing has changed", async () => {
    const schema = path.join(folder, "current.prisma");
    await writeFile(schema, model(""));
    await writeMigration(schema, folder, "init", database.url);
    await writeFile(schema, `${model("")}// a remark\n`);
    expect(await writeMigration(schema, folder, "remark", database.url)).toBeUndefined();
  });
});

it("has a migration for every change of prisma/schema.prisma (npm run migration -- NAME)", async () => {
  const current = await readFile(path.join(migrationsFolder, "../schema.prisma"), "utf8");
  expect(current).toBe(await readFile(path.join(migrationsFolder, "schema.prisma"), "utf8"));
});
