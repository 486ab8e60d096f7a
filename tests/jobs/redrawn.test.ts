import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { actOf, file } from "../domain/organisation.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { buttonsOf, person } from "../support/person.ts";
import { busy, memoryMessenger, unknownPerson } from "./messenger.ts";
import { runJobs } from "./work.ts";

// Messages that were sent are drawn again when what they tell has changed; nothing is told twice.

let hospital: Hospital;
let web: ReturnType<typeof memoryMessenger>;
beforeEach(async () => {
  hospital = await openHospital();
  web = memoryMessenger("web");
});
afterEach(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);
const messengers = () => new Map([["web" as const, web.messenger]]);
const work = () => runJobs(hospital, messengers());
const pass = (seconds: number) => {
  hospital.clock.now = new Date(hospital.clock.now.getTime() + seconds * 1_000);
};
const incident = () => file(hospital, "nurse", hospital.units.west, { harm: "severe" });
const acknowledge = async (handle: string, number: number) =>
  hospital.services.incidents.acknowledge(await actOf(hospital, handle), number);
/** The id of the first message that went to somebody. */
const messageTo = (handle: string) => `web-${web.sent.findIndex(({ to }) => to === handle) + 1}`;
const editsOf = (message: string) => web.edits.filter((edit) => edit.message === message);

describe("a message about an incident", () => {
  test("becomes its short end when somebody else acknowledges it", async () => {
    const number = await incident();
    await work();
    expect(web.sent.map(({ to }) => to).sort()).toEqual(["manager", "quality"]);
    await acknowledge("quality", number);
    pass(2);
    await work();
    expect(editsOf(messageTo("manager"))).toHaveLength(1);
    expect(editsOf(messageTo("manager"))[0]?.text).toMatch(
      /INC-1 · Incident · 4 West[\s\S]*Acknowledged by Quality Person/,
    );
    expect(editsOf(messageTo("manager")).flatMap(({ card }) => buttonsOf(card).map(({ label }) => label))).toEqual([
      "Open",
    ]);
    await work();
    expect(web.edits).toHaveLength(1);
  });

  test("stays as it answered for whoever made the change, and is tidied later", async () => {
    const number = await incident();
    await work();
    await acknowledge("quality", number);
    pass(2);
    await work();
    expect(editsOf(messageTo("quality"))).toEqual([]);
    pass(11 * 60);
    await work();
    expect(editsOf(messageTo("quality"))).toHaveLength(1);
  });

  test("is drawn once for several changes, and not at all for one that it does not show", async () => {
    const number = await incident();
    await work();
    await acknowledge("quality", number);
    await hospital.services.incidents.assign(await actOf(hospital, "quality"), number, hospital.people.director);
    pass(2);
    await work();
    expect(editsOf(messageTo("manager"))).toHaveLength(1);
    await hospital.services.incidents.note(await actOf(hospital, "quality"), number, { text: "A note" });
    pass(2);
    await work();
    expect(editsOf(messageTo("manager"))).toHaveLength(1);
  });

  test("says nothing any more to somebody who may not see it now", async () => {
    const number = await incident();
    await work();
    await bound().unit.updateMany({ where: { code: "4W" }, data: { managerId: hospital.people.director } });
    await acknowledge("quality", number);
    pass(2);
    await work();
    expect(editsOf(messageTo("manager"))[0]?.text).toBe("This needs nothing from you any more.");
  });

  test("is drawn though the process was killed between the change and the drawing", async () => {
    const number = await incident();
    await work();
    await acknowledge("quality", number);
    pass(2);
    // What a process leaves that took it in hand and ended there.
    const inHand = new Date(hospital.clock.now.getTime() + 120_000);
    await bound().notice.updateMany({ where: { refreshAt: { not: null } }, data: { refreshAt: inHand } });
    await work();
    expect(web.edits).toEqual([]);
    pass(121);
    await work();
    expect(editsOf(messageTo("manager"))).toHaveLength(1);
    expect(await bound().notice.count({ where: { refreshAt: { not: null } } })).toBe(0);
  });

  test("that changes while it is drawn is drawn once more", async () => {
    const number = await incident();
    await work();
    await acknowledge("quality", number);
    pass(2);
    const release = web.hold();
    const first = work();
    await expect
      .poll(() =>
        bound().notice.count({ where: { refreshAt: { gt: new Date(hospital.clock.now.getTime() + 60_000) } } }),
      )
      .toBeGreaterThan(0);
    await hospital.services.incidents.close(await actOf(hospital, "quality"), number, "mended");
    release();
    await first;
    pass(2);
    await work();
    expect(editsOf(messageTo("manager")).at(-1)?.text).toContain("Closed by Quality Person");
  });

  test("whose platform asks to wait is drawn later, and one that is gone is given up", async () => {
    const number = await incident();
    await work();
    await acknowledge("quality", number);
    pass(2);
    web.fail("manager", busy(60_000));
    await work();
    expect(web.edits).toEqual([]);
    pass(61);
    web.fail("manager", unknownPerson());
    await work();
    web.mend();
    pass(3_600 - 1_000);
    await work();
    expect(web.edits.filter(({ text }) => text.includes("Acknowledged")).length).toBeLessThanOrEqual(1);
    expect(await bound().notice.count({ where: { refreshAt: { not: null } } })).toBe(0);
  });

  test("answers a second click on its old button with what is true", async () => {
    const number = await incident();
    await work();
    await acknowledge("quality", number);
    const manager = person(hospital, "manager");
    await manager.runs("incident acknowledge", { incident: `INC-${number}` });
    expect(manager.sees()).toContain("Acknowledged by Quality Person");
  });
});

describe("a reminder", () => {
  test("that is done in the list says so where it was told", async () => {
    const nurse = person(hospital, "nurse");
    await nurse.says("remind @manager in 10 minutes call the ward");
    pass(600);
    await work();
    await person(hospital, "manager").says("reminder done REM-1");
    pass(11 * 60);
    await work();
    expect(editsOf("web-1")[0]?.text).toContain("REM-1 is done.");
  });
});
