import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SendFailed } from "../../src/chat/messenger.ts";
import type { Place, Platform } from "../../src/chat/request.ts";
import { plain } from "../../src/chat/text.ts";
import { memoryMessenger } from "../jobs/messenger.ts";
import { runJobs } from "../jobs/work.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { buttonsOf, person, said } from "../support/person.ts";
import { known, rising } from "./figures.ts";

// What became of each digest, who sees that, and whose a channel's digest is.

let hospital: Hospital;
let web: ReturnType<typeof memoryMessenger>;
beforeEach(async () => {
  hospital = await openHospital();
  web = memoryMessenger("web");
  await known(hospital, "falls", hospital.units.west, rising);
});
afterEach(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);
const work = () => runJobs(hospital, new Map<Platform, typeof web.messenger>([["web", web.messenger]]));
const at = async (iso: string) => {
  hospital.clock.now = new Date(iso);
  await work();
};
const sentTo = (to: string, about = "Through ") => web.sent.filter((one) => one.to === to && one.text.includes(about));
const ward: Place = { platform: "web", tenant: "demo", conversation: "ward", kind: "channel", name: "ward" };
let deliveries = 0;
const inWard = (handle: string, text: string) =>
  hospital.bot.handle({
    id: `ward-${++deliveries}`,
    asker: hospital.identity(handle),
    place: ward,
    body: { type: "text", text },
  });
const shows = async (handle: string, label = "Open") => {
  const somebody = person(hospital, handle);
  await somebody.says("settings digests");
  await somebody.clicks(label);
  return somebody;
};

const steadyFalls = rising.map((_, at) => [2 + (at % 2), 900] as const);

describe("what became of a digest", () => {
  test("is in its settings: sent, and then that a button was used", async () => {
    await at("2026-11-23T14:00:00Z");
    await at("2026-11-24T12:30:00Z");
    expect((await shows("manager")).sees()).toContain("Tue 24 Nov, 07:30 · sent\n");
    const [digest] = sentTo("manager");
    const settings = digest && buttonsOf(digest.card).find(({ label }) => label === "All measures");
    const manager = person(hospital, "manager");
    const outsider = person(hospital, "outsider");
    await outsider.runs("kpi list", { ...settings?.input });
    expect((await shows("manager")).sees()).toContain("Tue 24 Nov, 07:30 · sent\n");
    await manager.runs("kpi list", { ...settings?.input });
    await expect
      .poll(async () => (await shows("manager")).sees())
      .toContain("Tue 24 Nov, 07:30 · sent, a button was used");
  });

  test("is read where the platform tells so, and not what came after", async () => {
    await at("2026-11-23T14:00:00Z");
    await at("2026-11-24T12:30:00Z");
    await bound().notice.updateMany({ where: { kind: "digest" }, data: { message: "1764" } });
    const seen = (until: string) =>
      hospital.services.digests.seen(hospital.identity("manager"), "manager", until, hospital.clock.now);
    await seen("1763");
    expect((await shows("manager")).sees()).not.toContain("read");
    await seen("1764");
    expect((await shows("manager")).sees()).toContain("Tue 24 Nov, 07:30 · sent, read");
  });

  test("says that there was nothing to say", async () => {
    await bound().unitMetric.deleteMany({});
    const manager = person(hospital, "manager");
    await manager.says("kpi follow 4W silent:yes");
    await at("2026-11-24T12:30:00Z");
    expect((await shows("manager")).sees()).toContain("Tue 24 Nov, 07:30 · nothing to say");
  });

  test("that reached nobody is told to its owner, who sends it again", async () => {
    await inWard("manager", "kpi follow 4W where:here");
    web.fail("ward", new SendFailed("busy", { final: false }));
    await at("2026-11-24T12:30:00Z");
    await bound().notice.updateMany({
      where: { kind: "digest", state: "waiting" },
      data: { attempts: 119, tryAt: hospital.clock.now },
    });
    await work();
    await work();
    expect(sentTo("manager", "reached nobody")).toHaveLength(1);
    web.mend();
    const told = sentTo("manager", "reached nobody")[0];
    const again = told && buttonsOf(told.card).find(({ label }) => label === "Send now");
    const manager = person(hospital, "manager");
    await manager.runs("settings digests", { ...again?.input });
    expect(manager.sees()).toContain("Tue 24 Nov, 07:30 · reached nobody");
    await work();
    expect(sentTo("ward")).toHaveLength(1);
  });

  test("that its reader may not see any more ends, and they are told once", async () => {
    const nurse = person(hospital, "nurse");
    await bound().person.updateMany({ where: { handle: "nurse" }, data: { unitIds: [hospital.units.west] } });
    await nurse.says("kpi follow 4W");
    await at("2026-11-24T12:30:00Z");
    expect(sentTo("nurse")).toHaveLength(1);
    await bound().person.updateMany({ where: { handle: "nurse" }, data: { unitIds: [hospital.units.east] } });
    for (const day of [25, 27, 30]) await at(`2026-11-${day}T12:30:00Z`);
    await work();
    expect(sentTo("nurse")).toHaveLength(1);
    expect(sentTo("nurse", "Your digest of 4 West has ended")).toHaveLength(1);
    await nurse.says("settings digests");
    expect(nurse.sees()).toContain("None yet");
  });

  test("that came with a unit ends with its management, and its manager of then is told once", async () => {
    await at("2026-11-23T14:00:00Z");
    await bound().unit.updateMany({ where: { code: "4W" }, data: { managerId: hospital.people.director } });
    for (const day of [24, 25]) await at(`2026-11-${day}T12:30:00Z`);
    expect(sentTo("manager")).toHaveLength(0);
    expect(sentTo("manager", "Your digest of 4 West has ended")).toHaveLength(1);
    expect(sentTo("director", "has ended")).toHaveLength(0);
  });

  test("that went to its owner, because the channel is gone, says so", async () => {
    await inWard("manager", "kpi follow 4W where:here");
    web.fail("ward", new SendFailed("gone", { final: true }));
    await at("2026-11-24T12:30:00Z");
    const { reply } = await inWard("manager", "settings digests");
    expect("card" in reply && said(reply.card)).toContain("last Tue 24 Nov, 07:30: sent, to its owner instead");
  });
});

