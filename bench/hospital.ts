import { noProgress } from "../src/cli/progress.ts";
import { openDatabase } from "../src/store/database.ts";
import { migrate } from "../src/store/migrate.ts";
import { mapWorkspace } from "../src/store/organisations.ts";
import { type Bound, openStore, type Store } from "../src/store/store.ts";

export async function withStore(dataFolder: string, work: (store: Store) => Promise<void>): Promise<void> {
  const database = await openDatabase({ dataFolder, progress: noProgress });
  await migrate(database.url);
  const store = openStore(database.url);
  await work(store);
  await store.close();
  await database.stop();
}

/** Each sees incidents for another reason; their user id in Slack is "U" and the handle in capitals. */
export const askers = ["quality", "director", "manager", "routed", "nurse"] as const;

const divisions = 10;
const unitsEach = 20;
const staff = 500;

/** Ten divisions of twenty units: the director has half of them, the manager one unit, and 500 others work there. */
export const settle = (dataFolder: string, team: string): Promise<void> =>
  withStore(dataFolder, async (store) => {
    const bound = store.of(
      await mapWorkspace(store, { platform: "slack", tenant: team, name: "Bench General", zone: "America/New_York" }),
    );
    const access = { quality: "quality", director: "manager", manager: "manager", routed: "staff", nurse: "staff" };
    for (const handle of askers) {
      const person = await bound.person.create({
        data: { handle, name: handle, access: ["staff", access[handle]], seenOn: "slack" },
      });
      const user = `U${handle.toUpperCase()}`;
      await bound.identity.create({ data: { platform: "slack", tenant: team, user, personId: person.id } });
    }
    await bound.person.createMany({
      data: Array.from({ length: staff }, (_, index) => ({
        handle: `s${index}`,
        name: `Nurse ${index}`,
        access: ["staff"],
      })),
    });
    await settleUnits(bound);
  });

async function settleUnits(bound: Bound): Promise<void> {
  const idOf = async (handle: string) => (await bound.person.findFirstOrThrow({ where: { handle } })).id;
  const [director, manager] = [await idOf("director"), await idOf("manager")];
  for (let division = 0; division < divisions; division += 1) {
    const { id } = await bound.unit.create({
      data: {
        code: `D${division}`,
        name: `Division ${division}`,
        aliases: [],
        managerId: division % 2 === 0 ? director : null,
      },
    });
    await bound.unit.createMany({
      data: Array.from({ length: unitsEach }, (_, unit) => ({
        code: `D${division}-${unit}`,
        name: `Unit ${division}-${unit}`,
        aliases: [],
        parentId: id,
        managerId: division === 0 && unit === 0 ? manager : null,
      })),
    });
  }
}

/** Words to search for, by how many incidents have them. */
export const searched = { rare: "tracheostomy", medium: "bedrail", common: "fall" } as const;

/**
 * Incidents up to this number, with texts of up to fifty words, one in five still open, one in five hundred restricted.
 * Every third says "fall", every hundredth "bedrail", every hundred thousandth "tracheostomy". The nurse filed five of the
 * oldest, and one in fifty was routed to the person of that name.
 */
export const fillIncidents = (dataFolder: string, upTo: number): Promise<void> =>
  withStore(dataFolder, async ({ unbound }) => {
    const { id } = await unbound.organisation.findFirstOrThrow();
    const last = (await unbound.incident.aggregate({ _max: { number: true } }))._max.number ?? 0;
    // An index of words is made in a fraction of the time that it takes to add to it row by row.
    const [index] = await unbound.$queryRaw<{ made: string }[]>`
      SELECT indexdef AS made FROM pg_indexes WHERE indexname = 'Incident_search_idx'`;
    await unbound.$executeRaw`DROP INDEX "Incident_search_idx"`;
    const atOnce = 20_000;
    for (let from = last + 1; from <= upTo; from += atOnce)
      await unbound.$executeRawUnsafe(incidents, id, from, Math.min(from + atOnce - 1, upTo));
    await unbound.$executeRawUnsafe(index?.made ?? "");
    await unbound.$executeRawUnsafe(routed, id, last);
    await unbound.$executeRaw`
      INSERT INTO "Counter" ("organisationId", name, value) VALUES (${id}::uuid, 'incident', ${upTo})
      ON CONFLICT ("organisationId", name) DO UPDATE SET value = ${upTo}`;
    await unbound.$executeRaw`VACUUM ANALYZE "Incident", "IncidentAccess"`;
  });

