import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Bot } from "../../src/bot/bot.ts";
import { createBot } from "../../src/bot/handle.ts";
import type { Input } from "../../src/chat/card.ts";
import type { Answer } from "../../src/chat/reply.ts";
import { createServices } from "../../src/services.ts";
import { type Hospital, openHospital, silentLog } from "../support/hospital.ts";
import { said } from "../support/person.ts";

// A delivery may come again at once, later, or to another process than the first time.

let hospital: Hospital;
beforeAll(async () => {
  hospital = await openHospital();
});
afterAll(() => hospital.close());
let delivery = 0;
beforeEach(() => {
  delivery += 1;
});

/** A bot as it is after a restart: nothing in memory, the same database. */
const freshBot = (): Bot =>
  createBot({
    menu: hospital.bot.menu,
    services: createServices(hospital.store),
    messengers: new Map(),
    clock: () => hospital.clock.now,
    log: silentLog,
    changed: () => {},
  });

function deliver(bot: Bot, handle: string, body: string | { command: string; input: Input }): Promise<Answer> {
  return bot.handle({
    id: `twice-${delivery}`,
    asker: hospital.identity(handle),
    place: { platform: "web", tenant: "demo", conversation: "dm", kind: "personal" },
    body: typeof body === "string" ? { type: "text", text: body } : { type: "run", ...body },
  });
}

const text = ({ reply }: Answer): string => ("card" in reply ? said(reply.card) : JSON.stringify(reply));
const bound = () => hospital.store.of(hospital.organisationId);

async function openIncident(): Promise<string> {
  const answer = await deliver(freshBot(), "nurse", "incident report For the next test 4W");
  delivery += 1;
  return /INC-\d+/.exec(text(answer))?.[0] ?? "";
}

test("a report that is delivered twice at once is filed once, and both hear its number", async () => {
  const answers = await Promise.all(
    [1, 2, 3].map(() => deliver(hospital.bot, "nurse", "incident report Once at once 4W")),
  );
  expect(new Set(answers.map(text)).size).toBe(1);
  expect(text(answers[0] as Answer)).toMatch(/INC-\d+ is filed/);
  expect(answers.map((answer) => answer.repeated)).toEqual([false, true, true]);
  expect(await bound().incident.count({ where: { what: "Once at once" } })).toBe(1);
});

test("later in the same process", async () => {
  const first = await deliver(hospital.bot, "nurse", "incident report Once later 4W");
  const again = await deliver(hospital.bot, "nurse", "incident report Once later 4W");
  expect(again).toEqual({ ...first, repeated: true });
  expect(await bound().incident.count({ where: { what: "Once later" } })).toBe(1);
});

test("to a process that was started meanwhile, and to two at once", async () => {
  const answers = [await deliver(freshBot(), "nurse", "incident report Once anywhere 4W")];
  answers.push(
    ...(await Promise.all(
      [freshBot(), freshBot()].map((bot) => deliver(bot, "nurse", "incident report Once anywhere 4W")),
    )),
  );
  expect(new Set(answers.map(text)).size).toBe(1);
  expect(await bound().incident.count({ where: { what: "Once anywhere" } })).toBe(1);
  const { id } = await bound().incident.findFirstOrThrow({ where: { what: "Once anywhere" } });
  expect(await bound().notice.count({ where: { recordId: id } })).toBe(1);
  expect(await bound().audit.count({ where: { subjectId: id } })).toBe(1);
});

test("two processes race for a report that neither has seen", async () => {
  const answers = await Promise.all(
    [1, 2, 3, 4].map(() => deliver(freshBot(), "nurse", "incident report Once in a race 4W")),
  );
  expect(new Set(answers.map(text)).size).toBe(1);
  expect(await bound().incident.count({ where: { what: "Once in a race" } })).toBe(1);
});

test("the same id of another workspace or another person's platform is another delivery", async () => {
  await deliver(hospital.bot, "nurse", "incident report Mine 4W");
  const other = await hospital.bot.handle({
    id: `twice-${delivery}`,
    asker: { ...hospital.identity("nurse"), tenant: "other" },
    place: { platform: "web", tenant: "other", conversation: "dm", kind: "personal" },
    body: { type: "text", text: "incident report Mine 4W" },
  });
  expect(other.repeated).toBe(false);
  expect(text(other)).toContain("not connected to Rounds");
});

test("a note", async () => {
  const number = await openIncident();
  const command = { command: "incident note", input: { incident: number, note: "Noted once" } };
  const answers = [await deliver(freshBot(), "nurse", command), await deliver(freshBot(), "nurse", command)];
  expect(new Set(answers.map(text)).size).toBe(1);
  expect(await bound().timelineEntry.count({ where: { text: "Noted once" } })).toBe(1);
});

test("an acknowledgement and an assignment", async () => {
  const number = await openIncident();
  for (const words of [`incident acknowledge ${number}`, `incident assign ${number} @director`]) {
    const answers = [await deliver(freshBot(), "quality", words), await deliver(freshBot(), "quality", words)];
    expect(new Set(answers.map(text)).size).toBe(1);
    expect(answers.map((answer) => answer.refused)).toEqual([false, false]);
    delivery += 1;
  }
  const { id } = await bound().incident.findFirstOrThrow({ where: { number: Number(number.slice(4)) } });
  const actions = (await bound().audit.findMany({ where: { subjectId: id }, orderBy: { id: "asc" } })).map(
    ({ action }) => action,
  );
  expect(actions).toEqual(["incident.reported", "incident.acknowledged", "incident.assigned"]);
});

test("closing: the second delivery is answered with how it was closed, not with a refusal", async () => {
  const number = await openIncident();
  const words = `incident close ${number} New mats`;
  const answers = [await deliver(freshBot(), "quality", words), await deliver(freshBot(), "quality", words)];
  expect(new Set(answers.map(text)).size).toBe(1);
  expect(answers[1]).toMatchObject({ refused: false });
  expect(text(answers[1] as Answer)).toContain("Closed by Quality Person");
  expect(await bound().timelineEntry.count({ where: { text: "New mats", kind: "closed" } })).toBe(1);
});

test("a reminder", async () => {
  const words = "remind me tomorrow 9am fill the cart once";
  const answers = await Promise.all([deliver(freshBot(), "nurse", words), deliver(freshBot(), "nurse", words)]);
  expect(new Set(answers.map(text)).size).toBe(1);
  expect(await bound().reminder.count({ where: { what: "fill the cart once" } })).toBe(1);
});

test("a form that is sent back for correction may come again under the same id", async () => {
  const wrong = { command: "incident report", input: { what: "Corrected", where: "nowhere" } };
  expect((await deliver(hospital.bot, "nurse", wrong)).reply.type).toBe("form");
  const right = { command: "incident report", input: { what: "Corrected", where: "4W" } };
  expect(text(await deliver(hospital.bot, "nurse", right))).toContain("is filed");
  expect(text(await deliver(hospital.bot, "nurse", right))).toContain("is filed");
  expect(await bound().incident.count({ where: { what: "Corrected" } })).toBe(1);
});
