import { auditAll } from "../../audit.ts";
import type { Bound, Change } from "../../store/store.ts";
import { type NewNotice, redraw, tell } from "../notices.ts";
import { nextStep, type Told } from "../staff/above.ts";
import { type Routing, readRouting, stepsFor } from "./routing.ts";
import { escalationDue, leftOutOf } from "./rules.ts";

/** Incidents that go up in one transaction. */
const batch = 1_000;

const coming: readonly string[] = ["incident-filed", "incident-unacknowledged"] satisfies NewNotice["kind"][];

interface Due {
  id: string;
  unitId: string;
  kind: string;
  category: string | null;
  harm: string;
  gradedHarm: string | null;
  identity: string;
  reporterId: string | null;
  leftOutId: string | null;
}

/** Tells the next person up of each incident that nobody has acknowledged in time; at the top it stays with quality. */
export async function escalate(store: Bound, now: Date): Promise<void> {
  const due = await store.incident.findMany({
    where: { escalateAt: { lte: now } },
    select: {
      id: true,
      unitId: true,
      kind: true,
      category: true,
      harm: true,
      gradedHarm: true,
      identity: true,
      reporterId: true,
      leftOutId: true,
    },
    orderBy: { escalateAt: "asc" },
    take: batch,
  });
  if (due.length === 0) return;
  const { acknowledgeWithinHours } = await store.organisation();
  await store.change((change) => goUp(change, due, now, escalationDue(now, acknowledgeWithinHours)), {
    timeout: patience,
  });
  if (due.length === batch) await escalate(store, now);
}

/** Milliseconds that a full batch may take on a busy machine. */
const patience = 60_000;

async function goUp(change: Change, due: readonly Due[], now: Date, again: Date): Promise<void> {
  const next = await nextPeople(change, due);
  const isLast = (incident: Due) => !next.get(incident.id)?.goesOn;
  const won = [
    ...(await moveOn(change, due.filter(isLast), now, null)),
    ...(await moveOn(
      change,
      due.filter((incident) => !isLast(incident)),
      now,
      again,
    )),
  ];
  const told = won.flatMap(({ id, escalatedTo }) =>
    (next.get(id)?.people ?? []).map((personId) => ({ id, level: escalatedTo, personId })),
  );
  await change.timelineEntry.createMany({
    data: told.map(({ id, personId }) => ({ incidentId: id, at: now, kind: "escalated", aboutId: personId })),
  });
  await tell(
    change,
    told.map(({ id, level, personId }) => ({
      kind: "incident-unacknowledged",
      recordId: id,
      to: { personId },
      dueAt: now,
      key: `incident-unacknowledged:${id}:${level}:${personId}`,
    })),
  );
  await redraw(
    change,
    won.map(({ id }) => id),
    now,
  );
  await auditAll(
    change,
    won
      .filter(({ id }) => (next.get(id)?.people.length ?? 0) > 0)
      .map(({ id, escalatedTo }) => ({
        at: now,
        actorId: null,
        action: "incident.escalated",
        subject: "incident",
        subjectId: id,
        details: { level: escalatedTo },
      })),
  );
}

/** Those that are still due are moved on; whoever looks at the same time finds them moved. */
const moveOn = (change: Change, incidents: readonly Due[], now: Date, escalateAt: Date | null) =>
  change.incident.updateManyAndReturn({
    where: {
      id: { in: incidents.map(({ id }) => id) },
      escalateAt: { lte: now },
      acknowledgedAt: null,
      closedAt: null,
    },
    data: { escalatedTo: { increment: 1 }, escalateAt },
    select: { id: true, escalatedTo: true },
  });

interface Next {
  people: string[];
  /** There is a step after this one. */
  goesOn: boolean;
}

/** Whom each incident goes to next. */
async function nextPeople(change: Change, due: readonly Due[]): Promise<Map<string, Next>> {
  const routing = await readRouting(change);
  const notices = await change.notice.findMany({
    where: { recordId: { in: due.map(({ id }) => id) }, kind: { in: [...coming] } },
    select: { recordId: true, personId: true, kind: true },
  });
  const told = Map.groupBy(notices, ({ recordId }) => recordId);
  return new Map(due.map((incident) => [incident.id, nextOf(incident, routing, told.get(incident.id) ?? [])]));
}

function nextOf(incident: Due, routing: Routing, told: readonly Told[]): Next {
  const classed = { ...incident, harm: incident.gradedHarm ?? incident.harm };
  const { steps } = stepsFor(routing, classed, leftOutOf(incident));
  const at = nextStep(steps, told, "incident-unacknowledged");
  return { people: steps[at] ?? [], goesOn: at >= 0 && steps.length > at + 1 };
}
