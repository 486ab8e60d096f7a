import type { Prisma } from "../../store/store.ts";
import type { Access, Actor } from "./actor.ts";

// What a person may do and see is decided here and nowhere else; every surface asks this file.

export const hasAccess = (actor: Pick<Actor, "access">, ...any: Access[]): boolean =>
  any.some((access) => actor.access.includes(access));

/** The incidents that this person may see: quality all, others what they filed, own, or manage. */
export const incidentSight = (actor: Actor): "all" | { personId: string; unitIds: readonly string[] } =>
  hasAccess(actor, "quality") ? "all" : { personId: actor.id, unitIds: actor.managedUnitIds };

/** The same as a condition of a query. */
export function visibleIncidents(actor: Actor): Prisma.IncidentWhereInput {
  const sight = incidentSight(actor);
  if (sight === "all") return {};
  return {
    OR: [{ reporterId: sight.personId }, { assigneeId: sight.personId }, { unitId: { in: [...sight.unitIds] } }],
  };
}

interface IncidentRights {
  unitId: string;
  assigneeId: string | null;
  reporterId: string | null;
  identity: string;
}

/** Acknowledge and assign: quality, and managers of the unit or a unit above it. */
export const mayHandle = (actor: Actor, incident: Pick<IncidentRights, "unitId">): boolean =>
  hasAccess(actor, "quality") || (hasAccess(actor, "manager") && actor.managedUnitIds.includes(incident.unitId));

/**
 * The incidents that wait for this person's acknowledgement: of the units they manage; for quality those that have come to
 * the last step, and severe harm. Undefined where none ever does.
 */
export function incidentsToAcknowledge(actor: Actor): Prisma.IncidentWhereInput | undefined {
  const managed = hasAccess(actor, "manager") ? [{ unitId: { in: [...actor.managedUnitIds] } }] : [];
  const last = hasAccess(actor, "quality") ? [{ escalateAt: null }, { harm: { in: ["death", "severe"] } }] : [];
  const any = [...managed, ...last];
  return any.length === 0 ? undefined : { acknowledgedAt: null, closedAt: null, OR: any };
}

/** Close: quality, and the manager whom it is assigned to. */
export const mayClose = (actor: Actor, incident: Pick<IncidentRights, "assigneeId">): boolean =>
  hasAccess(actor, "quality") || (hasAccess(actor, "manager") && incident.assigneeId === actor.id);

/** Where nobody has quality access, admins hear that an incident waits, without what happened. */
export const hearsOfUnhandled = (actor: Pick<Actor, "access">): boolean => hasAccess(actor, "admin");

/** Who filed a confidential report is for quality and the reporter alone. */
export const seesReporter = (
  actor: Pick<Actor, "id" | "access">,
  incident: Pick<IncidentRights, "identity" | "reporterId">,
): boolean => incident.identity === "named" || hasAccess(actor, "quality") || incident.reporterId === actor.id;

/** The audit trail: quality sees safety records, admins everything; both without any narrative. */
export const auditedSubjects = (actor: Pick<Actor, "access">): readonly string[] =>
  hasAccess(actor, "admin") ? ["incident", "reminder", "person", "unit", "organisation"] : ["incident"];
