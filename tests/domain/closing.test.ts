import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { incidentCard } from "../../src/cards/incident.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { person, said } from "../support/person.ts";
import { seenBy, withAction, withClock } from "./handling.ts";
import { actOf, file } from "./organisation.ts";

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);
const filed = (handle = "nurse") => file(hospital, handle, hospital.units.west);
const close = async (number: number, waive?: string) =>
  hospital.services.incidents.close(await actOf(hospital, "quality"), number, "New mats", waive);
const reopen = async (number: number, handle = "quality") =>
  hospital.services.incidents.reopen(await actOf(hospital, handle), number, "It came back");
const notices = async (number: number, kind: string) => {
  const { id } = await bound().incident.findFirstOrThrow({ where: { number } });
  return (await bound().notice.findMany({ where: { recordId: id, kind } })).map(({ personId }) => personId);
};

describe("closing while actions are open", () => {
  test("at the moment when another one is given leaves no open action behind", async () => {
    for (let round = 0; round < 10; round += 1) {
      const number = await filed();
      const quality = await actOf(hospital, "quality");
      const given = { ownerId: hospital.people.manager, what: "New mats", due: "2026-12-24", about: `INC-${number}` };
      await Promise.allSettled([close(number), hospital.services.actions.add(quality, given)]);
      const { id, closedAt } = await bound().incident.findFirstOrThrow({ where: { number } });
      const open = await bound().action.count({ where: { incidentId: id, state: "open" } });
      expect([closedAt === null, open]).toEqual([open === 1, open]);
    }
  });

  test("is refused with how many there are, keeps what was typed, and asks for a reason", async () => {
    const number = await filed();
    await withAction(hospital, number);
    await withAction(hospital, number);
    await withAction(hospital, number, { state: "done" });
    const quality = person(hospital, "quality");
    await quality.says(`incident close INC-${number} New mats`);
    expect(quality.sees()).toContain(
      `INC-${number} still has 2 open actions. Finish them, or close with a reason for leaving them.`,
    );
    await quality.fills({ waive: "The ward moves in March" });
    expect(quality.sees()).toContain("Closed by Quality Person");
    expect(quality.sees()).toContain("The ward moves in March");
    expect(quality.sees()).toContain("closed it, with 2 actions left open");
    expect(await seenBy(hospital, "nurse", number)).toMatchObject({
      changed: "New mats",
      waived: "The ward moves in March",
    });
  });

  test("says it for one", async () => {
    const number = await filed();
    await withAction(hospital, number);
    await expect(close(number)).rejects.toThrow("1 open action. Finish it, or close with a reason for leaving it.");
  });

  test("keeps no reason where nothing was left open", async () => {
    const number = await filed();
    expect(await close(number, "Just in case")).toMatchObject({ waived: null });
  });
});

describe("closing while a deadline runs", () => {
  test.each(["osha.fatality", "fda.mdr.death", "jc.rca"])("%s is refused, and no reason helps", async (rule) => {
    const number = await filed();
    const clock = await withClock(hospital, number, rule, "2026-11-24T12:00:00Z");
    await withAction(hospital, number);
    await expect(close(number, "No time")).rejects.toThrow(
      new RegExp(`still has a deadline running: CLK-${clock} .*Say so first: clock done CLK-${clock}\\.`),
    );
    await bound().clock.updateMany({ where: { number: clock }, data: { state: "met" } });
    await close(number, "No time");
  });

  test("names all of them, the first due first", async () => {
    const number = await filed();
    const later = await withClock(hospital, number, "fda.mdr.death", "2026-12-24T12:00:00Z");
    const first = await withClock(hospital, number, "osha.fatality", "2026-11-24T12:00:00Z");
    await expect(close(number)).rejects.toThrow(new RegExp(`2 deadlines running: CLK-${first} .*; CLK-${later} `));
  });

  test("ends what the facility asks of itself", async () => {
    const number = await filed();
    const clock = await withClock(hospital, number, "facility.review", "2026-11-26T12:00:00Z");
    await close(number);
    expect(await bound().clock.findFirst({ where: { number: clock } })).toMatchObject({
      state: "withdrawn",
      reason: `INC-${number} was closed.`,
      endedById: hospital.people.quality,
    });
  });
});

describe("reopening", () => {
  test("opens it with the reason, and tells the reporter and whoever had it", async () => {
    const number = await filed();
    await hospital.services.incidents.assign(await actOf(hospital, "quality"), number, hospital.people.manager);
    await close(number);
    const opened = await reopen(number);
    expect(opened).toMatchObject({ closedAt: null, closedBy: null, changed: null, status: "in-review" });
    expect(said(incidentCard(opened))).toContain("Quality Person opened it again: It came back");
    expect(new Set(await notices(number, "incident-reopened"))).toEqual(
      new Set([hospital.people.nurse, hospital.people.manager]),
    );
  });

  test("and closing again tells the reporter again", async () => {
    const number = await filed();
    await close(number);
    await reopen(number);
    await close(number);
    expect(await notices(number, "incident-closed")).toEqual([hospital.people.nurse, hospital.people.nurse]);
  });

  test("is for quality, and of what is closed", async () => {
    const number = await filed();
    await expect(reopen(number)).rejects.toThrow(`INC-${number} is open. Add a note`);
    await close(number);
    await expect(reopen(number, "manager")).rejects.toThrow("is reopened by quality");
  });
});
