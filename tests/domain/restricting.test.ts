import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { incidentCard } from "../../src/cards/incident.ts";
import type { Input } from "../../src/chat/card.ts";
import { handOver } from "../../src/domain/incidents/orphans.ts";
import { isPrivileged } from "../../src/domain/incidents/rules.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { buttonsOf, person, said } from "../support/person.ts";
import { seenBy } from "./handling.ts";
import { actOf, actorOf, file } from "./organisation.ts";

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital.close());

const everybody = ["nurse", "manager", "director", "quality", "admin", "outsider"] as const;
const bound = () => hospital.store.of(hospital.organisationId);
const filed = () => file(hospital, "nurse", hospital.units.west);
const restrict = async (
  number: number,
  given: Parameters<Hospital["services"]["incidents"]["restrict"]>[2] = {},
  handle = "quality",
) => hospital.services.incidents.restrict(await actOf(hospital, handle), number, given);
const seers = async (number: number) => {
  const found: string[] = [];
  for (const handle of everybody)
    try {
      await hospital.services.records.find(await actorOf(hospital, handle), `INC-${number}`);
      found.push(handle);
    } catch {}
  return found.join(" ");
};

const waitsFor = async (handle: string) =>
  (await hospital.services.todo.waiting(await actorOf(hospital, handle), hospital.clock.now)).map(({ about }) => about);

describe("a restricted incident", () => {
  test("is seen by its need-to-know list, on which whoever restricts it always is", async () => {
    const number = await filed();
    expect(await seers(number)).toBe("nurse manager director quality");
    const restricted = await restrict(number, { personIds: [hospital.people.outsider] });
    expect(await seers(number)).toBe("quality outsider");
    expect(said(incidentCard(restricted))).toContain("Restricted to Outsider Person, Quality Person.");
  });

  test("is given to quality when everybody on its list has left, once, and its timeline says so", async () => {
    const number = await filed();
    await restrict(number, { personIds: [hospital.people.outsider] });
    const { id } = await bound().incident.findFirstOrThrow({ where: { number } });
    await bound().incidentAccess.deleteMany({ where: { incidentId: id, personId: hospital.people.quality } });
    const leaves = (active: boolean) => bound().person.updateMany({ where: { handle: "outsider" }, data: { active } });
    await handOver(bound(), hospital.clock.now);
    expect(await seers(number)).toBe("outsider");
    await leaves(false);
    await handOver(bound(), hospital.clock.now);
    await handOver(bound(), hospital.clock.now);
    await leaves(true);
    const { timeline } = await seenBy(hospital, "quality", number);
    expect(timeline.filter(({ kind }) => kind === "handed-over")).toHaveLength(1);
  });

  test("keeps its list where none is given, and has the new one where one is", async () => {
    const number = await filed();
    await restrict(number, { personIds: [hospital.people.outsider] });
    await restrict(number);
    expect(await seers(number)).toBe("quality outsider");
    await restrict(number, { personIds: [hospital.people.director] });
    expect(await seers(number)).toBe("director quality");
  });

  test("is open again to all who may see it by their office once that is lifted", async () => {
    const number = await filed();
    await restrict(number, { personIds: [hospital.people.outsider] });
    const lifted = await restrict(number, { lift: true });
    expect(lifted.needsToKnow).toBeUndefined();
    expect(await seers(number)).toBe("nurse manager director quality");
    await restrict(number, { lift: true });
    expect((await seenBy(hospital, "quality", number)).timeline.map(({ kind }) => kind)).toEqual([
      "reported",
      "restricted",
      "unrestricted",
    ]);
    await expect(restrict(number, { lift: true, personIds: [hospital.people.nurse] })).rejects.toThrow(
      "Leave the people out",
    );
  });

  test("takes nobody on its list who is left out of it", async () => {
    const number = await filed();
    await bound().incident.updateMany({ where: { number }, data: { leftOutId: hospital.people.manager } });
    await expect(restrict(number, { personIds: [hospital.people.manager] })).rejects.toMatchObject({ field: "people" });
  });

  test("keeps every look, by whichever command, and none at those that are not restricted", async () => {
    const [number, other] = [await filed(), await filed()];
    await restrict(number, { personIds: [hospital.people.director] });
    const looks = async (about: number) => {
      const { id } = await bound().incident.findFirstOrThrow({ where: { number: about } });
      const rows = await bound().audit.findMany({
        where: { subjectId: id, action: { in: ["incident.viewed", "incident.summarised"] } },
        orderBy: { id: "asc" },
      });
      return rows.map(({ actorId, action }) => [everybody.find((one) => hospital.people[one] === actorId), action]);
    };
    expect(await looks(number)).toEqual([]);
    const director = person(hospital, "director");
    await director.says(`incident show INC-${number}`);
    await director.clicks("More");
    await director.says(`incident note INC-${number} seen`);
    await director.says(`incident summary INC-${number}`);
    await person(hospital, "outsider").says(`incident show INC-${number}`);
    await person(hospital, "quality").says(`incident show INC-${number}`);
    expect(await looks(number)).toEqual([
      ["director", "incident.viewed"],
      ["director", "incident.viewed"],
      ["director", "incident.viewed"],
      ["director", "incident.summarised"],
      ["quality", "incident.viewed"],
    ]);
    await person(hospital, "quality").says(`incident show INC-${other}`);
    expect(await looks(other)).toEqual([]);
  });

  test("is nobody's who may not see it: whoever restricts it has it then, and it goes no further up", async () => {
    const number = await filed();
    await hospital.services.incidents.assign(await actOf(hospital, "quality"), number, hospital.people.manager);
    expect((await restrict(number, { personIds: [hospital.people.manager] })).assignee?.name).toBe("Manager Person");
    expect((await restrict(number, { personIds: [hospital.people.director] })).assignee?.name).toBe("Quality Person");
    const { assign } = hospital.services.incidents;
    await expect(assign(await actOf(hospital, "quality"), number, hospital.people.manager)).rejects.toThrow(
      "not on its need-to-know list",
    );
    await assign(await actOf(hospital, "quality"), number, hospital.people.director);
    const ignored = await filed();
    const taken = await restrict(ignored);
    expect([taken.acknowledgedBy?.name, taken.escalateAt]).toEqual(["Quality Person", null]);
    expect(await waitsFor("quality")).toContain(`INC-${ignored}`);
  });

  test("is never given to whom it is about", async () => {
    const number = await file(hospital, "nurse", hospital.units.west, { leftOutId: hospital.people.manager });
    await expect(
      hospital.services.incidents.assign(await actOf(hospital, "quality"), number, hospital.people.manager),
    ).rejects.toMatchObject({ field: "to" });
  });

  test("is restricted by quality alone", async () => {
    await expect(restrict(await filed(), {}, "manager")).rejects.toThrow("is restricted by quality");
  });
});

