import { catalogue } from "../src/domain/kpis/catalogue.ts";
import type { Store } from "../src/store/store.ts";

/** Monthly measures of the catalogue, and how far back they go. */
const measures = catalogue.filter(({ period }) => period === "month").slice(0, 50);
const months = 36;
/** Who has the digest of each unit: its manager, and those who work there. */
const readersEach = 5;
export const due = new Date("2026-11-24T12:30:00Z");

/**
 * An organisation with so many units, each with fifty measures over three years, an overdue action, and now and then a clock;
 * five people have its digest, which is due now. Tells whom the first is for.
 */
export async function settleDigests({ unbound }: Store, units: number): Promise<{ organisationId: string }> {
  const { id } = await unbound.organisation.create({
    data: {
      name: "Bench Digests",
      zone: "America/New_York",
      workspaces: { create: { platform: "web", tenant: "bench" } },
    },
  });
  await unbound.$executeRaw`
    INSERT INTO "Person" (id, "organisationId", handle, name, access)
    SELECT uuidv7(), ${id}::uuid, 'p' || n, 'Person ' || n, CASE WHEN n < ${units} THEN ARRAY['staff', 'manager'] ELSE ARRAY['staff'] END
    FROM generate_series(0, ${units * readersEach - 1}::int) AS n`;
  await unbound.$executeRaw`
    INSERT INTO "Unit" (id, "organisationId", code, name, aliases, "managerId")
    SELECT uuidv7(), ${id}::uuid, 'U' || n, 'Unit ' || n, '{}', p.id
    FROM generate_series(0, ${units - 1}::int) AS n JOIN "Person" p ON p."organisationId" = ${id}::uuid AND p.handle = 'p' || n`;
  await unbound.$executeRaw`
    UPDATE "Person" p SET "unitIds" = ARRAY[u.id] FROM "Unit" u
    WHERE p."organisationId" = ${id}::uuid AND u."organisationId" = p."organisationId"
      AND u.code = 'U' || substr(p.handle, 2)::int % ${units}::int`;
  await unbound.$executeRaw`
    INSERT INTO "Identity" (platform, tenant, "user", "organisationId", "personId")
    SELECT 'web', 'bench', p.handle, p."organisationId", p.id FROM "Person" p WHERE p."organisationId" = ${id}::uuid`;
  await measure(unbound, id);
  await unbound.$executeRaw`
    INSERT INTO "Action" (id, "organisationId", number, what, "ownerId", "givenById", "givenAt", "unitId", "dueOn")
    SELECT uuidv7(), ${id}::uuid, row_number() OVER (), 'Look at it', u."managerId", u."managerId", ${due}, u.id, '2026-11-20'
    FROM "Unit" u WHERE u."organisationId" = ${id}::uuid`;
  await unbound.$executeRaw`
    INSERT INTO "Follow" (id, "organisationId", "unitId", "ownerId", target, schedule, at, zone, "nextAt")
    SELECT uuidv7(), ${id}::uuid, p."unitIds"[1], p.id, p.id::text, 'weekdays', '07:30', 'America/New_York', ${due}::timestamptz + interval '1 day'
    FROM "Person" p WHERE p."organisationId" = ${id}::uuid`;
  await unbound.$executeRaw`
    INSERT INTO "Notice" (id, "organisationId", kind, "recordId", "personId", "dueAt", "tryAt", key)
    SELECT uuidv7(), f."organisationId", 'digest', f.id, f."ownerId", ${due}, ${due}, 'digest:' || f.id
    FROM "Follow" f WHERE f."organisationId" = ${id}::uuid`;
  await unbound.$executeRawUnsafe("VACUUM ANALYZE");
  return { organisationId: id };
}

/** Figures that differ from unit to unit, measure to measure and month to month. */
async function measure(unbound: Store["unbound"], id: string): Promise<void> {
  const codes = measures.map(({ code }) => code);
  const hasDenominator = measures.map(({ denominator }) => denominator !== undefined);
  await unbound.$executeRaw`
    INSERT INTO "UnitMetric" ("organisationId", "unitId", metric, since)
    SELECT ${id}::uuid, u.id, m.code, ${due} FROM "Unit" u, unnest(${codes}::text[]) AS m (code)
    WHERE u."organisationId" = ${id}::uuid`;
  await unbound.$executeRaw`
    INSERT INTO "KpiValue" ("organisationId", "unitId", metric, "startOn", numerator, denominator, value, source, "asOf")
    SELECT ${id}::uuid, u.id, m.code, ('2026-10-01'::date - make_interval(months => ago))::date,
      CASE WHEN m.parts THEN 20 + of.figure END, CASE WHEN m.parts THEN 900 END, CASE WHEN NOT m.parts THEN 20 + of.figure END,
      'imported', ${due}
    FROM "Unit" u, unnest(${codes}::text[], ${hasDenominator}::boolean[]) WITH ORDINALITY AS m (code, parts, nth),
      generate_series(0, ${months - 1}::int) AS ago,
      LATERAL (SELECT abs(hashint4(ago * 64 + m.nth::int + hashtext(u.code))::bigint) % 12 AS figure) AS of
    WHERE u."organisationId" = ${id}::uuid`;
}
