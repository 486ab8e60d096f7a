import type { Bound, DomainStore, Prisma } from "../../store/store.ts";
import { startOfDay } from "../days.ts";
import { type Named, named } from "../named.ts";
import { Refusal } from "../refusal.ts";
import { auditedSubjects, hasAccess, hiddenInTrail, type Operator } from "./access.ts";
import type { Actor } from "./actor.ts";

export interface AuditRow {
  at: Date;
  actor: Named | null;
  action: string;
  /** "INC-142", "@jlee", or the kind of thing. */
  about: string;
}

/** What whoever filed an incident does with it as nobody but the reporter. */
const doneAsReporter = [
  "incident.reported",
  "incident.noted",
  "incident.corrected",
  "incident.classified",
  "incident.detailed",
  "incident.viewed",
  "incident.answered",
];

/** Rows that are read at once, for the card and the CSV. */
const readAtOnce = 500;

export function auditTrailService(store: DomainStore) {
  return {
    /** Who did what, newest first; about a record or a person, since a moment. */
    async rows(actor: Actor, filter: { about?: string | undefined; since?: string | undefined }): Promise<AuditRow[]> {
      const bound = store.of(actor.organisationId);
      const reader = await readerOf(bound, actor);
      const about = filter.about === undefined ? undefined : await subjectOf(bound, filter.about, reader.hidden);
      const where: Prisma.AuditWhereInput[] = [
        ...(filter.since ? [{ at: { gte: startOfDay(filter.since, actor.zone) } }] : []),
        ...(about ? [{ OR: [{ subjectId: about }, { actorId: about }] }] : []),
      ];
      const { shown } = await read(bound, reader, where, about);
      return shown;
    },
  };
}

/** The whole trail that this person may read, newest first, some hundred rows at a time. */
export async function* exportTrail(
  bound: Bound,
  asker: Actor | Operator,
  since: string | undefined,
): AsyncGenerator<AuditRow[]> {
  if (asker !== "operator" && !hasAccess(asker, "quality", "admin"))
    throw new Refusal("The audit trail is for quality and for admins. Export it as one of them.");
  const zone = asker === "operator" ? (await bound.organisation()).zone : asker.zone;
  const reader = await readerOf(bound, asker);
  const from = since === undefined ? [] : [{ at: { gte: startOfDay(since, zone) } }];
  for (let earlier: Prisma.AuditWhereInput[] = []; ; ) {
    const { shown, last } = await read(bound, reader, [...from, ...earlier]);
    if (!last) return;
    earlier = [{ OR: [{ at: { lt: last.at } }, { at: last.at, id: { lt: last.id } }] }];
    yield shown;
  }
}

interface Reader {
  subjects: readonly string[];
  /** Incidents that nothing is told of. */
  hidden: readonly string[];
  seesReporters: boolean;
}

async function readerOf(bound: Bound, asker: Actor | Operator): Promise<Reader> {
  const hidden = await bound.incident.findMany({ where: hiddenInTrail(asker), select: { id: true } });
  return {
    subjects: auditedSubjects(asker),
    hidden: hidden.map(({ id }) => id),
    seesReporters: asker !== "operator" && hasAccess(asker, "quality"),
  };
}

/** The newest rows as this reader may read them; `about` is whom or what they asked for. */
async function read(
  bound: Bound,
  { subjects, hidden, seesReporters }: Reader,
  where: Prisma.AuditWhereInput[],
  about?: string,
): Promise<{ shown: AuditRow[]; last: { at: Date; id: string } | undefined }> {
  const rows = await bound.audit.findMany({
    where: { AND: [{ subject: { in: [...subjects] } }, { subjectId: { notIn: [...hidden] } }, ...where] },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: readAtOnce,
  });
  const people = await bound.person.findMany({
    where: { id: { in: ids(rows.map((row) => row.actorId)) } },
    ...named,
  });
  const incidents = await bound.incident.findMany({
    where: { id: { in: ids(rows.map((row) => row.subjectId)) } },
    select: { id: true, number: true, identity: true, reporterId: true },
  });
  const labels = await labelsOf(bound, rows);
  // Who filed a confidential report is for quality alone, and stays so here.
  const isHidden = (row: (typeof rows)[number]): boolean => {
    const incident = incidents.find((one) => one.id === row.subjectId);
    const hides = incident?.identity === "confidential" && incident.reporterId === row.actorId;
    return hides && !seesReporters && doneAsReporter.includes(row.action);
  };
  // What a person did in confidence is not found by asking for that person.
  const told = rows.filter(
    (row) => about === undefined || row.subjectId === about || row.actorId !== about || !isHidden(row),
  );
  const shown = told.map((row) => {
    const incident = incidents.find((one) => one.id === row.subjectId);
    return {
      at: row.at,
      action: row.action,
      about: incident ? `INC-${incident.number}` : (labels.get(row.subjectId) ?? row.subject),
      actor: isHidden(row) ? null : (people.find((one) => one.id === row.actorId) ?? null),
    };
  });
  return { shown, last: rows.at(-1) };
}

const ids = (given: readonly (string | null)[]): string[] => [...new Set(given.filter((id) => id !== null))];

/** "GRV-7", "@jlee": what a row is about, by its id. */
async function labelsOf(
  bound: Bound,
  rows: readonly { subject: string; subjectId: string }[],
): Promise<Map<string, string>> {
  const chosen = (subject: string) => ({
    where: { id: { in: ids(rows.filter((row) => row.subject === subject).map((row) => row.subjectId)) } },
  });
  const numbered = { id: true, number: true } as const;
  const [grievances, actions, clocks, people] = await Promise.all([
    bound.grievance.findMany({ ...chosen("grievance"), select: numbered }),
    bound.action.findMany({ ...chosen("action"), select: numbered }),
    bound.clock.findMany({ ...chosen("clock"), select: numbered }),
    bound.person.findMany({ ...chosen("person"), select: { id: true, handle: true } }),
  ]);
  return new Map([
    ...grievances.map(({ id, number }) => [id, `GRV-${number}`] as const),
    ...actions.map(({ id, number }) => [id, `ACT-${number}`] as const),
    ...clocks.map(({ id, number }) => [id, `CLK-${number}`] as const),
    ...people.map(({ id, handle }) => [id, `@${handle}`] as const),
  ]);
}

async function subjectOf(bound: Bound, about: string, hidden: readonly string[]): Promise<string> {
  const [, prefix = "", number] = /^(inc|grv|act|clk)-?\s?(\d{1,9})$/i.exec(about.trim()) ?? [];
  const numbered = { where: { number: Number(number) }, select: { id: true } } as const;
  const look: Record<string, () => Promise<{ id: string } | null>> = {
    inc: () => bound.incident.findFirst({ ...numbered, where: { ...numbered.where, id: { notIn: [...hidden] } } }),
    grv: () => bound.grievance.findFirst(numbered),
    act: () => bound.action.findFirst(numbered),
    clk: () => bound.clock.findFirst(numbered),
    "": () =>
      bound.person.findFirst({
        where: { handle: about.trim().replace(/^@/, "").toLowerCase() },
        select: { id: true },
      }),
  };
  const found = await look[prefix.toLowerCase()]?.();
  if (!found)
    throw new Refusal(
      `There is no record or person “${about.slice(0, 60)}”. Give a number as INC-142, or a handle as @jlee.`,
      "about",
    );
  return found.id;
}
