import type { DomainStore } from "../store/store.ts";
import { notFound } from "./refusal.ts";
import { visibleActions, visibleBudgets, visibleClocks, visibleGrievances, visibleIncidents } from "./staff/access.ts";
import type { Actor } from "./staff/actor.ts";

/** A numbered record that somebody may see. */
export interface Found {
  id: string;
  number: number;
  /** The unit that it belongs to, where it has one. */
  unitId: string | null;
}

/** Finds what a reference means, by the same query whether it is not there or not for this person. */
export function recordService(store: DomainStore) {
  return {
    /**
     * Throws {@link notFound} where there is none that this person may see.
     * @param reference "INC-142"
     */
    async find(actor: Actor, reference: string): Promise<Found> {
      const [prefix = "", digits] = reference.split("-");
      const number = Number(digits);
      const bound = store.of(actor.organisationId);
      const chosen = { id: true, number: true } as const;
      const withUnit = { ...chosen, unitId: true } as const;
      const look: Record<string, () => Promise<Omit<Found, "unitId"> | null>> = {
        INC: () =>
          bound.incident.findFirst({ where: { AND: [{ number }, visibleIncidents(actor)] }, select: withUnit }),
        GRV: () =>
          bound.grievance.findFirst({ where: { AND: [{ number }, visibleGrievances(actor)] }, select: withUnit }),
        ACT: () => bound.action.findFirst({ where: { AND: [{ number }, visibleActions(actor)] }, select: withUnit }),
        CLK: () => bound.clock.findFirst({ where: { AND: [{ number }, visibleClocks(actor)] }, select: chosen }),
        BUD: () => bound.bookMonth.findFirst({ where: { AND: [{ number }, visibleBudgets(actor)] }, select: withUnit }),
        IMP: () => bound.sentFile.findFirst({ where: { number, personId: actor.id }, select: chosen }),
        REM: () =>
          bound.reminder.findFirst({
            where: { number, OR: [{ whoId: actor.id }, { byId: actor.id }] },
            select: chosen,
          }),
      };
      const found = await look[prefix]?.();
      if (!found) throw notFound(reference, names[prefix]);
      return { unitId: null, ...found };
    },
  };
}

/** The sorts of records that can wait for somebody. */
export const waitingSorts = ["INC", "GRV", "ACT", "CLK", "BUD", "REM"] as const;

/** What an input is called that names a record of this sort. */
const names: Record<string, string> = {
  INC: "incident",
  GRV: "grievance",
  ACT: "action",
  CLK: "clock",
  BUD: "about",
  IMP: "import",
  REM: "reminder",
};
