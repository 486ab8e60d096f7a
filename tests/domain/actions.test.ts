import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Act } from "../../src/domain/act.ts";
import type { ActionDetails } from "../../src/domain/actions/read.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { actOf, actorOf, file } from "./organisation.ts";

// Who may give, finish and redirect an action, what follows from it, and that doing it twice is doing it once.

let hospital: Hospital;
let incident: number;
beforeEach(async () => {
  hospital = await openHospital();
  incident = await file(hospital, "nurse", hospital.units.west);
});
afterEach(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);
const actions = () => hospital.services.actions;
const pass = (days: number) => {
  hospital.clock.now = new Date(hospital.clock.now.getTime() + days * 24 * 3_600_000);
};

type Handle = keyof Hospital["people"];
type Given = Partial<Parameters<Hospital["services"]["actions"]["add"]>[1]>;

async function add(handle: Handle, to: Handle, given: Given = {}): Promise<ActionDetails> {
  const action = { ownerId: hospital.people[to], what: "Replace the bins", due: "2026-11-27", ...given };
  return (await actions().add(await actOf(hospital, handle), action)).action;
}

const about = () => ({ about: `INC-${incident}` });
const told = async (kind: string) => {
  const names = new Map(Object.entries(hospital.people).map(([handle, id]) => [id, handle]));
  const notices = await bound().notice.findMany({ where: { kind } });
  return notices.map(({ personId }) => names.get(personId ?? "")).sort();
};
const statusOf = async () => (await bound().incident.findFirstOrThrow({ where: { number: incident } })).status;

describe("giving", () => {
  test.each([
    ["quality", "outsider", true],
    ["manager", "outsider", true],
    ["nurse", "nurse", true],
    ["nurse", "outsider", false],
    ["admin", "nurse", false],
  ] as const)("%s to %s", async (from, to, may) => {
    if (may) expect((await add(from, to)).owner.id).toBe(hospital.people[to]);
    else await expect(add(from, to)).rejects.toThrow("Only managers and quality");
  });

  test.each([
    ["quality", "quality", "given"],
    ["manager", "outsider", "given"],
    ["director", "nurse", "given"],
    ["nurse", "nurse", "its assignee, its unit’s managers, or quality"],
    ["outsider", "outsider", "There is no INC"],
  ] as const)("by %s about an incident to %s: %s", async (from, to, answer) => {
    if (answer === "given") expect((await add(from, to, about())).unit?.code).toBe("4W");
    else await expect(add(from, to, about())).rejects.toThrow(answer);
  });

  test("its assignee gives about it, to themselves", async () => {
    await hospital.services.incidents.assign(await actOf(hospital, "manager"), incident, hospital.people.outsider);
    expect((await add("outsider", "outsider", about())).about).toBe(`INC-${incident}`);
    await expect(add("outsider", "nurse", about())).rejects.toThrow("Only managers and quality");
  });

  test("moves an incident that is being handled on to its actions, and stands in its history", async () => {
    await hospital.services.incidents.acknowledge(await actOf(hospital, "manager"), incident);
    await add("manager", "nurse", about());
    expect(await statusOf()).toBe("actions");
    const { timeline } = await hospital.services.incidents.show(await actorOf(hospital, "manager"), incident);
    expect(timeline.at(-1)).toMatchObject({ kind: "action-added", text: "ACT-1" });
    expect(await told("action-given")).toEqual(["nurse"]);
    await hospital.services.incidents.assign(await actOf(hospital, "manager"), incident, hospital.people.director);
    expect(await statusOf()).toBe("actions");
  });

  test("is refused about a closed incident, at a person who has left, and on days that make no sense", async () => {
    await bound().person.updateMany({ where: { id: hospital.people.outsider }, data: { active: false } });
    await expect(add("quality", "outsider")).rejects.toMatchObject({ field: "to" });
    await expect(add("quality", "nurse", { due: "2026-11-22" })).rejects.toMatchObject({ field: "due" });
    await expect(add("quality", "nurse", { check: "2026-11-27" })).rejects.toMatchObject({ field: "check" });
    await hospital.services.incidents.close(await actOf(hospital, "quality"), incident, "mended");
    await expect(add("quality", "nurse", about())).rejects.toMatchObject({ field: "about" });
    expect(await bound().action.count()).toBe(0);
    expect(await told("action-given")).toEqual([]);
  });

  test("to oneself tells nobody, and is seen by nobody else", async () => {
    await bound().person.updateMany({
      where: { id: hospital.people.nurse },
      data: { unitIds: [hospital.units.west] },
    });
    const { number } = await add("nurse", "nurse");
    expect(await bound().notice.count({ where: { kind: "action-given" } })).toBe(0);
    for (const handle of ["manager", "quality", "admin", "outsider"] as const)
      await expect(actions().show(await actorOf(hospital, handle), number, hospital.clock.now)).rejects.toThrow(
        "There is no ACT-1",
      );
  });

  test("to a colleague about nothing is seen by the managers of where they work", async () => {
    await bound().person.updateMany({
      where: { id: hospital.people.nurse },
      data: { unitIds: [hospital.units.west] },
    });
    const { number } = await add("quality", "nurse");
    const seen = await actions().show(await actorOf(hospital, "director"), number, hospital.clock.now);
    expect(seen.may).toEqual({ finish: false, redirect: true, check: false });
  });
});

