import { describe, expect, test } from "vitest";
import {
  type CausationRule,
  causationRules,
  factors,
  readWhys,
  ruleTouched,
} from "../../src/domain/incidents/causation.ts";

test.each<[string, CausationRule | undefined]>([
  ["The nurse forgot to raise the rail", "error"],
  ["Human error", "error"],
  ["A nursing error", "error"],
  ["The label was misread", "error"],
  ["Staff did not follow the falls protocol", "procedure"],
  ["Policy violation", "procedure"],
  ["She skipped the checklist", "procedure"],
  ["The aide was careless", "plain"],
  ["Poor communication", "plain"],
  ["Inadequate staffing", "plain"],
  ["The doctor failed to answer the page", "duty"],
  ["Nobody told them, and they didn’t ask", "duty"],
  ["Two patients with the same name lay in one room", undefined],
  ["The medication error was found at handover", undefined],
  ["The pump alarm cannot be heard in the corridor", undefined],
])("“%s” touches the rule %s", (why, rule) => {
  expect(ruleTouched(why)).toBe(rule);
});

test("there are five rules and seven bones", () => {
  expect(causationRules).toHaveLength(5);
  expect(factors.map(({ code }) => code)).toEqual([
    "people",
    "process",
    "equipment",
    "environment",
    "materials",
    "communication",
    "policies",
  ]);
});

describe("whys", () => {
  test("are read one a line, without numbers and dashes before them", () => {
    expect(
      readWhys("1. The floor was wet\n\n 2) It was just mopped \n- No sign stood there\n• 3 rooms have none"),
    ).toEqual(["The floor was wet", "It was just mopped", "No sign stood there", "3 rooms have none"]);
    expect(readWhys("2 beds were too close")).toEqual(["2 beds were too close"]);
  });

  test("are five at most", () => {
    expect(readWhys("a\nb\nc\nd\ne")).toHaveLength(5);
    expect(() => readWhys("a\nb\nc\nd\ne\nf")).toThrow("Up to five whys, one a line; these are 6 lines.");
  });
});
