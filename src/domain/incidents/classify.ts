import type { Change } from "../../store/store.ts";
import { tell } from "../notices.ts";
import { addEntry, type Doing, record, toPerson } from "./change.ts";
import { noteCluster } from "./cluster.ts";
import { type Details, detailsOf } from "./followUp.ts";
import { readRouting, stepsFor } from "./routing.ts";
import { type Category, categories, type Kind, leftOutOf } from "./rules.ts";

/** The category that questions belong to; undefined where they say nothing of it. */
export const categoryOf = (details: Details): Category | undefined =>
  details === "other" ? undefined : categories.find(({ code }) => code === details)?.code;

/** Gives a category to an incident that has none yet, or that was of no category in particular. A workplace or privacy event takes none. */
export async function classify(
  change: Change,
  act: Doing,
  incident: { id: string; kind: string },
  category: Category,
): Promise<void> {
  const kind = incident.kind as Kind;
  if (detailsOf({ kind, category }) !== category) return;
  const before = category === "other" ? [{ category: null }] : [{ category: null }, { category: "other" }];
  const won = await change.incident.updateMany({
    where: { id: incident.id, closedAt: null, OR: before },
    data: { category },
  });
  if (won.count === 0) return;
  await addEntry(change, act, incident.id, { kind: "classified", details: { category } });
  await record(change, act, incident.id, "incident.classified", { category });
  await afterClassing(change, act, incident.id);
}

/**
 * What follows once it is known otherwise than before what and where an incident was: whom its route leads to now is told, and
 * several similar ones are. Called in the transaction that changed it.
 */
export async function afterClassing(change: Change, act: Doing, id: string): Promise<void> {
  const incident = await change.incident.findFirstOrThrow({
    where: { id },
    select: {
      ...{ id: true, unitId: true, kind: true, category: true, harm: true, gradedHarm: true },
      ...{ identity: true, reporterId: true, leftOutId: true },
      access: { where: { part: "routed" }, select: { personId: true } },
    },
  });
  const classed = { ...incident, harm: incident.gradedHarm ?? incident.harm };
  const { routed, steps } = stepsFor(await readRouting(change), classed, leftOutOf(incident));
  const added = routed.filter((personId) => !incident.access.some((one) => one.personId === personId));
  await change.incidentAccess.createMany({
    data: added.map((personId) => ({ incidentId: id, personId, part: "routed" })),
    skipDuplicates: true,
  });
  await tell(
    change,
    added.filter((personId) => personId !== act.actor.id).map((to) => toPerson("incident-filed", id, to, act.now)),
  );
  const heads = [...(steps[0] ?? []), ...(steps.at(-1) ?? [])];
  await noteCluster(change, incident, heads, { now: act.now, ...(await change.organisation()) });
}
