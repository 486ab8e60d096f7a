import type { Prisma } from "../../store/store.ts";
import type { Access, Actor } from "./actor.ts";

// What a person may do and see is decided here and nowhere else; every surface asks this file.

export const hasAccess = (actor: Pick<Actor, "access">, ...any: Access[]): boolean =>
  any.some((access) => actor.access.includes(access));

/** What the incidents that a person may see are chosen by: see {@link visibleIncidents}. */
export interface IncidentSight {
  /** Quality sees all that are not restricted. */
  all: boolean;
  personId: string;
  standsFor: readonly string[];
  unitIds: readonly string[];
}

export const incidentSight = (actor: Actor): IncidentSight => ({
  all: hasAccess(actor, "quality"),
  personId: actor.id,
  standsFor: actor.standsFor,
  unitIds: actor.managedUnitIds,
});

/**
 * Whoever exports on the server's command line as nobody in particular: all but what is restricted to a few, and no name
 * that was given in confidence.
 */
export type Operator = "operator";

export const incidentSightOf = (asker: Actor | Operator): IncidentSight =>
  asker === "operator" ? { all: true, personId: nobody, standsFor: [], unitIds: [] } : incidentSight(asker);

const nobody = "00000000-0000-0000-0000-000000000000";

export const exportableIncidents = (asker: Actor | Operator): Prisma.IncidentWhereInput =>
  asker === "operator" ? { restricted: false } : visibleIncidents(asker);

export const exportableGrievances = (asker: Actor | Operator): Prisma.GrievanceWhereInput =>
  asker === "operator" ? {} : visibleGrievances(asker);

/**
 * The incidents that this person may see: quality all, others what they filed, own, manage or were sent. A restricted one is
 * for its need-to-know list alone, and nobody sees one that they are left out of. src/store/incidentChoice.ts says the same
 * in SQL.
 */
export function visibleIncidents(actor: Actor): Prisma.IncidentWhereInput {
  const { all, personId, standsFor, unitIds } = incidentSight(actor);
  const theirs: Prisma.IncidentWhereInput = {
    OR: [
      { reporterId: personId },
      { assigneeId: { in: [...standsFor] } },
      { unitId: { in: [...unitIds] } },
      { access: { some: { personId: { in: [...standsFor] }, part: "routed" } } },
    ],
  };
  return {
    AND: [
      { OR: [{ leftOutId: null }, { leftOutId: { not: personId } }] },
      {
        OR: [
          { restricted: false, ...(all ? {} : theirs) },
          { restricted: true, access: { some: { personId, part: "needs-to-know" } } },
        ],
      },
    ],
  };
}

interface Routed {
  access?: readonly { personId: string; part: string }[];
}

interface IncidentRights {
  unitId: string;
  assigneeId: string | null;
  reporterId: string | null;
  identity: string;
}

/**
 * Acknowledge, assign and ask, of a record that this person sees: quality, managers of its unit or one above it, and whom
 * an incident was routed to.
 */
export const mayHandle = (actor: Actor, record: Pick<IncidentRights, "unitId"> & Routed): boolean =>
  hasAccess(actor, "quality") ||
  (hasAccess(actor, "manager") && actor.managedUnitIds.includes(record.unitId)) ||
  (record.access ?? []).some(({ personId, part }) => part === "routed" && actor.standsFor.includes(personId));

/**
 * The incidents that wait for this person's acknowledgement: of the units they manage; for quality those that have come to
 * the last step, and severe harm. Undefined where none ever does.
 */
export function incidentsToAcknowledge(actor: Actor): Prisma.IncidentWhereInput | undefined {
  const managed = hasAccess(actor, "manager") ? [{ unitId: { in: [...actor.managedUnitIds] } }] : [];
  const routed = [{ access: { some: { personId: { in: [...actor.standsFor] }, part: "routed" } } }];
  const last = hasAccess(actor, "quality") ? [{ escalateAt: null }, { harm: { in: ["death", "severe"] } }] : [];
  const any = [...managed, ...routed, ...last];
  return any.length === 0
    ? undefined
    : { AND: [visibleIncidents(actor), { acknowledgedAt: null, closedAt: null, OR: any }] };
}

/** What this person has, or somebody whose cover they are: it was assigned to them, or to nobody and they acknowledged it. */
export function hasIt(actor: Actor) {
  const theirs = { in: [...actor.standsFor] };
  return { OR: [{ assigneeId: theirs }, { assigneeId: null, acknowledgedById: theirs }] };
}

