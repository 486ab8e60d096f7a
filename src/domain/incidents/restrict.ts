import type { Change, DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { Refusal } from "../refusal.ts";
import { hasAccess } from "../staff/access.ts";
import { addEntry, changeIncident, type Found, record, takeUp } from "./change.ts";
import { reference } from "./rules.ts";

export interface Restriction {
  /** The whole need-to-know list; whoever restricts is always on it. Without it the list stays, and so does who sees it where it is only marked. */
  personIds?: readonly string[] | undefined;
  /** Enters it as patient safety work product, once and for good. */
  privileged?: boolean | undefined;
  /** Opens it to all who may see it by their office. */
  lift?: boolean | undefined;
}

export function restricting(store: DomainStore) {
  return {
    restrict: (act: Act, number: number, { personIds, privileged, lift }: Restriction) =>
      changeIncident(store, act, number, async (change, incident) => {
        if (!hasAccess(act.actor, "quality"))
          throw new Refusal(`${reference(number)} is restricted by quality. Ask them, with the people who need it.`);
        const claimed = await change.claimRequest(act.requestId, incident.id, act.now);
        if (!claimed.first) return;
        if (lift) await open(change, act, incident, personIds);
        else if (personIds || !privileged) await restrict(change, act, incident, personIds);
        if (privileged) await enter(change, act, incident);
      }),
  };
}

async function restrict(
  change: Change,
  act: Act,
  incident: Found,
  personIds: readonly string[] | undefined,
): Promise<void> {
  if (incident.leftOutId && personIds?.includes(incident.leftOutId))
    throw new Refusal(
      `${reference(incident.number)} leaves one of these people out. Take them off the list.`,
      "people",
    );
  const listed = [...new Set([...(personIds ?? []), act.actor.id])];
  await change.incident.updateMany({ where: { id: incident.id }, data: { restricted: true } });
  const list = { incidentId: incident.id, part: "needs-to-know" };
  if (personIds) await change.incidentAccess.deleteMany({ where: { ...list, personId: { notIn: listed } } });
  await change.incidentAccess.createMany({
    data: listed.map((personId) => ({ ...list, personId })),
    skipDuplicates: true,
  });
  const people = await change.incidentAccess.count({ where: list });
  await addEntry(change, act, incident.id, { kind: "restricted", details: { people } });
  await record(change, act, incident.id, "incident.restricted", { people });
  await takeUp(change, act, incident);
  await takeFromOthers(change, act, incident);
}

/** Nobody has what they may not see: whoever restricts it has it then. */
async function takeFromOthers(change: Change, act: Act, { id, assigneeId }: Found): Promise<void> {
  if (assigneeId === null) return;
  const list = { incidentId: id, part: "needs-to-know" };
  if ((await change.incidentAccess.count({ where: { ...list, personId: assigneeId } })) > 0) return;
  await change.incident.updateMany({ where: { id }, data: { assigneeId: act.actor.id } });
  await addEntry(change, act, id, { kind: "assigned", aboutId: act.actor.id });
}

async function open(
  change: Change,
  act: Act,
  incident: Found,
  personIds: readonly string[] | undefined,
): Promise<void> {
  if (personIds)
    throw new Refusal("Lifting opens it to all who may see it by their office. Leave the people out.", "people");
  const won = await change.incident.updateMany({
    where: { id: incident.id, restricted: true },
    data: { restricted: false },
  });
  if (won.count === 0) return;
  await change.incidentAccess.deleteMany({ where: { incidentId: incident.id, part: "needs-to-know" } });
  await addEntry(change, act, incident.id, { kind: "unrestricted" });
  await record(change, act, incident.id, "incident.unrestricted");
}

/** The day of entry is kept as it was first: privilege counts from then on (42 CFR 3.20, 3.204). */
async function enter(change: Change, act: Act, incident: Found): Promise<void> {
  const won = await change.incident.updateMany({
    where: { id: incident.id, privilegedAt: null },
    data: { privilegedAt: act.now },
  });
  if (won.count === 0) return;
  await addEntry(change, act, incident.id, { kind: "privileged" });
  await record(change, act, incident.id, "incident.privileged");
}
