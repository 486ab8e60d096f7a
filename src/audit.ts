import type { Change } from "./store/store.ts";

/** What an audit row may say beside the ids: codes and names of fields, never what was typed. */
export interface AuditEntry {
  at: Date;
  /** Who did it; null for Rounds itself. */
  actorId: string | null;
  /** "incident.assigned". */
  action: string;
  subject:
    | "incident"
    | "grievance"
    | "action"
    | "clock"
    | "explanation"
    | "reminder"
    | "person"
    | "unit"
    | "organisation";
  subjectId: string;
  details?: Record<string, string | number | boolean | null>;
}

/** Writes an audit row in the transaction of what it tells. */
export async function audit(change: Change, entry: AuditEntry): Promise<void> {
  await change.audit.create({ data: { ...entry, details: entry.details ?? {} } });
}

/** The same for many at once. */
export async function auditAll(change: Change, entries: readonly AuditEntry[]): Promise<void> {
  await change.audit.createMany({ data: entries.map((entry) => ({ ...entry, details: entry.details ?? {} })) });
}
