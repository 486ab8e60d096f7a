import { randomUUID } from "node:crypto";
import type { Bound, Change } from "../../store/store.ts";
import { type Named, named } from "../named.ts";
import { type NewNotice, tell } from "../notices.ts";
import { visibleIncidents } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import type { Category, Harm, Kind } from "./rules.ts";

export interface ClusterDetails {
  unit: { code: string; name: string };
  kind: Kind;
  category: Category | null;
  /** Those that this person may see, the newest first. */
  incidents: { number: number; harm: Harm; reportedAt: Date; assignee: Named | null }[];
}

const day = 24 * 3_600_000;
/** Rows that are kept and shown of a cluster. */
const keptAtMost = 50;

interface Similar {
  id: string;
  unitId: string;
  kind: string;
  category: string | null;
}

/**
 * Tells, once, that an incident is one of several similar ones: of the same category, or of the same kind where none is
 * known, in the same unit within the organisation's days. Called in the transaction that files or classes it, after the
 * series of numbers was locked or the incident itself changed.
 */
export async function noteCluster(
  change: Change,
  { id, unitId, kind, category }: Similar,
  told: readonly string[],
  { now, clusterCount, clusterDays }: { now: Date; clusterCount: number; clusterDays: number },
): Promise<void> {
  const since = new Date(now.getTime() - clusterDays * day);
  const alike = { unitId, category, ...(category === null && { kind }) };
  const similar = await change.incident.findMany({
    where: { ...alike, reportedAt: { gte: since }, mergedIntoId: null },
    select: { id: true },
    orderBy: { reportedAt: "desc" },
    take: keptAtMost,
  });
  if (similar.length < clusterCount || !similar.some((one) => one.id === id)) return;
  const before = await change.cluster.findFirst({ where: { ...alike, at: { gte: since } }, select: { id: true } });
  if (before) return;
  const clusterId = randomUUID();
  await change.cluster.create({
    data: { id: clusterId, unitId, kind, category, at: now, incidentIds: similar.map((one) => one.id) },
  });
  await tell(
    change,
    told.map(
      (personId): NewNotice => ({
        kind: "cluster",
        recordId: clusterId,
        to: { personId },
        dueAt: now,
        key: `cluster:${clusterId}:${personId}`,
      }),
    ),
  );
}

/** The cluster as somebody may see it now; undefined where what they may see is none: fewer would tell that others are hidden. */
export async function clusterFor(store: Bound, actor: Actor, id: string): Promise<ClusterDetails | undefined> {
  const cluster = await store.cluster.findFirst({
    where: { id },
    include: { unit: { select: { code: true, name: true } } },
  });
  if (!cluster) return undefined;
  const incidents = await store.incident.findMany({
    where: { AND: [{ id: { in: cluster.incidentIds } }, visibleIncidents(actor)] },
    select: {
      number: true,
      harm: true,
      gradedHarm: true,
      reportedAt: true,
      assignee: named,
    },
    orderBy: { number: "desc" },
  });
  if (incidents.length < (await store.organisation()).clusterCount) return undefined;
  return {
    unit: cluster.unit,
    // The columns are text in the database; only the domain writes them, always from its lists of codes.
    kind: cluster.kind as Kind,
    category: cluster.category as Category | null,
    incidents: incidents.map(({ gradedHarm, harm, ...row }) => ({ ...row, harm: (gradedHarm ?? harm) as Harm })),
  };
}
