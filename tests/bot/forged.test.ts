import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Input, Json } from "../../src/chat/card.ts";
import type { Log } from "../../src/log.ts";
import { type Hospital, openHospital } from "../support/hospital.ts";
import { person } from "../support/person.ts";

// What comes back in buttons and forms is a stranger's claim.

const failures: string[] = [];
const log: Log = {
  info() {},
  warn() {},
  error: (fields) => failures.push(`${fields.command}: ${String(fields.cause)}`),
};

let hospital: Hospital;
let elsewhere: { unit: string; person: string; incident: number };
beforeAll(async () => {
  hospital = await openHospital({ log });
  const other = await hospital.store.unbound.organisation.create({ data: { name: "Elsewhere", zone: "UTC" } });
  const bound = hospital.store.of(other.id);
  const stranger = await bound.person.create({ data: { handle: "stranger", name: "Stranger", access: ["staff"] } });
  const unit = await bound.unit.create({ data: { code: "ZZ", name: "Zed", aliases: [] } });
  const incident = await bound.incident.create({
    data: {
      number: 7,
      kind: "incident",
      harm: "none",
      identity: "named",
      what: "theirs",
      unitId: unit.id,
      happenedAt: new Date(),
      reportedAt: new Date(),
      status: "new",
    },
  });
  elsewhere = { unit: unit.id, person: stranger.id, incident: incident.number };
  await person(hospital, "nurse").says("incident report Bed rail broke 4W");
});
afterAll(() => hospital.close());

describe("ids of another organisation", () => {
  test("a unit is none", async () => {
    const nurse = person(hospital, "nurse");
    await nurse.runs("incident report", { what: "Bed rail broke", where: elsewhere.unit });
    expect(nurse.sees()).toContain("There is no unit");
    expect(nurse.sees()).not.toContain("Zed");
  });

  test("a person is none", async () => {
    const manager = person(hospital, "manager");
    await manager.runs("incident assign", { incident: "INC-1", to: elsewhere.person });
    expect(manager.sees()).toContain("There is no person");
    expect(manager.sees()).not.toContain("Stranger");
  });

  test("a number is the own organisation's, or nobody's", async () => {
    const quality = person(hospital, "quality");
    await quality.runs("incident show", { incident: elsewhere.incident });
    expect(quality.sees()).toContain("There is no INC-7 that you may see");
  });
});

describe("input of another shape", () => {
  const values: Json[] = [
    null,
    true,
    0,
    -1,
    1e300,
    "",
    " ",
    "\u0000",
    "x".repeat(3_000),
    [],
    ["a", "b"],
    [["a"]],
    {},
    { $ne: null },
    { toString: "x" },
    "__proto__",
    "00000000-0000-0000-0000-000000000000",
    "INC-1' OR 1=1",
  ];

  test("of every command, in every field, gets a calm answer and breaks nothing", async () => {
    failures.length = 0;
    const everybody = ["manager", "admin"].map((handle) => person(hospital, handle));
    for (const command of hospital.bot.menu.commands)
      for (const name of Object.keys(command.input))
        for (const value of values)
          for (const somebody of everybody.slice(0, command.roles === "all" ? 1 : undefined)) {
            const answer = await somebody.runs(command.path, { incident: "INC-1", [name]: value });
            expect(["privately", "update", "form"]).toContain(answer.reply.type);
            expect(() =>
              hospital.bot.opens({
                id: "x",
                asker: hospital.identity("nurse"),
                place: somewhere,
                body: { type: "run", command: command.path, input: { [name]: value } },
              }),
            ).not.toThrow();
          }
    expect(failures).toEqual([]);
  }, 300_000);

  test("any JSON at all", async () => {
    failures.length = 0;
    const somebody = person(hospital, "admin");
    const paths = hospital.bot.menu.commands.map((command) => command.path);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths, "constructor", "__proto__", ""),
        fc.dictionary(
          fc.constantFrom("what", "where", "incident", "to", "draft", "who", "when", "__proto__"),
          fc.jsonValue(),
        ),
        async (command, input) => {
          const answer = await somebody.runs(command, input as Input);
          expect(["privately", "update", "form"]).toContain(answer.reply.type);
        },
      ),
      { numRuns: 150 },
    );
    expect(failures).toEqual([]);
  });
});

const somewhere = { platform: "web", tenant: "demo", conversation: "dm", kind: "personal" } as const;

test("a draft that never was", async () => {
  const nurse = person(hospital, "nurse");
  for (const draft of ["nobody's", "\u0000", "%", "x".repeat(10_000)]) {
    await nurse.runs("incident report", { draft, where: "4W", what: "typed beside it" });
    expect(nurse.sees()).toContain("Please send it again");
    expect(nurse.sees()).toContain("typed beside it");
  }
});

test("a form about a record that one may not see does not open", async () => {
  const outsider = person(hospital, "outsider");
  await outsider.runs("incident note", { incident: "INC-1" });
  expect(outsider.sees()).toContain("There is no INC-1 that you may see");
});
