import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { incidentCard } from "../../src/cards/incident.ts";
import { handOver } from "../../src/domain/incidents/orphans.ts";
import { handOn } from "../../src/domain/leavers/handOn.ts";
import { memoryMessenger } from "../jobs/messenger.ts";
import { runJobs } from "../jobs/work.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { said } from "../support/person.ts";
import { seenBy } from "./handling.ts";
import { actOf, actorOf } from "./organisation.ts";

// The outsider has work of 4 West in hand and leaves. The unit is the manager's, Medicine above it is the director's.

let hospital: Hospital;
let web: ReturnType<typeof memoryMessenger>;
beforeEach(async () => {
  hospital = await openHospital();
  web = memoryMessenger("web");
});
afterEach(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);
const work = () => runJobs(hospital, new Map([["web" as const, web.messenger]]));
const leaves = (handle: string) => bound().person.updateMany({ where: { handle }, data: { active: false } });
const waitsFor = async (handle: string) =>
  (await hospital.services.todo.waiting(await actorOf(hospital, handle), hospital.clock.now))
    .map(({ about }) => about)
    .sort();
const about = (handle: string) => web.sent.filter(({ to, text }) => to === handle && text.includes("yours now"));

async function incidentOf(assigneeId: string | null, given: object = {}): Promise<number> {
  const number = (await bound().incident.count()) + 1;
  await bound().incident.create({
    data: {
      number,
      kind: "incident",
      harm: "none",
      identity: "named",
      what: "Slipped",
      unitId: hospital.units.west,
      reporterId: hospital.people.nurse,
      happenedAt: hospital.clock.now,
      reportedAt: hospital.clock.now,
      status: "in-review",
      assigneeId,
      acknowledgedAt: hospital.clock.now,
      ...given,
    },
  });
  return number;
}

async function actionOf(ownerId: string, given: object = {}): Promise<number> {
  const number = (await bound().action.count()) + 1;
  await bound().action.create({
    data: {
      number,
      what: "Walk the ward",
      ownerId,
      givenById: hospital.people.quality,
      givenAt: hospital.clock.now,
      unitId: hospital.units.west,
      dueOn: new Date("2026-12-01"),
      ...given,
    },
  });
  return number;
}

async function grievanceOf(assigneeId: string): Promise<void> {
  const act = await actOf(hospital, "nurse");
  const { number } = await hospital.services.grievances.log(act, {
    what: "Nobody came",
    unitId: hospital.units.west,
    received: "2026-11-20",
    channel: "phone",
    harmOrAbuse: false,
    askedForResponse: false,
    fixedOnTheSpot: false,
    billingOnly: false,
  });
  await hospital.services.grievances.assign(await actOf(hospital, "quality"), number, assigneeId);
}

describe("what somebody who left has open", () => {
  test("is the unit's manager's, who is told once of all of it, and its history says so", async () => {
    const { outsider } = hospital.people;
    await incidentOf(outsider);
    await incidentOf(null, { acknowledgedById: outsider });
    await incidentOf(outsider, { closedAt: hospital.clock.now, status: "closed" });
    await grievanceOf(outsider);
    await actionOf(outsider);
    await actionOf(outsider, { state: "done", checkOn: new Date("2026-11-20"), givenById: outsider });
    await actionOf(outsider, { state: "dropped" });
    await work();
    await leaves("outsider");
    await work();
    await work();
    expect(await waitsFor("manager")).toEqual(["ACT-1", "ACT-2", "GRV-1", "INC-1", "INC-2"]);
    const [told, ...more] = about("manager");
    expect(more).toEqual([]);
    expect(told && said(told.card)).toMatch(/INC-1[\s\S]*INC-2[\s\S]*GRV-1[\s\S]*ACT-1[\s\S]*ACT-2/);
    expect(JSON.stringify(told?.card)).not.toContain("INC-3");
    expect(JSON.stringify(told?.card)).not.toContain("Slipped");
    expect(said(incidentCard(await seenBy(hospital, "manager", 1)))).toContain(
      "whoever had it left; it is Manager Person’s now",
    );
    const closed = await bound().incident.findFirstOrThrow({ where: { number: 3 } });
    expect(closed.assigneeId).toBe(outsider);
    const audited = await bound().audit.findMany({
      where: { actorId: null, details: { path: ["from"], equals: outsider } },
    });
    expect(audited).toHaveLength(5);
  });

  test("is the next one's up where the manager leaves, and in the end quality's", async () => {
    await incidentOf(hospital.people.manager);
    await leaves("manager");
    await handOn(bound(), hospital.clock.now);
    expect(await waitsFor("director")).toEqual(["INC-1"]);
    await leaves("director");
    await handOn(bound(), hospital.clock.now);
    expect(await waitsFor("quality")).toEqual(["INC-1"]);
    await leaves("quality");
    await handOn(bound(), hospital.clock.now);
    expect((await bound().incident.findFirstOrThrow()).assigneeId).toBe(hospital.people.quality);
  });

  test("is nobody's whom an incident leaves out, and of a restricted one for its list alone", async () => {
    const { outsider, manager, quality } = hospital.people;
    await incidentOf(outsider, { leftOutId: manager });
    const restricted = await incidentOf(outsider, { restricted: true });
    const { id } = await bound().incident.findFirstOrThrow({ where: { number: restricted } });
    await bound().incidentAccess.create({ data: { incidentId: id, personId: outsider, part: "needs-to-know" } });
    await actionOf(outsider, { incidentId: id });
    await leaves("outsider");
    await handOver(bound(), hospital.clock.now);
    await handOn(bound(), hospital.clock.now);
    expect(await waitsFor("manager")).toEqual([]);
    expect(await waitsFor("director")).toEqual(["INC-1"]);
    expect(await waitsFor("quality")).toEqual(["ACT-1", "INC-2"]);
    const rows = await bound().incident.findMany({ orderBy: { number: "asc" }, select: { assigneeId: true } });
    expect(rows.map(({ assigneeId }) => assigneeId)).toEqual([hospital.people.director, quality]);
  });

  test("goes back to whoever gave it, where it is of no unit", async () => {
    await actionOf(hospital.people.outsider, { unitId: null, givenById: hospital.people.admin });
    await leaves("outsider");
    await handOn(bound(), hospital.clock.now);
    expect(await waitsFor("admin")).toEqual(["ACT-1"]);
  });

  test("is handed on once by sweeps that run at the same time", async () => {
    await incidentOf(hospital.people.outsider);
    await leaves("outsider");
    await Promise.all(Array.from({ length: 4 }, () => handOn(bound(), hospital.clock.now)));
    expect(await bound().timelineEntry.count({ where: { kind: "assigned" } })).toBe(1);
    expect(await bound().notice.count({ where: { kind: "handed-on" } })).toBe(1);
  });
});
