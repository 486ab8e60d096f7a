import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { type Organisation, PrismaClient } from "../../prisma/generated/client.ts";
import type { Identity } from "../chat/request.ts";
import type { Log } from "../log.ts";
import { type Asker, findAsker, findAskers } from "./askers.ts";
import { type BookReading, bookReading } from "./bookReading.ts";
import { type Books, books } from "./books.ts";
import { type ClockReminders, clockReminders } from "./clockReminders.ts";
import { openDirectoryCache } from "./directoryCache.ts";
import type { IncidentChoice } from "./incidentChoice.ts";
import { type IncidentPageRow, incidentNumbers, incidentPage } from "./incidentPage.ts";
import { type KpiRollUpChoice, type KpiRollUpRow, kpiRollUp } from "./kpiRollUp.ts";
import { type KpiChoice, type KpiSeriesRow, kpiSeries } from "./kpiSeries.ts";
import { type KpiWriting, kpiWriting } from "./kpiValues.ts";
import { type NoticeWriting, noticeWriting } from "./noticeWriting.ts";
import { type SentFiles, sentFiles } from "./sentFiles.ts";
import { type Staged, type StagedRows, type StagedSort, stage } from "./staged.ts";
import { type Pools, preparedPool } from "./statement.ts";

export { Prisma } from "../../prisma/generated/client.ts";
export type { Asker } from "./askers.ts";
export type { BookBy, BookMonthSum, BookSum, BookVolume } from "./bookReading.ts";
export type { MonthTaken } from "./books.ts";
export type { KpiRollUpRow } from "./kpiRollUp.ts";
export type { KpiSeriesRow } from "./kpiSeries.ts";
export type { KpiRow } from "./kpiValues.ts";
export type { HeldFile } from "./sentFiles.ts";
export type { Staged, StagedGroup, StagedRows, StagedSort } from "./staged.ts";

/**
 * The database as the domain sees it: every query through it is cut to one organisation, and every row it writes belongs
 * to that organisation. There are no raw queries and no way out of the organisation.
 */
export type Bound = Models<BoundClient> &
  BookReading & {
    organisationId: string;
    organisation(): Promise<Organisation>;
    /** The Slack teams and Teams tenants that belong to it. */
    workspaces(): Promise<{ platform: string; tenant: string }[]>;
    /** A page of incidents as one prepared statement. */
    incidentPage(
      choice: Omit<IncidentChoice, "organisationId">,
      rows: number,
      countAtMost: number,
    ): Promise<IncidentPageRow[]>;
    /** The newest numbers that a page would show; {@link IncidentChoice.before} goes on from there. */
    incidentNumbers(choice: Omit<IncidentChoice, "organisationId">, atMost: number): Promise<number[]>;
    /** Measures of units with their periods, targets and marks, as one prepared statement. */
    kpiSeries(choice: Omit<KpiChoice, "organisationId">): Promise<KpiSeriesRow[]>;
    /** The same of the units below, added up, as one statement. */
    kpiRollUp(choice: Omit<KpiRollUpChoice, "organisationId">): Promise<KpiRollUpRow[]>;
    /** Runs the work in one transaction; an import takes longer than the usual seconds, in milliseconds. */
    change<Result>(work: (change: Change) => Promise<Result>, patience?: { timeout: number }): Promise<Result>;
  };

/**
 * Milliseconds to wait for a connection, and for what is done in a transaction: many people may click at once on a machine
 * that is slow, and all of them get an answer.
 */
const waiting = { maxWait: 10_000, timeout: 20_000 };

/** A transaction of a bound store. */
export type Change = Models<BoundClient> &
  ClockReminders &
  KpiWriting &
  NoticeWriting &
  SentFiles &
  Books & {
    organisation(): Promise<Organisation>;
    /** The next number of a series, without gaps in what is committed; locks the series until the transaction ends. */
    nextNumber(series: string): Promise<number>;
    changeOrganisation(
      settings: Partial<OrganisationSettings & Pick<Organisation, "toldMonth" | "measuredOn">>,
    ): Promise<void>;
    /** Room for the rows of a file, once a transaction. */
    stage<Which extends StagedSort>(which: Which): Promise<Staged<StagedRows[Which]>>;
    /** The organisation as it is, and stays until the transaction ends. */
    lockOrganisation(): Promise<Pick<Organisation, "holidays">>;
    /**
     * Claims a delivery for the record that it makes. When the same delivery was claimed before, the record that it made
     * then is returned and nothing else must be written.
     */
    claimRequest(request: string, recordId: string, at: Date): Promise<{ first: boolean; recordId: string }>;
  };

