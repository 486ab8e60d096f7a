import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileInstead } from "../../adapters/teams/form.ts";
import { formOf } from "../../src/bot/form.ts";
import { buttons, card, formButton, type Input } from "../../src/chat/card.ts";
import { ask, here, privately, type Reply, update } from "../../src/chat/reply.ts";
import type { Request } from "../../src/chat/request.ts";
import { text } from "../../src/chat/text.ts";
import { said, startBot, withButton } from "../support/teams/bot.ts";
import {
  type CardJson,
  cardOf,
  type Dialog,
  elements,
  type Message,
  startTeams,
  type Teams,
  until,
  wordsOf,
} from "../support/teams/teams.ts";

let teams: Teams;
let running: Awaited<ReturnType<typeof startBot>>;

beforeEach(async () => {
  teams = await startTeams();
  running = await startBot(teams);
});
afterEach(async () => {
  expect(teams.state.refused.filter((why) => why.startsWith("400"))).toEqual([]);
  await running.stop();
  await teams.close();
});

const jane = () => teams.person("Jane Lee");

/** A message with a button that opens a command's form. */
async function asking(command: string, input: Input = {}, chat = teams.personal(jane())): Promise<Message> {
  const count = teams.messages(chat).length;
  running.bot.answers = () => here(card(text`Ready.`, buttons(formButton("Fill in", command, input))));
  await teams.says(jane(), chat, "form");
  running.bot.answers = (request) => running.bot.echo(request);
  return teams.nth(chat, count + 1);
}

const open = async (command: string, input: Input = {}): Promise<Dialog> =>
  teams.opens(jane(), await asking(command, input), "Fill in");

const inputs = (dialog: { card: CardJson }): CardJson[] =>
  elements(dialog.card, "Input.Text", "Input.Number", "Input.Date", "Input.Time", "Input.Toggle", "Input.ChoiceSet");

const inputOf = (dialog: { card: CardJson }, id: string): CardJson | undefined =>
  inputs(dialog).find((one) => one.id === id);

/** What the bot was asked to run last. */
const ran = (): Input | undefined => {
  const body = running.bot.requests.at(-1)?.body;
  return body?.type === "run" ? body.input : undefined;
};

it("opens the form of a button, with what is known in it", async () => {
  const dialog = await open("incident report", { what: "Slipped on a wet floor" });
  expect(dialog.title).toBe("Report an incident");
  expect(inputs(dialog)).toEqual([
    {
      type: "Input.Text",
      id: "field.what",
      label: "What happened",
      isRequired: true,
      errorMessage: "What happened is needed.",
      value: "Slipped on a wet floor",
      isMultiline: true,
      maxLength: 4000,
    },
    {
      type: "Input.ChoiceSet",
      id: "field.where",
      label: "Where",
      isRequired: true,
      errorMessage: "Where is needed.",
      style: "filtered",
      choices: [],
      "choices.data": { type: "Data.Query", dataset: "unit" },
      placeholder: "Type to search",
    },
    { type: "Input.Date", id: "field.when", label: "When" },
    { type: "Input.Time", id: "field.when.time", label: "When, time", spacing: "Small" },
    {
      type: "Input.ChoiceSet",
      id: "field.kind",
      label: "Kind",
      style: "expanded",
      wrap: true,
      choices: [
        { title: "Incident: it reached somebody", value: "incident" },
        { title: "Near miss: it was caught", value: "near-miss" },
      ],
    },
  ]);
});

it("runs the command with what is filled in, and closes", async () => {
  const dialog = await open("incident report", { what: "Slipped" });
  const { status, body, activity } = await teams.submits(jane(), dialog, {
    "field.where": "unit-4w",
    "field.when": "2026-11-23",
    "field.when.time": "06:10",
    "field.kind": "near-miss",
  });
  expect([status, body]).toEqual([200, undefined]);
  expect(running.bot.requests.at(-1)).toMatchObject({
    id: `teams:${jane().tenant}:${teams.personal(jane()).id}:${activity.id}`,
    body: {
      type: "run",
      command: "incident report",
      input: { what: "Slipped", where: "unit-4w", when: "2026-11-23T06:10", kind: "near-miss" },
    },
  });
  expect(wordsOf(cardOf(await teams.nth(teams.personal(jane()), 2)))).toContain("incident report");
});

