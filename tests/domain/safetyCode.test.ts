import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { merpCategories, merpGroups } from "../../src/domain/incidents/merp.ts";
import { type Harm, harmOf, harms, worseHarm } from "../../src/domain/incidents/rules.ts";
import { isSerious, probabilities, safetyCode, severities } from "../../src/domain/incidents/safetyCode.ts";

describe("the safety assessment code", () => {
  test.each([
    ["frequent", [3, 3, 2, 1]],
    ["occasional", [3, 2, 1, 1]],
    ["uncommon", [3, 2, 1, 1]],
    ["remote", [3, 2, 1, 1]],
  ] as const)("of a %s event is %j, from catastrophic to minor", (probability, codes) => {
    expect(severities.map(({ code }) => safetyCode(code, probability))).toEqual(codes);
  });

  test("is 3 outside the catastrophic column for a frequent major event alone", () => {
    const threes = severities
      .filter(({ code }) => code !== "catastrophic")
      .flatMap((severity) => probabilities.map((probability) => [severity.code, probability.code] as const))
      .filter(([severity, probability]) => safetyCode(severity, probability) === 3);
    expect(threes).toEqual([["major", "frequent"]]);
  });

  test("never falls where severity or probability rises", () => {
    const at = fc.integer({ min: 0, max: 3 });
    fc.assert(
      fc.property(at, at, at, at, (severity, probability, worse, likelier) => {
        const code = (one: number, other: number) =>
          safetyCode(severities[one]?.code ?? "minor", probabilities[other]?.code ?? "remote");
        const [s, p] = [Math.min(severity, worse), Math.min(probability, likelier)];
        expect(code(s, p)).toBeGreaterThanOrEqual(code(severity, probability));
      }),
    );
  });

  test("shows a definition with every choice, short enough for a form", () => {
    for (const { detail } of [...severities, ...probabilities, ...harms, ...merpCategories])
      expect([detail.length > 0, detail.length <= 75]).toEqual([true, true]);
  });
});

describe("harm", () => {
  test("is ordered from death to none, and what is not known comes last", () => {
    expect(harms.map(({ code }) => code)).toEqual(["death", "severe", "moderate", "mild", "none", "unknown"]);
  });

  test.each<[Harm, Harm, Harm]>([
    ["mild", "severe", "severe"],
    ["none", "unknown", "none"],
    ["death", "severe", "death"],
    ["moderate", "moderate", "moderate"],
  ])("of %s and %s the worse is %s, whichever comes first", (one, other, worse) => {
    expect([worseHarm(one, other), worseHarm(other, one)]).toEqual([worse, worse]);
  });

  test("is what the reviewer graded, else what the reporter said", () => {
    expect(harmOf({ harm: "none", gradedHarm: null })).toBe("none");
    expect(harmOf({ harm: "none", gradedHarm: "severe" })).toBe("severe");
    expect(harmOf({ harm: "death", gradedHarm: "none" })).toBe("none");
  });

  test.each<[string, { harm: Harm; gradedHarm: Harm | null; sac: number | null }, boolean]>([
    ["reported death", { harm: "death", gradedHarm: null, sac: null }, true],
    ["severe harm after review", { harm: "none", gradedHarm: "severe", sac: null }, true],
    ["SAC 3 with mild harm", { harm: "mild", gradedHarm: "mild", sac: 3 }, true],
    ["reported death that was none", { harm: "death", gradedHarm: "none", sac: 2 }, false],
    ["moderate harm", { harm: "moderate", gradedHarm: null, sac: null }, false],
  ])("%s is a serious event: %#", (_, incident, serious) => {
    expect(isSerious(incident)).toBe(serious);
  });
});

describe("the NCC MERP index", () => {
  test("goes from A to I", () => {
    expect(merpCategories.map(({ code }) => code).join("")).toBe("abcdefghi");
    expect(merpCategories.map(({ label }) => label).join("")).toBe("ABCDEFGHI");
  });

  test.each([
    ["no-error", "a"],
    ["no-harm", "bcd"],
    ["harm", "efgh"],
    ["death", "i"],
  ])("%s is %s", (group, codes) => {
    expect(
      merpCategories
        .filter((one) => one.group === group)
        .map(({ code }) => code)
        .join(""),
    ).toBe(codes);
  });

  test("never goes back to a milder group", () => {
    const ranks = merpCategories.map(({ group }) => merpGroups.findIndex(({ code }) => code === group));
    expect(ranks).toEqual(ranks.toSorted((one, other) => one - other));
  });
});
