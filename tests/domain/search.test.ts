import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { actOf, actorOf, file } from "./organisation.ts";

let hospital: Hospital;
let rail: number;
let umlaut: number;
let number: number;
beforeAll(async () => {
  hospital = await openHospital();
  const { west } = hospital.units;
  rail = await file(hospital, "nurse", west, {
    what: "The patient fell out of bed/chair. Side-rail was falling off; the catheterization went on. 4.5 mg at 4W.",
    immediate: "Lowered the mattress",
    informed: "Dr. Okafor",
    sourceRef: "E-2026-0142",
  });
  umlaut = await file(hospital, "nurse", west, { what: "MÜLLER said: “it's the wrong bag”. übermüdet, 100% _sure_" });
  number = await file(hospital, "nurse", west, { what: "Nothing of note" });
});
afterAll(() => hospital.close());

const found = async (search: string, handle = "quality"): Promise<number[]> =>
  (await hospital.services.incidents.list(await actorOf(hospital, handle), { status: "all", search })).rows.map(
    (row) => row.number,
  );

describe("a word is found", () => {
  test.each([
    ["as it stands", "chair"],
    ["in capitals", "CHAIR"],
    ["by its beginning", "catheteriz"],
    ["with another ending", "falls"],
    ["beside a stroke or a hyphen", "rail"],
    ["written with a hyphen", "side-rail"],
    ["beside others, in any order", "chair patient"],
    ["with small words that are left out", "the patient was out"],
    ["in quotes with its neighbours", '"out of bed"'],
    ["in the quotes that a phone makes of them", "“out of bed”"],
    ["where quotes are not closed", '"out of bed'],
    ["as a dose", "4.5 mg"],
    ["with a digit in it", "4w"],
    ["in what was done at once", "mattress"],
    ["in who was informed", "okafor"],
    ["as the number in the system of record", "E-2026-0142"],
    ["while another one is not there", "chair -wheelchair"],
  ])("%s: %s", async (_, words) => {
    expect(await found(words)).toEqual([rail]);
  });

  test.each([
    ["with an umlaut in capitals", "müller"],
    ["with an umlaut, in part", "ÜBERM"],
    ["with an umlaut written as two characters", "u\u0308bermu\u0308det"],
    ["with an apostrophe", "it's"],
    ["beside a sign", "100%"],
    ["between other signs", "_sure_"],
  ])("%s: %s", async (_, words) => {
    expect(await found(words)).toEqual([umlaut]);
  });
});

describe("nothing is found", () => {
  test.each([
    ["where one of the words is not there", "chair zebra"],
    ["where words in quotes stand apart", '"bed patient"'],
    ["where a word is there that must not be", "chair -patient"],
    ["where words in quotes must not be there", 'chair -"out of bed"'],
    ["by letters inside a word", "hair"],
    ["by a sign that stands for any letter elsewhere", "ch%r"],
    ["without any word", "&|!():*<->'\\\""],
  ])("%s: %s", async (_, words) => {
    expect(await found(words)).toEqual([]);
  });
});

test("small words alone are searched for as they are", async () => {
  expect(await found("of")).toEqual([number, rail]);
  expect(await found("out of")).toEqual([rail]);
});

test("whatever is typed is taken as words, and never fails", async () => {
  const typed = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 60 }),
    fc
      .array(fc.constantFrom("bed", "-", '"', "'", "\\", ":*", "&", "|", "!", "(", ")", "<->", " ", "%", "é", "4"))
      .map((parts) => parts.join("")),
  );
  const actor = await actorOf(hospital, "quality");
  await fc.assert(
    fc.asyncProperty(typed, async (words) => {
      const search = words.replaceAll("\0", "");
      const page = await hospital.services.incidents.list(actor, { status: "all", search });
      expect(page.rows.length).toBeLessThanOrEqual(3);
    }),
    { numRuns: 150 },
  );
});

test("INC-142 goes to that incident, closed or not, and to none that is not this person's", async () => {
  const closed = await file(hospital, "nurse", hospital.units.west);
  await hospital.services.incidents.close(await actOf(hospital, "quality"), closed, "mended");
  for (const written of [`INC-${closed}`, `inc ${closed}`, ` inc${closed} `]) {
    const page = await hospital.services.incidents.list(await actorOf(hospital, "nurse"), {
      status: "open",
      search: written,
    });
    expect(page.rows.map((row) => row.number)).toEqual([closed]);
  }
  expect(await found(`INC-${closed}`, "outsider")).toEqual([]);
  expect(await found("INC-999999999")).toEqual([]);
});

test("notes, questions and answers are found, and what changed; what was there before a correction is not", async () => {
  const bound = hospital.store.of(hospital.organisationId);
  const one = await file(hospital, "nurse", hospital.units.west, { what: "Beforeword broke" });
  const { id } = await bound.incident.findFirstOrThrow({ where: { number: one } });
  const entry = (kind: string, text: string) =>
    bound.timelineEntry.create({ data: { incidentId: id, at: hospital.clock.now, kind, text } });
  await hospital.services.incidents.note(await actOf(hospital, "manager"), one, { text: "Quillword noted" });
  await entry("question", "Askword when?");
  await entry("answer", "Answerword");
  await entry("corrected", "Oldword");
  await bound.incident.updateMany({ where: { id }, data: { what: "Afterword broke" } });
  await hospital.services.incidents.close(await actOf(hospital, "quality"), one, "Mendword");
  for (const word of ["quillword", "askword", "answerword", "afterword", "mendword"])
    expect([word, await found(word)]).toEqual([word, [one]]);
  for (const word of ["beforeword", "oldword"]) expect([word, await found(word)]).toEqual([word, []]);
});

test("an incident with more words than the index holds is kept, and found by its first ones", async () => {
  const words = (from: number) => Array.from({ length: 4_900 }, (_, index) => `w${from + index}x`).join(" ");
  const one = await file(hospital, "nurse", hospital.units.west, { what: `Longword ${words(0)}` });
  for (let part = 1; part <= 20; part += 1)
    await hospital.services.incidents.note(await actOf(hospital, "nurse"), one, { text: words(part * 4_900) });
  await hospital.services.incidents.close(await actOf(hospital, "quality"), one, "mended");
  expect(await found("longword")).toEqual([one]);
});