export type OrganisationSettings = Pick<
  Organisation,
  | "inviteOnly"
  | "acknowledgeWithinHours"
  | "remindAt"
  | "managerAfterDays"
  | "clusterCount"
  | "clusterDays"
  | "holidays"
  | "smallCells"
  | "fiscalYearStart"
  | "explainDollars"
  | "explainPercent"
>;

type Models<Client> = Omit<Client, `$${string}` | "organisation" | "workspace" | "counter" | "claim">;
type BoundClient = ReturnType<typeof bind>;
type Unbound = Pick<PrismaClient, "$queryRaw" | "$executeRaw" | "organisation">;

/** What the domain gets: stores that are bound to an organisation, and who belongs to which. */
export interface DomainStore {
  /** The store of one organisation. */
  of(organisationId: string): Bound;
  /** Who asks; of somebody whom nobody knows there yet with the rights of the person `as`. */
  asker(identity: Identity, now: Date, as?: string): Promise<Asker | undefined>;
  /** The same of many, in their order, by one statement. */
  askers(those: readonly Identity[], now: Date): Promise<(Asker | undefined)[]>;
}

export interface Store extends DomainStore {
  /** Not bound to an organisation: only for src/store, src/jobs' list of organisations and start-up. */
  unbound: PrismaClient;
  close(): Promise<void>;
}

export interface StoreOptions {
  connections?: number;
  /** Keeps who asks between requests: for a service, which is told of every change to the directory. */
  cached?: Log;
}

export function openStore(url: string, { connections = 10, cached }: StoreOptions = {}): Store {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  // A connection that breaks while it is idle is replaced at its next use.
  pool.on("error", () => {});
  const unbound = new PrismaClient({ adapter: new PrismaPg(pool) });
  const pools = { prepared: preparedPool(url, connections), planned: pool };
  const cache = cached && openDirectoryCache(url, cached);
  const stores = new Map<string, Bound>();
  return {
    unbound,
    of(organisationId) {
      const known = stores.get(organisationId) ?? boundStore(unbound, pools, organisationId);
      stores.set(organisationId, known);
      return known;
    },
    asker: (identity, now, as) =>
      cache && as === undefined
        ? cache.asker(identity, () => findAsker(unbound, identity, now))
        : findAsker(unbound, identity, now, as),
    askers: (those, now) => findAskers(unbound, those, now),
    async close() {
      await cache?.close();
      await unbound.$disconnect();
      await pools.prepared.end();
      if (!pool.ended) await pool.end();
    },
  };
}

function boundStore(prisma: PrismaClient, pools: Pools, organisationId: string): Bound {
  const client = bind(prisma, organisationId);
  return withOwn(client, {
    organisationId,
    organisation: () => prisma.organisation.findUniqueOrThrow({ where: { id: organisationId } }),
    workspaces: () =>
      prisma.workspace.findMany({ where: { organisationId }, select: { platform: true, tenant: true } }),
    incidentPage: (choice: Omit<IncidentChoice, "organisationId">, rows: number, countAtMost: number) =>
      incidentPage(pools, { ...choice, organisationId }, rows, countAtMost),
    incidentNumbers: (choice: Omit<IncidentChoice, "organisationId">, atMost: number) =>
      incidentNumbers(pools, { ...choice, organisationId }, atMost),
    ...bookReading(pools, organisationId),
    kpiSeries: (choice: Omit<KpiChoice, "organisationId">) => kpiSeries(pools, { ...choice, organisationId }),
    kpiRollUp: (choice: Omit<KpiRollUpChoice, "organisationId">) => kpiRollUp(pools, { ...choice, organisationId }),
    change: <Result>(work: (change: Change) => Promise<Result>, patience?: { timeout: number }) =>
      client.$transaction(
        (transaction) => work(withOwn(transaction, inTransaction(transaction as unknown as Unbound, organisationId))),
        { ...waiting, ...patience },
      ),
  });
}

