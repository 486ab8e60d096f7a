import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Platform } from "../../src/chat/request.ts";
import { deliver } from "../../src/jobs/deliver.ts";
import type { JobQueue } from "../../src/jobs/queue.ts";
import { sweep } from "../../src/jobs/sweep.ts";
import { actOf, file } from "../domain/organisation.ts";
import { type Hospital, openHospital, silentLog } from "../support/hospital.ts";
import { person } from "../support/person.ts";
import { busy, memoryMessenger, unknownPerson } from "./messenger.ts";

// The sweep and the delivery over the real rows, with a platform in memory and a clock that is set.

let hospital: Hospital;
let web: ReturnType<typeof memoryMessenger>;
let teams: ReturnType<typeof memoryMessenger>;
let messengers: Map<Platform, ReturnType<typeof memoryMessenger>["messenger"]>;
beforeEach(async () => {
  hospital = await openHospital();
  web = memoryMessenger("web");
  teams = memoryMessenger("teams");
  messengers = new Map([
    ["web", web.messenger],
    ["teams", teams.messenger],
  ]);
});
afterEach(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);
const parts = () => ({
  store: hospital.store,
  services: hospital.services,
  messengers,
  clock: () => hospital.clock.now,
  log: silentLog,
});
const send = (notice: string) => deliver(parts(), hospital.organisationId, notice);
const pass = (minutes: number) => {
  hospital.clock.now = new Date(hospital.clock.now.getTime() + minutes * 60_000);
};

/** One sweep, and the delivery of all that is due by now. */
async function work(): Promise<void> {
  const due: string[] = [];
  const queue: Pick<JobQueue, "deliver"> = {
    async deliver(notices: Parameters<JobQueue["deliver"]>[0]) {
      due.push(...notices.filter((one) => one.tryAt <= hospital.clock.now).flatMap((one) => one.notices));
    },
  };
  await sweep(hospital.store, queue, hospital.clock.now);
  await Promise.all(due.map(send));
}

const notices = () => bound().notice.findMany({ orderBy: { id: "asc" } });
const states = async () => (await notices()).map((notice) => notice.state);
const incident = (given: Parameters<typeof file>[3] = {}) => file(hospital, "nurse", hospital.units.west, given);
const quiet = (handle: string) =>
  bound().person.updateMany({ where: { handle }, data: { quietFrom: "21:00", quietUntil: "06:30" } });

describe("a notice is sent once", () => {
  test("with number, kind and unit, and never what happened", async () => {
    await incident({ what: "SECRET narrative" });
    await work();
    await work();
    expect(web.sent.map(({ to }) => to)).toEqual(["manager"]);
    expect(web.sent[0]?.text).toContain("INC-1 · Incident · 4 West");
    expect(JSON.stringify(web.sent)).not.toContain("SECRET");
    expect(await notices()).toMatchObject([
      { state: "sent", message: "web-1", attempts: 0, sentTo: { conversation: "manager" } },
    ]);
  });

  test("though two deliver it at the same time", async () => {
    await incident();
    const [notice] = await notices();
    await Promise.all([1, 2, 3, 4].map(() => send(notice?.id ?? "")));
    expect(web.sent).toHaveLength(1);
  });

  test("though a second one comes while the platform holds the first open", async () => {
    await incident();
    const [notice] = await notices();
    const release = web.hold();
    const first = send(notice?.id ?? "");
    await expect.poll(states).toEqual(["sending"]);
    await send(notice?.id ?? "");
    await work();
    release();
    await first;
    expect(web.sent).toHaveLength(1);
    expect(await states()).toEqual(["sent"]);
  });

  test("not before its time", async () => {
    const nurse = person(hospital, "nurse");
    await nurse.says("remind me in 2 minutes water the plants");
    pass(1.2);
    await work();
    const [notice] = await notices();
    await send(notice?.id ?? "");
    expect(web.sent).toEqual([]);
    pass(0.8);
    await work();
    expect(web.sent[0]?.text).toContain("water the plants");
  });
});

