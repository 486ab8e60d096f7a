import { randomUUID } from "node:crypto";
import type { Bound, Change, Prisma } from "../store/store.ts";
import { type Asked, asked, handleIn, kept, listIn, same } from "./cells.ts";
import { columns } from "./columns.ts";
import type { Finding, ImportFile } from "./file.ts";
import { offer } from "./nearest.ts";
import { circleFrom, topFirst } from "./order.ts";
import { done, during, type ImportOptions, type ImportResult, importPatience, refused } from "./result.ts";
import { type Row, readTable } from "./table.ts";

type UnitRow = Row<(typeof columns.units)[number]>;

interface KnownUnit {
  id: string;
  code: string;
  name: string;
  aliases: string[];
  parentId: string | null;
  managerId: string | null;
}

interface PlannedUnit {
  line: number;
  before: KnownUnit | undefined;
  after: KnownUnit;
  columns: string[];
}

const longestCode = 20;
const longestName = 100;
const code = /^[\p{L}\p{N}][\p{L}\p{N}._/&-]*$/u;

/**
 * Adds and changes units from a file, all of it or nothing. An empty cell leaves what is there, "-" empties it, and units
 * that are not in the file stay as they are. Managers who are not in the directory yet are left out with a note, because
 * staff are imported after their units.
 */
export async function importUnits(bound: Bound, file: ImportFile, options: ImportOptions): Promise<ImportResult> {
  const { rows, errors } = await during(options, `Reading ${file.name}`, async () =>
    readTable(file, columns.units, "code"),
  );
  if (errors.length > 0) return refused(errors);
  return during(options, `Importing ${file.name}`, () =>
    bound.change(async (change) => {
      const known = await change.unit.findMany();
      const people = await change.person.findMany({ where: { active: true }, select: { id: true, handle: true } });
      const plan = planUnits(rows, known, new Map(people.map(({ id, handle }) => [handle, id])));
      if (plan.errors.length > 0) return refused(plan.errors);
      if (!options.dryRun) await writeUnits(change, plan.units, options);
      return done(
        plan.units.map(({ line, before, after, columns }) => ({
          line,
          code: after.code,
          name: after.name,
          outcome: !before ? "added" : columns.length > 0 ? "changed" : "unchanged",
          columns,
        })),
        plan.notes,
      );
    }, importPatience),
  );
}

function planUnits(rows: readonly UnitRow[], known: readonly KnownUnit[], people: ReadonlyMap<string, string>) {
  const errors: Finding[] = [];
  const units = new Map(known.map((unit) => [unit.code.toLowerCase(), unit]));
  const named = new Map<string, { row: UnitRow; before: KnownUnit | undefined; id: string }>();
  for (const row of rows) {
    const wrong = (message: string) => errors.push({ line: row.line, column: "code", message });
    const written = row.cells.code ?? "";
    const first = named.get(written.toLowerCase());
    const before = units.get(written.toLowerCase());
    if (written === "") wrong("Every unit needs a code.");
    else if (first) wrong(`The code “${written}” is on line ${first.row.line} already.`);
    else if (!before && (written.length > longestCode || !code.test(written)))
      wrong(`“${written}” is no code. Use up to ${longestCode} letters and digits without spaces, as 4W.`);
    else named.set(written.toLowerCase(), { row, before, id: before?.id ?? randomUUID() });
  }

  const idOf = (written: string) => named.get(written.toLowerCase())?.id ?? units.get(written.toLowerCase())?.id;
  const codes = [...known.map((unit) => unit.code), ...rows.flatMap((row) => row.cells.code ?? [])];
  const absent = new Map<string, string[]>();
  const planned = [...named.values()].map(({ row, before, id }): PlannedUnit => {
    const { cells, line } = row;
    const wrong = (column: string, message: string) => errors.push({ line, column, message });
    const own = before?.code ?? cells.code ?? "";
    const name = kept(asked(cells.name), before?.name);
    if (!name) wrong("name", "Every unit needs a name.");
    else if (name.length > longestName) wrong("name", `Use up to ${longestName} characters for the name.`);
    let parentId: Asked<string> = asked(cells.parent);
    if (parentId) {
      const above = idOf(parentId);
      if (!above)
        wrong("parent", `There is no unit “${parentId}”, neither here nor in the file.${offer(codes, parentId)}`);
      parentId = above;
    }
    let managerId: Asked<string> = asked(cells.manager);
    if (managerId) {
      const handle = handleIn(managerId);
      managerId = people.get(handle);
      if (!managerId) absent.set(handle, [...(absent.get(handle) ?? []), own]);
    }
    const after: KnownUnit = {
      id,
      code: own,
      name: name ?? "",
      aliases: kept(listIn(cells.aliases), before?.aliases) ?? [],
      parentId: kept(parentId, before?.parentId),
      managerId: kept(managerId, before?.managerId),
    };
    return { line, before, after, columns: columnsChanged(before, after) };
  });
  errors.push(...circles(planned, known), ...ambiguous(planned, known));
  return { errors, units: planned, notes: [...absentNote(absent, people)] };
}

