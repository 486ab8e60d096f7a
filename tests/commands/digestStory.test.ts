import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Place, Platform } from "../../src/chat/request.ts";
import { memoryMessenger, unknownPerson } from "../jobs/messenger.ts";
import { runJobs } from "../jobs/work.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { buttonsOf, person, said } from "../support/person.ts";
import { known, rising, steady } from "./figures.ts";

let hospital: Hospital;
let web: ReturnType<typeof memoryMessenger>;
beforeEach(async () => {
  hospital = await openHospital();
  web = memoryMessenger("web");
  await known(hospital, "falls", hospital.units.west, rising);
  await known(hospital, "hand-hygiene", hospital.units.west, steady);
});
afterEach(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);
const work = () => runJobs(hospital, new Map<Platform, typeof web.messenger>([["web", web.messenger]]));
const at = async (iso: string) => {
  hospital.clock.now = new Date(iso);
  await work();
};
const digests = (to = "manager") => web.sent.filter((one) => one.to === to && one.text.includes("Through "));
describe("a manager who asked for nothing", () => {
  test("has the unit's digest at half past seven, once, with what matters first", async () => {
    await at("2026-11-23T14:00:00Z");
    expect(digests()).toEqual([]);
    await at("2026-11-24T12:29:00Z");
    expect(digests()).toEqual([]);
    await at("2026-11-24T12:30:00Z");
    await work();
    expect(digests()).toHaveLength(1);
    const [digest] = digests();
    expect(digest?.text).toContain("4 West · Tue 24 Nov");
    expect(digest?.text).toContain("special cause, concern: seven months above the mean.");
    expect(digest?.text).toContain("One other measure shows ordinary variation. No action.");
    expect(digest?.text).toContain("on weekdays at 07:30, America/New_York");
    expect(digest?.text).not.toContain("Late:");
    expect(digest?.card.blocks.filter(({ type }) => type === "image")).toHaveLength(1);
    expect(digest && buttonsOf(digest.card).map(({ label }) => label)).toEqual([
      "Add action",
      "All measures",
      "Settings",
    ]);
  });

  test("has it over both changes of the clocks at the same time on the wall, on no holiday and no weekend", async () => {
    for (const [start, days] of [
      ["2027-03-11", 6],
      ["2026-10-29", 6],
      ["2026-11-25", 3],
    ] as const) {
      const found: string[] = [];
      for (let day = 0; day < days; day += 1)
        for (const time of ["00:00", "11:00", "11:30", "12:00", "12:30", "13:00"]) {
          const before = digests().length;
          await at(new Date(Date.parse(`${start}T${time}:00Z`) + day * 86_400_000).toISOString());
          if (digests().length > before) found.push(hospital.clock.now.toISOString().slice(5, 16));
        }
      expect(found).toEqual(
        {
          "2027-03-11": ["03-11T12:30", "03-12T12:30", "03-15T11:30", "03-16T11:30"],
          "2026-10-29": ["10-29T11:30", "10-30T11:30", "11-02T12:30", "11-03T12:30"],
          "2026-11-25": ["11-25T12:30", "11-27T12:30"],
        }[start],
      );
      await bound().follow.deleteMany({});
      await bound().notice.deleteMany({});
    }
  });

  test("is told once, and that it is late, where Rounds was down for days", async () => {
    await at("2026-11-19T14:00:00Z");
    await at("2026-11-24T15:00:00Z");
    expect(digests()).toHaveLength(1);
    expect(digests()[0]?.text).toContain("Late: it was due");
  });

  test("adds an action with what was seen, and twice is one", async () => {
    const manager = person(hospital, "manager");
    await manager.says("kpi digest 4W");
    await manager.clicks("Add action");
    const shown = Object.fromEntries(manager.form().fields.map(({ name, value }) => [name, value]));
    expect(shown).toMatchObject({
      to: hospital.people.manager,
      what: "Falls, 4 West: seven months above the mean, 7.8 per 1,000 patient days. Find out what has changed.",
      due: "2026-12-07",
      measure: "Falls per 1,000 patient days",
    });
    await manager.fills({});
    expect(manager.sees()).toContain("ACT-1 · Action · 4 West");
    await manager.says("kpi digest 4W");
    expect(manager.sees()).toContain("ACT-1 is due Mon 7 Dec");
    // The one who has an older message before them clicks there.
    const director = person(hospital, "director");
    const signal = { metric: "falls", unit: "4W" };
    await director.runs("action add", { to: "me", what: "Look", due: "2026-12-07", ...signal });
    expect(director.sees()).toContain("ACT-1 is about this already, so no other was added.");
    await manager.clicks("Open ACT-1");
    await manager.clicks("Open the measure");
    expect(manager.sees()).toContain("Falls per 1,000 patient days · 4 West");
  });

  test("stops it, and it does not come back by itself", async () => {
    await at("2026-11-23T14:00:00Z");
    const manager = person(hospital, "manager");
    await manager.says("kpi unfollow 4W");
    expect(manager.sees()).toContain("Stopped. You get no digest of 4 West.");
    await at("2026-11-24T12:31:00Z");
    expect(digests()).toEqual([]);
  });

  test("changes when it comes, and has one, not two", async () => {
    await at("2026-11-23T14:00:00Z");
    const manager = person(hospital, "manager");
    await manager.says("kpi follow 4W weekly at:06:15", "twice");
    await manager.says("kpi follow 4W weekly at:06:15", "twice");
    expect(manager.sees()).toContain("on the first working day of the week at 06:15");
    await at("2026-11-24T12:31:00Z");
    expect(digests()).toEqual([]);
    await at("2026-11-30T11:16:00Z");
    expect(digests()).toHaveLength(1);
  });

  test("who is no manager there any more has it no longer, and the new one does", async () => {
    await at("2026-11-23T14:00:00Z");
    await bound().unit.updateMany({
      where: { id: hospital.units.west },
      data: { managerId: hospital.people.director },
    });
    await at("2026-11-24T12:31:00Z");
    await at("2026-11-25T12:31:00Z");
    expect(digests()).toEqual([]);
    expect(digests("director").filter(({ text }) => text.startsWith("4 West · "))).toHaveLength(1);
  });

  test("silent where there is nothing to say, where that was asked for", async () => {
    const manager = person(hospital, "manager");
    await manager.says("kpi follow 4W metric:hand-hygiene silent:yes");
    await at("2026-11-24T12:31:00Z");
    expect(digests()).toEqual([]);
    await manager.says("kpi follow 4W metric:hand-hygiene");
    await at("2026-11-25T12:31:00Z");
    expect(digests()[0]?.text).toContain("The one measure shows ordinary variation. No action.");
  });
});

