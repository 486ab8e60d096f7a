import { describe, expect, test } from "vitest";
import { presets } from "../../src/domain/clocks/presets.ts";
import { causesInWords, impliedBy, type Known } from "../../src/domain/incidents/implied.ts";

const known = (given: Partial<Known>): Known => ({
  kind: "incident",
  category: null,
  harm: "unknown",
  gradedHarm: null,
  severity: null,
  sac: null,
  answers: {},
  ...given,
});
const rules = (given: Partial<Known>): string[] => impliedBy(known(given)).map(({ rule }) => rule);

const sentinel = ["facility.review", "jc.rca", "jc.rca.conservative"];

describe("the clocks that an incident implies", () => {
  // Sources stand with each rule in src/domain/clocks/presets.
  test.each<[string, Partial<Known>, string[]]>([
    ["nothing of a fall without harm", { category: "fall", harm: "none" }, []],
    ["nothing of severe harm that only the reporter found", { harm: "severe", category: "device" }, []],
    ["a review of severe harm that was graded", { gradedHarm: "severe" }, sentinel],
    ["a review of a death that was graded", { gradedHarm: "death" }, sentinel],
    ["nothing where the grade is lower than what was reported", { harm: "death", gradedHarm: "mild" }, []],
    [
      "a review of our own of a near miss at the highest assessment code",
      { kind: "near-miss", sac: 3 },
      ["facility.review"],
    ],
    [
      "an analysis of permanent harm, however likely it is",
      { gradedHarm: "moderate", severity: "major", sac: 2 },
      sentinel,
    ],
    ["none of a near miss that could have led to it", { kind: "near-miss", severity: "major", sac: 2 }, []],
    ["none of a longer stay", { gradedHarm: "moderate", severity: "moderate", sac: 2 }, []],
    ["an analysis of what quality calls a sentinel event", { answers: { duties: ["sentinel"] } }, sentinel],
    ["nothing at a lower assessment code", { sac: 2 }, []],
    ["nothing of a near miss with a device", { kind: "near-miss", category: "device", gradedHarm: "severe" }, []],
    ["the FDA of a death with a device, as reported", { category: "device", harm: "death" }, ["fda.mdr.death"]],
    [
      "the FDA and a review of severe harm with a device, as graded",
      { category: "device", gradedHarm: "severe" },
      ["fda.mdr.injury", ...sentinel],
    ],
    [
      "no report to the FDA where the device did not contribute",
      { category: "device", gradedHarm: "severe", answers: { contributed: "no" } },
      sentinel,
    ],
    ["the people affected of a privacy event", { kind: "privacy" }, ["hipaa.individual"]],
    ["nothing of a privacy event that nobody could read", { kind: "privacy", answers: { unsecured: "no" } }, []],
    [
      "the yearly report of a breach of 499",
      { kind: "privacy", answers: { people: 499 } },
      ["hipaa.hhs.small", "hipaa.individual"],
    ],
    [
      "the early report of a breach of 500",
      { kind: "privacy", answers: { people: 500, "in-one-state": 500 } },
      ["hipaa.hhs.large", "hipaa.individual"],
    ],
    [
      "the media of 501 residents of one state",
      { kind: "privacy", answers: { people: 600, "in-one-state": 501 } },
      ["hipaa.hhs.large", "hipaa.individual", "hipaa.media"],
    ],
    [
      "the manufacturer of a permanent injury, whatever the degree of harm",
      { category: "device", gradedHarm: "moderate", severity: "major" },
      ["facility.review", "fda.mdr.injury", "jc.rca", "jc.rca.conservative"],
    ],
    ["OSHA within hours of a death at work", { kind: "workplace", harm: "death" }, ["osha.300", "osha.fatality"]],
    [
      "OSHA within a day of an admission",
      { kind: "workplace", answers: { outcome: "admission" } },
      ["osha.300", "osha.severe"],
    ],
    [
      "OSHA within a day of an amputation",
      { kind: "workplace", answers: { outcome: "amputation" } },
      ["osha.300", "osha.severe"],
    ],
    [
      "OSHA within a day of the loss of an eye",
      { kind: "workplace", answers: { outcome: "eye" } },
      ["osha.300", "osha.severe"],
    ],
    ["the log of a recordable injury", { kind: "workplace", answers: { outcome: "days-away" } }, ["osha.300"]],
    ["nothing of first aid alone", { kind: "workplace", answers: { outcome: "first-aid" } }, []],
    [
      "the logs of a needlestick",
      { kind: "workplace", answers: { hurt: "sharps", outcome: "first-aid" } },
      ["osha.300", "osha.sharps", "osha.sharps.log"],
    ],
    ["nothing of a patient's death at work's expense", { harm: "death" }, []],
    ["CMS of a death in restraint", { answers: { duties: ["restraint-death"] } }, ["cms.restraint"]],
    [
      "the log of a death in wrist restraints",
      { answers: { duties: ["wrist-restraint-death"] } },
      ["cms.restraint.log"],
    ],
    ["the DEA of a loss", { answers: { duties: ["controlled-loss"] } }, ["dea.106", "dea.notice"]],
    ["CMS of an improper transfer", { answers: { duties: ["improper-transfer"] } }, ["emtala.transfer"]],
    [
      "both of two duties",
      { answers: { duties: ["california", "improper-transfer"] } },
      ["ca.ae", "ca.ae.patient", "emtala.transfer"],
    ],
  ])("%s", (_, given, expected) => {
    expect(rules(given).sort()).toEqual([...expected].sort());
  });

  test("each is a clock that there is, with words for why", () => {
    const all = [
      known({ kind: "privacy", answers: { people: 600, "in-one-state": 600 } }),
      known({ kind: "workplace", harm: "death", answers: { hurt: "sharps", outcome: "eye" } }),
      known({ category: "device", gradedHarm: "severe", sac: 3 }),
    ].flatMap(impliedBy);
    expect(all.length).toBeGreaterThan(10);
    for (const { rule, because } of all) {
      expect(presets.map(({ id }) => id)).toContain(rule);
      for (const code of because) expect(causesInWords(code)).not.toBe("");
    }
  });

  test("one that two causes start says both", () => {
    const review = impliedBy(known({ gradedHarm: "severe", severity: "major", sac: 3 })).find(
      ({ rule }) => rule === "jc.rca",
    );
    expect(causesInWords(review?.because.join(" ") ?? "")).toBe(
      "it is graded as death or severe harm, and it is graded as a permanent loss of function",
    );
  });
});
