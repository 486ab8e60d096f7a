import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Platform } from "../../src/chat/request.ts";
import { actOf, file } from "../domain/organisation.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { buttonsOf, person } from "../support/person.ts";
import { memoryMessenger } from "./messenger.ts";
import { runJobs } from "./work.ts";

// The list of what waits, and the one reminder a day that says what of it presses.

let hospital: Hospital;
let web: ReturnType<typeof memoryMessenger>;
beforeEach(async () => {
  hospital = await openHospital();
  web = memoryMessenger("web");
});
afterEach(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);
const work = () => runJobs(hospital, new Map<Platform, typeof web.messenger>([["web", web.messenger]]));
const at = (iso: string) => {
  hospital.clock.now = new Date(iso);
};
const monday = "2026-11-23T14:00:00Z";
const tuesday = "2026-11-24T13:31:00Z";
const wednesday = "2026-11-25T13:31:00Z";
/** An incident that the director has. */
async function assigned(): Promise<number> {
  const number = await file(hospital, "nurse", hospital.units.west);
  await hospital.services.incidents.assign(await actOf(hospital, "quality"), number, hospital.people.director);
  return number;
}
const lists = (handle = "director") =>
  web.sent.filter(({ to, text }) => to === handle && text.startsWith("Waiting for you"));

describe("the reminder of the day", () => {
  test("comes on the next morning, with all that can be done in two clicks", async () => {
    await assigned();
    await work();
    expect(lists()).toEqual([]);
    at(tuesday);
    await work();
    await work();
    expect(lists()).toHaveLength(1);
    expect(lists()[0]?.text).toContain("See to INC-1");
    const [more] = lists()
      .flatMap(({ card }) => buttonsOf(card))
      .filter(({ label }) => label === "More");
    const director = person(hospital, "director");
    await director.runs(more?.command ?? "", more?.input);
    expect(buttonsOf(director.card()).map(({ label }) => label)).toEqual([
      "Done",
      "Reassign",
      "Comment",
      "Tomorrow",
      "Another day",
      "Open",
    ]);
  });

  test("holds what somebody acknowledged, until it is somebody else's", async () => {
    const number = await file(hospital, "nurse", hospital.units.west);
    const { incidents, grievances, todo } = hospital.services;
    const logged = await grievances.log(await actOf(hospital, "nurse"), {
      ...{ what: "Nobody came", unitId: hospital.units.west, received: "2026-11-23", channel: "letter" },
      ...{ harmOrAbuse: false, askedForResponse: false, fixedOnTheSpot: false, billingOnly: false },
    });
    await incidents.acknowledge(await actOf(hospital, "director"), number);
    await grievances.acknowledge(await actOf(hospital, "director"), logged.number);
    at(tuesday);
    await work();
    expect(lists()[0]?.text).toContain(`See to INC-${number}`);
    expect(lists()[0]?.text).toContain(`Answer GRV-${logged.number}`);
    const taking = person(hospital, "director");
    for (const about of [`INC-${number}`, `GRV-${logged.number}`]) {
      await taking.says(`todo show ${about}`);
      await taking.clicks("Take it");
      await taking.says(`todo show ${about}`);
      expect(buttonsOf(taking.card()).map(({ label }) => label)).toContain("Done");
    }
    await incidents.assign(await actOf(hospital, "director"), number, hospital.people.manager);
    await grievances.assign(await actOf(hospital, "director"), logged.number, hospital.people.manager);
    const { actor } = await actOf(hospital, "director");
    expect((await todo.waiting(actor, hospital.clock.now)).filter(({ about }) => /INC|GRV/.test(about))).toEqual([]);
  });

  test("holds what was closed before anybody had it, and is open again", async () => {
    const number = await file(hospital, "nurse", hospital.units.west);
    await hospital.services.incidents.close(await actOf(hospital, "quality"), number, "New mats");
    await hospital.services.incidents.reopen(await actOf(hospital, "quality"), number, "It happened again");
    at(tuesday);
    await work();
    expect(lists("quality")[0]?.text).toContain(`See to INC-${number}`);
  });

  test("holds no narrative of an incident", async () => {
    const number = await file(hospital, "nurse", hospital.units.west, { what: "SECRET narrative" });
    await hospital.services.incidents.assign(await actOf(hospital, "quality"), number, hospital.people.director);
    at(tuesday);
    await work();
    expect(JSON.stringify(lists())).not.toContain("SECRET");
  });

  test("does not come where all was done between the look and the delivery", async () => {
    const number = await assigned();
    await bound().person.updateMany({
      where: { handle: "director" },
      data: { quietFrom: "07:00", quietUntil: "09:00" },
    });
    at(tuesday);
    await work();
    await hospital.services.incidents.close(await actOf(hospital, "quality"), number, "mended");
    at("2026-11-24T14:00:00Z");
    await work();
    expect(lists()).toEqual([]);
    expect(
      await bound().notice.findFirst({ where: { kind: "waiting", personId: hospital.people.director } }),
    ).toMatchObject({ state: "withdrawn" });
  });

  test("is one line once the next one has come", async () => {
    await assigned();
    at(tuesday);
    await work();
    at("2026-11-30T13:31:00Z");
    await work();
    await work();
    expect(lists()).toHaveLength(2);
    expect(web.edits.map(({ text }) => text)).toContain("Replaced by the list of Mon 30 Nov.");
  });

  test("waits for the next working day where Rounds was down until the evening", async () => {
    await assigned();
    at("2026-11-24T23:00:00Z");
    await work();
    expect(lists()).toEqual([]);
    at(wednesday);
    await work();
    expect(lists()).toHaveLength(1);
  });

  test("tells the manager what another person has let pass for longer than the organisation allows, and nobody earlier", async () => {
    await bound().action.create({
      data: {
        number: 9,
        what: "Replace the sharps bins",
        ownerId: hospital.people.nurse,
        givenById: hospital.people.nurse,
        givenAt: new Date("2026-11-10T14:00:00Z"),
        dueOn: new Date("2026-11-20T00:00:00Z"),
        unitId: hospital.units.west,
      },
    });
    at(monday);
    await work();
    expect([lists("nurse").length, lists("manager").length]).toEqual([1, 0]);
    at(tuesday);
    await work();
    expect(lists("manager")).toEqual([]);
    at(wednesday);
    await work();
    expect(lists("manager")[0]?.text).toMatch(/ACT-9[\s\S]*for Nurse Person/);
    expect(lists("outsider")).toEqual([]);
  });

  test("of somebody on leave goes to their cover with the cover's own", async () => {
    await bound().person.updateMany({ where: { handle: "outsider" }, data: { access: ["staff", "manager"] } });
    await assigned();
    await hospital.services.leave.leave(await actOf(hospital, "director"), {
      from: "2026-11-24",
      until: "2026-11-24",
      coverId: hospital.people.outsider,
    });
    at(tuesday);
    await work();
    expect(lists()).toEqual([]);
    expect(lists("outsider")[0]?.text).toMatch(/See to INC-1[\s\S]*for Director Person/);
    at(wednesday);
    await work();
    expect(lists()).toHaveLength(1);
  });
});

