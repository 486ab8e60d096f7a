import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { incidentCard } from "../../src/cards/incident.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { person, said } from "../support/person.ts";
import { seenBy } from "./handling.ts";
import { file } from "./organisation.ts";

let hospital: Hospital;
const start = new Date("2026-11-23T14:00:00Z");
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital.close());

const bound = () => hospital.store.of(hospital.organisationId);
const filed = (given = {}) => file(hospital, "nurse", hospital.units.west, given);
async function correct(handle: string, number: number, field: string, value: string) {
  const somebody = person(hospital, handle);
  await somebody.runs("incident correct", { incident: `INC-${number}`, field, value, reason: "It was wrong" });
  return somebody;
}

describe("a correction", () => {
  test.each([
    ["what", "The other rail broke", { what: "The other rail broke" }],
    ["where", "5E", { unit: { code: "5E", name: "5 East" } }],
    ["where", "emergency", { unit: { code: "ED", name: "Emergency" } }],
    ["when", "2026-11-22 06:10", { happenedAt: new Date("2026-11-22T11:10:00Z") }],
    ["when", "yesterday 22:00", { happenedAt: new Date("2026-11-23T03:00:00Z") }],
    ["kind", "Near miss", { kind: "near-miss" }],
    ["category", "fall", { category: "fall" }],
    ["harm", "mild", { harm: "mild" }],
    ["immediate", "Bed was taken away", { immediate: "Bed was taken away" }],
    ["informed", "Dr. on call", { informed: "Dr. on call" }],
    ["source-ref", "4711", { sourceRef: "4711" }],
  ])("of %s reads “%s” as a report would", async (field, value, expected) => {
    const number = await filed();
    await correct("nurse", number, field, value);
    expect(await seenBy(hospital, "quality", number)).toMatchObject(expected);
  });

  test.each([
    ["where", "5 Wset", "There is no unit “5 Wset”. Did you mean 4 West (4W)"],
    ["when", "someday", "This is no date and time."],
    ["when", "2031-01-01 06:00", "That time is in the future."],
    ["kind", "accident", "Choose one of: incident, near-miss"],
    ["harm", "horrible", "Choose one of: death, severe"],
    ["informed", "x".repeat(301), "This takes up to 300 characters."],
  ])("of %s to “%s” is refused at its field, and what was typed is kept", async (field, value, refusal) => {
    const number = await filed();
    const nurse = await correct("nurse", number, field, value);
    const shown = nurse.form().fields.find(({ name }) => name === "value");
    expect(shown?.error).toContain(refusal);
    expect(shown?.value).toBe(value);
    expect(nurse.form().fields.find(({ name }) => name === "reason")?.value).toBe("It was wrong");
  });

  test("keeps what was there before for quality alone; the others see that it was corrected, and why", async () => {
    const number = await filed({ what: "Mr. Miller fell" });
    await correct("nurse", number, "what", "A patient fell");
    const card = async (handle: string) => said(incidentCard(await seenBy(hospital, handle, number)));
    expect(await card("quality")).toContain(
      "Nurse Person corrected “What happened”: It was wrong · before: “Mr. Miller fell”",
    );
    for (const handle of ["nurse", "manager"]) {
      expect(await card(handle)).toContain("corrected “What happened”: It was wrong");
      expect(await card(handle)).not.toContain("Miller");
      expect(JSON.stringify((await seenBy(hospital, handle, number)).timeline)).not.toContain("Miller");
    }
    const { id } = await seenBy(hospital, "quality", number);
    const rows = await hospital.store
      .of(hospital.organisationId)
      .audit.findMany({ where: { subjectId: id, action: "incident.corrected" } });
    expect(rows.map(({ details }) => details)).toEqual([{ field: "what" }]);
  });

  test.each([
    ["where", "5E", "before: “4 West”"],
    ["when", "yesterday 22:00", "before: Mon 23 Nov, 09:00"],
    ["harm", "mild", "before: Unknown"],
    ["category", "fall", "before: nothing"],
  ])("of %s says in words what it was", async (field, value, words) => {
    const number = await filed();
    await correct("quality", number, field, value);
    expect(said(incidentCard(await seenBy(hospital, "quality", number)))).toContain(words);
  });

  test("of a confidential report does not tell who filed it", async () => {
    const number = await filed({ identity: "confidential" });
    await correct("nurse", number, "harm", "mild");
    expect(said(incidentCard(await seenBy(hospital, "manager", number)))).toContain("The reporter corrected “Harm”");
  });

  test("to severe harm is told at once to quality and to whoever has it, once", async () => {
    const told = async (number: number) => {
      const { id } = await seenBy(hospital, "quality", number);
      const notices = await bound().notice.findMany({ where: { recordId: id, kind: "incident-graded" } });
      const handles = new Map<string | null, string>(
        Object.entries(hospital.people).map(([handle, id]) => [id, handle]),
      );
      return notices.map(({ personId }) => handles.get(personId)).sort();
    };
    const [ignored, assigned] = [await filed({ harm: "none" }), await filed({ harm: "none" })];
    await correct("nurse", ignored, "harm", "moderate");
    expect(await told(ignored)).toEqual([]);
    await correct("nurse", ignored, "harm", "severe");
    await correct("nurse", ignored, "harm", "death");
    expect(await told(ignored)).toEqual(["manager", "quality"]);
    await person(hospital, "quality").says(`incident assign INC-${assigned} @director`);
    await correct("nurse", assigned, "harm", "death");
    expect(await told(assigned)).toEqual(["director", "quality"]);
    const graded = await filed({ harm: "none" });
    await person(hospital, "quality").says(`incident grade INC-${graded} mild`);
    await correct("nurse", graded, "harm", "death");
    expect(await told(graded)).toEqual([]);
  });

  test("to what it says already leaves no trace", async () => {
    const number = await filed({ harm: "mild" });
    await correct("nurse", number, "harm", "mild");
    expect((await seenBy(hospital, "quality", number)).timeline.map(({ kind }) => kind)).toEqual(["reported"]);
  });

  test("of the unit brings it to the managers there: it is due to go up at once", async () => {
    const number = await filed();
    await correct("nurse", number, "where", "ED");
    expect((await seenBy(hospital, "quality", number)).escalateAt).toEqual(hospital.clock.now);
  });
});