describe("sent now", () => {
  test("it goes where it goes, also with nothing to say, and once for clicks that come together", async () => {
    await bound().unitMetric.deleteMany({});
    await inWard("manager", "kpi follow 4W silent:yes where:here");
    const manager = await shows("manager");
    await manager.clicks("Preview");
    expect(manager.sees()).toContain("counts alone, no records");
    const send = buttonsOf(manager.card()).find(({ label }) => label === "Send now");
    const asked = Array.from({ length: 10 }, () =>
      person(hospital, "manager").runs("settings digests", { ...send?.input }),
    );
    await Promise.all(asked);
    await work();
    expect(sentTo("ward", "No measure is switched on here")).toHaveLength(1);
  });
});

describe("the digest of a channel", () => {
  test("is seen by admins with whose it is and how it went, and stopped by them", async () => {
    await inWard("manager", "kpi follow 4W where:here");
    await at("2026-11-24T12:30:00Z");
    const admin = person(hospital, "admin");
    await admin.says("settings digests");
    await admin.clicks("All channels");
    expect(admin.sees()).toContain("4 West · to #ward");
    expect(admin.sees()).toContain("Manager Person’s · last Tue 24 Nov, 07:30: sent");
    await admin.clicks("Open");
    await admin.clicks("Stop");
    expect(admin.sees()).toContain("Stopped. #ward gets no digest of 4 West.");
    await at("2026-11-25T12:30:00Z");
    expect(sentTo("ward")).toHaveLength(1);
    await person(hospital, "nurse").says("settings digests all:yes");
    const nurse = person(hospital, "nurse");
    await nurse.says("settings digests all:yes");
    expect(nurse.sees()).toContain("Admins see the digests of all channels.");
  });

  test("is given by an admin to somebody who may answer for it, who is told, and to nobody else", async () => {
    await inWard("manager", "kpi follow 4W where:here");
    const admin = person(hospital, "admin");
    await admin.says("settings digests all:yes");
    await admin.clicks("Open");
    await admin.clicks("Give to");
    await admin.fills({ to: "@nurse" });
    expect(admin.sees()).toContain("under the rights of a manager of the unit, of a unit above, or of quality");
    await admin.fills({ to: "@director" });
    expect(admin.sees()).toContain("It is Director Person’s now.");
    await work();
    expect(sentTo("director", "The digest of 4 West is yours")).toHaveLength(1);
  });

  test("is the unit's manager's once its owner has left, who is told, and the trail says so", async () => {
    await inWard("quality", "kpi follow 4W where:here");
    await bound().person.updateMany({ where: { handle: "quality" }, data: { active: false } });
    await at("2026-11-24T12:20:00Z");
    await at("2026-11-24T12:31:00Z");
    expect(sentTo("ward")).toHaveLength(1);
    expect(sentTo("manager", "The digest of 4 West is yours")).toHaveLength(1);
    const [row] = await bound().audit.findMany({ where: { action: "digest.given" } });
    expect(row).toMatchObject({
      actorId: null,
      subject: "unit",
      subjectId: hospital.units.west,
      details: { from: hospital.people.quality, to: hospital.people.manager },
    });
  });

  test("goes up the units where the unit has nobody, and ends where there is nobody at all", async () => {
    await inWard("manager", "kpi follow 4W where:here");
    await bound().person.updateMany({ where: { handle: "manager" }, data: { active: false } });
    await at("2026-11-24T12:20:00Z");
    expect(sentTo("director", "The digest of 4 West is yours")).toHaveLength(1);
    await bound().person.updateMany({ where: { handle: { in: ["director", "quality"] } }, data: { active: false } });
    await at("2026-11-24T12:31:00Z");
    expect(sentTo("ward")).toEqual([]);
    expect(await bound().audit.count({ where: { action: "digest.stopped", actorId: null } })).toBe(1);
  });

  test("is changed from one's own chat and stays the channel's", async () => {
    await inWard("manager", "kpi follow 4W where:here");
    const manager = await shows("manager");
    await manager.clicks("Change");
    await manager.fills({ at: "08:15", schedule: "weekly" });
    expect(manager.sees()).toContain("#ward gets it on the first working day of the week at 08:15");
    expect(await bound().follow.count({ where: { place: { not: {} } } })).toBe(1);
  });

  test("tells more to whoever asks there, under their own rights and to them alone", async () => {
    await inWard("manager", "kpi follow 4W where:here");
    await person(hospital, "manager").says("action add me SECRET thing 2026-11-24");
    await bound().action.updateMany({ data: { unitId: hospital.units.west } });
    await at("2026-11-27T12:31:00Z");
    const [digest] = sentTo("ward");
    const more = digest && buttonsOf(digest.card).find(({ label }) => label === "More, to me alone");
    const click = (handle: string) =>
      hospital.bot.handle({
        id: `more-${handle}`,
        asker: hospital.identity(handle),
        place: ward,
        body: { type: "run", command: more?.command ?? "", input: { ...more?.input } },
      });
    const answers = { manager: await click("manager"), outsider: await click("outsider") };
    expect(answers.manager.reply.type).toBe("privately");
    expect("card" in answers.manager.reply && said(answers.manager.reply.card)).toContain("the oldest ACT-1 by 3 days");
    expect(JSON.stringify(answers.outsider.reply)).toContain("You see the measures of the units where you work");
  });
});

