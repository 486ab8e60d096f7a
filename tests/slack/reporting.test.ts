import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type HospitalWorld, openHospitalWorld } from "../support/slack/world.ts";

let world: HospitalWorld;
beforeAll(async () => {
  world = await openHospitalWorld();
});
afterAll(() => world.close());
beforeEach(() => world.slack.forget());

type Step = () => Promise<unknown>;

const what = "Slipped on a wet floor";
const { nurse, dm } = { nurse: "UNURSE", dm: "DNURSE" };
const where = () => world.hospital.units.west;
const filed = () =>
  world.hospital.store.of(world.hospital.organisationId).incident.findMany({ orderBy: { number: "asc" } });

/** What the person has to answer in the open modal: neither filled in already nor left to Rounds. */
const asked = (): string[] =>
  (world.slack.views.get(nurse)?.blocks ?? [])
    .filter((block) => block.type === "input" && block.optional !== true)
    .filter((block) => !("initial_value" in (block.element as object)))
    .map((block) => String((block.label as { text: string }).text));

const click = (channel: string, label: string): Step => {
  return () => world.sends.click(nurse, world.newest(nurse, channel), label);
};
const send =
  (values: () => Record<string, string>): Step =>
  () =>
    world.sends.submit(nurse, values());
const fills = send(() => ({ what, where: where() }));
const fillsWhere = send(() => ({ where: where() }));

/** Each step is one thing that a person does. */
const ways: [string, Step[], string[]][] = [
  ["a slash command that says it all", [() => world.sends.slash(nurse, "C1", "/incident", `report ${what} 4W`)], []],
  [
    "a slash command without the unit",
    [() => world.sends.slash(nurse, "C1", "/incident", `report ${what}`), fillsWhere],
    ["Where"],
  ],
  [
    "a bare slash command",
    [() => world.sends.slash(nurse, "C1", "/incident", "report"), fills],
    ["What happened", "Where"],
  ],
  ["the shortcut", [() => world.sends.globalShortcut(nurse, "report_incident"), fills], ["What happened", "Where"]],
  [
    "the menu of a message",
    [() => world.sends.messageShortcut(nurse, "report_message", "C1", what), fillsWhere],
    ["Where"],
  ],
  [
    "a plain sentence in the person's own chat",
    [() => world.sends.directMessage(nurse, what), click(dm, "Report an incident"), fillsWhere],
    ["Where"],
  ],
  [
    "a mention in a channel",
    [() => world.sends.mention(nurse, "C1", `incident report ${what}`), click("C1", "Fill in the form"), fillsWhere],
    ["Where"],
  ],
  [
    "App Home",
    [
      () => world.sends.opensHome(nurse),
      async () => {
        const home = await vi.waitUntil(() => world.slack.homes.get(nurse), { timeout: 60_000 });
        await world.sends.click(nurse, home, "Report an incident");
      },
      fills,
    ],
    ["What happened", "Where"],
  ],
];

describe("an incident is filed in at most three steps, with at most what, where and when to answer, from", () => {
  it.each(ways)("%s", async (_, steps, needed) => {
    const before = (await filed()).length;
    const answers = new Set<string>();
    expect(steps.length).toBeLessThanOrEqual(3);
    for (const step of steps) {
      await step();
      await world.settled();
      for (const label of asked()) answers.add(label);
    }
    const all = await filed();
    expect(all).toHaveLength(before + 1);
    expect(all.at(-1)?.what).toContain(what);
    expect(all.at(-1)).toMatchObject({ unitId: where(), happenedAt: world.hospital.clock.now });
    expect([...answers]).toEqual(needed);
    expect(JSON.stringify(world.slack.messages)).toContain(`INC-${all.at(-1)?.number} is filed`);
    expect(world.slack.messages.filter((message) => message.channel === "C1" && message.onlyFor !== nurse)).toEqual([]);
  });
});
