import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { memoryMessenger } from "../jobs/messenger.ts";
import { runJobs } from "../jobs/work.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { person } from "../support/person.ts";
import { actOf, actorOf, file } from "./organisation.ts";

// Leave: what comes to somebody who is away goes to their cover, on those days and on no other.

let hospital: Hospital;
let web: ReturnType<typeof memoryMessenger>;
beforeEach(async () => {
  hospital = await openHospital();
  web = memoryMessenger("web");
  await bound().person.updateMany({ where: { handle: "director" }, data: { access: ["staff", "manager"] } });
});
afterEach(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);
const work = () => runJobs(hospital, new Map([["web", web.messenger]]));
const at = (iso: string) => {
  hospital.clock.now = new Date(iso);
};
const leave = async (handle: string, cover: keyof Hospital["people"], from: string, until: string) =>
  hospital.services.leave.leave(await actOf(hospital, handle), { from, until, coverId: hospital.people[cover] });
const incident = (given: Parameters<typeof file>[3] = {}) => file(hospital, "nurse", hospital.units.west, given);
const toldOf = (handle: string) => web.sent.filter(({ to }) => to === handle).map(({ text }) => text);

describe("leave is refused", () => {
  test.each([
    ["ends before it begins", "2026-12-05", "2026-12-01", "director", /before the first/],
    ["is over already", "2026-11-01", "2026-11-20", "director", /over already/],
    ["has oneself as the cover", "2026-12-01", "2026-12-05", "manager", /own cover/],
    ["has a cover without manager access", "2026-12-01", "2026-12-05", "nurse", /no manager access/],
  ] as const)("where it %s", async (_, from, until, cover, why) => {
    await expect(leave("manager", cover, from, until)).rejects.toThrow(why);
    expect(await bound().away.count()).toBe(0);
  });

  test("where quality has a cover that is none of theirs", async () => {
    await expect(leave("quality", "manager", "2026-12-01", "2026-12-05")).rejects.toThrow(/quality access/);
  });

  test("where the cover has left, or is away themselves in that time", async () => {
    await leave("director", "manager", "2026-12-03", "2026-12-10");
    await expect(leave("nurse", "director", "2026-12-01", "2026-12-03")).rejects.toThrow(/on leave in that time too/);
    await leave("nurse", "director", "2026-12-01", "2026-12-02");
    await bound().person.updateMany({ where: { handle: "outsider" }, data: { active: false } });
    await expect(leave("nurse", "outsider", "2026-12-01", "2026-12-03")).rejects.toThrow(/has left/);
  });

  test("of the cover of somebody else in that time", async () => {
    await leave("manager", "director", "2026-12-01", "2026-12-05");
    await bound().person.updateMany({ where: { handle: "outsider" }, data: { access: ["staff", "manager"] } });
    await expect(leave("director", "outsider", "2026-12-05", "2026-12-08")).rejects.toThrow(
      /You are Manager Person's cover/,
    );
  });
});

