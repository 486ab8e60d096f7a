import { DateTime } from "luxon";
import type { Identity } from "../src/chat/request.ts";
import type { Progress } from "../src/store/database.ts";
import { Prisma, type Store } from "../src/store/store.ts";
import { actionRows } from "./seed/actionRows.ts";
import { budgetRows } from "./seed/budgetRows.ts";
import { chanceFrom } from "./seed/chance.ts";
import { demonstrationTenant, directoryRows, playgroundTenant } from "./seed/directoryRows.ts";
import { grievanceRows } from "./seed/grievanceRows.ts";
import { yearOfIncidents } from "./seed/history.ts";
import { incidentClocks } from "./seed/incidentClocks.ts";
import { incidentRows } from "./seed/incidentRows.ts";
import { kpiRows } from "./seed/kpiRows.ts";
import { acknowledgeWithinHours } from "./seed/lives.ts";
import { interesting } from "./seed/people.ts";
import { reminderRows } from "./seed/reminderRows.ts";

export { demonstrationTenant, playgroundTenant };

/** Any number: the story that is told follows from it and from the moment alone. */
const seed = 1881;
/** The month that its fiscal year begins with. */
const fiscalYearStart = 1;
/** Any number: whoever has this lock seeds. */
const seedLock = 5_002;
/** On a slow machine; the whole of it is one transaction. */
const patience = { maxWait: 30_000, timeout: 120_000 };

/**
 * Makes the demonstration hospital with a year of history, unless it is there. All of it or nothing: a seeding that is
 * cut off leaves no trace, and the next one begins again.
 */