describe("a platform that does not take it", () => {
  test("is tried again after as long as it asked for", async () => {
    await incident();
    web.fail("manager", busy(90_000));
    await work();
    const [notice] = await notices();
    expect(notice).toMatchObject({ state: "waiting", attempts: 1 });
    expect(notice?.tryAt).toEqual(new Date(hospital.clock.now.getTime() + 90_000));
    web.mend();
    pass(1);
    await work();
    expect(web.sent).toEqual([]);
    pass(0.5);
    await work();
    expect(web.sent).toHaveLength(1);
  });

  test("is tried again and again, with longer pauses, up to a quarter of an hour", async () => {
    await incident();
    web.fail("*", new Error("connection reset"));
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 14; attempt += 1) {
      await work();
      const [notice] = await notices();
      const pause = (notice?.tryAt.getTime() ?? 0) - hospital.clock.now.getTime();
      pauses.push(pause);
      pass(pause / 60_000);
    }
    expect(pauses[0]).toBeLessThanOrEqual(2_500);
    expect(Math.max(...pauses)).toBe(15 * 60_000);
    web.mend();
    await work();
    expect(web.sent.filter((sent) => sent.to === "manager")).toHaveLength(1);
  });

  test("says on a late first try that a reminder is late, and not after a pause of the platform", async () => {
    const nurse = person(hospital, "nurse");
    await nurse.says("remind me in 10 minutes water the plants");
    pass(60);
    await work();
    expect(web.sent[0]?.text).toContain("late: it was due Mon 23 Nov, 09:10");
    await nurse.says("remind me in 10 minutes feed the cat");
    pass(10);
    web.fail("*", busy(600_000));
    await work();
    web.mend();
    pass(10);
    await work();
    expect(web.sent[1]?.text).toContain("feed the cat");
    expect(web.sent[1]?.text).not.toContain("late");
  });
});

describe("a person who cannot be reached", () => {
  test("on one platform is told on the other", async () => {
    await bound().identity.create({
      data: { platform: "teams", tenant: "T", user: "manager-t", personId: hospital.people.manager },
    });
    await hospital.store.unbound.workspace.create({
      data: { platform: "teams", tenant: "T", organisationId: hospital.organisationId },
    });
    await bound().person.updateMany({ where: { handle: "manager" }, data: { seenOn: "web" } });
    await incident();
    web.fail("manager", unknownPerson());
    await work();
    expect(teams.sent.map(({ to }) => to)).toEqual(["manager-t"]);
    expect(await states()).toEqual(["sent"]);
  });

  test("is told where they chose, else where they were last seen", async () => {
    await bound().identity.create({
      data: { platform: "teams", tenant: "T", user: "manager-t", personId: hospital.people.manager },
    });
    await hospital.store.unbound.workspace.create({
      data: { platform: "teams", tenant: "T", organisationId: hospital.organisationId },
    });
    await bound().person.updateMany({ where: { handle: "manager" }, data: { seenOn: "teams" } });
    await incident();
    await work();
    await bound().person.updateMany({ where: { handle: "manager" }, data: { reachOn: "web" } });
    await incident();
    await work();
    expect(teams.sent).toHaveLength(1);
    expect(web.sent).toHaveLength(1);
  });

  test("anywhere is passed over: the next person up is told at once", async () => {
    const number = await incident();
    web.fail("manager", unknownPerson());
    await work();
    await work();
    expect(web.sent.map(({ to }) => to)).toEqual(["director"]);
    expect(web.sent[0]?.text).toContain(`INC-${number}`);
    expect((await states()).sort()).toEqual(["failed", "sent"]);
  });

  test("because they left is passed over too", async () => {
    await incident();
    await bound().person.updateMany({ where: { handle: "manager" }, data: { active: false } });
    await work();
    await work();
    expect(web.sent.map(({ to }) => to)).toEqual(["director"]);
  });
});