describe("who may", () => {
  test.each([
    // owner, who gave it, quality, the manager of its unit, and those above
    ["nurse", true, true],
    ["director", true, true],
    ["quality", true, true],
    ["manager", false, true],
  ] as const)("%s finish: %s, redirect: %s", async (handle, finish, redirect) => {
    const { number } = await add("director", "nurse", about());
    const shown = await actions().show(await actorOf(hospital, handle), number, hospital.clock.now);
    expect(shown.may).toMatchObject({ finish, redirect });
    const act = () => actOf(hospital, handle);
    if (!finish) {
      await expect(actions().done(await act(), number, undefined)).rejects.toThrow("Only its owner");
      await expect(actions().snooze(await act(), number, "2026-11-25")).rejects.toThrow("Only its owner");
    }
    await actions().reassign(await act(), number, hospital.people.outsider);
    expect((await bound().action.findFirstOrThrow({ where: { number } })).ownerId).toBe(hospital.people.outsider);
  });

  test("somebody else sees nothing and changes nothing", async () => {
    const { number } = await add("quality", "nurse", about());
    for (const handle of ["outsider", "admin"] as const) {
      const act = await actOf(hospital, handle);
      for (const attempt of [
        () => actions().show(act.actor, number, act.now),
        () => actions().done(act, number, "x"),
        () => actions().snooze(act, number, "2026-11-25"),
        () => actions().reassign(act, number, hospital.people.outsider),
        () => actions().drop(act, number, "x"),
        () => actions().check(act, number, { worked: false }),
      ])
        await expect(attempt()).rejects.toThrow("There is no ACT-1 that you may see");
      expect((await actions().list(act.actor, { status: "all" }, act.now)).rows).toEqual([]);
    }
  });

  test("what somebody promised themselves they hand to nobody, unless they manage", async () => {
    const { number } = await add("nurse", "nurse");
    await expect(
      actions().reassign(await actOf(hospital, "nurse"), number, hospital.people.outsider),
    ).rejects.toMatchObject({ field: "to" });
  });

  test("an owner who may not see the incident is not told its number", async () => {
    const { number } = await add("quality", "outsider", about());
    const shown = await actions().show(await actorOf(hospital, "outsider"), number, hospital.clock.now);
    expect(shown.about).toBeNull();
    expect(
      await actions()
        .show(await actorOf(hospital, "nurse"), number, hospital.clock.now)
        .catch(String),
    ).toContain("There is no ACT-1");
  });
});

