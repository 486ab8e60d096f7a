import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Driver, type Handle, isFallback } from "./contract/driver.ts";
import { slackDriver } from "./contract/slack.ts";
import { teamsDriver } from "./contract/teams.ts";
import { webDriver } from "./contract/web.ts";

// From the report to the answer, told on each platform through its real SDK: what people file is handled, and they hear what
// changed.

const drivers = { slack: slackDriver, teams: teamsDriver, web: webDriver };

describe.each(Object.entries(drivers))("safety on %s", (_, open) => {
  let on: Driver;
  beforeAll(async () => {
    on = await open();
    // Teams tells people whose chat it knows.
    for (const who of ["nurse", "manager", "quality", "outsider"] as const) await on.says(who, "whoami");
  });
  afterAll(() => on.close());

  const sees = (who: Handle, words: string | RegExp) =>
    words instanceof RegExp
      ? expect.poll(() => on.sees(who)).toMatch(words)
      : expect.poll(() => on.sees(who)).toContain(words);
  const delivers = async () => {
    if (isFallback(on.delivers)) throw new Error("Nothing is delivered here.");
    await on.delivers();
  };
  /** Says it, and waits until the answer holds these words. */
  const asks = async (who: Handle, text: string, words: string | RegExp) => {
    await on.says(who, text);
    await sees(who, words);
  };

  test("a nurse files, her manager and quality handle it and close it, and she hears what changed", async () => {
    await on.says("nurse", "/incident report");
    await on.form("nurse");
    await on.fills("nurse", { what: "Slipped on a wet bathroom floor", where: on.hospital.units.west });
    await sees("nurse", "INC-1 is filed");

    await delivers();
    await sees("manager", "INC-1 · Incident · 4 West");
    await on.clicks("manager", "Acknowledge");
    await sees("manager", "Acknowledged by");
    await delivers();
    await sees("nurse", "What you reported is acknowledged");

    await asks("quality", "incident grade INC-1 moderate severity:major probability:frequent", "reporter said unknown");
    await asks("quality", "incident assign INC-1 @manager", "assigned it to");
    await asks("quality", "action add @manager 2026-11-30 INC-1 strength:stronger New mats in all bathrooms", "ACT-1");
    await delivers();
    await sees("manager", "ACT-1");

    await asks("manager", "incident close INC-1 New mats in all bathrooms", "deadlines running");
    for (const clock of await running(on)) await asks("quality", `clock done CLK-${clock} Sent`, `CLK-${clock}`);
    await asks("manager", "incident close INC-1 New mats in all bathrooms", "still has 1 open action");
    await asks("manager", "action done ACT-1 The mats lie", /ACT-1[\s\S]*done/i);
    await asks("manager", "incident close INC-1 New mats in all bathrooms", "Closed by");

    await delivers();
    await sees("nurse", /What you reported led to this:[\s\S]*New mats in all bathrooms/);
  });

  test("somebody files without a name; by the receipt they answer what is asked, and read what changed", async () => {
    await on.says("nurse", "incident report identity:anonymous Two bags looked alike ED");
    await sees("nurse", "Filed without your name");
    const named = async () => (await on.sees("quality")).split("Nurse Person").length;
    const before = await named();
    const receipt = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(await on.sees("nurse"))?.[0] ?? "none";

    await asks("quality", "incident ask INC-2 Which shelf was it", /Which shelf was it/);
    await asks("nurse", `incident status ${receipt}`, "Which shelf was it");
    await asks("nurse", `incident status ${receipt} answer:"The upper one"`, "The upper one");
    await asks("quality", "incident show INC-2", "The upper one");
    await asks("quality", "incident close INC-2 The bags lie apart now", "Closed by");
    await asks("nurse", `incident status ${receipt}`, "The bags lie apart now");
    expect(await named()).toBe(before);
    await asks("outsider", "incident status ZZZZ-ZZZZ", /receipt/i);
    expect(await on.sees("outsider")).not.toContain("bags");
  });

  test("a complaint by letter is a grievance, is answered within its days, and whoever took it hears", async () => {
    await asks("nurse", "grievance log channel:letter Nobody came when the bell rang 4W", /GRV-1[\s\S]*grievance/);
    await delivers();
    await sees("manager", "GRV-1");
    await asks("quality", 'grievance extend GRV-1 10 reason:"The nurse is on leave"', "10");
    const resolve =
      'grievance resolve GRV-1 contact:"Quality office" steps:"Asked the shift" results:"The bell was broken" completed:2026-11-23';
    await asks("quality", resolve, /resolved/i);
    await delivers();
    await sees("nurse", /GRV-1[\s\S]*resolved/i);
  });
});

/** Numbers of the deadlines that run. */
async function running({ hospital }: Driver): Promise<number[]> {
  const clocks = await hospital.store.of(hospital.organisationId).clock.findMany({
    where: { state: "running" },
    select: { number: true },
  });
  return clocks.map(({ number }) => number);
}