const columnsChanged = (before: KnownUnit | undefined, after: KnownUnit): string[] =>
  (
    [
      ["name", "name"],
      ["aliases", "aliases"],
      ["parent", "parentId"],
      ["manager", "managerId"],
    ] as const
  ).flatMap(([column, field]) => (same(before?.[field], after[field]) ? [] : [column]));

function circles(planned: readonly PlannedUnit[], known: readonly KnownUnit[]): Finding[] {
  const all = [...known, ...planned.map(({ after }) => after)];
  const above = new Map(all.map((unit) => [unit.id, unit.parentId]));
  const codeOf = new Map(all.map((unit) => [unit.id, unit.code]));
  const told = new Set<string>();
  return planned.flatMap(({ line, after }) => {
    const circle = told.has(after.id) ? undefined : circleFrom(after.id, above);
    if (!circle) return [];
    for (const id of circle) told.add(id);
    const way = [...circle, after.id].map((id) => codeOf.get(id)).join(" → ");
    return [
      {
        line,
        column: "parent",
        message: `${after.code} would be above itself: ${way}. Give one of them another parent.`,
      },
    ];
  });
}

/** A word that two units answer to would file an incident in the wrong place. */
function ambiguous(planned: readonly PlannedUnit[], known: readonly KnownUnit[]): Finding[] {
  const inFile = new Set(planned.map(({ after }) => after.id));
  const others = known.filter((unit) => !inFile.has(unit.id));
  const owners = new Map<string, KnownUnit>();
  for (const unit of others) for (const word of [...unit.aliases, unit.code]) owners.set(word.toLowerCase(), unit);
  const taken = (word: string, unit: KnownUnit): KnownUnit | undefined => {
    const owner = owners.get(word.toLowerCase());
    if (owner && owner.id !== unit.id) return owner;
    owners.set(word.toLowerCase(), unit);
    return undefined;
  };
  const findings: Finding[] = [];
  for (const column of ["code", "aliases"] as const)
    for (const { line, after } of planned)
      for (const word of column === "code" ? [after.code] : after.aliases) {
        const owner = taken(word, after);
        if (owner)
          findings.push({ line, column, message: `“${word}” already means ${owner.code}. Choose another word.` });
      }
  return findings;
}

function absentNote(absent: ReadonlyMap<string, string[]>, people: ReadonlyMap<string, string>): string[] {
  if (absent.size === 0) return [];
  const who = [...absent].map(
    ([handle, units]) => `“${handle}” for ${units.join(", ")}.${people.size > 0 ? offer(people.keys(), handle) : ""}`,
  );
  return [
    `Managers who are not in the directory yet: ${who.join(" ")} These units keep the manager that they have until then. Import the staff file next, and then this file once more.`,
  ];
}

async function writeUnits(change: Change, units: readonly PlannedUnit[], { now, by }: ImportOptions): Promise<void> {
  const added = topFirst(
    units.filter((unit) => !unit.before),
    ({ after }) => ({ id: after.id, aboveId: after.parentId }),
  );
  const changed = units.filter((unit) => unit.before && unit.columns.length > 0);
  await change.unit.createMany({ data: added.map(({ after }) => after) });
  for (const { after } of changed) {
    const { id, code: _, ...data } = after;
    await change.unit.updateMany({ where: { id }, data });
  }
  await change.audit.createMany({
    data: [...added, ...changed].map(
      ({ before, after, columns }): Prisma.AuditCreateManyInput => ({
        at: now,
        actorId: by?.id ?? null,
        action: before ? "unit.changed" : "unit.added",
        subject: "unit",
        subjectId: after.id,
        details: Object.fromEntries(columns.map((column) => [column, true])),
      }),
    ),
  });
}