describe("a reminder for somebody who cannot be reached", () => {
  const remind = () => person(hospital, "nurse").says("remind @outsider in 10 minutes call the ward");

  test.each([
    ["was never seen in any app", () => bound().identity.deleteMany({ where: { personId: hospital.people.outsider } })],
    ["has left", () => bound().person.updateMany({ where: { handle: "outsider" }, data: { active: false } })],
    ["is unknown to the platform", async () => void web.fail("outsider", unknownPerson())],
  ])("because the person %s comes to who asked for it", async (_why, happens) => {
    await remind();
    await happens();
    pass(10);
    await work();
    expect(web.sent.map(({ to }) => to)).toEqual(["nurse"]);
    expect(web.sent[0]?.text).toMatch(/Outsider Person could not be reached[\s\S]*call the ward/);
    expect(await states()).toEqual(["sent"]);
  });

  test("and whose asker cannot be reached either, has failed", async () => {
    await remind();
    web.fail("*", unknownPerson());
    pass(10);
    await work();
    expect(await states()).toEqual(["failed"]);
  });
});

describe("a person who may not see it", () => {
  test("is passed over: the next person up is told at once", async () => {
    await incident();
    await bound().unit.updateMany({ where: { code: "4W" }, data: { managerId: hospital.people.director } });
    await work();
    expect(web.sent).toEqual([]);
    await work();
    expect(web.sent.map(({ to }) => to)).toEqual(["director"]);
  });

  test("is told as an admin, without what happened, where nobody has quality access", async () => {
    await bound().person.updateMany({ where: { handle: "quality" }, data: { access: ["staff"] } });
    const number = await file(hospital, "nurse", hospital.units.emergency, {
      what: "SECRET narrative",
      harm: "severe",
    });
    await work();
    expect(web.sent.map(({ to }) => to)).toEqual(["admin"]);
    expect(web.sent[0]?.text).toContain(`INC-${number} · Incident · Emergency`);
    expect(web.sent[0]?.text).toContain("nobody in Rounds has quality access");
    expect(JSON.stringify(web.sent)).not.toContain("SECRET");
    await bound().person.updateMany({ where: { handle: "quality" }, data: { access: ["staff", "quality"] } });
    await work();
    expect(web.sent).toHaveLength(1);
  });
});

describe("quiet hours", () => {
  const night = new Date("2026-11-24T04:00:00Z");

  test("hold a notice until they end", async () => {
    await quiet("manager");
    hospital.clock.now = night;
    await incident();
    await work();
    expect(web.sent).toEqual([]);
    expect((await notices())[0]?.tryAt).toEqual(new Date("2026-11-24T11:30:00Z"));
    hospital.clock.now = new Date("2026-11-24T11:30:00Z");
    await bound().incident.updateMany({ data: { escalateAt: null } });
    await work();
    expect(web.sent.map(({ to }) => to)).toEqual(["manager"]);
  });

  test.each(["death", "severe"] as const)("do not hold %s", async (harm) => {
    await quiet("manager");
    await quiet("quality");
    hospital.clock.now = night;
    await incident({ harm });
    await work();
    expect(web.sent.map(({ to }) => to).sort()).toEqual(["manager", "quality"]);
  });

  test("hold no reminder that somebody set for themselves, and hold one that another person set", async () => {
    await quiet("manager");
    hospital.clock.now = new Date("2026-11-24T01:00:00Z");
    await person(hospital, "manager").says("remind me in 3 hours my own");
    await person(hospital, "nurse").says("remind @manager in 3 hours from the nurse");
    hospital.clock.now = night;
    await work();
    expect(web.sent.map(({ text }) => text)).toEqual([expect.stringContaining("my own")]);
    hospital.clock.now = new Date("2026-11-24T11:30:00Z");
    await work();
    expect(web.sent[1]?.text).toContain("from the nurse");
    expect(web.sent[1]?.text).not.toContain("late");
  });
});

