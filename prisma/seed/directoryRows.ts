import { DateTime } from "luxon";
import type { Prisma } from "../../src/store/store.ts";
import type { Cast } from "./cast.ts";
import type { Chance } from "./chance.ts";
import { people } from "./people.ts";
import { type SeedUnit, type UnitCode, units } from "./units.ts";

/** The web knows the people of the demonstration by their handles. */
export const demonstrationTenant = "demonstration";
/** The tenant that the Agents Playground belongs to when nobody configures another one. */
export const playgroundTenant = "00000000-0000-0000-0000-0000000000001";

export interface DirectoryRows {
  cast: Cast;
  people: Prisma.PersonCreateManyInput[];
  units: Prisma.UnitCreateManyInput[];
  identities: Prisma.IdentityCreateManyInput[];
  audit: Prisma.AuditCreateManyInput[];
}

/** Units, people, and who they are on each platform, as they were set up before the history begins. */
export function directoryRows(chance: Chance, now: Date): DirectoryRows {
  const setUpAt = DateTime.fromJSDate(now, { zone: "utc" }).minus({ days: 366 }).startOf("hour").toJSDate();
  const unitIds = new Map<string, string>(units.map(({ code }) => [code, chance.id(setUpAt)]));
  const personIds = new Map(people.map(({ handle }) => [handle, chance.id(setUpAt)]));
  const cast: Cast = {
    person: (handle) => known(personIds, handle),
    unit: (code: UnitCode) => known(unitIds, code),
  };
  const added = (subject: "unit" | "person", subjectId: string) => ({
    id: chance.id(setUpAt),
    at: setUpAt,
    actorId: null,
    action: `${subject}.added`,
    subject,
    subjectId,
    details: {},
  });
  const tree: readonly SeedUnit[] = units;
  return {
    cast,
    people: people.map((person) => ({
      id: cast.person(person.handle),
      handle: person.handle,
      name: person.name,
      email: emailOf(person.handle),
      access: ["staff", ...(person.access ?? [])],
      jobs: [person.job],
      unitIds: person.units.map(cast.unit),
      supervisorId: person.supervisor && cast.person(person.supervisor),
      zone: person.zone ?? null,
      hiredOn: dayBefore(now, person.years * 365 + chance.between(10, 350)),
      active: !person.left,
      quietFrom: person.quiet?.[0] ?? null,
      quietUntil: person.quiet?.[1] ?? null,
    })),
    units: tree.map(({ code, name, aliases, parent, manager }) => ({
      id: known(unitIds, code),
      code,
      name,
      aliases,
      parentId: parent ? known(unitIds, parent) : null,
      managerId: manager ? cast.person(manager) : null,
    })),
    identities: people.flatMap(({ handle }) => {
      const personId = cast.person(handle);
      return [
        { platform: "web", tenant: demonstrationTenant, user: handle, personId },
        // In Teams people have an id of the tenant's directory.
        { platform: "teams", tenant: playgroundTenant, user: personId, personId },
      ];
    }),
    audit: [
      ...[...unitIds.values()].map((id) => added("unit", id)),
      ...[...personIds.values()].map((id) => added("person", id)),
    ],
  };
}

const emailOf = (handle: string): string => `${handle}@riverside.example`;

function known(ids: ReadonlyMap<string, string>, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`The demonstration has no “${name}”.`);
  return id;
}

const dayBefore = (now: Date, days: number): Date =>
  DateTime.fromJSDate(now, { zone: "utc" }).minus({ days }).startOf("day").toJSDate();
