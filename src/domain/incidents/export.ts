import type { Bound, Prisma } from "../../store/store.ts";
import { type Named, named } from "../named.ts";
import { exportableIncidents, incidentSightOf, type Operator, seesReporter } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import { noteLooks, noteRestrictedLooks } from "./confidence.ts";
import type { Answers } from "./followUp.ts";
import { choiceOf, type IncidentFilter } from "./list.ts";
import { changedOf, mergedFields } from "./merged.ts";
import type { Coded } from "./read.ts";
import type { Harm, IdentityChoice } from "./rules.ts";

/** Read at once, so that the longest export needs no more memory than a short one. */
const readAtOnce = 500;

const read = {
  ...{ id: true, number: true, kind: true, category: true, harm: true, gradedHarm: true, sac: true, status: true },
  ...{ identity: true, reporterId: true, restricted: true, privilegedAt: true, what: true, immediate: true },
  ...{
    informed: true,
    sourceRef: true,
    changed: true,
    leftOutId: true,
    factors: true,
    answers: true,
    happenedAt: true,
    reportedAt: true,
  },
  ...{ acknowledgedAt: true, closedAt: true, unit: { select: { code: true, name: true } } },
  ...{ reporter: named, assignee: named, mergedInto: mergedFields },
} as const satisfies Prisma.IncidentSelect;

type Read = Prisma.IncidentGetPayload<{ select: typeof read }>;

export type ExportedIncident = Omit<
  Read,
  keyof Coded | "identity" | "gradedHarm" | "answers" | "reporter" | "reporterId"
> &
  Coded & {
    identity: IdentityChoice;
    gradedHarm: Harm | null;
    answers: Answers;
    reporter: Named | "confidential" | "anonymous";
  };

/**
 * What a list would show on all its pages, newest first, some hundred at a time. Whoever is shown a confidential reporter
 * or a restricted incident is kept, as where they look at one.
 */
export async function* exportIncidents(
  store: Bound,
  asker: Actor | Operator,
  filter: Omit<IncidentFilter, "before">,
  now: Date,
): AsyncGenerator<ExportedIncident[]> {
  const zone = asker === "operator" ? (await store.organisation()).zone : asker.zone;
  const choice = await choiceOf(store, { sight: incidentSightOf(asker), zone }, filter);
  for (let before: number | undefined; ; ) {
    const numbers = await store.incidentNumbers({ ...choice, before }, readAtOnce);
    if (numbers.length === 0) return;
    before = numbers.at(-1);
    const rows = await store.incident.findMany({
      where: { AND: [{ number: { in: numbers } }, exportableIncidents(asker)] },
      select: read,
      orderBy: { number: "desc" },
    });
    const exported = rows.map((row) => forAsker(asker, row));
    if (asker !== "operator") await keepLooks(store, asker, exported, now);
    yield exported;
  }
}

function forAsker(asker: Actor | Operator, { reporterId, ...row }: Read): ExportedIncident {
  const withName = asker === "operator" ? row.identity === "named" : seesReporter(asker, { ...row, reporterId });
  const coded = row as typeof row & Pick<ExportedIncident, keyof Coded | "identity" | "gradedHarm" | "answers">;
  return {
    ...coded,
    changed: changedOf(row),
    reporter: row.reporter === null ? "anonymous" : withName ? row.reporter : "confidential",
  };
}

async function keepLooks(store: Bound, actor: Actor, rows: ExportedIncident[], now: Date): Promise<void> {
  const others = rows.filter(({ reporter }) => typeof reporter === "string" || reporter.id !== actor.id);
  await noteLooks(store, actor, others, now);
  await noteRestrictedLooks(
    store,
    actor,
    rows.filter((row) => row.restricted),
    now,
  );
}
