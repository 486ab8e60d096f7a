import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { known, rising } from "./commands/figures.ts";
import { type Driver, isFallback } from "./contract/driver.ts";
import { parity, parityTable } from "./contract/parity.ts";
import { shellDriver } from "./contract/shell.ts";
import { slackDriver } from "./contract/slack.ts";
import { teamsDriver } from "./contract/teams.ts";
import { webDriver } from "./contract/web.ts";

const drivers = { slack: slackDriver, teams: teamsDriver, web: webDriver, shell: shellDriver };

describe.each(Object.entries(drivers))("the same stories on %s", (platform, open) => {
  let on: Driver;
  beforeAll(async () => {
    on = await open();
  });
  afterAll(() => on.close());
  const story = (name: string, tell: () => Promise<string | undefined>) =>
    test(name, async () => {
      parity(name, platform, "fails");
      parity(name, platform, (await tell()) ?? "yes");
    });

  story("answers", async () => {
    await on.says("nurse", "help");
    await expect.poll(() => on.sees("nurse")).toContain("What you can do");
    return undefined;
  });

  story("answers privately where others read along", async () => {
    if (isFallback(on.asksBeforeOthers)) return on.asksBeforeOthers.instead;
    const { asker, others } = await on.asksBeforeOthers("nurse", "whoami");
    expect(asker).toContain("Nurse Person");
    expect(others).toBe("");
    return undefined;
  });

  story("opens a form for what is missing", async () => {
    await on.says("nurse", "/incident report");
    expect(await on.form("nurse")).toContain("What happened");
    return undefined;
  });

  story("refuses a field and keeps the rest", async () => {
    await on.fills("nurse", {
      what: "Slipped on a wet floor",
      where: on.hospital.units.west,
      when: "2031-01-01T10:00",
    });
    const form = await on.form("nurse");
    expect(form).toContain("in the future");
    expect(form).toContain("Slipped on a wet floor");
    await on.fills("nurse", {
      what: "Slipped on a wet floor",
      where: on.hospital.units.west,
      when: "2026-11-23T06:10",
    });
    await expect.poll(() => on.sees("nurse")).toContain("INC-1 is filed");
    return undefined;
  });

  story("a click replaces the card", async () => {
    await on.says("manager", "incident show INC-1");
    const before = await on.messages("manager");
    await on.clicks("manager", "Acknowledge");
    await expect.poll(() => on.sees("manager")).toContain("Acknowledged by");
    if (platform === "shell") return "the card is printed again";
    expect(await on.messages("manager")).toBe(before);
    return undefined;
  });

  story("answers every command of the menu", async () => {
    const unanswered: string[] = [];
    for (const { path } of on.hospital.bot.menu.commands) {
      const before = await on.sees("quality");
      await on.says("quality", path);
      await vi
        .waitUntil(async () => (await on.sees("quality")) !== before, { timeout: 60_000 })
        .catch(() => unanswered.push(path));
    }
    expect(unanswered).toEqual([]);
    expect(await on.sees("quality")).not.toContain("the cause is on our side");
    return undefined;
  });

  story("answers in the thread where it was asked", async () => {
    if (isFallback(on.asksInThread)) return on.asksInThread.instead;
    expect(await on.asksInThread("nurse", "help")).toBe(true);
    return undefined;
  });

  story("tells somebody later", async () => {
    await on.says("nurse", "remind me 2026-11-23T10:00 Check the wet floor sign");
    on.hospital.clock.now = new Date("2026-11-23T15:00:01Z");
    if (isFallback(on.delivers)) return on.delivers.instead;
    await on.delivers();
    await expect.poll(() => on.sees("nurse")).toMatch(/Reminder[\s\S]*Check the wet floor sign/);
    return undefined;
  });

  story("ignores itself", async () => {
    if (isFallback(on.hearsItself)) return on.hearsItself.instead;
    expect(await on.hearsItself()).toBe(false);
    return undefined;
  });

  story("a delivery that comes twice has one effect", async () => {
    await on.says("nurse", "incident report A bed rail was broken 5E");
    const before = await on.messages("nurse");
    await on.repeats();
    if (platform !== "shell") expect(await on.messages("nurse")).toBe(before);
    const store = on.hospital.store.of(on.hospital.organisationId);
    expect(await store.incident.count({ where: { what: "A bed rail was broken" } })).toBe(1);
    return undefined;
  });

  story("imports a file that is sent in one’s own chat", async () => {
    const file = "unit,line,month,kind,behaviour,amount\n4W,rent,2026-10,expense,fixed,20000\n";
    await on.sends("manager", "budget.csv", file);
    await expect.poll(() => on.sees("manager")).toContain("Only tried so far");
    const before = await on.messages("manager");
    await on.clicks("manager", "Import");
    await expect.poll(() => on.sees("manager")).toContain("The file is in: 1 new");
    const store = on.hospital.store.of(on.hospital.organisationId);
    expect(await store.budgetLine.count()).toBe(1);
    if (platform === "shell") return "by its path";
    expect(await on.messages("manager")).toBe(before);
    return undefined;
  });

  story("tells the owner what became of a digest", async () => {
    await known(on.hospital, "falls", on.hospital.units.west, rising);
    await on.says("manager", "kpi follow 4W");
    await on.clicks("manager", "Send now");
    await expect.poll(() => on.sees("manager")).toContain("It goes out now.");
    if (isFallback(on.delivers)) return "it is sent to the person’s chat, and `settings digests` shows it";
    await on.delivers();
    await expect.poll(() => on.sees("manager")).toContain("Through 31 Oct 2026");
    const isTold = async (what: string) => {
      await on.says("manager", "settings digests");
      return (await on.sees("manager")).includes(what);
    };
    if (!isFallback(on.reads)) {
      await on.reads("manager");
      await expect.poll(() => isTold("sent, read"), { interval: 500 }).toBe(true);
    }
    await on.clicks("manager", "All measures");
    await expect.poll(() => isTold("sent, a button was used"), { interval: 500 }).toBe(true);
    return isFallback(on.reads) ? on.reads.instead : undefined;
  });

  story("draws what it told again when that has changed", async () => {
    await on.says("nurse", "incident report Lights flicker 4W");
    if (isFallback(on.delivers)) return "asked again it shows what is true";
    await on.delivers();
    const { hospital } = on;
    const told = /It was filed [^\n]*and comes to you/;
    await expect.poll(() => on.sees("manager")).toMatch(told);
    const before = await on.messages("manager");
    const { number } = await hospital.store
      .of(hospital.organisationId)
      .incident.findFirstOrThrow({ where: { what: "Lights flicker" } });
    await on.says("quality", `incident acknowledge INC-${number}`);
    hospital.clock.now = new Date(hospital.clock.now.getTime() + 2_000);
    await on.delivers();
    await expect.poll(() => on.sees("manager")).toMatch(/Acknowledged by (Quality Person|@?quality|UQUALITY)/i);
    expect(await on.messages("manager")).toBe(before);
    return undefined;
  });
});

test("the README shows the parity table", async () => {
  console.log(parityTable());
  const readme = await readFile("README.md", "utf8");
  expect(readme.includes(parityTable()), "README.md does not hold the table above").toBe(true);
});
