import { Prisma, type PrismaClient } from "../../prisma/generated/client.ts";
import type { Identity } from "../chat/request.ts";
import type { Access } from "../domain/staff/actor.ts";

/** What is known of somebody who asks: their organisation and, once they were here, the person. */
export interface Asker {
  organisationId: string;
  organisation: string;
  inviteOnly: boolean;
  organisationZone: string;
  person:
    | {
        id: string;
        handle: string;
        name: string;
        access: Access[];
        zone: string;
        active: boolean;
        seenOn: string | null;
        unitIds: string[];
        managedUnitIds: string[];
        covers: Cover[];
      }
    | undefined;
}

/** Somebody's leave, now or to come, with the units that they manage; both days (`YYYY-MM-DD`) are days of leave. */
export interface Cover {
  personId: string;
  from: string;
  until: string;
  managedUnitIds: string[];
}

type Row = {
  organisationId: string;
  organisation: string;
  inviteOnly: boolean;
  organisationZone: string;
  id: string | null;
  handle: string;
  name: string;
  access: Access[];
  zone: string | null;
  active: boolean;
  seenOn: string | null;
  unitIds: string[];
  managedUnitIds: string[];
  covers: Cover[];
};

/** Leave that is over in every zone is left out. */
const leaveFrom = (now: Date) => new Date(now.getTime() - 24 * 3_600_000).toISOString().slice(0, 10);

/** Organisation, person, and the units that they manage with all units below, of `w`, `o`, `i` and `p` in {@link joined}. */
const shown = (
  now: Date,
) => Prisma.sql`o.id AS "organisationId", o.name AS organisation, o."inviteOnly", o.zone AS "organisationZone",
  p.id, p.handle, p.name, p.access, p.zone, p.active, p."seenOn", COALESCE(p."unitIds", ARRAY[]::uuid[]) AS "unitIds",
  ARRAY(
    WITH RECURSIVE managed AS (
      SELECT u.id FROM "Unit" u WHERE u."organisationId" = o.id AND u."managerId" = p.id
      UNION SELECT b.id FROM "Unit" b JOIN managed m ON b."parentId" = m.id WHERE b."organisationId" = o.id
    ) SELECT id FROM managed
  ) AS "managedUnitIds",
  COALESCE((
    SELECT jsonb_agg(jsonb_build_object(
      'personId', a."personId", 'from', a."fromOn", 'until', a."untilOn", 'managedUnitIds', ARRAY(
        WITH RECURSIVE managed AS (
          SELECT u.id FROM "Unit" u WHERE u."organisationId" = o.id AND u."managerId" = a."personId"
          UNION SELECT b.id FROM "Unit" b JOIN managed m ON b."parentId" = m.id WHERE b."organisationId" = o.id
        ) SELECT id FROM managed)))
    FROM "Away" a WHERE a."organisationId" = o.id AND a."coverId" = p.id AND a."untilOn" >= ${leaveFrom(now)}::date
  ), '[]') AS covers`;

const joined = (user: Prisma.Sql, as: string | null) => Prisma.sql`
  JOIN "Organisation" o ON o.id = w."organisationId"
  LEFT JOIN "Identity" i ON i.platform = w.platform AND i.tenant = w.tenant AND i."user" = ${user} AND i."organisationId" = o.id
  LEFT JOIN "Person" p ON p.id = COALESCE(i."personId", ${as}::uuid) AND p."organisationId" = o.id`;

/**
 * Who asks, in one query, since every request starts with it. Undefined where the team or tenant belongs to no
 * organisation. Of somebody whom nobody knows there yet it tells the rights of the person `as`.
 */
export async function findAsker(
  prisma: PrismaClient,
  identity: Identity,
  now: Date,
  as?: string,
): Promise<Asker | undefined> {
  const [row] = await prisma.$queryRaw<Row[]>`
    SELECT ${shown(now)} FROM "Workspace" w ${joined(Prisma.sql`${identity.user}`, as ?? null)}
    WHERE w.platform = ${identity.platform} AND w.tenant = ${identity.tenant}`;
  return row && askerOf(row);
}

/** The same of many at once, in their order. */
export async function findAskers(
  prisma: PrismaClient,
  those: readonly Identity[],
  now: Date,
): Promise<(Asker | undefined)[]> {
  const rows = await prisma.$queryRaw<(Row & { nth: bigint })[]>`
    SELECT g.nth, ${shown(now)}
    FROM unnest(${those.map(({ platform }) => platform)}::text[], ${those.map(({ tenant }) => tenant)}::text[],
      ${those.map(({ user }) => user)}::text[]) WITH ORDINALITY AS g (platform, tenant, "user", nth)
    JOIN "Workspace" w ON w.platform = g.platform AND w.tenant = g.tenant ${joined(Prisma.sql`g."user"`, null)}`;
  const found = new Map(rows.map(({ nth, ...row }) => [Number(nth) - 1, askerOf(row)]));
  return those.map((_, at) => found.get(at));
}

function askerOf(row: Row): Asker {
  const { organisationId, organisation, inviteOnly, organisationZone, ...person } = row;
  return {
    organisationId,
    organisation,
    inviteOnly,
    organisationZone,
    person: person.id === null ? undefined : { ...person, id: person.id, zone: person.zone ?? organisationZone },
  };
}
