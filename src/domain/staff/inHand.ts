/** A condition of a query by field; what it says of a field is a value, a comparison, or a condition of the row behind it. */
type Where = Readonly<Record<string, unknown>>;
type Row = Readonly<Record<string, unknown>>;

/**
 * Whether a row that was read already is one that a condition chooses, as the database would: so that what many people may
 * see of the same rows is asked once, by the very rules of access.ts. Throws where the row lacks what is asked for.
 */
export function chooses(where: object, row: object): boolean {
  return Object.entries(where as Where).every(([field, asked]) => {
    if (asked === undefined) return true;
    if (field === "AND") return listed(asked).every((one) => chooses(one, row));
    if (field === "OR") return listed(asked).some((one) => chooses(one, row));
    const value = (row as Row)[field];
    if (value === undefined) throw new Error(`${field} was not read.`);
    return holds(asked, value);
  });
}

const listed = (asked: unknown): object[] => [asked].flat() as object[];

function holds(asked: unknown, value: unknown): boolean {
  if (asked === null || typeof asked !== "object") return value === asked;
  if (Array.isArray(value)) {
    const { some } = asked as { some?: object };
    if (!some) throw new Error("Of many, only some can be asked for.");
    return value.some((one: object) => chooses(some, one));
  }
  if ("in" in asked) return value !== null && (asked.in as unknown[]).includes(value);
  // Nothing is unequal to what is not known, as in SQL.
  if ("not" in asked) return value !== null && value !== asked.not;
  return typeof value === "object" && value !== null && chooses(asked, value);
}

/** What an incident, and a grievance, is seen by. */
export const incidentInHand = {
  select: {
    number: true,
    unitId: true,
    reporterId: true,
    assigneeId: true,
    leftOutId: true,
    restricted: true,
    privilegedAt: true,
    access: { select: { personId: true, part: true } },
  },
} as const;
export const grievanceInHand = {
  select: { number: true, unitId: true, loggedById: true, assigneeId: true },
} as const;
/** What an action is seen by. */
export const actionInHand = {
  number: true,
  unitId: true,
  ownerId: true,
  givenById: true,
  metric: true,
  incidentId: true,
  grievanceId: true,
  incident: incidentInHand,
  grievance: grievanceInHand,
} as const;
