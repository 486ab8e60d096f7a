import { randomUUID } from "node:crypto";
import { DateTime, IANAZone } from "luxon";
import { z } from "zod";
import { accesses } from "../domain/staff/actor.ts";
import { type Asked, asked, handleIn, kept, listIn, same } from "./cells.ts";
import type { columns } from "./columns.ts";
import type { Finding } from "./file.ts";
import {
  heldTwice,
  type IdentityChange,
  type KnownIdentity,
  keyOf,
  notConnected,
  platforms,
  readIdentity,
  workspaceOf,
} from "./identities.ts";
import { offer } from "./nearest.ts";
import {
  emailsTwice,
  type KnownStaff,
  lastAdmin,
  type Person,
  type PlannedPerson,
  supervisorCircles,
} from "./staffChecks.ts";
import type { Row } from "./table.ts";

export type StaffRow = Row<(typeof columns.staff)[number]>;

export interface StaffPlan {
  errors: Finding[];
  people: PlannedPerson[];
}

const longestName = 100;
/** The access of who has left. */
const leaving = "left";
const handlePattern = /^[a-z0-9](?:[a-z0-9._-]{0,38}[a-z0-9])?$/;
/** Words that mean somebody else wherever a handle is typed. */
const reserved = new Set(["me", "here", "all", "everyone", "channel"]);
const email = z.email();

/** What a file would change, and everything that is wrong with it. */
export function planStaff(rows: readonly StaffRow[], known: KnownStaff): StaffPlan {
  const errors: Finding[] = [];
  const byHandle = new Map(known.people.map((person) => [person.handle, person]));
  const named = new Map<string, { row: StaffRow; id: string }>();
  for (const row of rows) {
    const written = row.cells.handle ?? "";
    const handle = handleIn(written);
    const wrong = (message: string) => errors.push({ line: row.line, column: "handle", message });
    const first = named.get(handle);
    const before = byHandle.get(handle);
    if (handle === "") wrong("Everybody needs a handle.");
    else if (first) wrong(`The handle “${handle}” is on line ${first.row.line} already.`);
    else if (!before && (!handlePattern.test(handle) || reserved.has(handle)))
      wrong(`“${written}” is no handle. Use letters without accents, digits, dots and hyphens, as jlee or jane.lee.`);
    else named.set(handle, { row, id: before?.id ?? randomUUID() });
  }
  const idOf = (handle: string) => named.get(handle)?.id ?? byHandle.get(handle)?.id;
  const handles = [...byHandle.keys(), ...named.keys()];
  const people = [...named].map(([handle, { row, id }]) =>
    planPerson(row, id, handle, { before: byHandle.get(handle), known, idOf, handles, errors }),
  );
  errors.push(...emailsTwice(people, known), ...supervisorCircles(people, known), ...lastAdmin(people, known));
  const handleOf = new Map([...known.people, ...people.map(({ after }) => after)].map((one) => [one.id, one.handle]));
  const held = known.people.flatMap(({ id, identities }) => identities.map((one) => ({ ...one, personId: id })));
  const changes = people.map(({ identities }) => identities);
  errors.push(...heldTwice(changes, held, (id) => handleOf.get(id) ?? "somebody"));
  return { errors, people };
}

interface Reading {
  before: KnownStaff["people"][number] | undefined;
  known: KnownStaff;
  idOf(handle: string): string | undefined;
  handles: readonly string[];
  errors: Finding[];
}