describe("what has been seen to is not told any more", () => {
  test.each(["acknowledge", "close"] as const)("after %s the notice is withdrawn", async (how) => {
    const number = await incident();
    const act = await actOf(hospital, "quality");
    if (how === "acknowledge") await hospital.services.incidents.acknowledge(act, number);
    else await hospital.services.incidents.close(act, number, "mended");
    await work();
    expect(web.sent.map(({ to }) => to)).toEqual(["nurse"]);
    expect(await states()).toContain("withdrawn");
  });

  test("a reminder that is done, and one that was put off", async () => {
    const nurse = person(hospital, "nurse");
    await nurse.says("remind me in 10 minutes water the plants");
    pass(9.5);
    await work();
    await nurse.says("reminder done REM-1");
    pass(1);
    await work();
    expect(web.sent).toEqual([]);
  });

  test("a reminder that is put off twice is told at the last time alone, and not after it is done", async () => {
    const nurse = person(hospital, "nurse");
    await nurse.says("remind me every day 9:30 water the plants");
    pass(30);
    await work();
    await nurse.says("reminder snooze REM-1 11:00");
    await nurse.says("reminder snooze REM-1 10:30");
    await nurse.says("reminder snooze REM-1 11:00");
    pass(60);
    await work();
    expect(web.sent).toHaveLength(1);
    pass(30);
    await work();
    expect(web.sent).toHaveLength(2);
    await nurse.says("reminder snooze REM-1 12:00");
    await nurse.says("reminder done REM-1");
    pass(120);
    await work();
    expect(web.sent).toHaveLength(2);
    hospital.clock.now = new Date("2026-11-24T14:30:00Z");
    await work();
    expect(web.sent).toHaveLength(3);
  });

  test("an incident that was given to somebody else meanwhile", async () => {
    const number = await incident();
    const quality = await actOf(hospital, "quality");
    await hospital.services.incidents.assign(quality, number, hospital.people.manager);
    await hospital.services.incidents.assign(quality, number, hospital.people.director);
    await work();
    expect(web.sent.filter(({ text }) => text.includes("assigned to you")).map(({ to }) => to)).toEqual(["director"]);
  });

  test("nobody is told of what they may not see any more", async () => {
    await incident();
    await bound().unit.updateMany({ where: { code: "4W" }, data: { managerId: hospital.people.outsider } });
    await work();
    expect(web.sent).toEqual([]);
    expect(await states()).toEqual(["withdrawn"]);
  });
});