describe("privilege", () => {
  test("alone hides it from nobody who sees it by their office", async () => {
    const number = await filed();
    await restrict(number, { privileged: true });
    expect(await seers(number)).toBe("nurse manager director quality");
  });

  test("is shown with the day of entry, which stays the first one", async () => {
    const number = await filed();
    const entered = hospital.clock.now;
    const marked = await restrict(number, { privileged: true });
    expect(isPrivileged(marked)).toBe(true);
    expect(said(incidentCard(marked))).toContain("Patient safety work product since Mon 23 Nov. Privileged.");
    try {
      hospital.clock.now = new Date("2026-12-01T12:00:00Z");
      expect((await restrict(number, { privileged: true, lift: true })).privilegedAt).toEqual(entered);
    } finally {
      hospital.clock.now = entered;
    }
    expect(isPrivileged(await seenBy(hospital, "manager", number))).toBe(true);
  });
});

describe("who may not see an incident", () => {
  /** Right input for every command that is about an incident. */
  const inputs: Input = {
    note: "seen",
    to: "@manager",
    harm: "mild",
    whys: "It was wet",
    factors: ["people"],
    field: "harm",
    value: "mild",
    reason: "It was wrong",
    changed: "New mats",
    people: ["@nurse"],
    question: "When was it?",
    action: "Mats",
  };
  const commands = () => hospital.bot.menu.commands.filter(({ input }) => "incident" in input);

  /** Everything that is answered about a number, which is left out of it. */
  async function answers(handle: string, number: number, into: number): Promise<string[]> {
    const somebody = person(hospital, handle);
    const found: string[] = [];
    const keep = (command: string) => found.push(`${command}: ${somebody.sees().replaceAll(`INC-${number}`, "INC-0")}`);
    for (const command of commands()) {
      const known = Object.fromEntries(Object.entries(inputs).filter(([name]) => name in command.input));
      const given = { ...known, ...("into" in command.input && { into: `INC-${into}` }) };
      await somebody.runs(command.path, { ...given, incident: `INC-${number}` });
      keep(command.path);
      await somebody.runs(command.path, { incident: `INC-${number}` });
      keep(command.path);
      await somebody.says(`${command.path} INC-${number}`);
      keep(command.path);
    }
    return found;
  }

  test("gets one answer to every command about one that is not there, is restricted, is closed or is another's", async () => {
    const elsewhere = async () => file(hospital, "quality", hospital.units.emergency);
    const [open, closed, restricted, restrictedAndClosed] = [
      await elsewhere(),
      await elsewhere(),
      await filed(),
      await filed(),
    ];
    for (const number of [closed, restrictedAndClosed])
      await hospital.services.incidents.close(await actOf(hospital, "quality"), number, "mended");
    await bound().incident.updateMany({
      where: { number: { in: [restricted, restrictedAndClosed] } },
      data: { restricted: true },
    });
    const into = await filed();
    expect(commands().length).toBeGreaterThan(11);
    for (const handle of everybody) {
      const missing = await answers(handle, 99_999, into);
      const hidden = handle === "quality" ? [] : [open, closed];
      for (const number of [...hidden, restricted, restrictedAndClosed])
        expect([handle, await answers(handle, number, into)]).toEqual([handle, missing]);
      const refusals = missing.filter((answer) => !/is for (managers|quality)/.test(answer));
      for (const answer of refusals) expect(answer).toContain("There is no INC-0 that you may see.");
    }
    const rows = await bound().timelineEntry.count({ where: { incident: { number: { in: [open, restricted] } } } });
    expect(rows).toBe(2);
  });

  test("gets that answer from every button of a card that was theirs before", async () => {
    for (const handle of ["nurse", "manager", "director", "quality"] as const) {
      const number = await filed();
      const looking = async () => {
        const somebody = person(hospital, handle);
        await somebody.runs("incident show", { incident: `INC-${number}`, more: true });
        return somebody;
      };
      const buttons = buttonsOf((await looking()).card());
      const people = await Promise.all(buttons.map(looking));
      await bound().incident.updateMany({ where: { number }, data: { restricted: true } });
      for (const [index, { command, input, label }] of buttons.entries()) {
        const somebody = people[index];
        await somebody?.clicks(label);
        const refusal = `There is no INC-${number} that you may see. Check the number, or ask whoever gave it to you.`;
        expect([label, somebody?.sees()]).toEqual([label, refusal]);
        await somebody?.runs(command, { ...input, ["about" in input ? "about" : "incident"]: "INC-99999" });
        expect([label, somebody?.sees()]).toEqual([label, refusal.replace(`INC-${number}`, "INC-99999")]);
      }
    }
  });
});

