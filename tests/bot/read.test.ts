import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Lookup } from "../../src/bot/input.ts";
import { type Reading, readText } from "../../src/bot/read.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital.close());

const zone = "America/New_York";

async function reading(text: string, as = "nurse"): Promise<Reading> {
  const asker = hospital.identity(as);
  const { actor } = await hospital.services.members.identify(asker, async () => undefined, hospital.clock.now);
  const lookup: Lookup = {
    find: (directory, written) => hospital.services.directory.find(actor, directory, written, asker),
    nearest: (directory, written) => hospital.services.directory.nearest(actor, directory, written),
  };
  return readText(hospital.bot.menu, text, { now: hospital.clock.now, zone }, lookup);
}

async function input(text: string, as?: string) {
  const read = await reading(text, as);
  if (read.type !== "command") throw new Error(`“${text}” was read as ${JSON.stringify(read)}`);
  return { command: read.command.path, ...read.input };
}

test("a flag is set by its own name, where there is no narrative that it could belong to", async () => {
  expect(await input("incident list mine closed")).toMatchObject({ mine: true, status: "closed" });
  expect(await input("incident report mine was the last bed 4W")).not.toHaveProperty("mine");
});

describe("the command is found", () => {
  test.each([
    ["incident list", "incident list"],
    ["/incident list", "incident list"],
    ["/rounds incident list", "incident list"],
    ["rounds incident list", "incident list"],
    ["INCIDENT LIST", "incident list"],
    ["  incident   list  ", "incident list"],
    ["todo", "todo"],
    ["/todo", "todo"],
    ["settings organisation", "settings organisation"],
    ["settings", "settings"],
  ])("“%s” is %s", async (text, command) => {
    expect(await input(text)).toMatchObject({ command });
  });

  test("an area alone asks what it can do", async () => {
    expect(await reading("/incident")).toEqual({ type: "area", area: "incident" });
    expect(await reading("rounds reminder")).toEqual({ type: "area", area: "reminder" });
  });

  test("nothing at all, and Rounds' own name, ask for help", async () => {
    for (const text of ["", "   ", "/rounds", "rounds", "\n"]) expect(await reading(text)).toEqual({ type: "empty" });
  });

  test("help takes an area", async () => {
    expect(await input("help incident")).toEqual({ command: "help", area: "incident" });
  });

  test("a plain sentence is no command and is kept whole", async () => {
    const text = "The lift on the west side\nstopped twice today";
    expect(await reading(text)).toEqual({ type: "sentence", text });
  });
});

describe("a misspelt command", () => {
  test.each([
    ["incident reprot wet floor 4W", "incident report"],
    ["incident lst", "incident list"],
    ["incdent report wet floor", "incident report"],
    ["incident asign INC-1 @manager", "incident assign"],
    ["tood", "todo"],
    ["hlep", "help"],
    ["remnd me tomorrow 9am fill the cart", "remind"],
    ["setings", "settings"],
  ])("“%s” offers %s", async (text, nearest) => {
    const read = await reading(text);
    expect(read.type === "misspelt" && read.nearest.map(({ command }) => command.path)).toContain(nearest);
  });

  test("what else was typed goes along", async () => {
    const read = await reading("incident reprot Bed rail broke 4W");
    expect(read.type === "misspelt" && read.nearest[0]?.input).toEqual({ what: "Bed rail broke", where: "4W" });
    expect(read.type === "misspelt" && read.text).toBe("reprot Bed rail broke 4W");
  });

  test("an unknown verb of a known area offers none, and the text stays", async () => {
    const read = await reading("incident nurse slipped in room 12");
    expect(read).toMatchObject({ type: "misspelt", area: "incident", text: "nurse slipped in room 12", nearest: [] });
  });
});

describe("a report takes its words where they stand", () => {
  test.each([
    ["incident report Slipped on a wet floor 4W", { what: "Slipped on a wet floor", where: "4W" }],
    ["incident report 4W Slipped on a wet floor", { what: "Slipped on a wet floor", where: "4W" }],
    ["incident report Slipped on a wet floor 4 West", { what: "Slipped on a wet floor", where: "4 West" }],
    ["incident report Slipped yesterday 22:00 4W", { what: "Slipped", when: "yesterday 22:00", where: "4W" }],
    ["incident report yesterday 22:00 ED Slipped", { what: "Slipped", when: "yesterday 22:00", where: "ED" }],
    ["incident report where:4W what:“Bed rail broke” harm:mild", { what: "Bed rail broke", where: "4W", harm: "mild" }],
    ['incident report where:"4 West" Bed rail broke', { what: "Bed rail broke", where: "4 West" }],
    ["incident report kind:near-miss Wrong label 5E", { what: "Wrong label", kind: "near-miss", where: "5E" }],
    ["incident report source-ref:E-77 Wrong label 5E", { what: "Wrong label", "source-ref": "E-77", where: "5E" }],
  ])("%s", async (text, expected) => {
    expect(await input(text)).toEqual({ command: "incident report", ...expected });
  });

  test.each([
    ["none of the rails were up 4W", "none of the rails were up", "4W"],
    ["death threat by a visitor ED", "death threat by a visitor", "ED"],
    [
      "Patient moved from 4W to 5E without chart, then fell in the corridor of ED",
      "Patient moved from 4W to 5E without chart, then fell in the corridor of",
      "ED",
    ],
    ["1/2 tablet given in place of a whole one 4W", "1/2 tablet given in place of a whole one", "4W"],
    ["24/7 sitter was missing 4W", "24/7 sitter was missing", "4W"],
    ["Nobody answered the call light for 30 minutes 4W", "Nobody answered the call light for 30 minutes", "4W"],
    ["waited for the last 4W", "waited for the last", "4W"],
    ["other patient's band 4W", "other patient's band", "4W"],
    ["me and J. Lee found it 4W", "me and J. Lee found it", "4W"],
    ["ratio was 3:1 at night note:unclear bp:90 4W", "ratio was 3:1 at night note:unclear bp:90", "4W"],
    ['she said "do not touch" and left 4W', 'she said "do not touch" and left', "4W"],
    ["bed in room:4W was wet ED", "bed in room:4W was wet", "ED"],
    ["found on the floor in room:5E 4W", "found on the floor in room:5E", "4W"],
    ["see https://example.org/a:b 4W", "see https://example.org/a:b", "4W"],
  ])("“%s” keeps the narrative whole", async (text, what, where) => {
    expect(await input(`incident report ${text}`)).toEqual({ command: "incident report", what, where });
  });

  test("line ends and quotes stay as typed, also around an input in the middle", async () => {
    expect(await input('incident report First line\n  second "quoted" line\nlast 4W')).toMatchObject({
      what: 'First line\n  second "quoted" line\nlast',
    });
    expect(await input('incident report He said "no"\nand harm:mild left\nquickly 4W')).toMatchObject({
      what: 'He said "no"\nand left\nquickly',
      harm: "mild",
    });
  });

  test("an input that is given twice keeps the first, and the second stays in the text", async () => {
    expect(await input("incident report where:4W fell where:5E again")).toEqual({
      command: "incident report",
      where: "4W",
      what: "fell where:5E again",
    });
  });
});

