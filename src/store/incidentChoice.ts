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

/** Takes a value of a statement and gives the name that stands for it there. */
export type Value = (given: unknown) => string;

/**
 * The newest numbers that are chosen, as a subquery, in no order. PostgreSQL plans one condition with many reasons ("filed
 * by, or of these units, or sent to") badly for a person who sees few of a million rows. So each reason is read from its own
 * index, newest first and no more than are wanted.
 */
export function numbersOf(choice: IncidentChoice, value: Value, atMost: number): string {
  const filters = filtersOf(choice, value);
  return reasonsToSee(choice)
    .map((reason) => `(${numbersFor(reason, choice, value, filters, atMost)})`)
    .join(" UNION ");
}

/** One reason to see an incident: a column is one of these ids, or the person has access; none where everything is seen. */
interface Reason {
  column?: "unitId" | "reporterId" | "assigneeId";
  access?: "routed" | "needs-to-know";
  ids: readonly string[];
}

function reasonsToSee(choice: IncidentChoice): Reason[] {
  const { personId } = choice.sight;
  return [...reasonsOfUnrestricted(choice), { access: "needs-to-know", ids: [personId] }];
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
const unitsReadApart = 20;

function numbersFor(
  { column, access, ids }: Reason,
  { before }: IncidentChoice,
  value: Value,
  filters: readonly string[],
  atMost: number,
): string {
  const restricted = access === "needs-to-know" ? "i.restricted" : "NOT i.restricted";
  const newest = (where: string[]) => {
    const conditions = [...where, restricted, ...filters].join(" AND ");
    return access === undefined
      ? `SELECT i.number FROM "Incident" i WHERE ${conditions} ORDER BY i.number DESC LIMIT ${atMost}`
      : `SELECT a.number FROM "IncidentAccess" a
         JOIN "Incident" i ON i."organisationId" = a."organisationId" AND i.id = a."incidentId"
         WHERE a.part = '${access}' AND ${before === undefined ? "" : `a.number < ${value(before)} AND `}${conditions}
         ORDER BY a.number DESC LIMIT ${atMost}`;
  };
  if (column === undefined && access === undefined) return newest([]);
  const is = column === undefined ? `a."personId"` : `i."${column}"`;
  if (ids.length === 1) return newest([`${is} = ${value(ids[0])}::uuid`]);
  const any = `${value([...ids])}::uuid[]`;
  if (ids.length > unitsReadApart) return newest([`${is} = ANY(${any})`]);
  return `SELECT of_one.number FROM unnest(${any}) AS one(id) CROSS JOIN LATERAL (${newest([`${is} = one.id`])}) AS of_one`;
}

function filtersOf(choice: IncidentChoice, value: Value): string[] {
  const { organisationId, sight, status, unitIds, mine, since, kind, category, search, number, before } = choice;
  const self = `${value(sight.personId)}::uuid`;
  const found = [
    `i."organisationId" = ${value(organisationId)}::uuid`,
    `(i."leftOutId" IS NULL OR i."leftOutId" <> ${self})`,
  ];
  if (status === "open") found.push(`i."closedAt" IS NULL`);
  else if (status === "closed") found.push(`i."closedAt" IS NOT NULL`);
  else if (status !== "all") found.push(`i.status = ${value(status.code)}`, `i."closedAt" IS NULL`);
  if (unitIds) found.push(`i."unitId" = ANY(${value([...unitIds])}::uuid[])`);
  if (mine) found.push(`(i."reporterId" = ${self} OR i."assigneeId" = ${self})`);
  if (since) found.push(`i."happenedAt" >= ${value(since)}`);
  if (kind) found.push(`i.kind = ${value(kind)}`);
  if (category) found.push(`i.category = ${value(category)}`);
  if (search !== undefined) found.push(`i.search @@ "searchQuery"(${value(search)})`);
  if (number !== undefined) found.push(`i.number = ${value(number)}`);
  if (before !== undefined) found.push(`i.number < ${value(before)}`);
  return found;
}