describe("a channel", () => {
  const place: Place = { platform: "web", tenant: "", conversation: "ward", kind: "channel", name: "ward" };
  const inChannel = (handle: string, text: string) => {
    const asker = hospital.identity(handle);
    const id = `channel-${handle}-${text}`;
    return hospital.bot.handle({ id, asker, place: { ...place, tenant: asker.tenant }, body: { type: "text", text } });
  };

  test("gets counts alone: no narrative, no name, no reference", async () => {
    const manager = person(hospital, "manager");
    await manager.says("action add me SECRET narrative 2026-11-24");
    await manager.says('kpi mark falls 4W 2026-08-01 what:"SECRET event"');
    await inChannel("manager", "kpi follow 4W where:here");
    await at("2026-11-27T12:31:00Z");
    const [digest] = digests("ward");
    expect(digest?.text).toContain("Falls per 1,000 patient days");
    expect(JSON.stringify(digest?.card).replaceAll(/"base64":"[^"]*"/g, "")).not.toMatch(/SECRET|ACT-\d|@|Manager/);
  });

  test("gets it at the word of its manager, not of everybody who works there", async () => {
    await bound().person.updateMany({ where: { handle: "nurse" }, data: { unitIds: [hospital.units.west] } });
    const { reply } = await inChannel("nurse", "kpi follow 4W where:here");
    expect(JSON.stringify(reply)).toContain("where its manager or quality asks for it");
    const nurse = person(hospital, "nurse");
    await nurse.says("kpi follow 4W");
    expect(nurse.sees()).toContain("You get it on weekdays at 07:30");
  });

  test("is seen by whoever previews it alone, and by everybody when it is sent now", async () => {
    expect((await inChannel("manager", "kpi digest 4W where:here preview:yes")).reply.type).toBe("privately");
    expect((await inChannel("manager", "kpi digest 4W where:here")).reply.type).toBe("here");
    expect((await inChannel("manager", "kpi digest 4W")).reply.type).toBe("privately");
  });

  test("that is gone: whoever asked for it has it instead", async () => {
    await inChannel("manager", "kpi follow 4W where:here");
    web.fail("ward", unknownPerson());
    await at("2026-11-24T12:31:00Z");
    const instead = digests("manager").filter(({ text }) =>
      text.includes("The channel that this is for could not be reached"),
    );
    expect(instead).toHaveLength(1);
  });

  test("shows in its settings what comes to it, to everybody who asks there", async () => {
    await inChannel("manager", "kpi follow 4W weekly where:here");
    const { reply } = await inChannel("nurse", "settings digests");
    expect("card" in reply && said(reply.card)).toMatch(/4 West · to #ward\non the first working day of the week/);
    const manager = person(hospital, "manager");
    await manager.says("settings");
    await manager.clicks("Digests");
    expect(manager.sees()).toContain("4 West · to #ward");
    expect(manager.sees()).not.toContain("to you");
    await work();
    await manager.says("settings digests");
    expect(manager.sees()).toContain("4 West · to you");
  });
});

test("nobody sees the digest of a unit that is not theirs", async () => {
  const outsider = person(hospital, "outsider");
  await outsider.says("kpi digest 4W");
  expect(outsider.sees()).toContain("You see the measures of the units where you work or that you manage.");
  await outsider.says("kpi follow 4W");
  expect(outsider.sees()).toContain("You see the measures of the units where you work or that you manage.");
});
