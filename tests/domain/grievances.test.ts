import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { escalateGrievances } from "../../src/domain/grievances/escalation.ts";
import type { NewGrievance } from "../../src/domain/grievances/log.ts";
import { Refusal } from "../../src/domain/refusal.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { actOf, actorOf, anotherOrganisation } from "./organisation.ts";

// 4 West's manager is "manager"; Medicine above it is the "director"'s; the Emergency has no manager.

let hospital: Hospital;
const bound = () => hospital.store.of(hospital.organisationId);
const everybody = ["nurse", "manager", "director", "quality", "admin", "outsider"] as const;

async function log(handle: string, unitId: string, given: Partial<NewGrievance> = {}): Promise<number> {
  const { number } = await hospital.services.grievances.log(await actOf(hospital, handle), {
    what: "Nobody came when she rang",
    unitId,
    received: "2026-11-20",
    channel: "phone",
    harmOrAbuse: false,
    askedForResponse: false,
    fixedOnTheSpot: false,
    billingOnly: false,
    ...given,
  });
  return number;
}

const whole = { contact: "Pat Lee", steps: "Asked", results: "Sorry", completed: "2026-11-23" };

async function refused(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

describe("rights", () => {
  beforeAll(async () => {
    hospital = await openHospital();
  });
  afterAll(() => hospital.close());

  type Right = "see" | "note" | "acknowledge" | "assign" | "steps" | "draft" | "extend" | "resolve" | "overrule";

  async function allowed(right: Right, prepare: () => Promise<number>): Promise<string> {
    const found: string[] = [];
    for (const handle of everybody) {
      const number = await prepare();
      const act = await actOf(hospital, handle);
      const { grievances } = hospital.services;
      const tries: Record<Right, () => Promise<unknown>> = {
        see: () => grievances.show(act.actor, number, act.now),
        note: () => grievances.note(act, number, "note", "seen"),
        acknowledge: () => grievances.acknowledge(act, number),
        assign: () => grievances.assign(act, number, hospital.people.outsider),
        steps: () => grievances.note(act, number, "steps", "asked"),
        draft: () => grievances.draft(act.actor, number, undefined, act.now),
        extend: () => grievances.extend(act, number, 5, "waiting"),
        resolve: () => grievances.resolve(act, number, whole),
        overrule: () => grievances.overrule(act, number, "complaint", "no name"),
      };
      if ((await refused(tries[right]())) === undefined) found.push(handle);
    }
    return found.join(" ");
  }

  test.each<[Right, string]>([
    ["see", "nurse manager director quality"],
    ["note", "nurse manager director quality"],
    ["acknowledge", "manager director quality"],
    ["assign", "manager director quality"],
    ["steps", "manager director quality"],
    ["draft", "manager director quality"],
    ["extend", "quality"],
    ["resolve", "quality"],
    ["overrule", "quality"],
  ])("may %s one of 4 West that the nurse logged: %s", async (right, people) => {
    expect(await allowed(right, () => log("nurse", hospital.units.west))).toBe(people);
  });

  const assignedTo = (to: keyof Hospital["people"]) => async () => {
    const number = await log("nurse", hospital.units.emergency);
    await hospital.services.grievances.assign(await actOf(hospital, "quality"), number, hospital.people[to]);
    return number;
  };

  test.each<[Right, keyof Hospital["people"], string]>([
    ["resolve", "manager", "manager quality"],
    ["extend", "director", "director quality"],
    ["resolve", "outsider", "quality"],
    ["steps", "outsider", "quality outsider"],
    ["draft", "manager", "manager quality"],
  ])("may %s one of the Emergency that the %s has: %s", async (right, to, people) => {
    expect(await allowed(right, assignedTo(to))).toBe(people);
  });

  test("what is not there and what is not theirs is the same answer, whatever is asked", async () => {
    const number = await log("nurse", hospital.units.west);
    const act = await actOf(hospital, "outsider");
    const { grievances } = hospital.services;
    const asks: ((asked: number) => Promise<unknown>)[] = [
      (asked) => grievances.show(act.actor, asked, act.now),
      (asked) => grievances.note(act, asked, "note", "x"),
      (asked) => grievances.resolve(act, asked, whole),
      (asked) => grievances.draft(act.actor, asked, "resolution", act.now),
    ];
    for (const ask of asks)
      expect((await refused(ask(number)))?.replace(`GRV-${number}`, "GRV-9999")).toBe(await refused(ask(9999)));
  });

  test("lists and what waits hold what one may see", async () => {
    const number = await log("nurse", hospital.units.west, { what: "Only here" });
    const found: string[] = [];
    for (const handle of everybody) {
      const actor = await actorOf(hospital, handle);
      const { rows } = await hospital.services.grievances.list(
        actor,
        { status: "open", search: "only HERE" },
        hospital.clock.now,
      );
      if (rows.some((row) => row.number === number)) found.push(handle);
      const waiting = await hospital.services.todo.waiting(actor, hospital.clock.now);
      const waits = waiting.some(({ about }) => about === `GRV-${number}`);
      expect([handle, waits]).toEqual([handle, handle === "manager" || handle === "director"]);
    }
    expect(found.join(" ")).toBe("nurse manager director quality");
  });

  test("its clock is seen by those who see it, and by nobody else", async () => {
    const number = await log("nurse", hospital.units.west);
    const { number: clock } = await bound().clock.findFirstOrThrow({ where: { grievance: { number } } });
    const found: string[] = [];
    for (const handle of everybody) {
      const show = hospital.services.clocks.show(await actorOf(hospital, handle), clock, hospital.clock.now);
      if ((await refused(show)) === undefined) found.push(handle);
    }
    expect(found.join(" ")).toBe("nurse manager director quality");
  });

  test("another organisation sees nothing of it", async () => {
    const other = await anotherOrganisation(hospital);
    const number = await log("nurse", hospital.units.west);
    const theirs = await actorOf(hospital, "quality", other.tenant);
    expect(await refused(hospital.services.grievances.show(theirs, number, hospital.clock.now))).toContain(
      "There is no",
    );
    const { rows } = await hospital.services.grievances.list(theirs, { status: "all" }, hospital.clock.now);
    expect(rows).toEqual([]);
  });
});

describe("fifty at once", () => {
  beforeEach(async () => {
    hospital = await openHospital();
  });
  afterEach(() => hospital.close());

  const at = async (work: (act: Awaited<ReturnType<typeof actOf>>) => Promise<unknown>) => {
    const acts = await Promise.all(Array.from({ length: 50 }, () => actOf(hospital, "quality")));
    return Promise.all(acts.map((act) => refused(work(act))));
  };
  const entries = async () =>
    (await bound().timelineEntry.findMany({ orderBy: { id: "asc" } })).map(({ kind }) => kind).sort();
  const clocks = async () => (await bound().clock.findMany()).map(({ rule, state }) => `${rule} ${state}`).sort();

  test("acknowledge: one does, all see it acknowledged", async () => {
    const number = await log("nurse", hospital.units.west);
    const answers = await at((act) => hospital.services.grievances.acknowledge(act, number));
    expect(answers.filter((answer) => answer !== undefined)).toEqual([]);
    expect(await entries()).toEqual(["acknowledged", "logged"]);
  });

  test("extend by the same days: one extension, one clock", async () => {
    const number = await log("nurse", hospital.units.west);
    const answers = await at((act) => hospital.services.grievances.extend(act, number, 10, "waiting"));
    expect(answers.filter((answer) => answer !== undefined)).toEqual([]);
    expect(await entries()).toEqual(["extended", "logged"]);
    expect(await clocks()).toEqual(["cms.grievance met", "grievance.extended running"]);
  });

  test("resolve: one does, the others hear that it is resolved already, and one notice goes out", async () => {
    const number = await log("nurse", hospital.units.west);
    const answers = await at((act) => hospital.services.grievances.resolve(act, number, whole));
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(1);
    expect(new Set(answers.filter((answer) => answer !== undefined))).toEqual(
      new Set(["GRV-1 is resolved already, so nothing was changed. Its card shows how; quality can reopen it."]),
    );
    expect(await entries()).toEqual(["logged", "resolved"]);
    expect(await bound().notice.count({ where: { kind: "grievance-resolved" } })).toBe(1);
    expect(await bound().audit.count({ where: { action: "grievance.resolved" } })).toBe(1);
  });

  test("reopen and decide otherwise: one clock each time", async () => {
    const number = await log("nurse", hospital.units.west);
    await hospital.services.grievances.resolve(await actOf(hospital, "quality"), number, whole);
    await at((act) => hospital.services.grievances.reopen(act, number, "called again"));
    expect(await clocks()).toEqual(["cms.grievance met", "cms.grievance running"]);
    await at((act) => hospital.services.grievances.overrule(act, number, "complaint", "no name"));
    await at((act) => hospital.services.grievances.overrule(act, number, "grievance", "a name"));
    expect(await clocks()).toEqual(["cms.grievance met", "cms.grievance running", "cms.grievance withdrawn"]);
  });

  test("the same delivery, twice: logged once, noted once, and both are answered alike", async () => {
    const act = await actOf(hospital, "nurse");
    const given = {
      what: "Twice",
      unitId: hospital.units.west,
      received: "2026-11-20",
      channel: "letter",
      harmOrAbuse: false,
      askedForResponse: false,
      fixedOnTheSpot: false,
      billingOnly: false,
    } as const;
    const answers = await Promise.all([1, 2, 3].map(() => hospital.services.grievances.log(act, given)));
    expect(new Set(answers.map(({ number }) => number)).size).toBe(1);
    expect(await clocks()).toEqual(["cms.grievance running"]);
    const noting = await actOf(hospital, "nurse");
    await Promise.all([1, 2].map(() => hospital.services.grievances.note(noting, 1, "note", "Once")));
    expect(await entries()).toEqual(["logged", "note"]);
    const extending = await actOf(hospital, "quality");
    for (const _ of [1, 2]) await hospital.services.grievances.extend(extending, 1, 4, "waiting");
    expect(await clocks()).toEqual(["cms.grievance met", "grievance.extended running"]);
  });
});

describe("while nobody acknowledges it", () => {
  beforeEach(async () => {
    hospital = await openHospital();
  });
  afterEach(() => hospital.close());

  const later = (hours: number) => {
    hospital.clock.now = new Date(hospital.clock.now.getTime() + hours * 3_600_000);
  };
  const look = () => escalateGrievances(bound(), hospital.clock.now);

  async function told(): Promise<string[]> {
    const names = new Map(Object.entries(hospital.people).map(([handle, id]) => [id, handle]));
    const notices = await bound().notice.findMany({ orderBy: [{ dueAt: "asc" }, { id: "asc" }] });
    return notices.map((notice) => `${notice.kind.replace("grievance-", "")} ${names.get(notice.personId ?? "")}`);
  }

  test("it goes up: manager, director after 4 hours, quality after 8, and stays there", async () => {
    await log("nurse", hospital.units.west);
    later(3.99);
    await look();
    expect(await told()).toEqual(["logged manager"]);
    later(0.02);
    await look();
    later(4);
    await look();
    later(400);
    await look();
    expect(await told()).toEqual(["logged manager", "unacknowledged director", "unacknowledged quality"]);
    expect(await bound().audit.count({ where: { action: "grievance.escalated" } })).toBe(2);
  });

  test("what may be abuse or harm comes to quality at once", async () => {
    await log("nurse", hospital.units.west, { harmOrAbuse: true });
    expect((await told()).sort()).toEqual(["logged manager", "logged quality"]);
  });

  test.each(["acknowledge", "assign", "extend", "resolve"] as const)("%s stops it", async (how) => {
    const number = await log("nurse", hospital.units.west);
    const act = await actOf(hospital, "quality");
    const { grievances } = hospital.services;
    if (how === "acknowledge") await grievances.acknowledge(act, number);
    if (how === "assign") await grievances.assign(act, number, hospital.people.quality);
    if (how === "extend") await grievances.extend(act, number, 5, "waiting");
    if (how === "resolve") await grievances.resolve(act, number, whole);
    later(100);
    await look();
    expect((await told()).filter((one) => one.startsWith("unacknowledged"))).toEqual([]);
    expect(await bound().grievance.count({ where: { acknowledgedAt: null } })).toBe(0);
  });

  test("two that look at once tell once, of many", async () => {
    for (let count = 0; count < 12; count += 1) await log("nurse", hospital.units.west);
    later(4.01);
    await Promise.all([look(), look(), look()]);
    expect((await told()).filter((one) => one === "unacknowledged director")).toHaveLength(12);
    expect(await bound().grievance.count({ where: { escalatedTo: 1 } })).toBe(12);
    expect(await bound().audit.count({ where: { action: "grievance.escalated" } })).toBe(12);
  });
});
