import type { Bound } from "../../store/store.ts";

/** For whom something of an area may wait: these people, the managers of these units and of those above, and quality. */
interface Some {
  people: (string | null)[];
  units: (string | null)[];
  quality: boolean;
}

/** What is to be acknowledged, what somebody has, was sent or is asked about, and what has a clock that ends soon. */
export async function ofIncidents(store: Bound, before: Date, soon: Date): Promise<Some> {
  const open = { closedAt: null, reportedAt: { lt: before } };
  const ignored = { ...open, acknowledgedAt: null };
  const pressed = { ...open, clocks: { some: { state: "running", dueAt: { lte: soon } } } };
  const [units, assigned, acknowledged, routed, asked, last] = await Promise.all([
    store.incident.groupBy({ by: ["unitId"], where: { OR: [ignored, pressed] } }),
    store.incident.groupBy({ by: ["assigneeId"], where: open }),
    store.incident.groupBy({ by: ["acknowledgedById"], where: { ...open, assigneeId: null } }),
    store.incidentAccess.groupBy({ by: ["personId"], where: { part: "routed", incident: ignored } }),
    store.incident.groupBy({ by: ["reporterId"], where: { closedAt: null, questionAt: { lt: before } } }),
    store.incident.findFirst({
      where: { OR: [pressed, { ...ignored, OR: [{ escalateAt: null }, { harm: { in: ["death", "severe"] } }] }] },
      select: { id: true },
    }),
  ]);
  return {
    people: [
      ...assigned.map(({ assigneeId }) => assigneeId),
      ...acknowledged.map(({ acknowledgedById }) => acknowledgedById),
      ...routed.map(({ personId }) => personId),
      ...asked.map(({ reporterId }) => reporterId),
    ],
    units: units.map(({ unitId }) => unitId),
    quality: last !== null,
  };
}

/** All that are open: each has its days. */
export async function ofGrievances(store: Bound, before: Date): Promise<Some> {
  const open = { closedAt: null, loggedAt: { lt: before } };
  const [units, assigned, acknowledged] = await Promise.all([
    store.grievance.groupBy({ by: ["unitId"], where: open }),
    store.grievance.groupBy({ by: ["assigneeId"], where: open }),
    store.grievance.groupBy({ by: ["acknowledgedById"], where: { ...open, assigneeId: null } }),
  ]);
  return {
    people: [
      ...assigned.map(({ assigneeId }) => assigneeId),
      ...acknowledged.map(({ acknowledgedById }) => acknowledgedById),
    ],
    units: units.map(({ unitId }) => unitId),
    quality: units.length > 0,
  };
}

/** Actions of their owners, effects that are to be looked at, and what is overdue for long: of who gave it and managers too. */
export async function ofActions(store: Bound, today: Date, soon: Date, long: Date): Promise<Some> {
  const undone = { state: "open", OR: [{ snoozedUntil: null }, { snoozedUntil: { lte: today } }] };
  const overdue = { state: "open", dueOn: { lte: long } };
  const [owned, checked, units, given] = await Promise.all([
    store.action.groupBy({ by: ["ownerId"], where: undone }),
    store.action.groupBy({
      by: ["ownerId", "givenById"],
      where: { state: "done", checkedAt: null, checkOn: { lte: soon } },
    }),
    store.action.groupBy({ by: ["unitId"], where: overdue }),
    store.action.groupBy({ by: ["givenById"], where: overdue }),
  ]);
  return {
    people: [
      ...owned.map(({ ownerId }) => ownerId),
      ...checked.flatMap(({ ownerId, givenById }) => [ownerId, givenById]),
      ...given.map(({ givenById }) => givenById),
    ],
    units: units.map(({ unitId }) => unitId),
    quality: false,
  };
}

/** Reminders that came and were not done. */
export async function ofReminders(store: Bound, before: Date): Promise<Some> {
  const due = await store.reminder.groupBy({ by: ["whoId"], where: { doneAt: null, dueAt: { lt: before } } });
  return { people: due.map(({ whoId }) => whoId), units: [], quality: false };
}

/** Clocks of the organisation itself; those of a record are looked at with it. */
export async function ofClocks(store: Bound, soon: Date): Promise<Some> {
  const running = await store.clock.findFirst({
    where: { incidentId: null, grievanceId: null, state: "running", dueAt: { lte: soon } },
    select: { id: true },
  });
  return { people: [], units: [], quality: running !== null };
}

/** Months that the ledger brought lately, which may have something to explain, and what is to be reviewed. */
export async function ofBudgets(store: Bound, since: Date): Promise<Some> {
  const [taken, open] = await Promise.all([
    store.bookMonth.groupBy({ by: ["unitId"], where: { asOf: { gte: since } } }),
    store.explanation.groupBy({ by: ["unitId"], where: { state: "open" } }),
  ]);
  return { people: [], units: [...taken, ...open].map(({ unitId }) => unitId), quality: false };
}