/** The highest number there is. */
export async function lastNumber(dataFolder: string): Promise<number> {
  let last = 0;
  await withStore(dataFolder, async ({ unbound }) => {
    last = (await unbound.incident.aggregate({ _max: { number: true } }))._max.number ?? 0;
  });
  return last;
}

/** One line of words that differ from row to row, the frequent ones more frequent, as they are in a language. */
const words = `
  (SELECT string_agg(word, ' ') FROM (
    SELECT (ARRAY['ba','co','de','fi','gu','ha','jo','ke','li','mu','na','po','ra','se','ti','vo'])[1 + ((r / 256) % 16)::int]
      || (ARRAY['ld','mb','nd','rk','st','tt','ss','ll','ng','nt','rm','rd','sk','pp','ff','ck'])[1 + ((r / 16) % 16)::int]
      || (ARRAY['a','e','i','o','u','er','en','or','ay','ow','ex','it','an','is','us','ed'])[1 + (r % 16)::int] AS word
    FROM (SELECT floor(4096 * power(random(), 3))::bigint AS r FROM generate_series(1, 10 + (n % 40))) AS picked
  ) AS w)`;

/** One of an array, each row another one and in every fill the same. */
const oneOf = (array: string, salt: number): string =>
  `(${array})[1 + abs(hashint4(n * 16 + ${salt})::bigint) % array_length(${array}, 1)]`;

const incidents = `
  WITH unit AS (SELECT array_agg(id ORDER BY code) AS ids FROM "Unit" WHERE "organisationId" = $1::uuid AND "parentId" IS NOT NULL),
    person AS (SELECT array_agg(id ORDER BY handle) AS ids FROM "Person" WHERE "organisationId" = $1::uuid AND handle ~ '^s[0-9]'),
    nurse AS (SELECT id FROM "Person" WHERE "organisationId" = $1::uuid AND handle = 'nurse')
  INSERT INTO "Incident" (id, "organisationId", number, kind, category, harm, identity, what, "unitId", "happenedAt",
    "reportedAt", status, "closedAt", "reporterId", "assigneeId", restricted, "leftOutId")
  SELECT uuidv7(), $1::uuid, n,
    ${oneOf("ARRAY['incident','incident','incident','near-miss','near-miss','unsafe-condition','workplace','privacy']", 1)},
    ${oneOf("ARRAY['fall','fall','medication','medication','device','pressure-injury','infection','other','blood','clot']", 2)},
    ${oneOf("ARRAY['none','none','none','mild','mild','moderate','unknown','severe']", 3)}, 'named',
    concat_ws(' ', CASE WHEN n % 3 = 0 THEN 'fall' END, CASE WHEN n % 100 = 0 THEN 'bedrail' END,
      CASE WHEN n % 100000 = 7 THEN 'tracheostomy' END, ${words}),
    ${oneOf("unit.ids", 4)}, moment, moment,
    CASE WHEN open THEN ${oneOf("ARRAY['new','acknowledged','in-review','actions']", 5)} ELSE 'closed' END,
    CASE WHEN open THEN NULL ELSE moment END,
    CASE WHEN n <= 5 THEN nurse.id ELSE ${oneOf("person.ids", 6)} END,
    CASE WHEN n % 3 = 1 THEN ${oneOf("person.ids", 7)} END, n % 500 = 11,
    CASE WHEN n % 1000 = 13 THEN ${oneOf("person.ids", 8)} END
  FROM generate_series($2::int, $3::int) AS n, unit, person, nurse,
    LATERAL (SELECT timestamptz '2024-01-01' + n * interval '1 minute' AS moment, abs(hashint4(n)::bigint) % 5 = 0 AS open) AS made`;

/** Every third to one of two hundred people, and one in fifty to the person whom it is measured for. */
const routed = `
  INSERT INTO "IncidentAccess" ("organisationId", "incidentId", "personId", part)
  SELECT i."organisationId", i.id, p.id, CASE WHEN i.restricted THEN 'needs-to-know' ELSE 'routed' END
  FROM "Incident" i JOIN "Person" p ON p."organisationId" = i."organisationId" AND (
    (i.number % 50 = 3 AND p.handle = 'routed') OR (i.number % 3 = 0 AND p.handle = 's' || abs(hashint4(i.number)::bigint) % 200))
  WHERE i."organisationId" = $1::uuid AND i.number > $2`;