/** Grade, review and close, of a record that this person sees: quality, and the manager whom it is assigned to. */
export const mayClose = (actor: Actor, record: Pick<IncidentRights, "assigneeId">): boolean =>
  hasAccess(actor, "quality") ||
  (hasAccess(actor, "manager") && record.assigneeId !== null && actor.standsFor.includes(record.assigneeId));

/** How long whoever filed an incident may correct it. */
const correctedWithin = 24 * 3_600_000;

/** Correct what was reported: quality, and the reporter for a day. */
export const mayCorrect = (
  actor: Actor,
  incident: Pick<IncidentRights, "reporterId"> & { reportedAt: Date },
  now: Date,
): boolean =>
  hasAccess(actor, "quality") ||
  (incident.reporterId === actor.id && now.getTime() - incident.reportedAt.getTime() < correctedWithin);

/** The follow-up questions about an incident that this person sees: its reporter, and who handles it or has it. */
export const mayDetail = (actor: Actor, incident: Omit<IncidentRights, "identity"> & Routed): boolean =>
  incident.reporterId === actor.id ||
  mayHandle(actor, incident) ||
  (incident.assigneeId !== null && actor.standsFor.includes(incident.assigneeId));

/** The review summary, of an incident that this person sees. */
export const maySummarise = (actor: Actor): boolean => hasAccess(actor, "quality", "manager");

/** Grievances and complaints: quality all, managers those of their units, others what they logged or own. */
export const visibleGrievances = (actor: Actor): Prisma.GrievanceWhereInput =>
  hasAccess(actor, "quality")
    ? {}
    : {
        OR: [
          { loggedById: actor.id },
          { assigneeId: { in: [...actor.standsFor] } },
          { unitId: { in: [...actor.managedUnitIds] } },
        ],
      };

/**
 * Actions: their owner and who gave them, managers of their unit, whoever has what they are about, and quality those
 * about safety records and measures. An action about an incident that is restricted, or that this person is left out of, is for owner,
 * giver and those who see the incident.
 */
export function visibleActions(actor: Actor): Prisma.ActionWhereInput {
  const aboutSafety: Prisma.ActionWhereInput[] = hasAccess(actor, "quality")
    ? [{ incident: visibleIncidents(actor) }, { grievanceId: { not: null } }, { metric: { not: null } }]
    : [
        { unitId: { in: [...actor.managedUnitIds] }, incidentId: null },
        { unitId: { in: [...actor.managedUnitIds] }, incident: visibleIncidents(actor) },
      ];
  const assigneeId = { in: [...actor.standsFor] };
  return {
    OR: [
      { ownerId: { in: [...actor.standsFor] } },
      { givenById: actor.id },
      { incident: { AND: [{ assigneeId }, visibleIncidents(actor)] } },
      { grievance: { assigneeId } },
      ...aboutSafety,
    ],
  };
}

/** Managers and quality give actions to anybody, everybody to themselves. */
export const mayGiveTo = (actor: Actor, personId: string): boolean =>
  hasAccess(actor, "manager", "quality") || personId === actor.id;

/** Give an action about a record that this person sees: whoever handles it, and its assignee. */
export const mayGiveAbout = (actor: Actor, record: Pick<IncidentRights, "unitId" | "assigneeId">): boolean =>
  mayHandle(actor, record) || (record.assigneeId !== null && actor.standsFor.includes(record.assigneeId));

interface ActionRights {
  ownerId: string;
  givenById: string;
  unitId: string | null;
  incidentId: string | null;
  grievanceId: string | null;
}

/** Finish, put off and check an action that this person sees: its owner, who gave it, and quality those about safety records. */
export const mayFinish = (actor: Actor, action: ActionRights): boolean =>
  actor.standsFor.includes(action.ownerId) ||
  action.givenById === actor.id ||
  (hasAccess(actor, "quality") && (action.incidentId !== null || action.grievanceId !== null));

/** Give it to somebody else, or drop it: the same people, and the managers of its unit. */
export const mayRedirect = (actor: Actor, action: ActionRights): boolean =>
  mayFinish(actor, action) ||
  (hasAccess(actor, "manager") && action.unitId !== null && actor.managedUnitIds.includes(action.unitId));

/** Clocks are seen with what they run on; those of the organisation itself by quality. */
export const visibleClocks = (actor: Actor): Prisma.ClockWhereInput => ({
  OR: [
    { incident: visibleIncidents(actor) },
    // Quality sees all grievances, and what asks for nothing else counts as nothing inside an OR.
    { grievanceId: { not: null }, grievance: visibleGrievances(actor) },
    ...(hasAccess(actor, "quality") ? [{ incidentId: null, grievanceId: null }] : []),
  ],
});

