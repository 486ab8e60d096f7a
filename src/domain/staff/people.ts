import { IANAZone } from "luxon";
import { audit } from "../../audit.ts";
import type { Identity } from "../../chat/request.ts";
import type { DomainStore, OrganisationSettings } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { moveZones } from "../digests/zone.ts";
import { type Named, named } from "../named.ts";
import { Refusal } from "../refusal.ts";
import type { Access, Actor } from "./actor.ts";

export interface PersonDetails {
  id: string;
  handle: string;
  name: string;
  email: string | null;
  access: Access[];
  jobs: string[];
  units: { code: string; name: string }[];
  manages: { code: string; name: string }[];
  supervisor: Named | null;
  zone: string;
  quiet: { from: string; until: string } | null;
  /** Where this person asked to be told; null: where they were last seen. */
  reachOn: string | null;
  identities: { platform: string }[];
  organisation: {
    name: string;
    inviteOnly: boolean;
    acknowledgeWithinHours: number;
    remindAt: string;
    managerAfterDays: number;
    clusterCount: number;
    clusterDays: number;
    fiscalYearStart: number;
    explainDollars: number;
    explainPercent: number;
    smallCells: number;
  };
}

export interface OwnSettings {
  zone?: string | undefined;
  /** `HH:mm`; both the same: no quiet hours. */
  quietFrom?: string | undefined;
  quietUntil?: string | undefined;
  reachOn?: string | undefined;
}

export type OrganisationChanges = {
  [Name in Exclude<keyof OrganisationSettings, "holidays">]?: OrganisationSettings[Name] | undefined;
};

export function peopleService(store: DomainStore) {
  return {
    /** Everything that is kept of this person, for themselves. */
    async whoami(actor: Actor): Promise<PersonDetails> {
      const bound = store.of(actor.organisationId);
      const organisation = await bound.organisation();
      const unit = { select: { code: true, name: true } } as const;
      const person = await bound.person.findFirstOrThrow({
        where: { id: actor.id },
        include: {
          manages: unit,
          supervisor: named,
          identities: { select: { platform: true } },
        },
      });
      const units = await bound.unit.findMany({ where: { id: { in: person.unitIds } }, ...unit });
      const { quietFrom: from, quietUntil: until } = person;
      return {
        ...person,
        access: [...actor.access],
        units,
        zone: person.zone ?? organisation.zone,
        quiet: from !== null && until !== null ? { from, until } : null,
        organisation,
      };
    },

    /** Platform user ids of the people whom a card names, for mentions. */
    async mentions(
      actor: Actor,
      personIds: readonly string[],
      asker: Pick<Identity, "platform" | "tenant">,
    ): Promise<Record<string, string>> {
      const rows = await store.of(actor.organisationId).identity.findMany({
        where: { personId: { in: [...personIds] }, platform: asker.platform, tenant: asker.tenant },
        select: { personId: true, user: true },
      });
      return Object.fromEntries(rows.map((row) => [row.personId, row.user]));
    },

    /** Changes what is given; quiet hours that begin when they end are none. */
    async changeOwn({ actor, now }: Act, given: OwnSettings): Promise<void> {
      if (given.zone !== undefined && !IANAZone.isValidZone(given.zone))
        throw new Refusal(`“${given.zone.slice(0, 60)}” is no zone. Write it as America/New_York.`, "zone");
      if ((given.quietFrom === undefined) !== (given.quietUntil === undefined))
        throw new Refusal("Quiet hours need a beginning and an end.", "quiet-until");
      const none = given.quietFrom === given.quietUntil;
      await store.of(actor.organisationId).change(async (change) => {
        await change.person.updateMany({
          where: { id: actor.id },
          data: {
            ...(given.zone !== undefined && { zone: given.zone }),
            ...(given.quietFrom !== undefined && {
              quietFrom: none ? null : given.quietFrom,
              quietUntil: none ? null : (given.quietUntil ?? null),
            }),
            ...(given.reachOn !== undefined && { reachOn: given.reachOn }),
          },
        });
        if (given.zone !== undefined) await moveZones(change, [actor.id], now);
        await audit(change, {
          at: now,
          actorId: actor.id,
          action: "person.settings-changed",
          subject: "person",
          subjectId: actor.id,
          details: fieldsOf(given),
        });
      });
    },

    /** Changes what is given; asked for without anything it is only looked at. */
    async changeOrganisation({ actor, now }: Act, given: OrganisationChanges): Promise<void> {
      const data = Object.fromEntries(
        Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
      );
      if (Object.keys(data).length === 0) return;
      await store.of(actor.organisationId).change(async (change) => {
        await change.changeOrganisation(data);
        await audit(change, {
          at: now,
          actorId: actor.id,
          action: "organisation.settings-changed",
          subject: "organisation",
          subjectId: actor.organisationId,
          details: data,
        });
      });
    },
  };
}

/** The names of what was changed, without the values. */
const fieldsOf = (given: object): Record<string, true> =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, true as const]])),
  );