/**
 * A client with methods of its own. They are defined and not assigned: Prisma's clients are proxies, and an assignment
 * goes through to what all of them share, so that one transaction would count and claim in another one.
 */
const withOwn = <Client extends object, Own extends object>(client: Client, own: Own): Client & Own =>
  Object.create(client, Object.getOwnPropertyDescriptors(own));

function inTransaction(
  transaction: Unbound,
  organisationId: string,
): Pick<
  Change,
  | "nextNumber"
  | "claimRequest"
  | "organisation"
  | "changeOrganisation"
  | "lockOrganisation"
  | "stage"
  | keyof ClockReminders
  | keyof KpiWriting
  | keyof NoticeWriting
  | keyof SentFiles
  | keyof Books
> {
  return {
    ...clockReminders(transaction, organisationId),
    ...kpiWriting(transaction, organisationId),
    ...noticeWriting(transaction, organisationId),
    ...books(transaction, organisationId),
    ...sentFiles(transaction, organisationId),
    stage: (which) => stage(transaction, organisationId, which),
    organisation: () => transaction.organisation.findUniqueOrThrow({ where: { id: organisationId } }),
    async lockOrganisation() {
      const [row] = await transaction.$queryRaw<{ holidays: string[] }[]>`
        SELECT holidays FROM "Organisation" WHERE id = ${organisationId}::uuid FOR UPDATE`;
      if (!row) throw new Error("The organisation is gone.");
      return row;
    },
    async changeOrganisation(settings) {
      await transaction.organisation.update({ where: { id: organisationId }, data: settings });
    },
    async nextNumber(series) {
      const [row] = await transaction.$queryRaw<{ value: number }[]>`
        INSERT INTO "Counter" ("organisationId", name, value) VALUES (${organisationId}::uuid, ${series}, 1)
        ON CONFLICT ("organisationId", name) DO UPDATE SET value = "Counter".value + 1 RETURNING value`;
      if (!row) throw new Error("The counter returned no number.");
      return row.value;
    },
    async claimRequest(request, recordId, at) {
      const made = await transaction.$queryRaw<unknown[]>`
        INSERT INTO "Claim" ("organisationId", request, "recordId", at)
        VALUES (${organisationId}::uuid, ${request}, ${recordId}::uuid, ${at})
        ON CONFLICT DO NOTHING RETURNING 1 AS made`;
      if (made.length > 0) return { first: true, recordId };
      const [before] = await transaction.$queryRaw<{ recordId: string }[]>`
        SELECT "recordId" FROM "Claim" WHERE "organisationId" = ${organisationId}::uuid AND request = ${request}`;
      if (!before) throw new Error("A claim vanished while it was read.");
      return { first: false, recordId: before.recordId };
    },
  };
}

/** Operations whose arguments have a `where` to be cut. */
const filtered = new Set([
  "findUnique",
  "findUniqueOrThrow",
  "findFirst",
  "findFirstOrThrow",
  "findMany",
  "count",
  "aggregate",
  "groupBy",
  "update",
  "updateMany",
  "updateManyAndReturn",
  "delete",
  "deleteMany",
]);

type Arguments = { where?: object; data?: object | object[] };

function bind(prisma: PrismaClient, organisationId: string) {
  return prisma.$extends({
    query: {
      $allModels: {
        $allOperations({ model, operation, args, query }) {
          const given = args as Arguments;
          const own = model === "Organisation" ? { id: organisationId } : { organisationId };
          if (filtered.has(operation)) return query({ ...given, where: { ...given.where, ...own } } as typeof args);
          if (operation.startsWith("create") && model !== "Organisation")
            return query({ ...given, data: owned(given.data, organisationId) } as typeof args);
          throw new Error(`${operation} is not bound to an organisation; use another one.`);
        },
      },
    },
  });
}

function owned(rows: object | object[] | undefined, organisationId: string): object | object[] {
  return Array.isArray(rows) ? rows.map((row) => ({ ...row, organisationId })) : { ...rows, organisationId };
}
