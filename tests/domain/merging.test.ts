import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { incidentCard } from "../../src/cards/incident.ts";
import { delivering } from "../jobs/delivering.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { said } from "../support/person.ts";
import { seenBy, withAction, withClock } from "./handling.ts";
import { actOf, file } from "./organisation.ts";

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);
const filed = (handle = "nurse", given = {}) => file(hospital, handle, hospital.units.west, given);
const merge = async (number: number, into: number, handle = "quality") =>
  hospital.services.incidents.merge(await actOf(hospital, handle), number, into, "The same fall");
const close = async (number: number, changed = "New mats") =>
  hospital.services.incidents.close(await actOf(hospital, "quality"), number, changed);
const closedNotices = async (number: number) => {
  const { id } = await bound().incident.findFirstOrThrow({ where: { number } });
  const notices = await bound().notice.findMany({ where: { recordId: id, kind: "incident-closed" } });
  return notices.map(({ personId }) => personId);
};

describe("an incident that is merged into another", () => {
  test("is closed, and both timelines say so", async () => {
    const [one, other] = [await filed(), await filed("outsider")];
    const merged = await merge(one, other);
    expect(merged).toMatchObject({ status: "closed", mergedInto: other, escalateAt: null });
    expect(said(incidentCard(merged))).toContain(`Merged into INC-${other} by Quality Person`);
    expect(said(incidentCard(merged))).toContain(`Quality Person merged it into INC-${other}: The same fall`);
    expect(said(incidentCard(await seenBy(hospital, "quality", other)))).toContain(
      `Quality Person merged INC-${one} into it: The same fall`,
    );
  });

  test("hands on its open actions and leaves those that are done", async () => {
    const [one, other] = [await filed(), await file(hospital, "nurse", hospital.units.east)];
    const open = await withAction(hospital, one);
    const done = await withAction(hospital, one, { state: "done" });
    await merge(one, other);
    const rows = await bound().action.findMany({
      where: { number: { in: [open, done] } },
      include: { incident: true },
      orderBy: { number: "asc" },
    });
    expect(rows.map(({ incident, unitId }) => [incident?.number, unitId])).toEqual([
      [other, hospital.units.east],
      [one, hospital.units.west],
    ]);
  });

  test("hands on its clocks, and of two of one rule the one that is due first goes on", async () => {
    const [one, other] = [await filed(), await filed()];
    const alone = await withClock(hospital, one, "fda.mdr.death", "2026-12-05T00:00:00Z");
    const earlier = await withClock(hospital, one, "osha.fatality", "2026-11-24T00:00:00Z");
    const later = await withClock(hospital, other, "osha.fatality", "2026-11-25T00:00:00Z");
    const mine = await withClock(hospital, other, "jc.rca", "2026-12-20T00:00:00Z");
    const mineAgain = await withClock(hospital, one, "jc.rca", "2026-12-21T00:00:00Z");
    await merge(one, other);
    const clocks = await bound().clock.findMany({ include: { incident: true } });
    const of = (number: number) => {
      const clock = clocks.find((each) => each.number === number);
      return [clock?.incident?.number, clock?.state, clock?.reason];
    };
    const why = `INC-${one} was merged into INC-${other}.`;
    expect([alone, earlier, later, mine, mineAgain].map(of)).toEqual([
      [other, "running", null],
      [other, "running", null],
      [other, "withdrawn", why],
      [other, "running", null],
      [one, "withdrawn", why],
    ]);
  });

  test("tells its reporter once the other one is closed, with what changed, through every merging", async () => {
    const [first, second, last] = [await filed("outsider"), await filed("manager"), await filed("nurse")];
    await merge(first, second);
    await merge(second, last);
    expect(await closedNotices(first)).toEqual([]);
    await close(last, "Mats in every bathroom");
    expect(await closedNotices(first)).toEqual([hospital.people.outsider]);
    expect(await closedNotices(second)).toEqual([hospital.people.manager]);
    expect(await closedNotices(last)).toEqual([hospital.people.nurse]);
    expect(await seenBy(hospital, "outsider", first)).toMatchObject({ changed: "Mats in every bathroom" });
  });

  test("says no more of what changed once the other one is open again, and what it led to in the end", async () => {
    const [one, other] = [await filed(), await filed()];
    await merge(one, other);
    await close(other, "New mats");
    await hospital.services.incidents.reopen(await actOf(hospital, "quality"), other, "They slipped again");
    expect(await seenBy(hospital, "nurse", one)).toMatchObject({ changed: null, isOver: false });
    await close(other, "New floor");
    expect(await seenBy(hospital, "nurse", one)).toMatchObject({ changed: "New floor", isOver: true });
  });

  test.each([
    ["is restricted", () => ({ restricted: true })],
    ["leaves somebody out", () => ({ leftOutId: hospital.people.manager })],
  ])(
    "does not tell what changed where the other one %s, and its reporter hears that it is closed",
    async (_, fewer) => {
      const [one, other] = [await filed("outsider"), await filed()];
      await merge(one, other);
      const needs = { personId: hospital.people.quality, part: "needs-to-know" };
      await bound().incident.updateMany({ where: { number: other }, data: fewer() });
      const { id } = await bound().incident.findFirstOrThrow({ where: { number: other } });
      await bound().incidentAccess.create({ data: { incidentId: id, ...needs } });
      const deliver = delivering(hospital);
      await deliver();
      await close(other, "SECRET");
      expect((await deliver()).filter((told) => told.includes(`INC-${one}`))).toEqual([
        expect.stringMatching(/^outsider: .*\nIt was looked into together with other reports of the same event\./),
      ]);
      for (const handle of ["outsider", "manager", "quality"])
        expect(said(incidentCard(await seenBy(hospital, handle, one)))).not.toContain("SECRET");
      const { rows } = await hospital.services.incidents.export(await actOf(hospital, "quality"), { status: "all" });
      expect(rows.find(({ number }) => number === one)?.changed).toBeNull();
    },
  );

  test("comes out again when it is reopened, and both timelines say so", async () => {
    const [one, other] = [await filed(), await filed()];
    await merge(one, other);
    const opened = await hospital.services.incidents.reopen(await actOf(hospital, "quality"), one, "Another patient");
    expect(opened).toMatchObject({ mergedInto: null, closedAt: null, status: "in-review" });
    expect(said(incidentCard(await seenBy(hospital, "quality", other)))).toContain(
      `opened INC-${one} again, which was merged into it`,
    );
  });
});

