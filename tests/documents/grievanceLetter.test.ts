import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Letter } from "../../src/domain/grievances/rules.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { lettersIn } from "../support/letters.ts";
import { person } from "../support/person.ts";
import { gradeOf } from "../support/reading.ts";

// The written notice of 42 CFR 482.13(a)(2)(iii), and what surveyors look for before it: tags A-0118 to A-0123.

const narrative = "Mrs Doe waited an hour";
let hospital: Hospital;
const letters = {} as Record<Letter, string>;

beforeAll(async () => {
  hospital = await openHospital();
  const quality = person(hospital, "quality");
  const drafted = async (which: Letter) => {
    await quality.says(`grievance letter GRV-1 ${which}`);
    letters[which] = lettersIn(quality.card())[0] ?? "";
  };
  await quality.runs("grievance log", { what: narrative, where: "4W", channel: "letter" });
  await drafted("acknowledgement");
  await quality.runs("grievance extend", { grievance: "GRV-1", days: 14, reason: "The vendor is slow" });
  await drafted("extension");
  await quality.runs("grievance resolve", {
    grievance: "GRV-1",
    contact: "Pat Lee, patient relations",
    completed: "2026-11-23",
    steps: "We read the call bell log & spoke with the team.",
    results: "The bell was broken.\nIt was repaired.",
  });
  await drafted("resolution");
});
afterAll(() => hospital.close());

/** Lines that are to be filled in: a label, and nothing after it but the rule. */
const blanksIn = (letter: string): string[] =>
  letter.split("\n").flatMap((line) => /^(.+): $/.exec(line.replace(/\t/g, ""))?.[1] ?? []);

describe.each(["acknowledgement", "extension", "resolution"] as const)("the letter of %s", (which) => {
  test("is marked as a draft on its first line and at the head of each page", () => {
    expect(letters[which].match(/^DRAFT$/gm)).toHaveLength(2);
    expect(letters[which].startsWith("DRAFT")).toBe(true);
  });

  test("leaves date, name and address blank", () => {
    expect(blanksIn(letters[which])).toEqual(expect.arrayContaining(["Date", "Name", "Address", "Dear"]));
  });

  test("tells of the state agency and the QIO, with blanks", () => {
    expect(letters[which]).toContain("Quality Improvement Organization (QIO)");
    expect(letters[which]).toContain("sent home too soon");
    expect(blanksIn(letters[which])).toEqual(
      expect.arrayContaining(["Name of the agency", "Name of the QIO", "Telephone"]),
    );
  });

  test("names the hospital, the day of receipt and our number, and quotes nothing that was logged", () => {
    expect(letters[which]).toContain("Test General received it on November 23, 2026. Our number for it is GRV-1.");
    expect(letters[which]).not.toContain(narrative);
    expect(letters[which]).not.toContain("The vendor is slow");
  });

  test("is in plain words, of about grade 6 to 8", () => {
    expect(gradeOf(letters[which])).toBeLessThan(8);
  });
});

test("the acknowledgement says until when an answer is planned", () => {
  expect(letters.acknowledgement).toContain("We plan to send our answer by November 30, 2026.");
  expect(letters.acknowledgement).toContain("say how many more days we need");
});

test("the extension states the number of days, and the day", () => {
  expect(letters.extension).toContain("We need 14 more days to finish.");
  expect(letters.extension).toContain("We will send you our answer by December 7, 2026.");
});

test("the resolution holds contact, steps, results and the day of completion", () => {
  expect(letters.resolution).toContain("Pat Lee, patient relations");
  expect(letters.resolution).toContain(
    "What we did to look into it\nWe read the call bell log &amp; spoke with the team.",
  );
  expect(letters.resolution).toContain("What we found\nThe bell was broken.\nIt was repaired.");
  expect(letters.resolution).toMatch(/Date we finished\s*November 23, 2026/);
});

test("an acknowledgement that is late promises no day that has passed", async () => {
  const quality = person(hospital, "quality");
  await quality.runs("grievance log", { what: narrative, where: "4W", received: "2026-10-01" });
  await quality.says("grievance letter GRV-2");
  const [letter = ""] = lettersIn(quality.card());
  expect(blanksIn(letter)).toContain("We plan to send our answer by");
});
