import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clean } from "../../src/bot/input.ts";
import type { Log } from "../../src/log.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { person } from "../support/person.ts";

const failures: unknown[] = [];
const log: Log = { info() {}, warn() {}, error: (fields) => failures.push(fields.cause) };

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital({ log });
});
afterAll(() => hospital.close());

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 400 }),
  fc.string({ unit: "grapheme", maxLength: 400 }),
  fc
    .array(
      fc.constantFrom(
        "incident",
        "report",
        "4W",
        "INC-1",
        "where:",
        "“",
        '"',
        "me",
        "@nurse",
        "<@nurse>",
        "yesterday",
        "22:00",
        "every",
        "day",
        "/",
        "rounds",
        "none",
        "closed",
        "when:x",
        "\n",
        "remind",
        "help",
        "12/24",
      ),
      { maxLength: 14 },
    )
    .map((words) => words.join(" ")),
);

test("any text gets an answer, and none of them is a failure of ours", async () => {
  const nurse = person(hospital, "nurse");
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      const answer = await nurse.says(text);
      expect(["privately", "update", "form"]).toContain(answer.reply.type);
      expect(JSON.stringify(answer).isWellFormed()).toBe(true);
    }),
    { numRuns: 250 },
  );
  expect(failures).toEqual([]);
});

test("every word of a report is found again: in the record, in the form or in a draft", async () => {
  const nurse = person(hospital, "nurse");
  const bound = hospital.store.of(hospital.organisationId);
  await fc.assert(
    fc.asyncProperty(anyText, fc.constantFrom("", " 4W", " 5E yesterday 22:00"), async (text, end) => {
      await bound.draft.deleteMany();
      const { reply } = await nurse.says(`incident report ${text}${end}`);
      const found = [
        JSON.stringify(reply),
        JSON.stringify(await bound.draft.findMany()),
        JSON.stringify(await bound.incident.findFirst({ orderBy: { number: "desc" }, include: { unit: true } })),
        // Units, moments and choices are kept as what they mean.
        "4W 5E yesterday 22:00 12/24 when:x where: now rounds incident report",
      ].join("\n");
      const written = clean(`incident report ${text}${end}`).split(/[\s"“”]+/);
      for (const word of written)
        expect(found.toLowerCase()).toContain(JSON.stringify(word).slice(1, -1).toLowerCase());
    }),
    { numRuns: 250 },
  );
});