describe("the days of leave", () => {
  beforeEach(async () => {
    await leave("manager", "director", "2026-12-01", "2026-12-03");
  });

  test.each([
    ["the last minute before", "2026-12-01T04:59:00Z", false],
    ["their first minute", "2026-12-01T05:00:00Z", true],
    ["their last minute", "2026-12-04T04:59:00Z", true],
    ["the first minute after", "2026-12-04T05:00:00Z", false],
  ])("count in the facility's zone: %s", async (_, iso, covers) => {
    await bound().unit.updateMany({ where: { code: "MED" }, data: { managerId: null } });
    const number = await incident();
    at(iso);
    const cover = await actorOf(hospital, "director");
    expect(cover.standsFor.includes(hospital.people.manager)).toBe(covers);
    const acknowledges = hospital.services.incidents.acknowledge(await actOf(hospital, "director"), number);
    if (covers) expect((await acknowledges).acknowledgedBy?.name).toBe("Director Person");
    else await expect(acknowledges).rejects.toThrow("There is no INC-1");
  });

  test("send what comes to the cover, who reads for whom it is", async () => {
    await work();
    expect(toldOf("director")[0]).toMatch(/You are the cover for Manager Person[\s\S]*Tue 1 Dec until Thu 3 Dec/);
    web.sent.length = 0;
    at("2026-12-02T15:00:00Z");
    await incident();
    await work();
    expect(web.sent.map(({ to }) => to)).toEqual(["director"]);
    expect(web.sent[0]?.text).toMatch(/For Manager Person, who is on leave until Thu 3 Dec/);
    at("2026-12-04T15:00:00Z");
    await incident();
    await work();
    const [own] = toldOf("manager").filter((text) => text.includes("It was filed"));
    expect(own).toContain("INC-2");
    expect(own).not.toContain("on leave");
  });

  test("hold what the cover may not see until the person is back", async () => {
    at("2026-12-02T15:00:00Z");
    const number = await incident();
    const { id } = await bound().incident.findFirstOrThrow({ where: { number } });
    await bound().incident.updateMany({ where: { id }, data: { restricted: true, escalateAt: null } });
    await bound().incidentAccess.create({
      data: { incidentId: id, personId: hospital.people.manager, part: "needs-to-know" },
    });
    web.sent.length = 0;
    await work();
    expect(web.sent.filter(({ text }) => text.includes(`INC-${number}`))).toEqual([]);
    at("2026-12-04T15:00:00Z");
    await work();
    expect(web.sent.filter(({ text }) => text.includes(`INC-${number}`)).map(({ to }) => to)).toContain("manager");
  });

  test("send on at once what the cover may not see, and nobody has taken up", async () => {
    at("2026-12-02T15:00:00Z");
    const about = await incident({ leftOutId: hospital.people.director });
    for (let looks = 0; looks < 3; looks += 1) await work();
    expect(toldOf("director").filter((text) => text.includes(`INC-${about}`))).toEqual([]);
    expect(toldOf("quality").filter((text) => text.includes(`INC-${about}`))).toHaveLength(1);
  });

  test("let the reminders that somebody set for themselves through", async () => {
    at("2026-12-02T15:00:00Z");
    await person(hospital, "manager").says("remind me in 10 minutes call home");
    at("2026-12-02T15:10:00Z");
    await work();
    expect(toldOf("manager")).toEqual([expect.stringContaining("call home")]);
  });

  test("show the cover what waits for the person, with their name", async () => {
    await hospital.services.incidents.assign(
      await actOf(hospital, "quality"),
      await incident(),
      hospital.people.manager,
    );
    at("2026-12-02T15:00:00Z");
    const director = person(hospital, "director");
    await director.says("todo");
    expect(director.sees()).toMatch(/See to INC-1[\s\S]*for Manager Person/);
    await director.says("whoami");
    expect(director.sees()).toContain("Manager Person · Tue 1 Dec until Thu 3 Dec");
  });

  test("end at once with “I am back”, and what was held comes", async () => {
    await work();
    at("2026-12-02T15:00:00Z");
    const manager = person(hospital, "manager");
    await manager.says("away");
    expect(manager.sees()).toContain("Director Person is your cover");
    await manager.clicks("I am back");
    expect(manager.sees()).toContain("You have no leave planned");
    expect((await actorOf(hospital, "director")).standsFor).toEqual([hospital.people.director]);
    hospital.clock.now = new Date(hospital.clock.now.getTime() + 2_000);
    await work();
    expect(web.edits.map(({ text }) => text)).toContain("This needs nothing from you any more.");
  });
});

test("leave is set by words, by a form, and the same click twice sets it once", async () => {
  const manager = person(hospital, "manager");
  await manager.says("away 2026-12-01 2026-12-05 @director", "same");
  await manager.says("away 2026-12-01 2026-12-05 @director", "same");
  expect(manager.sees()).toContain("Tue 1 Dec until Sat 5 Dec");
  await manager.says("away 2026-12-01");
  expect(manager.sees()).toContain("Give the last day of your leave.");
  await manager.fills({ until: "2026-12-02", cover: hospital.people.director });
  expect(manager.sees()).toContain("Tue 1 Dec until Wed 2 Dec");
  expect(await bound().away.count()).toBe(1);
  expect(await bound().notice.count({ where: { kind: "cover-asked" } })).toBe(2);
});
