import { describe, expect, test } from "vitest";
import { decide, type Facts, sortBy } from "../../src/domain/grievances/decide.ts";
import { channels, isWriting } from "../../src/domain/grievances/rules.ts";

// 42 CFR 482.13(a)(2); CMS State Operations Manual, Appendix A, tag A-0118.

/** The five answers in their order: abuse or rights, response asked, bill alone, in writing, resolved at once. */
const facts = (answers: string): Facts => {
  const [harmOrAbuse, askedForResponse, billingOnly, inWriting, fixedOnTheSpot] = [...answers].map(
    (one) => one === "y",
  ) as [boolean, boolean, boolean, boolean, boolean];
  return { harmOrAbuse, askedForResponse, billingOnly, inWriting, fixedOnTheSpot };
};

/** Every combination of answers, written down one by one; a dot in what follows the deciding answer changes nothing. */
const table: [answers: string, sort: string, because: string][] = [
  ["y....", "grievance", "harm-or-rights"],
  ["ny...", "grievance", "response-asked"],
  ["nny..", "complaint", "billing-only"],
  ["nnny.", "grievance", "in-writing"],
  ["nnnny", "complaint", "resolved-at-once"],
  ["nnnnn", "grievance", "not-resolved"],
];
const combinations = Array.from({ length: 32 }, (_, at) =>
  at.toString(2).padStart(5, "0").replaceAll("1", "y").replaceAll("0", "n"),
);
const fits = (answers: string, row: string) => [...row].every((one, at) => one === "." || one === answers[at]);

describe("what it is, by five answers", () => {
  test.each(combinations)("%s", (answers) => {
    const rows = table.filter(([row]) => fits(answers, row));
    expect(rows).toHaveLength(1);
    const [, sort, because] = rows[0] ?? [];
    expect(decide(facts(answers))).toMatchObject({ sort, because });
  });

  test.each(table)("%s is decided by what is asked first: %s, %s", (row, sort, because) => {
    expect(decide(facts(row.replaceAll(".", "y")))).toMatchObject({ sort, because });
    expect(sortBy(because as Parameters<typeof sortBy>[0])).toBe(sort);
  });
});

describe("what else speaks for it", () => {
  test.each([
    ["yynyn", ["response-asked", "in-writing"]],
    ["nynyn", ["in-writing"]],
    ["nynnn", []],
    ["nnynn", []],
    ["nnyyy", ["resolved-at-once"]],
    ["nnnyn", []],
    ["nnnnn", []],
  ])("%s: %s", (answers, also) => {
    expect(decide(facts(answers)).also).toEqual(also);
  });
});

test("letter, fax, e-mail and portal are writing; what is said is not", () => {
  expect(channels.filter(({ code }) => isWriting(code)).map(({ code }) => code)).toEqual([
    "letter",
    "fax",
    "email",
    "portal",
  ]);
});