describe("a merging is refused", () => {
  test("into itself", async () => {
    const one = await filed();
    await expect(merge(one, one)).rejects.toMatchObject({ field: "into", message: /cannot be merged into itself/ });
  });

  test("into a closed one", async () => {
    const [one, other] = [await filed(), await filed()];
    await close(other);
    await expect(merge(one, other)).rejects.toThrow(`INC-${other} is closed. Reopen it first`);
  });

  test("into one that is merged itself, and so in a circle", async () => {
    const [one, other, third] = [await filed(), await filed(), await filed()];
    await merge(one, other);
    await expect(merge(third, one)).rejects.toThrow(`INC-${one} was merged into INC-${other} itself`);
    await expect(merge(other, one)).rejects.toThrow(`INC-${one} was merged into INC-${other} itself`);
    await expect(merge(one, third)).rejects.toThrow(`INC-${one} is closed already`);
  });

  test("into one that is not there, or that quality may not see", async () => {
    const [one, hidden] = [await filed(), await filed()];
    await bound().incident.updateMany({ where: { number: hidden }, data: { restricted: true } });
    for (const number of [hidden, 99_999])
      await expect(merge(one, number)).rejects.toMatchObject({
        field: "into",
        message: `There is no INC-${number} that you may see. Check the number, or ask whoever gave it to you.`,
      });
  });

  test("into one that more people may see", async () => {
    const [one, other] = [await filed(), await filed()];
    await hospital.services.incidents.restrict(await actOf(hospital, "quality"), one, { privileged: true });
    await expect(merge(one, other)).rejects.toThrow("Merge the other way round");
    await merge(other, one);
  });

  test("by anybody but quality", async () => {
    const [one, other] = [await filed(), await filed()];
    await expect(merge(one, other, "manager")).rejects.toThrow("is merged by quality");
  });
});

test("two that are merged into each other at once: one merging, and a true answer to the other", async () => {
  for (let round = 0; round < 5; round += 1) {
    const [one, other] = [await filed(), await filed()];
    const answers = await Promise.allSettled([merge(one, other), merge(other, one)]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = answers.find((answer) => answer.status === "rejected");
    expect(String(refused?.reason)).toMatch(/closed|merged into/);
    const rows = await bound().incident.findMany({ where: { number: { in: [one, other] }, closedAt: null } });
    expect(rows).toHaveLength(1);
  }
});
