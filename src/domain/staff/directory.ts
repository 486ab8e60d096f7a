import { distance } from "fastest-levenshtein";
import type { EntryKind } from "../../chat/form.ts";
import type { Bound, DomainStore, Prisma } from "../../store/store.ts";
import { metricNamed } from "../kpis/catalogue.ts";
import type { Metric } from "../kpis/metric.ts";
import { metricsOf } from "../kpis/own.ts";
import { literally } from "../like.ts";
import type { Actor } from "./actor.ts";

/** One of a directory. */
export interface DirectoryEntry {
  id: string;
  /** A unit's code, a person's handle. */
  code: string;
  name: string;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const mention = /^<@([^>|]+)(?:\|[^>]*)?>$/;
/** Entries that a picker shows at once. */
const shownAtOnce = 20;
const offered = 3;

/** Finds units, people, jobs and metrics by what people write: a code, a handle, a name, a mention, an id, "me". */
export function directoryService(store: DomainStore) {
  return {
    /** The entry that each of the written texts means; those that mean none are left out. */
    async find(
      actor: Actor,
      kind: EntryKind,
      written: readonly string[],
      asker: { platform: string; tenant: string },
    ): Promise<Map<string, DirectoryEntry>> {
      const bound = store.of(actor.organisationId);
      switch (kind) {
        case "unit":
          return findUnits(bound, written);
        case "person":
          return findPeople(bound, actor, written, asker);
        case "job":
          return matching(await jobs(bound), written);
        case "metric":
          return findMetrics(bound, written);
        case "line":
          return matching(await lines(bound), written);
        case "course":
          // Their records come with training; until then there is nothing that a text could mean.
          return new Map();
      }
    },

    /** The entries whose names are nearest to a text that means none, nearest first. */
    async nearest(actor: Actor, kind: EntryKind, written: string): Promise<DirectoryEntry[]> {
      const wanted = plain(written);
      const all = await this.all(actor, kind);
      return all
        .map((entry) => ({
          entry,
          off: Math.min(
            ...[entry.code, entry.name, ...entry.name.split(" ")].map((name) => distance(plain(name), wanted)),
          ),
        }))
        .filter(({ off }) => off <= Math.max(2, Math.floor(wanted.length / 2)))
        .sort((one, other) => one.off - other.off)
        .slice(0, offered)
        .map(({ entry }) => entry);
    },

    /** Entries that match what is typed so far. */
    async search(actor: Actor, kind: EntryKind, query: string): Promise<DirectoryEntry[]> {
      const bound = store.of(actor.organisationId);
      if (kind === "person") return people(bound, { OR: contains(query.replace(/^@/, "")) });
      const wanted = plain(query);
      return (await this.all(actor, kind))
        .filter((entry) => plain(`${entry.code} ${entry.name}`).includes(wanted))
        .slice(0, shownAtOnce);
    },

    /** Everything in a small directory; people are the exception, of whom it reads the names to compare. */
    async all(actor: Actor, kind: EntryKind): Promise<DirectoryEntry[]> {
      const bound = store.of(actor.organisationId);
      switch (kind) {
        case "unit":
          return bound.unit.findMany({ select: { id: true, code: true, name: true }, orderBy: { name: "asc" } });
        case "person":
          return (
            await bound.person.findMany({ where: { active: true }, select: { id: true, handle: true, name: true } })
          ).map(asEntry);
        case "job":
          return jobs(bound);
        case "metric":
          return (await metricsOf(bound)).map(metricEntry);
        case "line":
          return lines(bound);
        case "course":
          return [];
      }
    },
  };
}

const plain = (written: string): string => written.trim().toLowerCase().replace(/^[@#]/, "").replace(/\s+/g, " ");
const asEntry = (person: { id: string; handle: string; name: string }): DirectoryEntry => ({
  id: person.id,
  code: person.handle,
  name: person.name,
});

async function findUnits(store: Bound, written: readonly string[]): Promise<Map<string, DirectoryEntry>> {
  const units = await store.unit.findMany({ select: { id: true, code: true, name: true, aliases: true } });
  return new Map(
    written.flatMap((text) => {
      const wanted = plain(text);
      const unit = units.find(
        (one) => one.id === wanted || [one.code, one.name, ...one.aliases].some((name) => plain(name) === wanted),
      );
      return unit ? [[text, { id: unit.id, code: unit.code, name: unit.name }] as const] : [];
    }),
  );
}

/** A metric's code is its id: those of the catalogue have no row. */
const metricEntry = ({ code, name }: Metric): DirectoryEntry => ({ id: code, code, name });

async function findMetrics(store: Bound, written: readonly string[]): Promise<Map<string, DirectoryEntry>> {
  const metrics = await metricsOf(store);
  return new Map(
    written.flatMap((text) => {
      const metric = metricNamed(metrics, text);
      return metric ? [[text, metricEntry(metric)] as const] : [];
    }),
  );
}

async function findPeople(
  store: Bound,
  actor: Actor,
  written: readonly string[],
  asker: { platform: string; tenant: string },
): Promise<Map<string, DirectoryEntry>> {
  const found = new Map<string, DirectoryEntry>();
  for (const text of written)
    if (plain(text) === "me") found.set(text, { id: actor.id, code: actor.handle, name: actor.name });
  const rest = written.filter((text) => !found.has(text) && text.trim() !== "");
  if (rest.length === 0) return found;
  const users = rest.flatMap((text) => mention.exec(text.trim())?.[1] ?? []);
  const names = rest.map(plain);
  const candidates = await store.person.findMany({
    where: {
      active: true,
      OR: [
        { id: { in: names.filter((name) => uuid.test(name)) } },
        { handle: { in: names } },
        { email: { in: names, mode: "insensitive" } },
        { name: { in: rest.map((text) => text.trim().replace(/^@/, "")), mode: "insensitive" } },
        { identities: { some: { platform: asker.platform, tenant: asker.tenant, user: { in: users } } } },
      ],
    },
    select: {
      id: true,
      handle: true,
      name: true,
      email: true,
      identities: { where: { platform: asker.platform, tenant: asker.tenant }, select: { user: true } },
    },
  });
  for (const text of rest) {
    const wanted = plain(text);
    const user = mention.exec(text.trim())?.[1];
    const fits = candidates.filter(
      (person) =>
        (user !== undefined && person.identities.some((identity) => identity.user === user)) ||
        [person.id, person.handle, person.email ?? ""].some((name) => name.toLowerCase() === wanted),
    );
    const named = candidates.filter((person) => plain(person.name) === wanted);
    const person = fits[0] ?? (named.length === 1 ? named[0] : undefined);
    if (person) found.set(text, asEntry(person));
  }
  return found;
}

function contains(query: string): Prisma.PersonWhereInput[] {
  const part = { contains: literally(query.trim()), mode: "insensitive" } as const;
  return [{ name: part }, { handle: part }];
}

async function people(store: Bound, where: Prisma.PersonWhereInput): Promise<DirectoryEntry[]> {
  const rows = await store.person.findMany({
    where: { AND: [where, { active: true }] },
    select: { id: true, handle: true, name: true },
    orderBy: { name: "asc" },
    take: shownAtOnce,
  });
  return rows.map(asEntry);
}

async function jobs(store: Bound): Promise<DirectoryEntry[]> {
  const rows = await store.person.findMany({ where: { active: true }, select: { jobs: true } });
  return [...new Set(rows.flatMap((row) => row.jobs))].sort().map((code) => ({ id: code, code, name: code }));
}

const lines = (store: Bound): Promise<DirectoryEntry[]> =>
  store.line.findMany({ select: { id: true, code: true, name: true }, orderBy: { name: "asc" } });

function matching(entries: DirectoryEntry[], written: readonly string[]): Map<string, DirectoryEntry> {
  return new Map(
    written.flatMap((text) => {
      const entry = entries.find((one) => [one.id, one.code, one.name].some((name) => plain(name) === plain(text)));
      return entry ? [[text, entry] as const] : [];
    }),
  );
}
