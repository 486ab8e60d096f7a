import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { IncidentFilter } from "../../src/domain/incidents/list.ts";
import { visibleActions, visibleClocks } from "../../src/domain/staff/access.ts";
import type { Actor } from "../../src/domain/staff/actor.ts";
import { actionInHand, chooses, grievanceInHand, incidentInHand } from "../../src/domain/staff/inHand.ts";
import type { Bound } from "../../src/store/store.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { actOf, actorOf } from "./organisation.ts";

// Who sees what, told a third time here as plainly as it can be, beside the rule for single records and the one in SQL.

let hospital: Hospital;
let bound: Bound;
const everybody = ["nurse", "manager", "director", "quality", "admin", "outsider"] as const;

/** The manager is on leave, and the outsider is the cover. */
beforeAll(async () => {
  hospital = await openHospital();
  bound = hospital.store.of(hospital.organisationId);
  await bound.away.create({
    data: {
      personId: hospital.people.manager,
      coverId: hospital.people.outsider,
      fromOn: new Date("2026-11-20T00:00:00Z"),
      untilOn: new Date("2026-11-30T00:00:00Z"),
    },
  });
});
afterAll(() => hospital.close());

interface Made {
  number: number;
  unit: keyof Hospital["units"];
  reporter: (typeof everybody)[number] | null;
  assignee: (typeof everybody)[number] | null;
  leftOut: (typeof everybody)[number] | null;
  restricted: boolean;
  routed: (typeof everybody)[number][];
  knowing: (typeof everybody)[number][];
  identity: string;
  closed: boolean;
  merged: boolean;
  kind: string;
  category: string | null;
}

const maybe = fc.option(fc.constantFrom(...everybody), { freq: 2 });
const few = fc.uniqueArray(fc.constantFrom(...everybody), { maxLength: 2 });
const incident = fc.record({
  unit: fc.constantFrom<Made["unit"][]>("medicine", "west", "east", "emergency"),
  reporter: maybe,
  assignee: maybe,
  leftOut: fc.option(fc.constantFrom(...everybody), { freq: 1 }),
  restricted: fc.boolean(),
  routed: few,
  knowing: few,
  identity: fc.constantFrom("named", "confidential"),
  closed: fc.boolean(),
  merged: fc.boolean(),
  kind: fc.constantFrom("incident", "privacy"),
  category: fc.option(fc.constantFrom("fall", "clot")),
});

let last = 0;
const all: Made[] = [];

async function make(given: Omit<Made, "number">): Promise<void> {
  last += 1;
  const number = last;
  const id = randomUUID();
  const person = (handle: Made["reporter"]) => (handle === null ? null : hospital.people[handle]);
  const earlier = given.merged ? await bound.incident.findFirst({ where: { number: { lt: number } } }) : null;
  await bound.incident.create({
    data: {
      id,
      number,
      kind: given.kind,
      category: given.category,
      harm: "none",
      identity: given.reporter === null ? "anonymous" : given.identity,
      what: `Something everywhere ${number}`,
      unitId: hospital.units[given.unit],
      happenedAt: hospital.clock.now,
      reportedAt: hospital.clock.now,
      status: given.closed ? "closed" : "new",
      closedAt: given.closed ? hospital.clock.now : null,
      reporterId: person(given.reporter),
      assigneeId: person(given.assignee),
      leftOutId: person(given.leftOut),
      restricted: given.restricted,
      mergedIntoId: earlier?.id ?? null,
    },
  });
  const access = (handles: Made["routed"], part: string) =>
    handles.map((handle) => ({ incidentId: id, personId: hospital.people[handle], part }));
  await bound.incidentAccess.createMany({
    data: [...access(given.routed, "routed"), ...access(given.knowing, "needs-to-know")],
  });
  await bound.clock.create({
    data: {
      number,
      rule: "osha.severe",
      incidentId: id,
      startAt: hospital.clock.now,
      dueAt: hospital.clock.now,
      because: "by-hand",
      startedAt: hospital.clock.now,
    },
  });
  await bound.action.create({
    data: {
      number,
      what: "Look at it",
      ownerId: hospital.people[given.assignee ?? "admin"],
      givenById: hospital.people[given.reporter ?? "admin"],
      unitId: hospital.units[given.unit],
      ...(given.merged ? { metric: "falls" } : { incidentId: id }),
      dueOn: new Date("2026-11-20T00:00:00Z"),
      givenAt: hospital.clock.now,
    },
  });
  all.push({ ...given, number });
}

/** The plain rule. The outsider stands for the manager, who has 4 West; the director has Medicine and what is below it. */
function sees(who: (typeof everybody)[number], one: Made): boolean {
  if (one.leftOut === who) return false;
  if (one.restricted) return one.knowing.includes(who);
  if (who === "quality" || one.reporter === who) return true;
  const stands = who === "outsider" ? ["outsider", "manager"] : [who];
  if (one.assignee !== null && stands.includes(one.assignee)) return true;
  if (one.routed.some((handle) => stands.includes(handle))) return true;
  if (stands.includes("manager")) return one.unit === "west";
  return who === "director" && one.unit !== "emergency";
}

async function exported(handle: string, filter: IncidentFilter): Promise<number[]> {
  const act = await actOf(hospital, handle);
  return (await hospital.services.incidents.export(act, filter)).rows.map((row) => row.number);
}

/** All pages, one after another. */
async function listed(actor: Actor, filter: IncidentFilter): Promise<{ numbers: number[]; said: number }> {
  const numbers: number[] = [];
  let said: number | undefined;
  for (let before: number | undefined; ; ) {
    const { rows, more } = await hospital.services.incidents.list(actor, { ...filter, before });
    said ??= rows.length + more.count;
    numbers.push(...rows.map((row) => row.number));
    before = rows.at(-1)?.number;
    if (more.count === 0 && !more.atLeast) return { numbers, said };
  }
}

