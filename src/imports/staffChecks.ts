import type { Finding } from "./file.ts";
import type { IdentityChange, KnownIdentity } from "./identities.ts";
import { circleFrom } from "./order.ts";

export interface Person {
  id: string;
  handle: string;
  name: string;
  email: string | null;
  access: string[];
  jobs: string[];
  unitIds: string[];
  supervisorId: string | null;
  zone: string | null;
  hiredOn: Date | null;
  /** False for who has left. */
  active: boolean;
}

/** What is in the database before. */
export interface KnownStaff {
  people: (Person & { identities: KnownIdentity[] })[];
  units: { id: string; code: string; managerId: string | null }[];
  workspaces: { platform: string; tenant: string }[];
}

export interface PlannedPerson {
  line: number;
  before: KnownStaff["people"][number] | undefined;
  after: Person;
  identities: IdentityChange;
  columns: string[];
}

/** Whoever comes first with an e-mail is recognised by it, so that two people cannot share one. */
export function emailsTwice(people: readonly PlannedPerson[], known: KnownStaff): Finding[] {
  const changed = people.filter(({ columns }) => columns.includes("email"));
  const moved = new Set(changed.map(({ after }) => after.id));
  const owners = new Map<string, string>();
  for (const person of known.people)
    if (person.email && !moved.has(person.id)) owners.set(person.email.toLowerCase(), person.handle);
  return changed.flatMap(({ line, after }) => {
    if (!after.email) return [];
    const owner = owners.get(after.email.toLowerCase());
    owners.set(after.email.toLowerCase(), owner ?? after.handle);
    if (owner === undefined) return [];
    const message = `“${after.email}” is the e-mail of @${owner} already. If they are the same person, use that handle in the file.`;
    return [{ line, column: "email", message }];
  });
}

export function supervisorCircles(people: readonly PlannedPerson[], known: KnownStaff): Finding[] {
  const all = [...known.people, ...people.map(({ after }) => after)];
  const above = new Map(all.map((person) => [person.id, person.supervisorId]));
  const handleOf = new Map(all.map((person) => [person.id, person.handle]));
  const told = new Set<string>();
  return people.flatMap(({ line, after }) => {
    const circle = told.has(after.id) ? undefined : circleFrom(after.id, above);
    if (!circle) return [];
    for (const id of circle) told.add(id);
    const way = [...circle, after.id].map((id) => `@${handleOf.get(id)}`).join(" → ");
    const message = `@${after.handle} would supervise themselves: ${way}. Give one of them another supervisor.`;
    return [{ line, column: "supervisor", message }];
  });
}

/** An organisation that has an admin keeps one. */
export function lastAdmin(people: readonly PlannedPerson[], known: KnownStaff): Finding[] {
  const isAdmin = ({ active, access }: Person) => active && access.includes("admin");
  const lost = people.find(({ before, after }) => before && isAdmin(before) && !isAdmin(after));
  if (!lost) return [];
  const planned = new Set(people.map(({ after }) => after.id));
  const others = known.people.filter(({ id }) => !planned.has(id));
  if ([...others, ...people.map(({ after }) => after)].some(isAdmin)) return [];
  const message = `Nobody would be an admin any more. Add admin to the access of @${lost.after.handle}, or of somebody else in the file.`;
  return [{ line: lost.line, column: "access", message }];
}