it("reads every kind of field", async () => {
  const dialog = await open("every kind");
  expect(wordsOf(dialog.card)).toContain(`Evidence: ${fileInstead}`);
  await teams.submits(jane(), dialog, {
    "field.text": "words, with a comma",
    "field.many": "incident,near-miss",
    "field.number": "7",
    "field.money": "1234.50",
    "field.flag": "true",
    "field.date": "2026-11-23",
    "field.time": "07:30",
    "field.month": "2026-10",
    "field.repeat": "two-weeks",
    "field.people": "p1,p2",
  });
  expect(ran()).toEqual({
    text: "words, with a comma",
    many: ["incident", "near-miss"],
    number: 7,
    money: "1234.50",
    flag: true,
    date: "2026-11-23",
    time: "07:30",
    month: "2026-10",
    repeat: "two-weeks",
    people: ["p1", "p2"],
  });
});

it("leaves out what is left empty", async () => {
  await teams.submits(jane(), await open("every kind"), { "field.text": "  ", "field.many": "" });
  expect(ran()).toEqual({ flag: false });
});

describe("when something is wrong", () => {
  /** Refuses the unit, as the bot does, and keeps what was typed. */
  const refusing = (request: Request): Reply => {
    if (request.body.type !== "run") throw new Error("Only forms come here.");
    const found = running.bot.menu.find(request.body.command);
    if (found === undefined) throw new Error("There is no such command.");
    return ask(
      formOf(found, request.body.input, {
        errors: { where: "There is no unit 9Z. Nearest: 9 South." },
        shown: { where: ["9Z"] },
        problem: text`Nothing was filed yet.`,
      }),
    );
  };

  it("shows the same dialog again, with the message under its field and everything else kept", async () => {
    const dialog = await open("incident report");
    running.bot.answers = refusing;
    const answered = await teams.submits(jane(), dialog, {
      "field.what": "Slipped on <b>soap</b>",
      "field.where": "9Z",
      "field.when": "2026-11-23",
      "field.when.time": "06:10",
    });
    const again = teams.dialogOf(answered, dialog.chat);
    expect(wordsOf(again.card)).toContain("There is no unit 9Z. Nearest: 9 South.");
    expect(wordsOf(again.card)).toContain("Nothing was filed yet.");
    expect(inputOf(again, "field.what")?.value).toBe("Slipped on <b>soap</b>");
    expect(inputOf(again, "field.where")).toMatchObject({ value: "9Z", choices: [{ title: "9Z", value: "9Z" }] });
    expect(inputOf(again, "field.when")?.value).toBe("2026-11-23");
    expect(inputOf(again, "field.when.time")?.value).toBe("06:10");

    running.bot.answers = () => privately(said("INC-142 is filed."));
    const filed = await teams.submits(jane(), again, { "field.where": "unit-9s" });
    expect([filed.status, filed.body]).toEqual([200, undefined]);
    expect(ran()).toMatchObject({ what: "Slipped on <b>soap</b>", where: "unit-9s" });
  });

  it("shows what fits no picker as text, so that it is not lost", async () => {
    const dialog = await open("every kind", { number: "seven", date: "31 Nov", time: "noonish" });
    expect(inputOf(dialog, "field.number")).toMatchObject({ type: "Input.Text", value: "seven" });
    expect(inputOf(dialog, "field.date")).toMatchObject({ type: "Input.Text", value: "31 Nov" });
    expect(inputOf(dialog, "field.time")).toMatchObject({ type: "Input.Text", value: "noonish" });
    await teams.submits(jane(), dialog, {});
    expect(ran()).toMatchObject({ number: "seven", date: "31 Nov", time: "noonish" });
  });

  it("says that a long text is kept, and carries it", async () => {
    const long = "漢".repeat(5_012);
    const dialog = await open("incident report", { what: long });
    expect(wordsOf(dialog.card)).toContain("What happened: 5,012 characters are kept and will be filed as typed.");
    expect(inputOf(dialog, "field.what")).toBeUndefined();
  });

  it("sends what was typed as a card when the answer came too late for the dialog", async () => {
    const dialog = await open("incident report");
    running.bot.answers = async (request) => {
      await pause(2_700);
      return refusing(request);
    };
    const answered = await teams.submits(jane(), dialog, { "field.what": "Slipped on soap", "field.where": "9Z" });
    expect(answered.body).toEqual({ task: { type: "message", value: "Still working; the answer follows here." } });
    const late = await teams.nth(dialog.chat, 2);
    expect(wordsOf(cardOf(late))).toContain("What happened: Slipped on soap");
    expect(wordsOf(cardOf(late))).toContain("There is no unit 9Z.");
    const again = await teams.opens(jane(), late, "Fill in the form");
    expect(inputOf(again, "field.what")?.value).toBe("Slipped on soap");
  });
});

