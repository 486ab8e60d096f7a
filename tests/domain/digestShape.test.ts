import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digestCard } from "../../src/cards/digest.ts";
import type { Card } from "../../src/chat/card.ts";
import { composeDigest, type DigestParts } from "../../src/domain/digests/digest.ts";
import { inCatalogue } from "../../src/domain/kpis/catalogue.ts";
import { type Reading, readSeries } from "../../src/domain/kpis/reading.ts";
import { buttonsOf, said } from "../support/person.ts";

// Whatever there is to say, a digest is one screen of a phone, and in a channel it tells of nobody.

const today = "2026-11-23";
const west = { id: "w", code: "4W", name: "4 West" };
const east = { id: "e", code: "5E", name: "5 East" };
const steady = [20, 22, 19, 21, 20, 23, 18, 21, 20, 22, 19, 21];

function read(unit: typeof west, code: string, figures: readonly number[], lastMonth = 9): Reading {
  const metric = inCatalogue(code);
  if (!metric) throw new Error(code);
  const points = figures.map((value, at) => ({
    startOn: new Date(Date.UTC(2026, lastMonth - (figures.length - 1 - at), 1)).toISOString().slice(0, 10),
    numerator: null,
    denominator: null,
    value,
  }));
  const marks = [{ kind: "event", onDay: "2026-06-01", untilDay: null, text: "SECRET event of Pat" }] as const;
  return readSeries({ unit, metric, points, target: 20, marks }, { today, suppressBelow: 0, periods: 36 });
}

const readings = [west, east].flatMap((unit) => [
  read(unit, "door-to-provider", steady),
  read(unit, "door-to-provider", [...steady, 60]),
  read(unit, "lwbs", [...steady, 2]),
  read(unit, "turnover", []),
  read(unit, "turnover", steady, 1),
  read(unit, "absence", [3]),
]);

const many = { maxLength: 30 };
const number = fc.integer({ min: 1, max: 99_999 });
const anyParts: fc.Arbitrary<DigestParts> = fc.record({
  readings: fc.array(fc.constantFrom(...readings), { maxLength: 60 }),
  underway: fc.array(
    fc.record({
      metric: fc.constantFrom("door-to-provider", "lwbs"),
      unitId: fc.constantFrom("w", "e"),
      reference: number.map((one) => `ACT-${one}`),
      dueOn: fc.constant(new Date("2026-12-01T00:00:00Z")),
    }),
    many,
  ),
  clocks: fc.array(
    fc.record({
      reference: number.map((one) => `GRV-${one}`),
      title: fc.constant("Answer to a grievance"),
      left: fc.constant("2 days left"),
    }),
    many,
  ),
  actions: fc.array(
    fc.record({ reference: number.map((one) => `ACT-${one}`), overdueDays: fc.integer({ min: 1, max: 400 }) }),
    many,
  ),
  unexplained: fc.option(
    fc.record({
      month: fc.constant("2026-10"),
      lines: fc.array(fc.constant("SECRET line"), { minLength: 1, ...many }),
    }),
    { nil: undefined },
  ),
});
const timing = { id: "0190", schedule: "weekdays", at: "07:30", zone: "America/New_York" } as const;

const drawn = (parts: DigestParts, inPublic: boolean, sent: boolean, preview: boolean): Promise<Card> =>
  digestCard(
    {
      ...composeDigest(parts, { unitId: "w", today }),
      unit: west,
      inPublic,
      metrics: [],
      today,
      follow: sent ? timing : undefined,
    },
    { preview: inPublic && preview && !sent },
  );

const blocks = (card: Card, type: Card["blocks"][number]["type"]) => card.blocks.filter((block) => block.type === type);

describe("a digest, whatever there is to say", () => {
  test("has three lines, eight measures, one picture and four buttons at most", async () => {
    await fc.assert(
      fc.asyncProperty(anyParts, fc.boolean(), fc.boolean(), fc.boolean(), async (parts, inPublic, sent, preview) => {
        const card = await drawn(parts, inPublic, sent, preview);
        const rows = card.blocks.flatMap((block) => (block.type === "list" ? block.items : []));
        expect(blocks(card, "paragraph").length).toBeLessThanOrEqual(3);
        expect(rows.length).toBeLessThanOrEqual(8);
        expect(blocks(card, "image").length).toBeLessThanOrEqual(1);
        expect(
          card.blocks.flatMap((block) => (block.type === "buttons" ? block.buttons : [])).length,
        ).toBeLessThanOrEqual(4);
        // Every special cause that is shown has a way on beside it, and nothing else has.
        const special = composeDigest(parts, { unitId: "w", today }).rows.filter((reading) => reading.special);
        expect(rows.filter(({ button }) => button !== undefined)).toHaveLength(special.length);
        // What is missing is never a figure.
        for (const { text, detail } of rows)
          if (/no data/.test(JSON.stringify(detail))) expect(JSON.stringify(text)).toContain("n/a");
      }),
      { numRuns: 200 },
    );
  });

  test("says in a channel nothing of anybody: no name, no number of a record, nothing that was typed", async () => {
    await fc.assert(
      fc.asyncProperty(anyParts, fc.boolean(), fc.boolean(), async (parts, sent, preview) => {
        const card = await drawn(parts, true, sent, preview);
        const carried = buttonsOf(card).map(({ input }) => JSON.stringify(input));
        expect([said(card), JSON.stringify(card.summary), ...carried].join("\n")).not.toMatch(
          /\b(ACT|GRV|INC|CLK|REM|BUD)-\d|SECRET|Pat\b|@/,
        );
      }),
      { numRuns: 200 },
    );
  });
});