describe("the life of an action", () => {
  test("done tells whoever gave it, and waits for the check of its effect on its day", async () => {
    const { number } = await add("quality", "nurse", { ...about(), check: "2026-12-10" });
    expect((await actions().done(await actOf(hospital, "nurse"), number, "bins are new")).state).toBe("done");
    expect(await told("action-done")).toEqual(["quality"]);
    const waits = async (handle: Handle) =>
      (await actions().waiting(await actorOf(hospital, handle), hospital.clock.now, 50)).map(({ part }) => part);
    expect(await waits("nurse")).toEqual([]);
    pass(17);
    expect(await waits("nurse")).toEqual(["check"]);
    expect(await waits("quality")).toEqual(["check"]);
    await actions().check(await actOf(hospital, "nurse"), number, { worked: true });
    expect(await waits("quality")).toEqual([]);
    await expect(actions().check(await actOf(hospital, "quality"), number, { worked: false })).rejects.toThrow(
      "it worked",
    );
  });

  test("an effect that is not there opens the action and its incident again, and says so to all whom it concerns", async () => {
    await hospital.services.incidents.assign(await actOf(hospital, "quality"), incident, hospital.people.manager);
    const { number } = await add("quality", "nurse", { ...about(), check: "2026-12-04" });
    await actions().done(await actOf(hospital, "nurse"), number, undefined);
    await hospital.services.incidents.close(await actOf(hospital, "quality"), incident, "new bins");
    const after = await actions().check(await actOf(hospital, "nurse"), number, { worked: false, note: "still full" });
    expect(after).toMatchObject({ state: "open", worked: false });
    expect(after.dueOn.toISOString().slice(0, 10)).toBe("2026-12-07");
    expect(after.checkOn?.toISOString().slice(0, 10)).toBe("2026-12-14");
    expect(await told("action-check-failed")).toEqual(["quality"]);
    expect(await told("incident-reopened")).toEqual(["manager"]);
    const shown = await hospital.services.incidents.show(await actorOf(hospital, "manager"), incident);
    expect(shown).toMatchObject({ status: "actions", closedAt: null });
    expect(shown.timeline.map(({ kind }) => kind)).toEqual([
      "reported",
      "assigned",
      "action-added",
      "action-done",
      "closed",
      "action-failed",
      "reopened",
    ]);
    await expect(actions().check(await actOf(hospital, "nurse"), number, { worked: true })).rejects.toThrow(
      "did not work",
    );
    await actions().done(await actOf(hospital, "nurse"), number, "twice a day now");
    expect((await actions().check(await actOf(hospital, "nurse"), number, { worked: true })).worked).toBe(true);
  });

  test("an effect that is not there opens a grievance again, whose days begin again", async () => {
    const { grievances } = hospital.services;
    const { number: grievance } = await grievances.log(await actOf(hospital, "nurse"), {
      ...{ what: "Nobody came", unitId: hospital.units.west, received: "2026-11-23", channel: "letter" },
      ...{ harmOrAbuse: false, askedForResponse: false, fixedOnTheSpot: false, billingOnly: false },
    });
    await grievances.assign(await actOf(hospital, "quality"), grievance, hospital.people.manager);
    const given = { about: `GRV-${grievance}`, check: "2026-12-04" };
    const { number } = await add("quality", "nurse", given);
    await actions().done(await actOf(hospital, "nurse"), number, undefined);
    const answer = { contact: "Q", steps: "Asked", results: "The bell was broken", completed: "2026-11-23" };
    await grievances.resolve(await actOf(hospital, "quality"), grievance, answer);
    await actions().check(await actOf(hospital, "nurse"), number, { worked: false });
    const shown = await grievances.show(await actorOf(hospital, "manager"), grievance, hospital.clock.now);
    expect(shown).toMatchObject({ status: "investigating", closedAt: null, due: { on: "2026-11-30" } });
    expect(shown.timeline.at(-1)).toMatchObject({
      kind: "reopened",
      text: `ACT-${number} did not have the effect that was wanted.`,
    });
    expect(await told("action-check-failed")).toEqual(["quality"]);
    expect(await told("grievance-assigned")).toEqual(["manager", "manager"]);
  });

  test("a snoozed action waits from that day on, is due when it was, and comes up for a new owner at once", async () => {
    const { number } = await add("manager", "nurse", { due: "2026-11-25" });
    const waits = async (handle: Handle) =>
      (await actions().waiting(await actorOf(hospital, handle), hospital.clock.now, 50)).length;
    await actions().snooze(await actOf(hospital, "nurse"), number, "2026-11-26");
    expect(await waits("nurse")).toBe(0);
    await expect(actions().snooze(await actOf(hospital, "nurse"), number, "2026-11-23")).rejects.toMatchObject({
      field: "until",
    });
    pass(3);
    expect(await waits("nurse")).toBe(1);
    expect((await actions().show(await actorOf(hospital, "nurse"), number, hospital.clock.now)).overdueDays).toBe(1);
    await actions().snooze(await actOf(hospital, "nurse"), number, "2026-12-20");
    await actions().reassign(await actOf(hospital, "nurse"), number, hospital.people.outsider);
    expect(await waits("outsider")).toBe(1);
    expect(await told("action-given")).toEqual(["nurse", "outsider"]);
  });

  test("what is overdue for more than the organisation's days comes to the unit's managers and to whoever gave it", async () => {
    await add("quality", "nurse", { ...about(), due: "2026-11-24" });
    const waits = async (handle: Handle) =>
      (await actions().waiting(await actorOf(hospital, handle), hospital.clock.now, 50)).map(({ part }) => part);
    pass(4);
    expect(await waits("manager")).toEqual([]);
    pass(1);
    expect(await waits("manager")).toEqual(["ask"]);
    expect(await waits("director")).toEqual(["ask"]);
    expect(await waits("quality")).toEqual(["ask"]);
    expect(await waits("nurse")).toEqual(["do"]);
    expect(await waits("outsider")).toEqual([]);
  });

  test("a dropped action keeps its reason, and takes nothing more", async () => {
    const { number } = await add("manager", "nurse");
    const dropped = await actions().drop(await actOf(hospital, "nurse"), number, "the bins are gone");
    expect(dropped).toMatchObject({ state: "dropped", may: { finish: false, redirect: false, check: false } });
    expect(dropped.timeline.at(-1)).toMatchObject({ kind: "dropped", text: "the bins are gone" });
    const act = () => actOf(hospital, "manager");
    await expect(actions().done(await act(), number, undefined)).rejects.toThrow("dropped already");
    await expect(actions().check(await act(), number, { worked: true })).rejects.toThrow("dropped");
    await expect(actions().reassign(await act(), number, hospital.people.outsider)).rejects.toThrow("dropped already");
  });
});

