import type { Change, DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { endClock } from "../clocks/start.ts";
import { redraw } from "../notices.ts";
import { notFound, Refusal } from "../refusal.ts";
import { hasAccess } from "../staff/access.ts";
import { addEntry, changeIncident, type Found, findIncident, lockOpen, logLook, record } from "./change.ts";
import { checkOpen, reference } from "./rules.ts";

export function merging(store: DomainStore) {
  return {
    /** Closes it as told already by another one, which gets its open actions and running clocks. */
    merge: (act: Act, number: number, intoNumber: number, reason: string) =>
      changeIncident(store, act, number, async (change, incident) => {
        if (!hasAccess(act.actor, "quality"))
          throw new Refusal(`${reference(number)} is merged by quality. Ask them, with the number of the other one.`);
        const into = await findIncident(change, act.actor, intoNumber);
        if (!into) throw notFound(reference(intoNumber), "into");
        const claimed = await change.claimRequest(act.requestId, incident.id, act.now);
        if (!claimed.first) return;
        checkOpen(incident);
        await checkInto(change, incident, into);
        if (!(await lockOpen(change, [incident.id, into.id])))
          throw new Refusal("One of the two was closed just now, so nothing was changed. Look at both again.");
        await change.incident.updateMany({
          where: { id: incident.id },
          data: {
            status: "closed",
            closedAt: act.now,
            closedById: act.actor.id,
            mergedIntoId: into.id,
            escalateAt: null,
          },
        });
        await change.incident.updateMany({
          where: { mergedIntoId: incident.id },
          data: { mergedIntoId: into.id },
        });
        await moveActions(change, act, incident, into);
        await moveClocks(change, act, incident, into);
        await addEntry(change, act, incident.id, { kind: "merged", text: reason, details: { into: intoNumber } });
        await addEntry(change, act, into.id, { kind: "merged", text: reason, details: { from: number } });
        await logLook(change, act, into);
        await record(change, act, incident.id, "incident.merged", { into: into.id });
        await record(change, act, into.id, "incident.merged", { from: incident.id });
      }),
  };
}

async function checkInto(change: Change, incident: Found, into: Found): Promise<void> {
  const [one, other] = [reference(incident.number), reference(into.number)];
  const refused = (message: string) => new Refusal(message, "into");
  if (into.id === incident.id) throw refused(`${one} cannot be merged into itself. Give the number of the other one.`);
  if (into.mergedIntoId) {
    const last = await change.incident.findFirstOrThrow({
      where: { id: into.mergedIntoId },
      select: { number: true },
    });
    throw refused(`${other} was merged into ${reference(last.number)} itself. Merge into that one.`);
  }
  if (into.closedAt) throw refused(`${other} is closed. Reopen it first, or merge into an open one.`);
  if (
    (incident.restricted && !into.restricted) ||
    (incident.privilegedAt && !into.privilegedAt) ||
    (incident.leftOutId && incident.leftOutId !== into.leftOutId)
  )
    throw refused(
      `More people may see ${other} than ${one}. Merge the other way round, or restrict ${other} as ${one} is first.`,
    );
}

async function moveActions(change: Change, act: Act, incident: Found, into: Found): Promise<void> {
  const moved = await change.action.updateManyAndReturn({
    where: { incidentId: incident.id, state: "open" },
    data: { incidentId: into.id, unitId: into.unitId },
    select: { id: true },
  });
  await redraw(
    change,
    moved.map(({ id }) => id),
    act.now,
  );
}

/** Of two clocks of the same rule the one that is due first goes on: an event does not become younger by merging. */
async function moveClocks(change: Change, act: Act, incident: Found, into: Found): Promise<void> {
  const clocks = await change.clock.findMany({
    where: { incidentId: { in: [incident.id, into.id] }, state: { in: ["running", "paused"] } },
    select: { id: true, rule: true, incidentId: true },
    orderBy: [{ dueAt: "asc" }, { number: "asc" }],
  });
  const first = [...new Map(clocks.toReversed().map((clock) => [clock.rule, clock])).values()];
  const reason = `${reference(incident.number)} was merged into ${reference(into.number)}.`;
  for (const later of clocks.filter((clock) => !first.includes(clock)))
    await endClock(change, later, act, { state: "withdrawn", reason });
  const moved = first.filter((clock) => clock.incidentId === incident.id).map(({ id }) => id);
  await change.clock.updateMany({ where: { id: { in: moved } }, data: { incidentId: into.id } });
  await redraw(change, moved, act.now);
}
