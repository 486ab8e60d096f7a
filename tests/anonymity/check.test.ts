import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkAnonymity, type Findings } from "../../src/cli/anonymity/check.ts";
import { beyond, searchDatabase, searchTexts } from "../../src/cli/anonymity/search.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { findProgram } from "../support/needs.ts";
import { startRedis } from "../support/redis.ts";
import { rounds } from "../support/rounds.ts";

// The real adapters of Slack and Teams, reports in every way that they take them, and a search for all that they told of
// who reported: the ids, the name, the address, the place, the message, the trigger and the ways back.

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const check = (identity: "anonymous" | "named", redisUrl?: string): Promise<Findings> =>
  checkAnonymity({ databaseUrl: database.url, redisUrl, identity });
const said = ({ hits }: Findings): string[] => [
  ...new Set(hits.map(({ place, identifier }) => `${place}: ${identifier}`)),
];

async function organisations(): Promise<number> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<{ count: number }>(`SELECT count(*)::int AS count FROM "Organisation"`);
  await client.end();
  return rows[0]?.count ?? 0;
}

describe("after anonymous reports over Slack and over Teams", () => {
  test("nothing of the reporter is in the database, the queue, the log, notices, cards and files", async () => {
    const findings = await check("anonymous");
    // By a slash command, a message and a form in Slack, by a message and a form in Teams; as a stranger and as a member.
    expect(findings.filed).toBe(10);
    expect(said(findings)).toEqual([]);
    expect(await organisations()).toBe(0);
  });

  test.skipIf(findProgram("redis-server") === undefined)("nor in Redis", async () => {
    const redis = await startRedis();
    expect(said(await check("anonymous", redis.url))).toEqual([]);
    await redis.stop();
  });

  test("the program says so, and ends with 0", async () => {
    const { code, out } = await rounds(["anonymity-check"], { DATABASE_URL: database.url });
    expect([code, out]).toEqual([0, expect.stringContaining("10 anonymous reports left nothing of their reporters")]);
  });
});

describe("the check can fail", () => {
  test("reports with a name are found, with the ids and names of those who filed them", async () => {
    const found = said(await check("named"));
    expect(found).toContain('table public."Identity": user');
    expect(found).toContain('table public."Identity": directory id');
    expect(found).toContain('table public."Person": email');
    expect(found.some((line) => line.includes('"Claim"'))).toBe(true);
    expect(found).toContain("cards and files: name");
    expect(await organisations()).toBe(0);
  });

  test("a row that was planted in any table is found, whatever its case and type", async () => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(`CREATE SCHEMA planted CREATE TABLE planted.things (id int, held jsonb)`);
    await client.query(
      `INSERT INTO planted.things VALUES (1, '{"deep": ["UCanary.77"]}'), (2, '{"deep": "UCanaryX77"}')`,
    );
    const hits = await searchDatabase(database.url, { user: "ucanary.77" });
    await client.query("DROP SCHEMA planted CASCADE");
    await client.end();
    expect(hits.map(({ place, identifier }) => [place, identifier])).toEqual([["table planted.things", "user"]]);
  });

  test("a line of a log is found", () => {
    expect(searchTexts("log", ["nothing", '{"user":"UCANARY"}'], { user: "ucanary", name: "else" })).toEqual([
      { place: "log", identifier: "user" },
    ]);
  });

  test("what was there before is no trace, and one place more is", () => {
    const known = { place: "table Person", identifier: "name" };
    const more = { place: "table Incident", identifier: "name" };
    expect(beyond([known], [known])).toEqual([]);
    expect(beyond([known], [known, more])).toEqual([more]);
    expect(beyond([known], [known, known])).toEqual([known]);
  });
});