describe("twice, and fifty at once, is once", () => {
  const everybody = async (work: (act: Act) => Promise<unknown>) => {
    const acts = await Promise.all(
      Array.from({ length: 50 }, (_, index) => actOf(hospital, index % 2 ? "quality" : "nurse")),
    );
    return Promise.all(acts.map(work));
  };

  test("adding in the same delivery", async () => {
    const act = await actOf(hospital, "quality");
    const given = { ownerId: hospital.people.nurse, what: "Bins", due: "2026-11-27", ...about() };
    const made = await Promise.all(Array.from({ length: 50 }, () => actions().add(act, given)));
    expect(new Set(made.map(({ action }) => action.number))).toEqual(new Set([1]));
    expect(await told("action-given")).toEqual(["nurse"]);
    expect(await bound().timelineEntry.count({ where: { kind: "action-added" } })).toBe(1);
  });

  test("adding about the same special cause: one action, and everybody has its number", async () => {
    const signal = { metric: "falls", unitId: hospital.units.west };
    const acts = await Promise.all(
      Array.from({ length: 50 }, (_, index) => actOf(hospital, index % 2 ? "manager" : "director")),
    );
    const made = await Promise.all(
      acts.map((act) =>
        actions().add(act, { ownerId: act.actor.id, what: "Find out what changed", due: "2026-12-01", signal }),
      ),
    );
    expect(new Set(made.map(({ action }) => action.number))).toEqual(new Set([1]));
    expect(made.filter(({ existed }) => !existed)).toHaveLength(1);
    const [first] = made;
    expect(first?.action.measured).toMatchObject({ code: "falls" });
    await bound().action.updateMany({ data: { state: "done" } });
    const again = await actions().add(await actOf(hospital, "manager"), {
      ownerId: hospital.people.manager,
      what: "It is back",
      due: "2026-12-01",
      signal,
    });
    expect([again.action.number, again.existed]).toEqual([2, false]);
    await expect(
      actions().add(await actOf(hospital, "outsider"), {
        ownerId: hospital.people.outsider,
        what: "x",
        due: "2026-12-01",
        signal,
      }),
    ).rejects.toThrow("You see the measures of the units where you work");
  });

  test("finishing, and finding that it did not work", async () => {
    const { number } = await add("manager", "nurse", about());
    await everybody((act) => actions().done(act, number, "done"));
    expect(await bound().timelineEntry.count({ where: { kind: "done" } })).toBe(1);
    expect(await told("action-done")).toEqual(["manager"]);
    await hospital.services.incidents.close(await actOf(hospital, "quality"), incident, "mended");
    const answers = await everybody((act) => actions().check(act, number, { worked: false }));
    expect(answers).toHaveLength(50);
    expect(await bound().timelineEntry.count({ where: { kind: "failed" } })).toBe(1);
    expect(await bound().timelineEntry.count({ where: { kind: "reopened" } })).toBe(1);
    expect(await bound().audit.count({ where: { action: "action.checked" } })).toBe(1);
  });

  test("dropping, snoozing and handing on", async () => {
    const { number } = await add("manager", "nurse", about());
    await everybody((act) => actions().snooze(act, number, "2026-11-25"));
    expect(await bound().timelineEntry.count({ where: { kind: "snoozed" } })).toBe(1);
    await Promise.all(
      (await Promise.all(Array.from({ length: 50 }, () => actOf(hospital, "manager")))).map((act) =>
        actions().reassign(act, number, hospital.people.outsider),
      ),
    );
    expect(await told("action-given")).toEqual(["nurse", "outsider"]);
    await Promise.all(
      (await Promise.all(Array.from({ length: 50 }, () => actOf(hospital, "quality")))).map((act) =>
        actions().drop(act, number, "no need"),
      ),
    );
    expect(await bound().timelineEntry.count({ where: { kind: "dropped" } })).toBe(1);
  });
});

