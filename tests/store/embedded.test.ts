import pg from "pg";
import { describe, expect, it } from "vitest";
import { testDatabase } from "../support/database.ts";

describe("testDatabase", () => {
  it("gives a migrated database", async () => {
    const t = performance.now();
    const database = await testDatabase();
    console.log("first", performance.now() - t);
    const u = performance.now();
    const second = await testDatabase();
    console.log("second", performance.now() - u);
    const client = new pg.Client(second.url);
    await client.connect();
    expect((await client.query('SELECT count(*)::int AS count FROM "Organisation"')).rows).toEqual([{ count: 0 }]);
    await client.end();
    await database.drop();
    await second.drop();
  });
});
