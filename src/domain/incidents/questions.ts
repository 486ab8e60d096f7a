import { audit } from "../../audit.ts";
import type { Change, DomainStore } from "../../store/store.ts";
import type { Act } from "../act.ts";
import { tell } from "../notices.ts";
import { Refusal } from "../refusal.ts";
import { mayHandle, seesReporter } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import { addEntry, changeIncident, type Found, record, toPerson, toReporter } from "./change.ts";
import { readRouting, stepsFor } from "./routing.ts";
import { checkOpen, leftOutOf, reference } from "./rules.ts";

export function questioning(store: DomainStore) {
  return {
    /** Asks the reporter, who is told, or finds it by the receipt. */
    ask: (act: Act, number: number, question: string) =>
      changeIncident(store, act, number, async (change, incident) => {
        if (!mayHandle(act.actor, incident))
          throw new Refusal(
            `Only quality and the managers of its unit ask about ${reference(number)}. Add a note instead.`,
          );
        const claimed = await change.claimRequest(act.requestId, incident.id, act.now);
        if (!claimed.first) return;
        checkOpen(incident);
        if (incident.reporterId === act.actor.id)
          throw new Refusal(`You filed ${reference(number)} yourself. Add a note with what you know.`);
        checkHears(act.actor, incident);
        const won = await change.incident.updateMany({
          where: { id: incident.id, closedAt: null },
          data: { questionAt: act.now },
        });
        if (won.count === 0) checkOpen({ ...incident, closedAt: act.now });
        const { id } = await addEntry(change, act, incident.id, { kind: "question", text: question });
        const told = toReporter("incident-asked", incident, act);
        await tell(
          change,
          told.map((notice) => ({ ...notice, key: `${notice.key}:${id}` })),
        );
        await record(change, act, incident.id, "incident.asked");
      }),
  };
}

/** Throws where a question would reach nobody, because a restricted incident is hidden from its own reporter. */
function checkHears(actor: Actor, incident: Found): void {
  if (!incident.restricted || incident.reporterId === null) return;
  const number = reference(incident.number);
  // Whether the reporter is on the list would tell the others on it who filed it.
  if (!seesReporter(actor, incident))
    throw new Refusal(
      `${number} is restricted and was filed in confidence, so quality asks about it. Tell them what you want to know.`,
    );
  if (!incident.access.some(({ personId, part }) => part === "needs-to-know" && personId === incident.reporterId))
    throw new Refusal(
      `${number} is restricted, and whoever filed it is not on its need-to-know list, so the question would not reach them. Put them on the list first: “incident restrict”.`,
    );
}

/** What the reporter wrote back; nobody is named as its author where none is given. */
interface NewAnswer {
  incidentId: string;
  text: string;
  at: Date;
  actorId: string | null;
}

/** Adds the reporter's answer, and tells whoever handles it. */
export async function addAnswer(change: Change, { incidentId, text, at, actorId }: NewAnswer): Promise<void> {
  const { id } = await change.timelineEntry.create({ data: { incidentId, kind: "answer", at, actorId, text } });
  await change.incident.updateMany({ where: { id: incidentId }, data: { questionAt: null } });
  const told = (await handlersOf(change, incidentId)).filter((personId) => personId !== actorId);
  await tell(
    change,
    told.map((personId) => ({
      ...toPerson("incident-answered", incidentId, personId, at),
      key: `incident-answered:${id}:${personId}`,
    })),
  );
  await audit(change, {
    at,
    actorId,
    action: "incident.answered",
    subject: "incident",
    subjectId: incidentId,
  });
}

/** Whom it is assigned to and who asked last; before anybody took it up, those whom it came to first. */
export async function handlersOf(change: Change, id: string): Promise<string[]> {
  const incident = await change.incident.findFirstOrThrow({
    where: { id },
    select: {
      unitId: true,
      kind: true,
      category: true,
      harm: true,
      identity: true,
      reporterId: true,
      leftOutId: true,
      assigneeId: true,
      acknowledgedById: true,
    },
  });
  const asked = await change.timelineEntry.findFirst({
    where: { incidentId: id, kind: "question" },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    select: { actorId: true },
  });
  const handlers = [incident.assigneeId ?? incident.acknowledgedById, asked?.actorId ?? null].filter(
    (one) => one !== null,
  );
  if (handlers.length > 0) return [...new Set(handlers)];
  const [first = []] = stepsFor(await readRouting(change), incident, leftOutOf(incident)).steps;
  return first;
}
