import type { DomainStore } from "../../store/store.ts";
import { reference as actionReference } from "../actions/rules.ts";
import { reference as grievanceReference } from "../grievances/rules.ts";
import { reference as incidentReference } from "../incidents/rules.ts";
import { visibleActions, visibleGrievances, visibleIncidents } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";

/** What became somebody's because another one left. */
export interface HandedOn {
  leaver: string;
  records: { type: "incident" | "grievance" | "action"; about: string; unit: string | null }[];
}

const shown = { number: true, unit: { select: { name: true } } } as const;

export function leaverService(store: DomainStore) {
  return {
    /** What was handed on from one person to another at a moment, as far as it is still theirs; undefined where nothing is. */
    async handedOn(actor: Actor, from: string, to: string, at: Date): Promise<HandedOn | undefined> {
      const bound = store.of(actor.organisationId);
      const entries = await bound.timelineEntry.findMany({
        where: { aboutId: to, at, actorId: null, details: { path: ["from"], equals: from } },
        select: { incidentId: true, grievanceId: true, actionId: true },
      });
      const among = (name: "incidentId" | "grievanceId" | "actionId") => ({
        id: { in: entries.flatMap((entry) => entry[name] ?? []) },
      });
      const some = { select: shown, orderBy: { number: "asc" } } as const;
      const open = { assigneeId: to, closedAt: null };
      const [leaver, incidents, grievances, actions] = await Promise.all([
        bound.person.findFirst({ where: { id: from }, select: { name: true } }),
        bound.incident.findMany({ where: { AND: [visibleIncidents(actor), among("incidentId"), open] }, ...some }),
        bound.grievance.findMany({ where: { AND: [visibleGrievances(actor), among("grievanceId"), open] }, ...some }),
        bound.action.findMany({ where: { AND: [visibleActions(actor), among("actionId"), { ownerId: to }] }, ...some }),
      ]);
      const rows = (
        type: HandedOn["records"][number]["type"],
        found: readonly { number: number; unit: { name: string } | null }[],
        reference: (number: number) => string,
      ) => found.map(({ number, unit }) => ({ type, about: reference(number), unit: unit?.name ?? null }));
      const records = [
        ...rows("incident", incidents, incidentReference),
        ...rows("grievance", grievances, grievanceReference),
        ...rows("action", actions, actionReference),
      ];
      return leaver && records.length > 0 ? { leaver: leaver.name, records } : undefined;
    },
  };
}
