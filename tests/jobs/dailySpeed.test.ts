import { afterAll, beforeAll, expect, test } from "vitest";
import { sweep } from "../../src/jobs/sweep.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";

// The sweep on a morning with a hundred thousand things open.

const people = 2_000;
let hospital: Hospital;

beforeAll(async () => {
  hospital = await openHospital();
  const { organisationId, units } = hospital;
  const { unbound } = hospital.store;
  await unbound.$executeRaw`
    INSERT INTO "Person" ("organisationId", id, handle, name, access, jobs, "unitIds")
    SELECT ${organisationId}::uuid, gen_random_uuid(), 'p' || n, 'Person ' || n, ARRAY['staff'], '{}', '{}'
    FROM generate_series(1, ${people}) n`;
  await unbound.$executeRaw`
    INSERT INTO "Identity" ("organisationId", platform, tenant, "user", "personId")
    SELECT "organisationId", 'web', 'demo', handle, id FROM "Person" WHERE handle LIKE 'p%' AND handle <> 'p'`;
  const at = new Date(hospital.clock.now.getTime() - 9 * 24 * 3_600_000);
  await unbound.$executeRaw`
    INSERT INTO "Incident" ("organisationId", id, number, kind, harm, identity, what, "unitId", "happenedAt", "reportedAt", status,
      "assigneeId", "acknowledgedAt", "escalateAt")
    SELECT ${organisationId}::uuid, gen_random_uuid(), n, 'incident', 'mild', 'named', 'x', ${units.west}::uuid, ${at}, ${at}, 'new',
      CASE WHEN n % 2 = 0 THEN p.id END, CASE WHEN n % 2 = 0 THEN ${at}::timestamptz END,
      CASE WHEN n % 2 = 1 THEN ${new Date("2027-01-01")}::timestamptz END
    FROM generate_series(1, 40000) n JOIN "Person" p ON p.handle = 'p' || (n % ${people} + 1)`;
  await unbound.$executeRaw`
    INSERT INTO "Action" ("organisationId", id, number, what, "ownerId", "givenById", "givenAt", "dueOn", "unitId")
    SELECT ${organisationId}::uuid, gen_random_uuid(), n, 'x', p.id, p.id, ${at}, ${at}::date + n % 30, ${units.west}::uuid
    FROM generate_series(1, 30000) n JOIN "Person" p ON p.handle = 'p' || (n % ${people} + 1)`;
  await unbound.$executeRaw`
    INSERT INTO "Grievance" ("organisationId", id, number, sort, because, what, "unitId", "receivedOn", channel, "loggedAt", "loggedById",
      status, "assigneeId")
    SELECT ${organisationId}::uuid, gen_random_uuid(), n, 'grievance', 'in-writing', 'x', ${units.west}::uuid, ${at}::date, 'letter', ${at},
      p.id, 'new', p.id
    FROM generate_series(1, 15000) n JOIN "Person" p ON p.handle = 'p' || (n % ${people} + 1)`;
  await unbound.$executeRaw`
    INSERT INTO "Clock" ("organisationId", id, number, rule, "incidentId", "startAt", "dueAt", because, "startedAt")
    SELECT ${organisationId}::uuid, gen_random_uuid(), i.number, 'osha.fatality', i.id, ${at}, ${hospital.clock.now}, 'harm:death', ${at}
    FROM "Incident" i WHERE i.number <= 15000`;
  await unbound.$executeRaw`ANALYZE`;
});
afterAll(() => hospital.close());

test("a hundred thousand open rows are looked at in a minute, on a machine that is busy with other things, and everybody who has some is reminded", async () => {
  const queued: string[] = [];
  const queue = {
    deliver: async (due: readonly { notices: readonly string[] }[]) =>
      void queued.push(...due.flatMap(({ notices }) => notices)),
  };
  const began = performance.now();
  await sweep(hospital.store, queue, hospital.clock.now);
  const took = performance.now() - began;
  console.log(`sweep: ${Math.round(took)} ms, ${queued.length} reminders`);
  expect(took).toBeLessThan(60_000);
  expect(queued.length).toBeGreaterThanOrEqual(people);
  const again = performance.now();
  await sweep(hospital.store, { deliver: async () => {} }, new Date(hospital.clock.now.getTime() + 60_000));
  expect(performance.now() - again).toBeLessThan(60_000);
  expect(await hospital.store.of(hospital.organisationId).notice.count({ where: { kind: "waiting" } })).toBe(
    queued.length,
  );
});