function planPerson({ line, cells }: StaffRow, id: string, handle: string, reading: Reading): PlannedPerson {
  const { before, known, idOf, handles, errors } = reading;
  const wrong = (column: string, message: string): undefined => void errors.push({ line, column, message });

  const name = kept(asked(cells.name), before?.name);
  if (!name) wrong("name", "Everybody needs a name.");
  else if (name.length > longestName) wrong("name", `Use up to ${longestName} characters for the name.`);

  const mail = asked(cells.email);
  if (mail && !email.safeParse(mail).success) wrong("email", `“${mail}” is no e-mail address.`);

  const access = listIn(cells.access)?.map((word) => word.toLowerCase());
  for (const word of access ?? [])
    if (word !== leaving && !accesses.some((one) => one === word))
      wrong(
        "access",
        `There is no access “${word}”.${offer(accesses, word)} There are ${accesses.join(", ")}, and ${leaving} for who has left.`,
      );
  const left = access?.includes(leaving) ?? false;
  if (left && access && access.length > 1) wrong("access", `Who has left has no access: write “${leaving}” alone.`);

  const unitIds = listIn(cells.units)?.map((code) => {
    const unit = known.units.find((one) => one.code.toLowerCase() === code.toLowerCase());
    if (!unit)
      wrong(
        "units",
        `There is no unit “${code}”.${offer(
          known.units.map((one) => one.code),
          code,
        )} Import units first.`,
      );
    return unit?.id ?? "";
  });

  let supervisorId = asked(cells.supervisor);
  if (supervisorId) {
    const supervisor = handleIn(supervisorId);
    supervisorId = idOf(supervisor);
    if (!supervisorId)
      wrong(
        "supervisor",
        `There is nobody “${supervisor}”, neither here nor in the file.${offer(handles, supervisor)}`,
      );
  }

  const zone = asked(cells.zone);
  if (zone && !(/^[A-Za-z]/.test(zone) && IANAZone.isValidZone(zone)))
    wrong(
      "zone",
      `“${zone}” is no zone.${offer(Intl.supportedValuesOf("timeZone"), zone)} Write it as America/New_York.`,
    );

  const hired = asked(cells.hired);
  const hiredOn: Asked<Date> = hired ? readDay(hired) : hired === null ? null : undefined;
  if (hired && !hiredOn) wrong("hired", `“${hired}” is no date. Write it as 2024-03-31.`);

  const after: Person = {
    id,
    handle,
    name: name ?? "",
    email: kept(mail, before?.email),
    access:
      access && !left
        ? accesses.filter((one) => one === "staff" || access.includes(one))
        : (before?.access ?? ["staff"]),
    jobs: listIn(cells.jobs) ?? before?.jobs ?? [],
    unitIds: unitIds ?? before?.unitIds ?? [],
    supervisorId: kept(supervisorId, before?.supervisorId),
    zone: kept(zone, before?.zone),
    hiredOn: kept(hiredOn, before?.hiredOn),
    active: access ? !left : (before?.active ?? true),
  };
  const identities = planIdentities({ line, cells }, after, before?.identities ?? [], known, wrong);
  return { line, before, after, identities, columns: columnsChanged(before, after, identities) };
}

function readDay(written: string): Date | undefined {
  const day = DateTime.fromFormat(written, "yyyy-MM-dd", { zone: "utc" });
  return day.isValid && day.year >= 1900 ? day.toJSDate() : undefined;
}

/** A cell says who somebody is in one workspace; who they are in others stays. */
function planIdentities(
  { line, cells }: StaffRow,
  { id, handle }: Person,
  before: readonly KnownIdentity[],
  known: KnownStaff,
  wrong: (column: string, message: string) => void,
): IdentityChange {
  const change: IdentityChange = { line, personId: id, handle, removed: [], added: [] };
  for (const platform of platforms) {
    const cell = asked(cells[platform]);
    if (cell === null) change.removed.push(...before.filter((identity) => identity.platform === platform));
    if (!cell) continue;
    const read = readIdentity(platform, cell);
    if (typeof read === "string") {
      wrong(platform, read);
      continue;
    }
    if (!known.workspaces.some((workspace) => workspaceOf(workspace) === workspaceOf(read)))
      wrong(platform, notConnected(platform, read.tenant));
    if (before.some((identity) => keyOf(identity) === keyOf(read))) continue;
    change.removed.push(...before.filter((identity) => workspaceOf(identity) === workspaceOf(read)));
    change.added.push(read);
  }
  return change;
}

function columnsChanged(before: Person | undefined, after: Person, identities: IdentityChange): string[] {
  const fields = [
    ["name", "name"],
    ["email", "email"],
    ["access", "access"],
    ["access", "active"],
    ["jobs", "jobs"],
    ["units", "unitIds"],
    ["supervisor", "supervisorId"],
    ["zone", "zone"],
    ["hired", "hiredOn"],
  ] as const;
  const changed = fields.flatMap(([column, field]) => (same(before?.[field], after[field]) ? [] : [column]));
  const moved = [...identities.removed, ...identities.added].map(({ platform }) => platform);
  return [...new Set(changed), ...platforms.filter((platform) => moved.includes(platform))];
}