export async function seedDemonstration(
  store: Store,
  { zone, now, progress }: { zone: string; now: Date; progress: Progress },
): Promise<void> {
  if (await isSeeded(store.unbound)) return;
  const done = progress.step("Making the demonstration hospital");
  await store.unbound.$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT pg_advisory_xact_lock(${seedLock})::text`;
    if (!(await isSeeded(transaction))) await write(transaction, zone, now);
  }, patience);
  done();
}

const isSeeded = async (store: Prisma.TransactionClient): Promise<boolean> =>
  (await store.organisation.count({ where: { demonstration: true } })) > 0;

async function write(transaction: Prisma.TransactionClient, zone: string, now: Date): Promise<void> {
  const chance = chanceFrom(seed);
  const organisationId = chance.id(now);
  const directory = directoryRows(chance, now);
  const incidents = incidentRows(chance, yearOfIncidents(chance, now, zone), directory.cast, now);
  const reminders = reminderRows(chance, directory.cast, now, zone);
  const grievances = grievanceRows(chance, directory.cast, now, zone);
  const actions = actionRows(chance, incidents.incidents, directory.cast, now, zone);
  const kpis = kpiRows(chance, directory.cast, now, zone);
  // By a chance of its own: what is told of the rest stays as it is.
  const books = budgetRows(chanceFrom(seed + 1), directory.cast, now, zone, fiscalYearStart);
  const before = grievances.clocks.length;
  const scene = { cast: directory.cast, now, zone, before };
  const clocks = incidentClocks(chanceFrom(seed + 2), incidents.incidents, scene);
  const owned = <Row>(rows: readonly Row[]) => ({ data: rows.map((row) => ({ ...row, organisationId })) });

  await transaction.organisation.create({
    data: {
      id: organisationId,
      name: "Riverside General (demonstration)",
      zone,
      acknowledgeWithinHours,
      demonstration: true,
      fiscalYearStart,
      // What came of the incidents before is no news.
      toldMonth: DateTime.fromJSDate(now, { zone }).minus({ months: 1 }).toFormat("yyyy-MM"),
      createdAt: now,
    },
  });
  await transaction.workspace.createMany(
    owned([
      { platform: "web", tenant: demonstrationTenant },
      { platform: "teams", tenant: playgroundTenant },
    ]),
  );
  await transaction.person.createMany(owned(directory.people));
  await transaction.identity.createMany(owned(directory.identities));
  await transaction.unit.createMany(owned(directory.units));
  await transaction.reminder.createMany(owned(reminders.reminders));
  await insertMany(transaction, "Incident", owned(incidents.incidents).data);
  await insertMany(transaction, "TimelineEntry", owned(incidents.timeline).data);
  await transaction.grievance.createMany(owned(grievances.grievances));
  await transaction.clock.createMany(owned(grievances.clocks));
  await transaction.clock.createMany(owned(clocks.clocks));
  await transaction.timelineEntry.createMany(owned(grievances.timeline));
  await transaction.timelineEntry.createMany(owned(clocks.timeline));
  await insertMany(transaction, "Action", owned(actions.actions).data);
  await insertMany(transaction, "TimelineEntry", owned(actions.timeline).data);
  await insertMany(transaction, "UnitMetric", owned(kpis.metrics).data);
  await insertMany(transaction, "KpiTarget", owned(kpis.targets).data);
  await insertMany(transaction, "KpiMark", owned(kpis.marks).data);
  await insertMany(transaction, "KpiValue", owned(kpis.values).data);
  await transaction.line.createMany(owned(books.lines));
  await insertMany(transaction, "BudgetLine", owned(books.budget).data);
  await insertMany(transaction, "LedgerLine", owned(books.ledger).data);
  await insertMany(transaction, "BookMonth", owned(books.months).data);
  await transaction.explanation.createMany(owned(books.explanations));
  await insertMany(transaction, "TimelineEntry", owned(books.timeline).data);
  const audit = [directory, incidents, clocks, reminders, grievances, actions].flatMap((rows) => rows.audit);
  await insertMany(transaction, "Audit", owned(audit).data);
  await transaction.counter.createMany(
    owned([
      { name: "incident", value: incidents.incidents.length },
      { name: "grievance", value: grievances.grievances.length },
      { name: "clock", value: before + clocks.clocks.length },
      { name: "action", value: actions.actions.length },
      { name: "book-month", value: books.months.length },
      { name: "reminder", value: reminders.reminders.length },
    ]),
  );
}

/** Thousands of rows as one value: several times faster than a value for each column. All rows have the same columns. */
async function insertMany(transaction: Prisma.TransactionClient, table: string, rows: object[]): Promise<void> {
  const name = Prisma.raw(`"${table}"`);
  const columns = Prisma.raw(
    Object.keys(rows[0] ?? {})
      .map((column) => `"${column}"`)
      .join(", "),
  );
  await transaction.$executeRaw`
    INSERT INTO ${name} (${columns})
    SELECT ${columns} FROM jsonb_populate_recordset(NULL::${name}, ${JSON.stringify(rows)}::jsonb)`;
}

export interface DemonstrationPerson {
  handle: string;
  name: string;
  email: string;
  /** Access and units, in words. */
  detail: string;
  /** Who this person is in the simulator. */
  identity: Identity;
  /** The id that this person has in the playground's tenant. */
  playgroundUser: string;
}

/** Whom one can be, those who show the most first; nobody where the demonstration was not made. */
export async function demonstrationPeople(store: Store): Promise<DemonstrationPerson[]> {
  const organisation = await store.unbound.organisation.findFirst({ where: { demonstration: true } });
  if (!organisation) return [];
  const bound = store.of(organisation.id);
  const units = await bound.unit.findMany({ select: { id: true, name: true } });
  const people = await bound.person.findMany({
    where: { identities: { some: { platform: "web", tenant: demonstrationTenant } } },
    include: { manages: { select: { name: true }, orderBy: { name: "asc" } } },
    orderBy: [{ active: "desc" }, { name: "asc" }],
  });
  const rank = (handle: string) => (interesting.includes(handle) ? interesting.indexOf(handle) : interesting.length);
  return people
    .sort((one, other) => rank(one.handle) - rank(other.handle))
    .map((person) => {
      const works = units.filter((unit) => person.unitIds.includes(unit.id));
      const places = person.manages.length > 0 ? person.manages : works;
      const detail = [accessInWords(person.access), ...places.map((unit) => unit.name)].join(", ");
      return {
        handle: person.handle,
        name: person.name,
        email: person.email ?? "",
        detail: person.active ? detail : "Has left",
        identity: { platform: "web", tenant: demonstrationTenant, user: person.handle },
        playgroundUser: person.id,
      };
    });
}

/** "Manager and quality"; staff is said of those who are nothing else. */
function accessInWords(access: readonly string[]): string {
  const words = access.length > 1 ? access.filter((word) => word !== "staff") : access;
  const sentence = words.join(" and ");
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
