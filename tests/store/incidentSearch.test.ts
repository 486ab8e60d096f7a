import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { IncidentFilter } from "../../src/domain/incidents/list.ts";
import { actorOf } from "../domain/organisation.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";

// What a page of a search reads, by the plans that were run: it must not grow with the incidents there are.

let hospital: Hospital;
const incidents = 6_000;

/**
 * Every second one is of the manager's unit, every fifteenth was sent to the outsider, and "bedrail" stands in none of those. They are
 * as long as reports are, so that going through all of them is never the quickest.
 */
beforeAll(async () => {
  hospital = await openHospital();
  const { unbound } = hospital.store;
  const { organisationId, units, people } = hospital;
  await unbound.$executeRaw`
    INSERT INTO "Incident" (id, "organisationId", number, kind, harm, identity, what, "unitId", "happenedAt", "reportedAt", status)
    SELECT uuidv7(), ${organisationId}::uuid, n, 'incident', 'none', 'anonymous',
      concat_ws(' ', 'Something', CASE WHEN n % 100 = 50 THEN 'bedrail' END, CASE WHEN n < 6 THEN 'tracheostomy' END,
        CASE WHEN n % 3 = 0 THEN 'fall' END, repeat('- ', 600)),
      CASE WHEN n % 2 = 0 THEN ${units.west}::uuid ELSE ${units.emergency}::uuid END, now(), now(), 'new'
    FROM generate_series(1, ${incidents}::int) AS n`;
  await unbound.$executeRaw`
    INSERT INTO "IncidentAccess" ("organisationId", "incidentId", "personId", part)
    SELECT "organisationId", id, ${people.outsider}::uuid, 'routed' FROM "Incident" WHERE number % 15 = 3`;
  await unbound.$executeRaw`VACUUM ANALYZE "Incident", "IncidentAccess"`;
});
afterAll(() => hospital.close());

interface Node {
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Plans?: Node[];
}

/** Rows of incidents that were read, those that were thrown away too. */
function readBy(node: Node): number {
  const below = (node.Plans ?? []).map(readBy).reduce((sum, one) => sum + one, 0);
  if (node["Relation Name"] !== "Incident") return below;
  const each =
    node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0);
  return below + each * node["Actual Loops"];
}

/** A page, and how many incidents were read for it. */
async function page(handle: string, filter: IncidentFilter): Promise<{ found: number[]; read: number }> {
  const actor = await actorOf(hospital, handle);
  const query = pg.Pool.prototype.query as (asked: pg.QueryConfig) => Promise<pg.QueryResult>;
  let read = 0;
  const watch = vi.spyOn(pg.Pool.prototype, "query").mockImplementation(async function (
    this: pg.Pool,
    asked: pg.QueryConfig,
  ) {
    const explain = { text: `EXPLAIN (ANALYZE, FORMAT JSON) ${asked.text}`, values: asked.values ?? [] };
    if (asked.text.includes(`"Incident" i`)) {
      const { rows } = await query.call(this, explain);
      read += readBy(rows[0]["QUERY PLAN"][0].Plan);
    }
    return query.call(this, asked);
  } as typeof pg.Pool.prototype.query);
  const { rows } = await hospital.services.incidents.list(actor, filter);
  watch.mockRestore();
  return { found: rows.map(({ number }) => number), read };
}

const newest = (from: number, step: number) => Array.from({ length: 8 }, (_, index) => from - index * step);

test.each([
  ["the list", "quality", undefined, newest(6_000, 1), 50],
  ["a word in every third", "quality", "fall", newest(6_000, 3), 310],
  ["a word in every hundredth", "quality", "bedrail", newest(5_950, 100), 1_220],
  ["a word in every hundredth, of one's unit", "manager", "bedrail", newest(5_950, 100), 1_220],
  ["a word in every hundredth, none of them one's own", "outsider", "bedrail", [], 310],
  ["a word that five have beside one in every third", "quality", "fall tracheostomy", [3], 620],
  ["a word that five have", "quality", "tracheostomy", [5, 4, 3, 2, 1], 320],
  ["a word that five have, of one's unit", "manager", "tracheostomy", [4, 2], 320],
  ["a word that five have, one of them sent", "outsider", "tracheostomy", [3], 320],
] as const)("%s for %s", async (_, handle, search, found, atMost) => {
  const got = await page(handle, { status: "all", search });
  expect(got.found).toEqual(found);
  expect(got.read).toBeLessThanOrEqual(atMost);
  expect(got.read).toBeGreaterThan(0);
});

test("the index finds what somebody may see from when they may, and nothing that they may not", async () => {
  const bound = hospital.store.of(hospital.organisationId);
  const { people, units } = hospital;
  const change = (number: number, data: object) => bound.incident.updateMany({ where: { number }, data });
  const give = async (number: number, part: string) => {
    const { id } = await bound.incident.findFirstOrThrow({ where: { number } });
    await bound.incidentAccess.create({ data: { incidentId: id, personId: people.outsider, part } });
  };
  const found = async (handle: string) => (await page(handle, { status: "all", search: "tracheostomy" })).found;
  await change(1, { assigneeId: people.outsider });
  await change(5, { reporterId: people.outsider });
  await give(2, "routed");
  expect(await found("outsider")).toEqual([5, 3, 2, 1]);
  await change(5, { reporterId: null, unitId: units.west });
  await change(2, { leftOutId: people.outsider });
  await change(1, { restricted: true });
  await give(4, "needs-to-know");
  expect(await found("manager")).toEqual([5, 4, 2]);
  expect(await found("outsider")).toEqual([3]);
  await give(1, "needs-to-know");
  await change(4, { restricted: true });
  expect(await found("outsider")).toEqual([4, 3, 1]);
  expect(await found("manager")).toEqual([5, 2]);
  // Nothing is kept of whom an incident was reported by.
  expect((await bound.incident.findFirstOrThrow({ where: { number: 5 } })).seenThrough).toEqual([units.west]);
});