describe("the sweep", () => {
  test("releases what a killed sender left, after its lease and not before", async () => {
    await incident();
    const { id = "" } = (await notices())[0] ?? {};
    await bound().notice.updateMany({ where: { id }, data: { state: "sending", claimedAt: hospital.clock.now } });
    pass(1.9);
    await work();
    expect(web.sent).toEqual([]);
    pass(0.2);
    await work();
    expect(web.sent).toHaveLength(1);
    expect(await notices()).toMatchObject([{ state: "sent", attempts: 1 }]);
  });

  test("a sender that comes back after its lease does not overwrite what another one noted", async () => {
    await incident();
    const { id = "" } = (await notices())[0] ?? {};
    const release = web.hold();
    const slow = send(id);
    await expect.poll(states).toEqual(["sending"]);
    pass(2.1);
    const second = work();
    await expect.poll(async () => (await notices())[0]?.attempts).toBe(1);
    await expect.poll(states).toEqual(["sending"]);
    release();
    await Promise.all([slow, second]);
    expect(web.sent).toHaveLength(2);
    expect(await notices()).toMatchObject([{ state: "sent", attempts: 1 }]);
  });

  test("moves a repeating reminder on once, however many sweeps there are", async () => {
    await person(hospital, "nurse").says("remind me every day 9:30 water the plants");
    pass(30);
    await Promise.all([work(), work(), work()]);
    expect(web.sent).toHaveLength(1);
    const reminder = await bound().reminder.findFirst();
    expect(reminder?.nextAt).toEqual(new Date("2026-11-24T14:30:00Z"));
    expect(reminder?.dueAt).toEqual(new Date("2026-11-23T14:30:00Z"));
  });

  test("tells one reminder after a week's absence, the last, and says that it is late", async () => {
    await person(hospital, "nurse").says("remind me every day 9:30 water the plants");
    pass(7 * 24 * 60 + 60);
    await work();
    expect(web.sent).toHaveLength(1);
    expect(web.sent[0]?.text).toContain("late: it was due Mon 30 Nov, 09:30");
    pass(23 * 60 + 30);
    await work();
    expect(web.sent).toHaveLength(2);
  });

  test("fills the queue with everything that is due, in any number", async () => {
    const data = Array.from({ length: 1_234 }, (_, index) => ({
      kind: "incident-filed",
      recordId: hospital.people.nurse,
      personId: hospital.people.manager,
      dueAt: hospital.clock.now,
      tryAt: hospital.clock.now,
      key: `many-${index}`,
    }));
    await bound().notice.createMany({ data });
    const queued = new Set<string>();
    const queue: Pick<JobQueue, "deliver"> = {
      async deliver(due: Parameters<JobQueue["deliver"]>[0]) {
        for (const { notices } of due) for (const notice of notices) queued.add(notice);
      },
    };
    await sweep(hospital.store, queue, hospital.clock.now);
    expect(queued.size).toBe(1_234);
  });

  test("what fails in one organisation does not stop the others", async () => {
    await incident();
    const failing = await hospital.store.unbound.organisation.create({
      data: { id: "00000000-0000-4000-8000-000000000000", name: "Failing" },
    });
    const broken = { findMany: () => Promise.reject(new Error("broken")) };
    const of = (id: string) =>
      id === failing.id ? Object.create(hospital.store.of(id), { reminder: { value: broken } }) : hospital.store.of(id);
    const queued: string[] = [];
    const queue = {
      deliver: async (due: readonly { notices: readonly string[] }[]) =>
        void queued.push(...due.flatMap(({ notices }) => notices)),
    };
    await expect(sweep({ ...hospital.store, of }, queue, hospital.clock.now)).rejects.toThrow(
      "A sweep failed in part.",
    );
    expect(queued).toEqual((await notices()).map(({ id }) => id));
    await hospital.store.unbound.organisation.delete({ where: { id: failing.id } });
  });

  test("drops drafts and claims after their day", async () => {
    const author = { organisationId: hospital.organisationId, ids: [hospital.people.nurse] } as const;
    await hospital.services.drafts.keep(author, [{ request: "d", input: { what: "x" } }], hospital.clock.now);
    await incident();
    pass(23 * 60);
    await work();
    expect(await bound().draft.count()).toBe(1);
    expect(await hospital.store.unbound.claim.count()).toBe(1);
    pass(2 * 60);
    await work();
    expect(await bound().draft.count()).toBe(0);
    expect(await hospital.store.unbound.claim.count()).toBe(0);
  });
});

describe("a reminder for a place", () => {
  test("is told there, and to who asked for it where the place is gone", async () => {
    const nurse = person(hospital, "nurse");
    await nurse.says("remind here in 10 minutes safety huddle");
    await nurse.says("remind here in 20 minutes safety huddle again");
    pass(10);
    await work();
    expect(web.sent.map(({ to }) => to)).toEqual(["dm-nurse"]);
    web.fail("dm-nurse", unknownPerson());
    pass(10);
    await work();
    expect(web.sent.map(({ to }) => to)).toEqual(["dm-nurse", "nurse"]);
  });
});