describe("somebody who moves", () => {
  test("has their digest at its time where they are now, and the channel's stays where its people are", async () => {
    hospital.clock.now = new Date("2026-11-23T16:00:00Z");
    const manager = person(hospital, "manager");
    await manager.says("kpi follow 4W");
    await inWard("manager", "kpi follow 4W where:here");
    await manager.says("settings zone:America/Los_Angeles");
    await at("2026-11-24T12:31:00Z");
    expect([sentTo("manager"), sentTo("ward")].map(({ length }) => length)).toEqual([0, 1]);
    await at("2026-11-24T15:31:00Z");
    expect(sentTo("manager")).toHaveLength(1);
    expect(sentTo("manager")[0]?.text).toContain("on weekdays at 07:30, America/Los_Angeles");
  });
});

describe("a director", () => {
  test("has one digest of all units below: what is special first, with its unit, and their sums", async () => {
    await known(hospital, "falls", hospital.units.east, steadyFalls);
    await at("2026-11-23T14:00:00Z");
    await at("2026-11-24T12:31:00Z");
    const [digest] = sentTo("director");
    expect(sentTo("director")).toHaveLength(1);
    expect(digest?.text).toContain("Medicine · Tue 24 Nov");
    expect(digest?.text).toMatch(/1 {2}2 measures show a special cause: Falls, Falls in 4 West\./);
    const list = digest?.card.blocks.flatMap((block) => (block.type === "list" ? block.items : [])) ?? [];
    expect(list.map(({ text, button }) => [plain(text, "UTC"), button?.label])).toEqual([
      ["Falls: 5.6 per 1,000 patient days", "Add action"],
      ["Falls · 4 West: 7.8 per 1,000 patient days", "Add action"],
      ["Falls · 5 East: 3.3 per 1,000 patient days", undefined],
    ]);
    expect(sentTo("manager")[0]?.text).not.toContain("5 East");
  });
});