describe("the card that the form came from", () => {
  it("is replaced by its id when the answer replaces it", async () => {
    const message = await asking("incident close", { incident: "INC-142" });
    const dialog = await teams.opens(jane(), message, "Fill in");
    running.bot.answers = () => update(said("INC-142 is closed."));
    const answered = await teams.submits(jane(), dialog, { "field.changed": "New mats" });
    expect(answered.body).toBeUndefined();
    expect(ran()).toEqual({ incident: "INC-142", changed: "New mats" });
    await until("the card to be replaced", () => message.updates === 1);
    expect(wordsOf(cardOf(message))).toBe("INC-142 is closed.");
    expect(teams.messages(message.chat)).toHaveLength(1);
  });

  it("is left alone when it belongs to another conversation than the form", async () => {
    const ward = teams.channel("4 West", jane());
    const message = await asking("incident close", { incident: "INC-142" }, ward);
    const dialog = await teams.opens(jane(), message, "Fill in");
    running.bot.answers = () => update(said("INC-142 is closed."));
    await teams.submits(jane(), { ...dialog, chat: teams.personal(jane()) }, { "field.changed": "New mats" });
    await running.adapter.stop();
    expect(message.updates).toBe(0);
  });

  it("stays in public while a private answer goes to one person", async () => {
    const ward = teams.channel("4 West", jane());
    const message = await asking("incident close", { incident: "INC-142" }, ward);
    const dialog = await teams.opens(jane(), message, "Fill in");
    await teams.submits(jane(), { ...dialog }, { "field.changed": "New mats" }).then(() => running.adapter.stop());
    expect(message.updates).toBe(0);
    expect(teams.messages(ward).filter((one) => one.targetedAt === undefined)).toEqual([message]);
  });

  it("is answered in the dialog where there is none", async () => {
    const message = await asking("settings");
    const { body } = await teams.invoke(jane(), message.chat, "task/fetch", {
      data: { command: "settings", form: true },
    });
    const dialog = teams.dialogOf({ activity: {}, status: 200, body }, message.chat);
    running.bot.answers = () => privately(withButton("Saved.", "Show", "incident show", { incident: "INC-1" }));
    const shown = teams.dialogOf(await teams.submits(jane(), dialog, {}), message.chat);
    expect(wordsOf(shown.card)).toBe("Saved.\n[Show]");
    running.bot.answers = (request) => running.bot.echo(request);
    await teams.submits(jane(), shown, {}, "Show");
    expect(ran()).toEqual({ incident: "INC-1" });
  });
});

it("shows a refusal in the dialog", async () => {
  const message = await asking("incident close", { incident: "INC-142" });
  running.bot.answers = () => privately(said("INC-142 was closed meanwhile."));
  const dialog = await teams.opens(jane(), message, "Fill in");
  expect(wordsOf(dialog.card)).toBe("INC-142 was closed meanwhile.");
});

it("opens the form in time although the bot takes long", async () => {
  const message = await asking("incident close", { incident: "INC-142" });
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  running.bot.answers = async (request) => {
    await held;
    return running.bot.echo(request);
  };
  const dialog = await teams.opens(jane(), message, "Fill in");
  expect(inputOf(dialog, "field.changed")).toBeDefined();
  release();
});

it("answers a submitted form again when it is delivered again, and sends nothing twice", async () => {
  const dialog = await open("incident close", { incident: "INC-142" });
  const first = await teams.submits(jane(), dialog, { "field.changed": "New mats" });
  await teams.nth(dialog.chat, 2);
  const again = await teams.again(first);
  expect(again.body).toEqual(first.body);
  await running.adapter.stop();
  expect(teams.messages(dialog.chat)).toHaveLength(2);
});

describe("a search in a field", () => {
  it("finds entries of the directory", async () => {
    running.bot.entries = [{ code: "u1", label: "4 West", detail: "4W" }];
    const { body } = await teams.search(jane(), teams.personal(jane()), "unit", "4 w");
    expect(body).toEqual({
      statusCode: 200,
      type: "application/vnd.microsoft.search.searchResponse",
      value: { results: [{ title: "4 West, 4W", value: "u1" }] },
    });
    expect(running.bot.searched).toEqual([
      { directory: "unit", query: "4 w", asker: { platform: "teams", tenant: jane().tenant, user: jane().user } },
    ]);
  });

  it("finds nothing in a directory that there is not", async () => {
    running.bot.entries = [{ code: "u1", label: "4 West" }];
    const { body } = await teams.search(jane(), teams.personal(jane()), "passwords", "a");
    expect(body).toMatchObject({ value: { results: [] } });
    expect(running.bot.searched).toEqual([]);
  });
});
