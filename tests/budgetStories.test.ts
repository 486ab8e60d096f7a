import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Driver, type Handle, isFallback } from "./contract/driver.ts";
import { slackDriver } from "./contract/slack.ts";
import { teamsDriver } from "./contract/teams.ts";
import { bringBooks } from "./domain/books.ts";

// A month's budget on each platform through its real SDK: what is off is shown, owed, explained, returned and accepted.

describe.each(Object.entries({ slack: slackDriver, teams: teamsDriver }))("a budget on %s", (_, open) => {
  let on: Driver;
  beforeAll(async () => {
    on = await open();
    await bringBooks(on.hospital);
    // Teams tells people whose chat it knows.
    for (const who of ["manager", "director", "nurse", "quality"] as const) await on.says(who, "whoami");
  });
  afterAll(() => on.close());

  const sees = (who: Handle, words: string | RegExp) =>
    words instanceof RegExp
      ? expect.poll(() => on.sees(who)).toMatch(words)
      : expect.poll(() => on.sees(who)).toContain(words);
  const asks = async (who: Handle, text: string, words: string | RegExp) => {
    await on.says(who, text);
    await sees(who, words);
  };
  const delivers = async () => {
    if (isFallback(on.delivers)) throw new Error("Nothing is delivered here.");
    await on.delivers();
  };

  test("a manager explains what is off, the manager above returns it with a note, and accepts it then", async () => {
    on.hospital.clock.now = new Date("2026-11-24T13:31:00Z");
    await delivers();
    await sees("manager", /Waiting for you[\s\S]*Explain October 2026/);
    expect(await on.sees("director")).not.toContain("Explain October");

    await asks("manager", "budget show", /4 West · October 2026[\s\S]*−55,800[\s\S]*2 lines still need an explanation/);
    await asks("manager", "budget unexplained", /Overtime[\s\S]*month −18,000, 150 % unfavourable/);
    await on.says("manager", "/budget explain 4W oct overtime");
    await on.form("manager");
    await on.fills("manager", { why: "Two nurses left", kind: "one-time", effect: "a lot" });
    const form = await on.form("manager");
    expect(form).toContain("Give an amount");
    expect(form).toContain("Two nurses left");
    await on.fills("manager", { why: "Two nurses left", kind: "one-time", effect: "-18000" });
    await sees("manager", /(Director Person|UDIRECTOR) reviews it/);

    await delivers();
    await sees("director", /An explanation to review|explained this line of the budget/);
    expect(await on.sees("director")).not.toContain("Two nurses left");
    await on.clicks("director", "Return");
    await on.form("director");
    await on.fills("director", { note: "How many hours was it" });
    await sees("director", "more is to be said");
    await delivers();
    await sees("manager", "returned what you said of this line");
    await on.clicks("manager", "Explain again");
    await on.form("manager");
    await on.fills("manager", { why: "Two nurses left: 300 hours of overtime" });
    await sees("manager", "Two nurses left: 300 hours of overtime");
    await delivers();
    await asks("director", "budget variance 4W oct overtime", "300 hours of overtime");
    await asks("director", "budget accept 4W oct overtime", /Accepted by (Director Person|UDIRECTOR)/);
    await delivers();
    await sees("manager", "accepted what you said of this line");
    await asks("manager", "budget history 4W overtime", /October 2026[\s\S]*accepted by (Director Person|UDIRECTOR)/);
    await asks("manager", "budget show 4W q4", "Q4 FY 2026, October to December 2026");
  });

  test("nobody sees the budget of units that are not theirs", async () => {
    await asks("manager", "budget show 5E", "5 East’s budget is for its manager, the managers above and its admins");
    await asks("manager", "budget history 5E rent", "5 East’s budget is for its manager");
    await asks("director", "budget show", /Medicine · October 2026[\s\S]*5 East/);
    for (const who of ["nurse", "quality"] as const) {
      await asks(who, "budget show 4W", /manager/);
      expect(await on.sees(who)).not.toMatch(/410,000|55,800|18,000/);
    }
    expect(await on.sees("manager")).not.toContain("5 East ·");
  });
});