const shows = (actor: Actor, number: number): Promise<boolean> =>
  hospital.services.incidents.show(actor, number).then(
    () => true,
    () => false,
  );

test("list, search, export, number, count and what waits agree for everybody about what they may see", async () => {
  let waited = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(incident, { minLength: 6, maxLength: 10 }), async (made) => {
      for (const one of made) await make(one);
      for (const handle of everybody) {
        const actor = await actorOf(hospital, handle);
        const expected = all.filter((one) => sees(handle, one)).map((one) => one.number);
        const newestFirst = expected.toReversed();
        const list = await listed(actor, { status: "all" });
        expect([handle, list.numbers]).toEqual([handle, newestFirst]);
        expect(list.said).toBe(Math.min(expected.length, 8 + 24));
        expect((await listed(actor, { status: "all", search: "everywhere some" })).numbers).toEqual(newestFirst);
        expect(await exported(handle, { status: "all" })).toEqual(newestFirst);
        const waiting = await hospital.services.incidents.waiting(actor, hospital.clock.now, 1_000);
        expect(waiting.map(({ number }) => number).filter((number) => !expected.includes(number))).toEqual([]);
        const clocks = await hospital.services.clocks.waiting(actor, hospital.clock.now, 1_000);
        const ofIncidents = clocks.flatMap(
          ({ clock }) => Number(/^INC-(\d+)$/.exec(clock.about?.reference ?? "")?.[1]) || [],
        );
        waited += ofIncidents.length;
        expect(ofIncidents.filter((number) => !expected.includes(number))).toEqual([]);
        for (const { number } of all.slice(-made.length)) {
          expect([handle, number, await shows(actor, number)]).toEqual([handle, number, expected.includes(number)]);
          const byNumber = await listed(actor, { status: "open", search: `INC-${number}` });
          expect(byNumber.numbers).toEqual(expected.includes(number) ? [number] : []);
        }
      }
    }),
    { numRuns: 6, endOnFailure: true },
  );
  expect(waited).toBeGreaterThan(0);
});

test("filters cut what a person sees, and add nothing to it", async () => {
  const inMedicine = (one: Made) => one.unit !== "emergency";
  const filters: [string, IncidentFilter, (one: Made, handle: string) => boolean][] = [
    ["open", { status: "open" }, (one) => !one.closed],
    ["closed", { status: "closed" }, (one) => one.closed],
    ["new", { status: "new" }, (one) => !one.closed],
    ["a unit and below", { status: "all", unitId: hospital.units.medicine }, inMedicine],
    ["a unit", { status: "all", unitId: hospital.units.west }, (one) => one.unit === "west"],
    ["mine", { status: "all", mine: true }, (one, handle) => one.reporter === handle || one.assignee === handle],
    [
      "my open ones in a unit",
      { status: "open", mine: true, unitId: hospital.units.east },
      (one, handle) => !one.closed && one.unit === "east" && (one.reporter === handle || one.assignee === handle),
    ],
    ["a kind", { status: "all", kind: "privacy" }, (one) => one.kind === "privacy"],
    ["a category", { status: "open", category: "clot" }, (one) => one.category === "clot" && !one.closed],
    ["since today", { status: "all", since: "2026-11-23" }, () => true],
    ["since tomorrow", { status: "all", since: "2026-11-24" }, () => false],
    ["words in a unit", { status: "all", search: "someth*", unitId: hospital.units.medicine }, inMedicine],
  ];
  for (const handle of everybody)
    for (const [name, filter, belongs] of filters) {
      const expected = all.filter((one) => sees(handle, one) && belongs(one, handle)).map((one) => one.number);
      const list = await listed(await actorOf(hospital, handle), filter);
      expect([handle, name, list.numbers]).toEqual([handle, name, expected.toReversed()]);
      expect([handle, name, await exported(handle, filter)]).toEqual([handle, name, expected.toReversed()]);
    }
});

test("pages repeat no row and lose none while others are added", async () => {
  const actor = await actorOf(hospital, "quality");
  const before = await listed(actor, { status: "all" });
  const seen: number[] = [];
  for (let next: number | undefined; ; ) {
    const { rows, more } = await hospital.services.incidents.list(actor, { status: "all", before: next });
    seen.push(...rows.map((row) => row.number));
    next = rows.at(-1)?.number;
    await make({ ...(all[0] as Made), restricted: false, leftOut: null, merged: false });
    if (more.count === 0 && !more.atLeast) break;
  }
  expect(seen).toEqual(before.numbers);
});

test("a rule asked of rows in hand chooses those that the database does", async () => {
  const clocks = await bound.clock.findMany({ include: { incident: incidentInHand, grievance: grievanceInHand } });
  const actions = await bound.action.findMany({ select: actionInHand });
  const numbers = (rows: readonly { number: number }[]) => rows.map(({ number }) => number).sort((a, b) => a - b);
  for (const handle of everybody) {
    const actor = await actorOf(hospital, handle);
    const [clocksSeen, actionsSeen] = [visibleClocks(actor), visibleActions(actor)];
    const inDatabase = {
      clocks: numbers(await bound.clock.findMany({ where: clocksSeen })),
      actions: numbers(await bound.action.findMany({ where: actionsSeen })),
    };
    expect({
      clocks: numbers(clocks.filter((row) => chooses(clocksSeen, row))),
      actions: numbers(actions.filter((row) => chooses(actionsSeen, row))),
    }).toEqual(inDatabase);
    expect(inDatabase.clocks.length).toBeLessThan(clocks.length);
    expect(inDatabase.actions.length).toBeLessThan(actions.length);
  }
});