describe("who may correct", () => {
  test("the reporter may for a day, and quality always", async () => {
    const number = await filed();
    try {
      hospital.clock.now = new Date(start.getTime() + 24 * 3_600_000 - 1_000);
      await correct("nurse", number, "harm", "mild");
      expect((await seenBy(hospital, "quality", number)).harm).toBe("mild");
      hospital.clock.now = new Date(start.getTime() + 24 * 3_600_000);
      const nurse = await correct("nurse", number, "harm", "severe");
      expect(nurse.sees()).toContain("is corrected by quality, and by whoever filed it within 24 hours");
      await correct("quality", number, "harm", "severe");
      expect((await seenBy(hospital, "quality", number)).harm).toBe("severe");
    } finally {
      hospital.clock.now = start;
    }
  });

  test("nobody else, and nobody once it is closed", async () => {
    const number = await filed();
    expect((await correct("manager", number, "harm", "mild")).sees()).toContain("is corrected by quality");
    await person(hospital, "quality").says(`incident close INC-${number} mended`);
    expect((await correct("quality", number, "harm", "mild")).sees()).toContain("is closed already");
  });

  test("the card offers it to those alone", async () => {
    const number = await filed();
    const offered = async (handle: string) => {
      const somebody = person(hospital, handle);
      await somebody.runs("incident show", { incident: `INC-${number}`, more: true });
      return somebody
        .card()
        .blocks.some((block) => block.type === "buttons" && block.buttons.some(({ label }) => label === "Correct"));
    };
    expect([await offered("nurse"), await offered("quality"), await offered("manager")]).toEqual([true, true, false]);
    hospital.clock.now = new Date(start.getTime() + 25 * 3_600_000);
    expect(await offered("nurse")).toBe(false);
    hospital.clock.now = start;
  });
});
