import type { Value } from "./statement.ts";

/** What incidents are chosen by; all of it is joined with "and". */
export interface IncidentChoice {
  organisationId: string;
  /** Who sees them: the rule of `visibleIncidents` (src/domain/staff/access.ts), here in SQL. */
  sight: { all: boolean; personId: string; standsFor: readonly string[]; unitIds: readonly string[] };
  status: "open" | "closed" | "all" | { code: string };
  unitIds?: readonly string[] | undefined;
  /** Filed or owned by the person who asks. */
  mine?: boolean | undefined;
  since?: Date | undefined;
  kind?: string | undefined;
  category?: string | undefined;
  /** Words in its texts and notes, as people type them: see "searchQuery" in the migrations. */
  search?: string | undefined;
  number?: number | undefined;
  before?: number | undefined;
}

/** One reason to see an incident: a column is one of these ids, or the person has access; none where everything is seen. */
export interface Reason {
  column?: "unitId" | "reporterId" | "assigneeId";
  access?: "routed" | "needs-to-know";
  ids: readonly string[];
}

/**
 * The newest numbers that are chosen, as a subquery, in no order. PostgreSQL plans one condition with many reasons ("filed
 * by, or of these units, or sent to") badly for a person who sees few of a million rows. So each reason is read from its own
 * index, newest first and no more than are wanted.
 */
export function numbersOf(choice: IncidentChoice, value: Value, atMost: number): string {
  const filters = filtersOf(choice, value);
  if (choice.search !== undefined) filters.push(`i.search @@ ${searchQuery(choice.search, value)}`);
  const reasons = reasonsToSee(choice).map((reason) =>
    forEachId(reason, value, (is) => newest(reason, is, choice, value, filters, atMost)),
  );
  return reasons.map((reason) => `(${reason})`).join(" UNION ");
}

/** How long ago, and how many units of how many, decides how it is looked up. */
export const isPrepared = (choice: IncidentChoice): boolean =>
  choice.since === undefined &&
  choice.unitIds === undefined &&
  !reasonsToSee(choice).some(({ ids }) => ids.length > readApart);

/** Asked for once in a statement and not for each row. */
export const searchQuery = (words: string, value: Value): string => `(SELECT "searchQuery"(${value(words)}))`;

export function reasonsToSee(choice: IncidentChoice): Reason[] {
  return [...reasonsOfUnrestricted(choice), { access: "needs-to-know", ids: [choice.sight.personId] }];
}

function reasonsOfUnrestricted({ sight, unitIds, mine }: IncidentChoice): Reason[] {
  const { all, personId, standsFor } = sight;
  if (mine)
    return [
      { column: "reporterId", ids: [personId] },
      { column: "assigneeId", ids: [personId] },
    ];
  if (all) return [unitIds ? { column: "unitId", ids: unitIds } : { ids: [] }];
  return [
    { column: "reporterId", ids: [personId] },
    { column: "assigneeId", ids: standsFor },
    { column: "unitId", ids: unitIds ? sight.unitIds.filter((id) => unitIds.includes(id)) : sight.unitIds },
    { access: "routed", ids: standsFor },
  ];
}

/** Of more units than these it is quicker to go through all incidents than through those of each. */
const readApart = 20;

export const isEverything = ({ column, access }: Reason): boolean => column === undefined && access === undefined;

/** Whether a reason goes through all incidents, or so many that it comes to the same. */
export const isWide = (reason: Reason): boolean => reason.ids.length > readApart || isEverything(reason);

/** What is read for a reason: for each of its ids apart, where they are few. `is` is the condition of the reason. */
export function forEachId(reason: Reason, value: Value, read: (is: string[]) => string): string {
  if (isEverything(reason)) return read([]);
  const { column, ids } = reason;
  const owner = column === undefined ? `a."personId"` : `i."${column}"`;
  if (ids.length === 1) return read([`${owner} = ${value(ids[0])}::uuid`]);
  const any = `${value([...ids])}::uuid[]`;
  if (ids.length > readApart) return read([`${owner} = ANY(${any})`]);
  return `SELECT each_one.* FROM unnest(${any}) AS one(id) CROSS JOIN LATERAL (${read([`${owner} = one.id`])}) AS each_one`;
}

/** The newest rows of one reason, with their numbers and words; an index of the reason has them in this order. */
export function newest(
  { access }: Reason,
  is: readonly string[],
  { before, organisationId }: IncidentChoice,
  value: Value,
  filters: readonly string[],
  atMost: number,
  columns = "",
): string {
  const conditions = [...filters, access === "needs-to-know" ? "i.restricted" : "NOT i.restricted"];
  if (access === undefined)
    return `SELECT i.number${columns} FROM "Incident" i WHERE ${[...is, ...conditions].join(" AND ")} ORDER BY i.number DESC LIMIT ${atMost}`;
  const sent = [...is, `a."organisationId" = ${value(organisationId)}::uuid`, `a.part = '${access}'`];
  if (before !== undefined) sent.push(`a.number < ${value(before)}`);
  sent.push(`i."organisationId" = a."organisationId"`, `i.id = a."incidentId"`, ...conditions);
  return `SELECT a.number${columns} FROM "IncidentAccess" a JOIN "Incident" i ON ${sent.join(" AND ")} ORDER BY a.number DESC LIMIT ${atMost}`;
}

/** All that is asked for but the words. */
export function filtersOf(choice: IncidentChoice, value: Value): string[] {
  const { organisationId, sight, status, unitIds, mine, since, kind, category, number, before } = choice;
  const self = `${value(sight.personId)}::uuid`;
  const found = [
    `i."organisationId" = ${value(organisationId)}::uuid`,
    `(i."leftOutId" IS NULL OR i."leftOutId" <> ${self})`,
  ];
  if (status === "open") found.push(`i."closedAt" IS NULL`);
  else if (status === "closed") found.push(`i."closedAt" IS NOT NULL`);
  else if (status !== "all") found.push(`i.status = ${value(status.code)}`);
  if (unitIds) found.push(`i."unitId" = ANY(${value([...unitIds])}::uuid[])`);
  if (mine) found.push(`(i."reporterId" = ${self} OR i."assigneeId" = ${self})`);
  if (since) found.push(`i."happenedAt" >= ${value(since)}`);
  if (kind) found.push(`i.kind = ${value(kind)}`);
  if (category) found.push(`i.category = ${value(category)}`);
  if (number !== undefined) found.push(`i.number = ${value(number)}`);
  if (before !== undefined) found.push(`i.number < ${value(before)}`);
  return found;
}
