import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { person, said } from "../support/person.ts";
import { withAction, withClock } from "./handling.ts";
import { actOf, file } from "./organisation.ts";

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital.close());

/** The files of a summary as text: the pages of the document, the head of each, and the Markdown. */
async function summary(handle: string, number: number) {
  const somebody = person(hospital, handle);
  await somebody.says(`incident summary INC-${number}`);
  const files = somebody.card().blocks.flatMap((block) => (block.type === "file" ? [block.file] : []));
  const bytes = (ending: string) =>
    Buffer.from(files.find(({ name }) => name.endsWith(ending))?.base64 ?? "", "base64");
  const parts = unzipSync(bytes(".docx"));
  const xml = (part: string) => strFromU8(parts[part] ?? new Uint8Array()).replace(/<[^>]+>/g, "\n");
  return {
    names: files.map(({ name }) => name),
    pages: xml("word/document.xml"),
    head: xml("word/header1.xml"),
    markdown: bytes(".md").toString(),
    card: said(somebody.card()),
  };
}

test("a review summary holds facts, grades with their history, whys, factors, actions, deadlines and what changed", async () => {
  const number = await file(hospital, "nurse", hospital.units.west, { what: "Slipped on a wet floor", harm: "none" });
  const { incidents } = hospital.services;
  const grade = async (given: Parameters<typeof incidents.grade>[2]) =>
    incidents.grade(await actOf(hospital, "quality"), number, given);
  await grade({ harm: "mild", why: "A bruise" });
  await grade({ harm: "severe", severity: "major", probability: "frequent", why: "Hip broken, X-ray at noon" });
  await incidents.review(await actOf(hospital, "quality"), number, {
    whys: "The floor was wet\nNo sign stood there",
    factors: ["environment"],
  });
  await withAction(hospital, number, { state: "done", strength: "stronger" });
  const clock = await withClock(hospital, number, "facility.review", "2026-11-26T15:00:00Z");
  const analysis = await hospital.store
    .of(hospital.organisationId)
    .clock.findFirstOrThrow({ where: { rule: "jc.rca", endedAt: null } });
  await hospital.services.clocks.done(await actOf(hospital, "quality"), analysis.number, "Finished");
  await incidents.note(await actOf(hospital, "manager"), number, {
    text: `${"Long. ".repeat(200)}The end of the note`,
  });
  await incidents.close(await actOf(hospital, "quality"), number, "Mats in every bathroom");
  const { names, pages, head, markdown } = await summary("quality", number);
  expect(names).toEqual([`INC-${number} review summary.docx`, `INC-${number} review summary.md`]);
  for (const text of [pages, markdown]) {
    for (const words of [
      "Slipped on a wet floor",
      "by Nurse Person",
      "No harm",
      "Severe harm",
      "graded it mild harm: A bruise",
      "Hip broken, X-ray at noon",
      "The floor was wet",
      "Contributing factors: Environment.",
      "Replace the floor",
      "stronger",
      "Start the review",
      "The end of the note",
      "Mats in every bathroom",
      "times are those of America/New\\?_York",
    ])
      expect(text).toMatch(new RegExp(words.replace(/[.()]/g, "\\$&").replace("\\?", "\\\\?")));
    expect(text).toContain(`CLK-${clock}`);
  }
  expect(head).toBe("");
});

test("a privileged one says so at the head of each page", async () => {
  const number = await file(hospital, "nurse", hospital.units.west);
  await hospital.services.incidents.restrict(await actOf(hospital, "quality"), number, { privileged: true });
  const { head, markdown, card } = await summary("quality", number);
  for (const text of [head, markdown.replaceAll("\\", "")])
    expect(text).toContain("Privileged and confidential under 42 U.S.C. 299b-22");
  expect(head).toContain("Patient safety work product, entered Mon 23 Nov");
  expect(card).toContain("each page is marked");
});

describe("who filed", () => {
  test("in confidence is named to nobody, also where quality writes it", async () => {
    const number = await file(hospital, "nurse", hospital.units.west, { identity: "confidential" });
    await person(hospital, "nurse").says(`incident note INC-${number} I saw it too`);
    await person(hospital, "nurse").runs("incident correct", {
      incident: `INC-${number}`,
      field: "harm",
      value: "mild",
      reason: "A bruise",
    });
    const { pages, markdown } = await summary("quality", number);
    for (const text of [pages, markdown]) {
      expect(text).not.toContain("Nurse");
      expect(text).toContain("confidential");
      expect(text).toContain("The reporter: I saw it too");
    }
  });

  test("in confidence and writes the summary oneself is not named either", async () => {
    const number = await file(hospital, "manager", hospital.units.west, { identity: "confidential" });
    const { pages } = await summary("manager", number);
    expect(pages).not.toContain("Manager Person");
    expect(pages).not.toContain("by you");
  });
});

test("staff are told for whom it is, also the one whom it is assigned to", async () => {
  const number = await file(hospital, "nurse", hospital.units.west);
  const nurse = person(hospital, "nurse");
  await nurse.says(`incident summary INC-${number}`);
  expect(nurse.sees()).toContain("is for managers and quality");
});