describe("other commands take words in any order", () => {
  test.each([
    ["incident assign INC-1 @manager", { incident: "INC-1", to: "@manager" }],
    ["incident assign @manager INC-1", { incident: "INC-1", to: "@manager" }],
    ["incident assign 1 me", { incident: "1", to: "me" }],
    ["incident assign inc-1 <@manager>", { incident: "inc-1", to: "<@manager>" }],
    ["incident assign INC-1 Manager Person", { incident: "INC-1", to: "Manager Person" }],
    ["incident assign INC-1 manager@test.example", { incident: "INC-1", to: "manager@test.example" }],
    ["incident list closed 4W falls", { status: "closed", where: "4W", search: "falls" }],
    ["incident list 4W closed near-miss", { status: "closed", where: "4W", kind: "near-miss" }],
    ["incident list since:yesterday all", { since: "yesterday", status: "all" }],
    ["incident show INC-12", { incident: "INC-12" }],
    ["incident grade INC-1 mild no fracture", { incident: "INC-1", harm: "mild", why: "no fracture" }],
    ["incident grade INC-1 nothing severe", { incident: "INC-1", why: "nothing severe" }],
    ["incident correct INC-1 harm mild", { incident: "INC-1", field: "harm", value: "mild" }],
    ["incident merge INC-2 INC-1 one fall", { incident: "INC-2", into: "INC-1", reason: "one fall" }],
    ["settings 21:00 06:30", { "quiet-from": "21:00", "quiet-until": "06:30" }],
    ["settings America/Chicago", { zone: "America/Chicago" }],
    ["remind me tomorrow 9am fill the cart", { who: "me", when: "tomorrow 9am", what: "fill the cart" }],
    ["remind here tomorrow at 9 safety huddle", { who: "here", when: "tomorrow at 9", what: "safety huddle" }],
    ["remind @manager in 2 hours to call back", { who: "@manager", when: "in 2 hours", what: "to call back" }],
    [
      "remind me every weekday 7:30 read the board",
      { who: "me", every: "every weekday", when: "7:30", what: "read the board" },
    ],
    ["remind me to water the plants tomorrow 9am", { who: "me", what: "to water the plants", when: "tomorrow 9am" }],
    ["remind 12/24 lock the drawer", { when: "12/24", what: "lock the drawer" }],
    ["action add @nurse new mats by friday", { to: "@nurse", due: "friday", what: "new mats" }],
    ["action add new mats @nurse until 2026-12-01", { to: "@nurse", due: "2026-12-01", what: "new mats" }],
    ["action snooze ACT-3 until monday", { action: "ACT-3", until: "monday" }],
    ["reminder snooze REM-3 tomorrow 9am", { reminder: "REM-3", until: "tomorrow 9am" }],
    ["audit INC-1", { about: "INC-1" }],
    ["link 12345-67890", { code: "12345-67890" }],
  ])("%s", async (text, expected) => {
    const { command: _, ...read } = await input(text);
    expect(read).toEqual(expected);
  });

  test("a unit or person that nobody knows is shown under the input that is missing", async () => {
    expect(await input("incident assign INC-1 @managre")).toMatchObject({ incident: "INC-1", to: "@managre" });
  });

  test("words that no input takes are said", async () => {
    expect(await reading("todo buy gloves")).toMatchObject({ type: "command", unused: "buy gloves" });
    expect(await reading("incident acknowledge INC-1 thanks a lot")).toMatchObject({ unused: "thanks a lot" });
  });
});

describe("a long text is read as quickly as a short one", () => {
  test.each([
    ["a narrative", `incident report ${"word ".repeat(7_900)}4W`],
    ["words for a command without text", `incident assign INC-1 ${"word ".repeat(7_900)}`],
    ["words to search", `incident list ${"word ".repeat(7_900)}`],
    ["one word", `incident report ${"a".repeat(40_000)}`],
    ["one word for a date", `reminder snooze REM-1 ${"9".repeat(39_000)}`],
    ["quotes that never close", `incident report ${"“ ".repeat(19_000)}`],
    ["numbers", `incident list ${"9 ".repeat(19_000)}`],
  ])("%s", async (_, text) => {
    const before = process.cpuUsage();
    await reading(text);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(2_000);
  });
});
