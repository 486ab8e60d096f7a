import { randomUUID } from "node:crypto";
import { audit } from "../../audit.ts";
import type { DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { dayAt } from "../days.ts";
import { mayBeRoutedTo } from "../incidents/routing.ts";
import { Refusal } from "../refusal.ts";
import type { Actor } from "../staff/actor.ts";

export interface NewRoute {
  personIds: readonly string[];
  kind?: string | undefined;
  category?: string | undefined;
  harm?: string | undefined;
  unitId?: string | undefined;
}

export interface RouteDetails {
  id: string;
  kind: string | null;
  category: string | null;
  harm: string | null;
  unit: { name: string } | null;
  people: { id: string; name: string; active: boolean }[];
}

/** Routes and holidays of one organisation; more would make the list unreadable. */
const routesAtMost = 100;
const holidaysAtMost = 200;

/** What an organisation settles once for all of its units. */
export function settingsService(store: DomainStore) {
  return {
    /** Whom incidents go to first, the routes with a unit first. */
    async routes(actor: Actor): Promise<RouteDetails[]> {
      const bound = store.of(actor.organisationId);
      const routes = await bound.route.findMany({
        include: { unit: { select: { name: true } } },
        orderBy: [{ unitId: { sort: "asc", nulls: "last" } }, { id: "asc" }],
      });
      const people = await bound.person.findMany({
        where: { id: { in: routes.flatMap((route) => route.personIds) } },
        select: { id: true, name: true, active: true },
      });
      return routes.map(({ personIds, ...route }) => ({
        ...route,
        people: people.filter((person) => personIds.includes(person.id)),
      }));
    },

    /** Incidents that fit go to these people first from now on; with the conditions of a route that there is, it is that one. */
    async addRoute({ actor, now }: Act, given: NewRoute): Promise<void> {
      const { kind = null, category = null, harm = null, unitId = null, personIds } = given;
      const bound = store.of(actor.organisationId);
      await bound.change(async (change) => {
        if ((await change.route.count()) >= routesAtMost)
          throw new Refusal(`There are ${routesAtMost} routes already. Remove one that is not needed any more.`);
        const unable = await change.person.findFirst({
          where: { id: { in: [...personIds] }, NOT: { access: { hasSome: [...mayBeRoutedTo] } } },
          select: { name: true },
        });
        if (unable)
          throw new Refusal(
            `${unable.name} has neither manager nor quality access and could not acknowledge what comes. Choose somebody who has, or have the access given first.`,
            "people",
          );
        const same = await change.route.findFirst({ where: { kind, category, harm, unitId }, select: { id: true } });
        const id = same?.id ?? randomUUID();
        if (same) await change.route.updateMany({ where: { id }, data: { personIds: [...personIds] } });
        else await change.route.create({ data: { id, kind, category, harm, unitId, personIds: [...personIds] } });
        await noted(change, actor, now, "organisation.route-set", { route: id });
      });
    },

    /** Removed already is removed. */
    async removeRoute({ actor, now }: Act, id: string): Promise<void> {
      await store.of(actor.organisationId).change(async (change) => {
        const known = await change.route.findMany({ select: { id: true } });
        if (!known.some((route) => route.id === id)) return;
        const removed = await change.route.deleteMany({ where: { id } });
        if (removed.count > 0) await noted(change, actor, now, "organisation.route-removed", { route: id });
      });
    },

    /** The organisation's own days off that are still to come, `YYYY-MM-DD`. */
    async holidays(actor: Actor, now: Date): Promise<string[]> {
      const { holidays, zone } = await store.of(actor.organisationId).organisation();
      const today = dayAt(now, zone);
      return holidays.filter((day) => day >= today).sort();
    },

    /** Adds and removes a day off (`YYYY-MM-DD`); clocks that run already keep their dates. */
    async changeHolidays({ actor, now }: Act, given: { add?: string | undefined; remove?: string | undefined }) {
      const bound = store.of(actor.organisationId);
      await bound.change(async (change) => {
        const { holidays } = await change.lockOrganisation();
        const days = new Set(holidays);
        if (given.add) days.add(given.add);
        if (given.remove) days.delete(given.remove);
        if (days.size > holidaysAtMost) throw new Refusal(`${holidaysAtMost} days off are kept at most.`, "add");
        await change.changeOrganisation({ holidays: [...days].sort() });
        await noted(change, actor, now, "organisation.holidays-changed", {});
      });
    },
  };
}

const noted = (
  change: Parameters<typeof audit>[0],
  actor: Actor,
  at: Date,
  action: string,
  details: Record<string, string>,
) =>
  audit(change, {
    at,
    actorId: actor.id,
    action,
    subject: "organisation",
    subjectId: actor.organisationId,
    details,
  });
