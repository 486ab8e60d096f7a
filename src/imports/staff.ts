import { moveZones } from "../domain/digests/zone.ts";
import type { Bound, Change, Prisma } from "../store/store.ts";
import { columns } from "./columns.ts";
import type { ImportFile } from "./file.ts";
import { topFirst } from "./order.ts";
import { done, during, type ImportOptions, type ImportResult, importPatience, refused } from "./result.ts";
import type { KnownStaff, PlannedPerson } from "./staffChecks.ts";
import { planStaff } from "./staffPlan.ts";
import { readTable } from "./table.ts";

/**
 * Adds and changes people from a file, all of it or nothing. An empty cell leaves what is there, "-" empties it, and
 * people who are not in the file stay as they are.
 */
export async function importStaff(bound: Bound, file: ImportFile, options: ImportOptions): Promise<ImportResult> {
  const { rows, errors } = await during(options, `Reading ${file.name}`, async () =>
    readTable(file, columns.staff, "handle"),
  );
  if (errors.length > 0) return refused(errors);
  return during(options, `Importing ${file.name}`, async () => {
    const workspaces = await bound.workspaces();
    return bound.change(async (change) => {
      const known = await readKnown(change, workspaces);
      const plan = planStaff(rows, known);
      if (plan.errors.length > 0) return refused(plan.errors);
      if (!options.dryRun) await writeStaff(change, plan.people, options);
      return done(
        plan.people.map(({ line, before, after, columns }) => ({
          line,
          code: after.handle,
          name: after.name,
          outcome: !before ? "added" : columns.length > 0 ? "changed" : "unchanged",
          columns,
        })),
        notes(plan.people, known),
      );
    }, importPatience);
  });
}

async function readKnown(change: Change, workspaces: KnownStaff["workspaces"]): Promise<KnownStaff> {
  const people = await change.person.findMany({
    select: {
      id: true,
      handle: true,
      name: true,
      email: true,
      access: true,
      jobs: true,
      unitIds: true,
      supervisorId: true,
      zone: true,
      hiredOn: true,
      active: true,
      identities: { select: { platform: true, tenant: true, user: true } },
    },
  });
  const units = await change.unit.findMany({
    select: { id: true, code: true, managerId: true },
    orderBy: { code: "asc" },
  });
  return { people, units, workspaces };
}

function notes(people: readonly PlannedPerson[], known: KnownStaff): string[] {
  const gone = people.filter(({ after }) => !after.active);
  const handles = (those: typeof gone) => those.map(({ after }) => `@${after.handle}`).join(", ");
  const leaving = gone.filter(({ before }) => before?.active);
  const left = gone.filter(({ before }) => before && !before.active);
  const unmanaged = known.units.filter((unit) => unit.managerId === null).map((unit) => unit.code);
  const anew = people.some(({ before }) => !before);
  return [
    ...(leaving.length > 0
      ? [`Marked as having left: ${handles(leaving)}. What they have open goes to the managers of its units.`]
      : []),
    ...(left.length > 0
      ? [`Marked as having left, and they stay so: ${handles(left)}. Give them an access where they are back.`]
      : []),
    ...(anew && unmanaged.length > 0
      ? [`Units without a manager: ${unmanaged.join(", ")}. Where the units file names one, import it once more.`]
      : []),
  ];
}

async function writeStaff(change: Change, people: readonly PlannedPerson[], { now, by }: ImportOptions): Promise<void> {
  const added = topFirst(
    people.filter((person) => !person.before),
    ({ after }) => ({ id: after.id, aboveId: after.supervisorId }),
  );
  const changed = people.filter((person) => person.before && person.columns.length > 0);
  await change.person.createMany({ data: added.map(({ after }) => after) });
  for (const { after } of changed) {
    const { id, handle: _, ...data } = after;
    await change.person.updateMany({ where: { id }, data });
  }
  const moved = changed.filter(({ columns }) => columns.includes("zone")).map(({ after }) => after.id);
  if (moved.length > 0) await moveZones(change, moved, now);
  // Everything is given back before it is given to somebody else.
  for (const { identities } of changed)
    for (const identity of identities.removed) await change.identity.deleteMany({ where: { ...identity } });
  await change.identity.createMany({
    data: [...added, ...changed].flatMap(({ after, identities }) =>
      identities.added.map((identity) => ({ ...identity, personId: after.id })),
    ),
  });
  await change.audit.createMany({
    data: [...added, ...changed].map(
      ({ before, after, columns }): Prisma.AuditCreateManyInput => ({
        at: now,
        actorId: by?.id ?? null,
        action: before ? "person.changed" : "person.added",
        subject: "person",
        subjectId: after.id,
        details: {
          ...Object.fromEntries(columns.map((column) => [column, true])),
          ...(columns.includes("access") && { access: after.active ? after.access.join(" ") : "left" }),
        },
      }),
    ),
  });
}