/**
 * Start, meet, shorten and pause a clock on a record that this person sees: who handles it or has it; of those that are the
 * organisation's own, quality.
 */
export const mayRunClock = (
  actor: Actor,
  record: ({ unitId: string | null; assigneeId: string | null } & Routed) | undefined,
): boolean =>
  hasAccess(actor, "quality") ||
  (record !== undefined &&
    ((record.unitId !== null && mayHandle(actor, { ...record, unitId: record.unitId })) ||
      (record.assigneeId !== null && actor.standsFor.includes(record.assigneeId))));

/**
 * Of the clocks that this person sees, those that are theirs to meet: on what they have; where nobody has it, of their units, and for quality all.
 * Grievances wait with their clocks by themselves.
 */
export function clocksToMeet(actor: Actor): Prisma.ClockWhereInput {
  const theirs = { assigneeId: { in: [...actor.standsFor] } };
  const quality = hasAccess(actor, "quality");
  const units = { unitId: { in: hasAccess(actor, "manager") ? [...actor.managedUnitIds] : [] } };
  const routed = { access: { some: { personId: { in: [...actor.standsFor] }, part: "routed" } } };
  const own = quality ? [{ incidentId: null, grievanceId: null }] : [];
  return {
    OR: [{ incident: { OR: [theirs, { assigneeId: null, ...(!quality && { OR: [units, routed] }) }] } }, ...own],
  };
}

/** The units whose budgets this person sees: those that they manage and the ones below, and for admins those where they work. */
export const budgetUnits = (actor: Actor): string[] => [
  ...new Set([
    ...(hasAccess(actor, "manager") ? actor.managedUnitIds : []),
    ...(hasAccess(actor, "admin") ? actor.unitIds : []),
  ]),
];

/** Budgets, ledgers and explanations; quality sees none. */
export const visibleBudgets = (actor: Actor) => ({ unitId: { in: budgetUnits(actor) } });

/** Bring budgets and the ledger of these units from a file. Accounts are the organisation's: only admins call them otherwise. */
export const mayBringBooks = (actor: Actor): boolean => hasAccess(actor, "manager", "admin");
export const mayRenameLines = (actor: Actor): boolean => hasAccess(actor, "admin");

/** Bring figures of measures from a file; of which units, {@link mayMeasure} says. */
export const mayBringMeasures = (actor: Actor): boolean => hasAccess(actor, "manager", "quality");

/** Where nobody has quality access, admins hear that an incident waits, without what happened. */
export const hearsOfUnhandled = (actor: Pick<Actor, "access">): boolean => hasAccess(actor, "admin");

/** Who filed a confidential report is for quality and the reporter alone. */
export const seesReporter = (
  actor: Pick<Actor, "id" | "access">,
  incident: Pick<IncidentRights, "identity" | "reporterId">,
): boolean => incident.identity === "named" || hasAccess(actor, "quality") || incident.reporterId === actor.id;

/**
 * Incidents that the audit trail tells this person nothing of: those that they are left out of, and for quality those that
 * are restricted to others.
 */
export function hiddenInTrail(actor: Actor | Operator): Prisma.IncidentWhereInput {
  if (actor === "operator") return { restricted: true };
  const aboutThem: Prisma.IncidentWhereInput = { leftOutId: actor.id };
  return hasAccess(actor, "admin")
    ? aboutThem
    : {
        OR: [aboutThem, { restricted: true, access: { none: { personId: actor.id, part: "needs-to-know" } } }],
      };
}

/** The audit trail: quality sees safety records, admins everything; both without any narrative. */
export const auditedSubjects = (actor: Pick<Actor, "access"> | Operator): readonly string[] =>
  actor === "operator" || hasAccess(actor, "admin")
    ? ["incident", "grievance", "action", "clock", "explanation", "reminder", "person", "unit", "organisation"]
    : ["incident", "grievance", "action", "clock"];

/** The units whose measures this person sees: where they work and what they manage; undefined is all, for quality. */
export const measuredUnits = (actor: Actor): readonly string[] | undefined =>
  hasAccess(actor, "quality") ? undefined : [...new Set([...actor.unitIds, ...actor.managedUnitIds])];

export const maySeeMeasures = (actor: Actor, unitId: string): boolean => measuredUnits(actor)?.includes(unitId) ?? true;

/** Record, set targets and begin limits anew in a unit: quality, and its managers, who see the records behind the figures too. */
export const mayMeasure = (actor: Actor, unitId: string): boolean =>
  hasAccess(actor, "quality") || (hasAccess(actor, "manager") && actor.managedUnitIds.includes(unitId));
