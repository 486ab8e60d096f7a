import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demonstrationPeople, demonstrationTenant, playgroundTenant, seedDemonstration } from "../../prisma/seed.ts";
import { noProgress } from "../../src/cli/progress.ts";
import { statuses as grievanceStatuses, sorts } from "../../src/domain/grievances/rules.ts";
import { impliedBy, type Known } from "../../src/domain/incidents/implied.ts";
import { categories, harms, identities, kinds, statuses } from "../../src/domain/incidents/rules.ts";
import { readLadder, stepsUp } from "../../src/domain/staff/above.ts";
import { accesses } from "../../src/domain/staff/actor.ts";
import { createServices } from "../../src/services.ts";
import { type Bound, openStore, type Store } from "../../src/store/store.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";

const now = new Date("2026-11-23T14:05:00Z");
const zone = "America/New_York";
const hour = 3_600_000;

let database: TestDatabase;
let store: Store;
let bound: Bound;
let took: number;

beforeAll(async () => {
  database = await testDatabase();
  store = openStore(database.url, { connections: 4 });
  const began = performance.now();
  await seedDemonstration(store, { zone, now, progress: noProgress });
  took = performance.now() - began;
  bound = store.of((await store.unbound.organisation.findFirstOrThrow({ where: { demonstration: true } })).id);
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

const codes = (options: readonly { code: string }[]) => options.map(({ code }) => code).sort();
const distinct = (values: readonly (string | null)[]) => [...new Set(values)].filter((value) => value !== null).sort();

/** Everything in a database, table by table. */
async function everything({ unbound }: Store) {
  return Promise.all([
    unbound.organisation.findMany(),
    unbound.workspace.findMany({ orderBy: { platform: "asc" } }),
    unbound.unit.findMany({ orderBy: { id: "asc" } }),
    unbound.person.findMany({ orderBy: { id: "asc" } }),
    unbound.identity.findMany({ orderBy: [{ platform: "asc" }, { user: "asc" }] }),
    unbound.incident.findMany({ orderBy: { number: "asc" } }),
    unbound.grievance.findMany({ orderBy: { number: "asc" } }),
    unbound.clock.findMany({ orderBy: { number: "asc" } }),
    unbound.action.findMany({ orderBy: { number: "asc" } }),
    unbound.timelineEntry.findMany({ orderBy: { id: "asc" } }),
    unbound.reminder.findMany({ orderBy: { number: "asc" } }),
    unbound.notice.findMany(),
    unbound.audit.findMany({ orderBy: { id: "asc" } }),
    unbound.line.findMany({ orderBy: { code: "asc" } }),
    unbound.budgetLine.findMany({ orderBy: [{ month: "asc" }, { unitId: "asc" }, { lineId: "asc" }] }),
    unbound.ledgerLine.findMany({ orderBy: [{ month: "asc" }, { unitId: "asc" }, { lineId: "asc" }] }),
    unbound.bookMonth.findMany({ orderBy: { number: "asc" } }),
    unbound.explanation.findMany({ orderBy: { id: "asc" } }),
    unbound.counter.findMany({ orderBy: { name: "asc" } }),
    unbound.kpiValue.findMany({ orderBy: { id: "asc" } }),
    unbound.kpiMark.findMany({ orderBy: { id: "asc" } }),
  ]);
}

describe("the demonstration hospital", () => {
  test("is made in a moment", () => {
    expect(took).toBeLessThan(60_000);
  });

  test("has about ten units in a tree, forty people, and every access", async () => {
    const units = await bound.unit.findMany();
    expect(units).toHaveLength(12);
    expect(units.filter((unit) => unit.parentId === null)).toHaveLength(1);
    expect(units.every((unit) => unit.managerId !== null && unit.aliases.length > 0)).toBe(true);
    const people = await bound.person.findMany();
    expect(people).toHaveLength(40);
    expect(distinct(people.flatMap((person) => person.access))).toEqual([...accesses].sort());
    expect(people.some(({ access }) => access.includes("quality") && access.includes("admin"))).toBe(true);
    expect(people.filter((person) => !person.active)).toHaveLength(1);
    expect(people.filter((person) => person.zone !== null).length).toBeGreaterThan(1);
    expect(people.filter((person) => person.quietFrom !== null).length).toBeGreaterThan(2);
    for (const platform of ["web", "teams"])
      expect(await bound.identity.count({ where: { platform } }), platform).toBe(40);
  });

  test("has a year of incidents of every kind, category, harm, status and identity", async () => {
    const incidents = await bound.incident.findMany({ orderBy: { number: "asc" } });
    expect(incidents.length).toBeGreaterThanOrEqual(600);
    expect(incidents.length).toBeLessThanOrEqual(900);
    expect(incidents.map(({ number }) => number)).toEqual(incidents.map((_, index) => index + 1));
    expect(distinct(incidents.map(({ kind }) => kind))).toEqual(codes(kinds));
    expect(distinct(incidents.map(({ category }) => category))).toEqual(codes(categories));
    expect(distinct(incidents.map(({ harm }) => harm))).toEqual(codes(harms));
    expect(distinct(incidents.map(({ status }) => status))).toEqual(codes(statuses));
    expect(distinct(incidents.map(({ identity }) => identity))).toEqual(codes(identities));
    for (const incident of incidents) {
      expect(incident.what).not.toMatch(/[{}|]/);
      expect(incident.happenedAt.getTime()).toBeLessThan(incident.reportedAt.getTime());
      expect(incident.reportedAt.getTime()).toBeGreaterThan(now.getTime() - 367 * 24 * hour);
      expect(incident.reporterId === null).toBe(incident.identity === "anonymous");
      expect(incident.status === "closed").toBe(incident.changed !== null);
    }
    expect(new Set(incidents.map(({ what }) => what)).size).toBeGreaterThan(400);
  });

  test("tells nothing of the future", async () => {
    const past = { gt: now };
    expect(await bound.timelineEntry.count({ where: { at: past } })).toBe(0);
    expect(await bound.audit.count({ where: { at: past } })).toBe(0);
    expect(
      await bound.incident.count({
        where: { OR: [{ reportedAt: past }, { acknowledgedAt: past }, { closedAt: past }] },
      }),
    ).toBe(0);
  });

  test("has unacknowledged incidents that go up in the near future, as the rules have it", async () => {
    const waiting = await bound.incident.findMany({ where: { acknowledgedAt: null, closedAt: null } });
    expect(waiting.length).toBeGreaterThanOrEqual(8);
    expect(waiting.length).toBeLessThan(20);
    const ladder = await readLadder(bound);
    for (const incident of waiting) {
      const steps = stepsUp(ladder, incident.unitId, incident.reporterId === null ? [] : [incident.reporterId]);
      expect(incident.escalatedTo).toBeLessThan(steps.length);
      expect(incident.escalateAt === null).toBe(incident.escalatedTo === steps.length - 1);
      if (incident.escalateAt) {
        expect(incident.escalateAt.getTime()).toBeGreaterThan(now.getTime());
        expect(incident.escalateAt.getTime()).toBeLessThanOrEqual(now.getTime() + 4 * hour);
      }
      const told = await bound.timelineEntry.findMany({ where: { incidentId: incident.id, kind: "escalated" } });
      expect(told.map(({ aboutId }) => aboutId).sort()).toEqual(
        steps
          .slice(1, incident.escalatedTo + 1)
          .flat()
          .sort(),
      );
    }
    const soon = waiting.filter(({ escalateAt }) => escalateAt && escalateAt.getTime() < now.getTime() + hour);
    expect(soon.length).toBeGreaterThanOrEqual(3);
  });

  test("has complaints and grievances in every state, one of them overdue, one overruled, and clocks that run", async () => {
    const grievances = await bound.grievance.findMany({ orderBy: { number: "asc" }, include: { clocks: true } });
    expect(grievances.map(({ number }) => number)).toEqual(grievances.map((_, index) => index + 1));
    expect(distinct(grievances.map(({ status }) => status))).toEqual(codes(grievanceStatuses));
    expect(distinct(grievances.map(({ sort }) => sort))).toEqual(codes(sorts));
    expect(grievances.filter(({ overruled }) => overruled !== null)).toHaveLength(1);
    for (const { sort, closedAt, clocks, completedOn, contact, steps, results } of grievances) {
      const running = clocks.filter(({ state }) => state === "running");
      expect(running).toHaveLength(sort === "grievance" && closedAt === null ? 1 : 0);
      const isWhole = [contact, steps, results, completedOn].every((part) => part !== null);
      expect(isWhole).toBe(sort === "grievance" && closedAt !== null);
    }
    const due = grievances
      .flatMap(({ clocks }) => clocks.filter(({ state }) => state === "running"))
      .map(({ dueAt }) => dueAt);
    expect(due.filter((at) => at < now)).toHaveLength(1);
    expect(due.filter((at) => at > now).length).toBeGreaterThan(3);
    expect(await bound.grievance.count({ where: { OR: [{ loggedAt: { gt: now } }, { closedAt: { gt: now } }] } })).toBe(
      0,
    );
  });

  test("has incidents with clocks that run, as what is known of them implies, and others that were met", async () => {
    const incidents = await bound.incident.findMany({ include: { clocks: true } });
    const running = incidents.flatMap(({ clocks }) => clocks.filter(({ state }) => state === "running"));
    expect(distinct(running.map(({ rule }) => rule)).length).toBeGreaterThan(2);
    expect(running.every(({ dueAt, remindAt }) => dueAt > now && (remindAt ?? dueAt) > now)).toBe(true);
    for (const { clocks, ...incident } of incidents.filter((one) => one.clocks.length > 0)) {
      const implied = impliedBy(incident as typeof incident & Known);
      expect(distinct(clocks.map(({ rule }) => rule))).toEqual(distinct(implied.map(({ rule }) => rule)));
      if (incident.closedAt) expect(distinct(clocks.map(({ state }) => state))).toEqual(["met"]);
    }
    expect(incidents.some(({ gradedHarm, sac }) => gradedHarm !== null && sac !== null)).toBe(true);
    const numbers = (await bound.clock.findMany()).map(({ number }) => number);
    expect(numbers.toSorted((one, other) => one - other)).toEqual(numbers.map((_, index) => index + 1));
  });

  test("has reminders that wait, that are to come and that repeat, and no notice that waits to be sent", async () => {
    const reminders = await bound.reminder.findMany();
    expect(reminders.some(({ dueAt }) => dueAt !== null && dueAt < now)).toBe(true);
    expect(reminders.some(({ doneAt }) => doneAt !== null)).toBe(true);
    expect(reminders.filter(({ every, nextAt }) => every !== "once" && nextAt).length).toBeGreaterThan(3);
    expect(reminders.some(({ place }) => place !== null)).toBe(true);
    const next = reminders.flatMap(({ nextAt }) => (nextAt ? [nextAt.getTime() - now.getTime()] : []));
    expect(Math.min(...next)).toBe(3 * 60_000);
    expect(await bound.notice.count()).toBe(0);
  });

  test("has actions in every state that wait for somebody, of every strength, none open on a closed incident", async () => {
    const actions = await bound.action.findMany({ orderBy: { number: "asc" }, include: { incident: true } });
    expect(actions.map(({ number }) => number)).toEqual(actions.map((_, index) => index + 1));
    expect(actions.length).toBeGreaterThan(12);
    expect(distinct(actions.map(({ strength }) => strength))).toEqual(["intermediate", "stronger", "weaker"]);
    const open = actions.filter(({ state }) => state === "open");
    const done = actions.filter(({ state }) => state === "done");
    expect(open.some(({ dueOn }) => dueOn < new Date("2026-11-23"))).toBe(true);
    expect(open.some(({ dueOn }) => dueOn > new Date("2026-11-23"))).toBe(true);
    expect(done.some(({ worked }) => worked)).toBe(true);
    expect(done.some(({ checkedAt, checkOn }) => !checkedAt && checkOn && checkOn > now)).toBe(true);
    expect(done.some(({ checkedAt, checkOn }) => !checkedAt && checkOn && checkOn < now)).toBe(true);
    for (const { state, incident, givenAt, endedAt } of actions) {
      expect(incident?.closedAt === null).toBe(state === "open");
      expect(givenAt.getTime()).toBeGreaterThan(incident?.acknowledgedAt?.getTime() ?? Number.POSITIVE_INFINITY);
      if (endedAt) expect(endedAt.getTime()).toBeGreaterThan(givenAt.getTime());
      expect(endedAt?.getTime() ?? 0).toBeLessThan(now.getTime());
    }
    const under = await bound.incident.count({ where: { status: "actions", actions: { none: {} } } });
    expect(under).toBe(0);
  });

  test("has three years of measures, with falls that rise in 4 West and a figure that nobody sends any more", async () => {
    const { kpis, members } = createServices(store);
    const quality = (await demonstrationPeople(store)).find(({ handle }) => handle === "pgrant");
    if (!quality) throw new Error("Nobody is of quality.");
    const { actor } = await members.identify(quality.identity, async () => undefined, now);
    const readings = await kpis.readings(actor, {}, now);
    expect(new Set(readings.map(({ metric }) => metric.code)).size).toBeGreaterThanOrEqual(10);
    const of = (code: string, unit: string) =>
      readings.find(({ metric, unit: where }) => metric.code === code && where.code === unit);
    const falls = of("falls", "4W");
    expect(falls?.points).toHaveLength(36);
    expect(falls?.variation).toBe("concern");
    expect(falls?.latest?.signals).toContain("shift");
    expect(of("falls", "5E")?.variation).toBe("common");
    expect(of("lwbs", "ED")?.variation).toBe("improvement");
    expect(of("bed-turnaround", "4W")?.standing).toBe("stale");
    expect(readings.filter(({ special }) => special).length).toBeLessThan(readings.length / 3);
  });

  test("is seeded once, also when several start at the same moment", async () => {
    const before = await everything(store);
    const later = new Date(now.getTime() + 24 * hour);
    await seedDemonstration(store, { zone, now: later, progress: noProgress });
    expect(await everything(store)).toEqual(before);

    const other = await testDatabase();
    const stores = [openStore(other.url, { connections: 2 }), openStore(other.url, { connections: 2 })] as const;
    await Promise.all(stores.map((one) => seedDemonstration(one, { zone, now, progress: noProgress })));
    expect(await everything(stores[0])).toEqual(before);
    await Promise.all(stores.map((one) => one.close()));
    await other.drop();
  });

  test("offers its people, a nurse, a manager, quality and an admin first, to the simulator and to the playground", async () => {
    const people = await demonstrationPeople(store);
    expect(people).toHaveLength(40);
    expect(people.slice(0, 4).map(({ detail }) => detail)).toEqual([
      "Staff, 4 West",
      "Manager, 4 West",
      "Quality",
      "Admin",
    ]);
    expect(people.at(-1)?.detail).toBe("Has left");
    const { members } = createServices(store);
    for (const { identity, handle, detail } of people) {
      const known = members.identify(identity, async () => undefined, now);
      if (detail === "Has left") await expect(known).rejects.toThrow("has ended");
      else expect((await known).actor.handle).toBe(handle);
    }
    for (const { playgroundUser: user, handle } of people.slice(0, 6)) {
      const identity = { platform: "teams", tenant: playgroundTenant, user } as const;
      expect((await members.identify(identity, async () => undefined, now)).actor.handle).toBe(handle);
    }
    expect(demonstrationTenant).toBe("demonstration");
  });

  test("gives new incidents the numbers that follow", async () => {
    const last = await bound.incident.count();
    const { incidents, members } = createServices(store);
    const [nurse] = await demonstrationPeople(store);
    if (!nurse) throw new Error("There is nobody.");
    const { actor } = await members.identify(nurse.identity, async () => undefined, now);
    const unit = await bound.unit.findFirstOrThrow({ where: { code: "4W" } });
    const report = {
      what: "Wet floor",
      unitId: unit.id,
      happenedAt: now,
      kind: "incident",
      harm: "none",
      identity: "named",
    } as const;
    expect(await incidents.report({ actor, requestId: "first", now }, report)).toMatchObject({ number: last + 1 });
  });

  test.each([
    ["a winter night in Honolulu", "Pacific/Honolulu", "2027-01-01T09:30:00Z"],
    ["the night when the clocks go back", "America/New_York", "2026-11-01T06:15:00Z"],
    ["a leap day", "Europe/London", "2028-02-29T00:00:10Z"],
  ])("is whole on %s", async (_when, elsewhere, at) => {
    const other = await testDatabase();
    const another = openStore(other.url, { connections: 2 });
    await seedDemonstration(another, { zone: elsewhere, now: new Date(at), progress: noProgress });
    const incidents = await another.unbound.incident.findMany({
      select: { harm: true, kind: true, status: true, reportedAt: true },
    });
    expect(distinct(incidents.map(({ harm }) => harm))).toEqual(codes(harms));
    expect(distinct(incidents.map(({ kind }) => kind))).toEqual(codes(kinds));
    expect(distinct(incidents.map(({ status }) => status))).toEqual(codes(statuses));
    expect(Math.max(...incidents.map(({ reportedAt }) => reportedAt.getTime()))).toBeLessThanOrEqual(Date.parse(at));
    await another.close();
    await other.drop();
  });
});