describe("snooze", () => {
  test("of all is silent until that day, and the list stays", async () => {
    await assigned();
    const director = person(hospital, "director");
    await director.says("todo");
    await director.clicks("Snooze all to tomorrow");
    expect(director.sees()).toContain("You are reminded of nothing before 2026-11-24");
    await director.says("todo snooze 2026-11-25");
    at(tuesday);
    await work();
    expect(lists()).toEqual([]);
    await director.says("todo");
    expect(director.sees()).toContain("See to INC-1");
    at(wednesday);
    await work();
    expect(lists()).toHaveLength(1);
  });

  test("of one thing leaves the others in the reminder", async () => {
    await assigned();
    await assigned();
    const director = person(hospital, "director");
    await director.says("todo snooze 2026-11-25 about:INC-1");
    at(tuesday);
    await work();
    expect(lists()[0]?.text).toContain("INC-2");
    expect(lists()[0]?.text).not.toContain("INC-1");
    expect(lists()[0]?.text).toContain("1 more in your list");
  });

  test("until a day that has passed is refused", async () => {
    const director = person(hospital, "director");
    await director.says("todo snooze 2026-11-20");
    expect(director.sees()).toContain("Give a day that is still to come.");
  });

  test("of something that this person may not see is refused as if it were not there", async () => {
    await file(hospital, "nurse", hospital.units.emergency);
    const outsider = person(hospital, "outsider");
    await outsider.says("todo show INC-1");
    const hidden = outsider.sees();
    await outsider.says("todo show INC-99");
    expect(outsider.sees().replace("INC-99", "INC-1")).toBe(hidden);
  });
});

describe("the list", () => {
  test("shows eight rows, says how many more, and pages", async () => {
    at(monday);
    for (let count = 0; count < 18; count += 1) await assigned();
    const director = person(hospital, "director");
    await director.says("todo");
    expect(director.sees()).toMatch(/Waiting for you · 18[\s\S]*10 more/);
    expect(director.sees().match(/See to INC-/g)).toHaveLength(8);
    await director.clicks("Next 8");
    expect(director.answer()?.reply.type).toBe("update");
    expect(director.sees()).toMatch(/See to INC-9 [\s\S]*2 more/);
    await director.clicks("Next 2");
    expect(director.sees().match(/See to INC-/g)).toHaveLength(2);
    await director.clicks("Back to the first");
    expect(director.sees()).toContain("See to INC-1 ");
  });

  test("is shorter after a click on Done", async () => {
    const nurse = person(hospital, "nurse");
    await nurse.says("remind me in 10 minutes call the ward");
    await nurse.says("remind me in 20 minutes water the plants");
    at("2026-11-23T14:30:00Z");
    await work();
    await nurse.says("todo");
    await nurse.clicks("Done");
    expect(nurse.sees()).toMatch(/Waiting for you · 1[\s\S]*water the plants/);
  });

  test("says that a thing does not wait any more", async () => {
    const number = await assigned();
    await hospital.services.incidents.close(await actOf(hospital, "quality"), number, "mended");
    const director = person(hospital, "director");
    await director.says("todo show INC-1");
    expect(director.sees()).toContain("INC-1 does not wait for you any more.");
  });
});

test("what goes on with an incident answers in the thread of the first message about it, where there are threads", async () => {
  await hospital.close();
  hospital = await openHospital({ platform: "slack" });
  const slack = memoryMessenger("slack");
  const run = () => runJobs(hospital, new Map<Platform, typeof slack.messenger>([["slack", slack.messenger]]));
  await file(hospital, "nurse", hospital.units.west, { harm: "severe" });
  await run();
  const first = slack.sent.findIndex(({ to }) => to === "quality");
  for (let hours = 0; hours < 3; hours += 1) {
    at(new Date(hospital.clock.now.getTime() + 4.1 * 3_600_000).toISOString());
    await run();
  }
  const again = slack.sent.filter(
    ({ to, text }) => to === "quality" && text.includes("nobody has acknowledged it yet"),
  );
  expect(again.map(({ thread }) => thread)).toEqual([`slack-${first + 1}`]);
  expect(slack.sent.find(({ to }) => to === "director")?.thread).toBeUndefined();
});
