import { describe, expect, test } from "vitest";
import { checkAfterDue, checkDue, needsStronger, strengths, strongestOf } from "../../src/domain/actions/rules.ts";
import type { Harm } from "../../src/domain/incidents/rules.ts";
import { Refusal } from "../../src/domain/refusal.ts";

// The action hierarchy of "RCA²: Improving Root Cause Analyses and Actions to Prevent Harm" (National Patient Safety
// Foundation, 2015), figure 3.

describe("the action hierarchy", () => {
  test.each([
    ["a change to rooms or buildings", "stronger"],
    ["a new device, tried by its users before it is bought", "stronger"],
    ["a forcing function or interlock", "stronger"],
    ["a simpler process", "stronger"],
    ["standard equipment or a standard process", "stronger"],
    ["leaders who take part in person", "stronger"],
    ["redundancy", "intermediate"],
    ["more staff or less workload", "intermediate"],
    ["a change of software", "intermediate"],
    ["fewer distractions", "intermediate"],
    ["training in simulation, repeated and observed", "intermediate"],
    ["a checklist or other cognitive aid", "intermediate"],
    ["no look-alikes and sound-alikes", "intermediate"],
    ["a standard way to communicate, as read-back", "intermediate"],
    ["better documentation or communication", "intermediate"],
    ["a double check", "weaker"],
    ["a warning or label", "weaker"],
    ["a new policy, procedure or memo", "weaker"],
    ["training", "weaker"],
    ["more study", "weaker"],
  ])("has %s as %s", (kind, strength) => {
    const found = strengths.filter(({ kinds }) => (kinds as readonly string[]).includes(kind));
    expect(found.map(({ code }) => code)).toEqual([strength]);
  });

  test("has twenty kinds, the strongest level first, and words that fit beside a choice", () => {
    expect(strengths.map(({ code }) => code)).toEqual(["stronger", "intermediate", "weaker"]);
    expect(strengths.flatMap(({ kinds }) => kinds)).toHaveLength(20);
    for (const { detail } of strengths) expect(detail.length).toBeLessThanOrEqual(75);
  });
});

const open = (strength: string | null) => ({ strength, state: "open" });
const dropped = (strength: string) => ({ strength, state: "dropped" });

test.each([
  [[], undefined],
  [[open(null)], undefined],
  [[open("weaker")], "weaker"],
  [[open("weaker"), open("intermediate")], "intermediate"],
  [[open("intermediate"), open("stronger"), open("weaker")], "stronger"],
  [[dropped("stronger"), open("weaker")], "weaker"],
  [[{ strength: "stronger", state: "done" }, open(null)], "stronger"],
] as const)("the strongest of %j is %s", (actions, strongest) => {
  expect(strongestOf(actions)).toBe(strongest);
});

const event = (harm: Harm, gradedHarm: Harm | null = null, sac: number | null = null) => ({ harm, gradedHarm, sac });

test.each([
  ["death, nothing decided", event("death"), [], true],
  ["severe harm, a weak action", event("severe"), [open("weaker")], true],
  ["severe harm, an action without a level", event("severe"), [open(null)], true],
  ["severe harm, an intermediate action", event("severe"), [open("weaker"), open("intermediate")], false],
  ["death, the strong action was dropped", event("death"), [dropped("stronger"), open("weaker")], true],
  ["severe harm that the reviewer grades as mild", event("severe", "mild"), [open("weaker")], false],
  ["no harm that the reviewer grades as severe", event("none", "severe"), [open("weaker")], true],
  ["a close call with safety assessment code 3", event("none", "none", 3), [open("weaker")], true],
  ["safety assessment code 2", event("moderate", null, 2), [open("weaker")], false],
] as const)("%s: a stronger action is asked for, or not", (_, serious, actions, asked) => {
  expect(needsStronger(serious, strongestOf(actions))).toBe(asked);
});

describe("days", () => {
  // 23:30 on 23 November in New York, the 24th already in UTC.
  const now = new Date("2026-11-24T04:30:00Z");

  test("an action may be due today, in the zone of whoever gives it, and not before", () => {
    expect(() => checkDue("2026-11-23", "America/New_York", now)).not.toThrow();
    expect(() => checkDue("2026-11-22", "America/New_York", now)).toThrow(Refusal);
    expect(() => checkDue("2026-11-23", "UTC", now)).toThrow("has passed");
  });

  test("the effect is checked after the day on which it is due", () => {
    expect(() => checkAfterDue(undefined, "2026-12-01")).not.toThrow();
    expect(() => checkAfterDue("2026-12-02", "2026-12-01")).not.toThrow();
    expect(() => checkAfterDue("2026-12-01", "2026-12-01")).toThrow(expect.objectContaining({ field: "check" }));
  });
});