describe("the audit trail", () => {
  const trail = async (handle: string, about?: string) =>
    (await hospital.services.auditTrail.rows(await actorOf(hospital, handle), { about })).map((row) => row.about);

  test("tells quality who is not on the list nothing of a restricted incident, and admins who looked at it", async () => {
    const number = await filed();
    const reference = `INC-${number}`;
    expect(await trail("quality", reference)).toEqual([reference]);
    await bound().incident.updateMany({ where: { number }, data: { restricted: true } });
    const refusal = async (about: string) => trail("quality", about).catch((error: Error) => error.message);
    expect(await refusal(reference)).toBe((await refusal("INC-99999")).toString().replace("INC-99999", reference));
    expect(await trail("quality")).not.toContain(reference);
    expect(await trail("quality", "@nurse")).not.toContain(reference);
    expect(await trail("admin", reference)).toEqual([reference]);
  });

  test("tells nobody of an incident that they are left out of", async () => {
    for (const handle of ["quality", "admin"] as const) {
      const number = await filed();
      await bound().incident.updateMany({ where: { number }, data: { leftOutId: hospital.people[handle] } });
      expect(await trail(handle)).not.toContain(`INC-${number}`);
      await expect(trail(handle, `INC-${number}`)).rejects.toThrow("There is no record or person");
    }
  });
});