describe("the list", () => {
  test("has open ones by when they are due, and pages without a gap", async () => {
    for (let count = 0; count < 20; count += 1)
      await add("quality", "nurse", { due: `2026-12-${String(10 + ((count * 7) % 12))}`, what: `Number ${count}` });
    const { actor, now } = await actOf(hospital, "nurse");
    const seen: number[] = [];
    const dues: string[] = [];
    for (let after: number | undefined, more = true; more; ) {
      const page = await actions().list(actor, { status: "open", after }, now);
      seen.push(...page.rows.map(({ number }) => number));
      dues.push(...page.rows.map(({ dueOn }) => dueOn.toISOString()));
      expect(page.more).toEqual({ count: 20 - seen.length, atLeast: false });
      after = page.rows.at(-1)?.number;
      more = page.more.count > 0;
    }
    expect([...seen].sort((one, other) => one - other)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(dues).toEqual([...dues].sort());
  });

  test("after one that this person may not see is the list after one that is not there", async () => {
    for (const due of ["2026-12-10", "2026-12-20"]) await add("nurse", "nurse", { due });
    const hidden = await add("quality", "quality", { due: "2026-12-15" });
    const { actor, now } = await actOf(hospital, "nurse");
    const after = (number: number) => actions().list(actor, { status: "open", after: number }, now);
    expect(await after(hidden.number)).toEqual(await after(99_999));
  });

  test("is narrowed to what is overdue, mine, done, or about an incident", async () => {
    const late = await add("quality", "nurse", { ...about(), due: "2026-11-23" });
    const other = await add("quality", "outsider", { due: "2026-12-20" });
    const own = await add("quality", "quality", { due: "2026-12-24" });
    await actions().done(await actOf(hospital, "quality"), own.number, undefined);
    pass(2);
    const { actor, now } = await actOf(hospital, "quality");
    const numbers = async (filter: Parameters<ReturnType<typeof actions>["list"]>[1]) =>
      (await actions().list(actor, filter, now)).rows.map(({ number }) => number);
    expect(await numbers({ status: "open" })).toEqual([late.number, other.number]);
    expect(await numbers({ status: "open", overdue: true })).toEqual([late.number]);
    expect(await numbers({ status: "all", mine: true })).toEqual([own.number]);
    expect(await numbers({ status: "all" })).toEqual([own.number, other.number, late.number]);
    expect(await numbers({ status: "all", ...about() })).toEqual([late.number]);
  });
});
