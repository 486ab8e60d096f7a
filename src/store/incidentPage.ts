import { createHash } from "node:crypto";
import type pg from "pg";

/** What a page of incidents is chosen by; all of it is joined with "and". */
export interface IncidentChoice {
  organisationId: string;
  /** Who sees them: the rule of `visibleIncidents` (src/domain/staff/access.ts), here in SQL. */
  sight: { all: boolean; personId: string; standsFor: readonly string[]; unitIds: readonly string[] };
  status: "open" | "closed" | "all" | { code: string };
  unitIds: readonly string[] | undefined;
  /** Filed or owned by this person. */
  of: string | undefined;
  since: Date | undefined;
  kind: string | undefined;
  category: string | undefined;
  /** Words in the narrative, capitals or not. */
  search: string | undefined;
  before: number | undefined;
}

export interface IncidentPageRow {
  number: number;
  kind: string;
  category: string | null;
  harm: string;
  status: string;
  happenedAt: Date;
  unitCode: string;
  unitName: string;
  assigneeId: string | null;
  assigneeName: string | null;
  /** How many are chosen in all, counted up to the limit that was asked for. */
  counted: number;
}

/**
 * A page of incidents, newest first, with how many are chosen. The list that everybody opens all day is one prepared
 * statement: through the client the same takes four queries and ten times the work. The limits are part of its text, so that
 * PostgreSQL plans it once and not at every use.
 */
export async function incidentPage(
  pool: pg.Pool,
  choice: IncidentChoice,
  rows: number,
  countAtMost: number,
): Promise<IncidentPageRow[]> {
  const values: unknown[] = [];
  const value = (given: unknown) => `$${values.push(given)}`;
  const chosen = conditions(choice, value).join(" AND ");
  const text = `
    SELECT i.number, i.kind, i.category, i.harm, i.status, i."happenedAt",
      u.code AS "unitCode", u.name AS "unitName", p.id AS "assigneeId", p.name AS "assigneeName",
      (SELECT count(*)::int FROM (SELECT 1 FROM "Incident" i WHERE ${chosen} LIMIT ${countAtMost}) AS chosen) AS counted
    FROM "Incident" i
    JOIN "Unit" u ON u."organisationId" = i."organisationId" AND u.id = i."unitId"
    LEFT JOIN "Person" p ON p."organisationId" = i."organisationId" AND p.id = i."assigneeId"
    WHERE ${chosen} ORDER BY i.number DESC LIMIT ${rows}`;
  const name = `incidents-${createHash("sha1").update(text).digest("hex").slice(0, 16)}`;
  return (await pool.query<IncidentPageRow>({ name, text, values })).rows;
}

function conditions(choice: IncidentChoice, value: (given: unknown) => string): string[] {
  const { sight, status, unitIds, of, since, kind, category, search, before } = choice;
  const found = [`i."organisationId" = ${value(choice.organisationId)}::uuid`];
  const ownedBy = (person: string) => `i."reporterId" = ${person}::uuid OR i."assigneeId" = ${person}::uuid`;
  found.push(...seenBy(sight, value));
  if (status === "open") found.push(`i."closedAt" IS NULL`);
  else if (status === "closed") found.push(`i."closedAt" IS NOT NULL`);
  else if (status !== "all") found.push(`i.status = ${value(status.code)}`);
  if (unitIds) found.push(`i."unitId" = ANY(${value([...unitIds])}::uuid[])`);
  if (of) found.push(`(${ownedBy(value(of))})`);
  if (since) found.push(`i."happenedAt" >= ${value(since)}`);
  if (kind) found.push(`i.kind = ${value(kind)}`);
  if (category) found.push(`i.category = ${value(category)}`);
  if (search) found.push(`i.what ILIKE ${value(`%${search.replace(/[\\%_]/g, "\\$&")}%`)}`);
  if (before) found.push(`i.number < ${value(before)}`);
  return found;
}

function seenBy(
  { all, personId, standsFor, unitIds }: IncidentChoice["sight"],
  value: (given: unknown) => string,
): string[] {
  const self = `${value(personId)}::uuid`;
  const has = (people: string, part: string) =>
    `EXISTS (SELECT FROM "IncidentAccess" a WHERE a."organisationId" = i."organisationId" AND a."incidentId" = i.id AND a."personId" = ANY(${people}) AND a.part = '${part}')`;
  const needsToKnow = `(i.restricted AND ${has(`ARRAY[${self}]`, "needs-to-know")})`;
  const notLeftOut = `(i."leftOutId" IS NULL OR i."leftOutId" <> ${self})`;
  if (all) return [notLeftOut, `(NOT i.restricted OR ${needsToKnow})`];
  const own = `${value([...standsFor])}::uuid[]`;
  const theirs = [
    `i."reporterId" = ${self}`,
    `i."assigneeId" = ANY(${own})`,
    `i."unitId" = ANY(${value([...unitIds])}::uuid[])`,
    has(own, "routed"),
  ];
  return [notLeftOut, `((NOT i.restricted AND (${theirs.join(" OR ")})) OR ${needsToKnow})`];
}
