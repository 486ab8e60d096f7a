import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { button, buttons, card, formButton, paragraph } from "../../src/chat/card.ts";
import { here, nothing, privately, type Reply, update } from "../../src/chat/reply.ts";
import { text } from "../../src/chat/text.ts";
import { said, startBot, withButton } from "../support/teams/bot.ts";
import { cardOf, elements, type Message, startTeams, type Teams, until, wordsOf } from "../support/teams/teams.ts";

let teams: Teams;
let running: Awaited<ReturnType<typeof startBot>>;

beforeEach(async () => {
  teams = await startTeams();
  running = await startBot(teams);
});
afterEach(async () => {
  await running.stop();
  await teams.close();
});

/** Jane, and a message of the bot in a chat of hers with the card that this reply holds. */
async function shown(reply: Reply, chat = teams.personal(teams.person("Jane Lee"))): Promise<Message> {
  running.bot.answers = () => reply;
  const jane = teams.person("Jane Lee");
  await teams.says(jane, chat, "show");
  const message = await teams.nth(chat, 1);
  running.bot.answers = (request) => running.bot.echo(request);
  return message;
}

const jane = () => teams.person("Jane Lee");
const list = () => privately(withButton("Incidents", "Open", "incident show", { incident: "INC-142" }));

it("decides while drawing which buttons open a dialog", async () => {
  const message = await shown(
    privately(
      card(
        text`x`,
        buttons(
          button("Open", "incident show", { incident: "INC-142" }, "primary"),
          button("Close it", "incident close", { incident: "INC-142" }, "danger"),
          formButton("Settings", "settings", {}),
        ),
      ),
    ),
  );
  expect(elements(cardOf(message), "Action.Execute", "Action.Submit")).toEqual([
    {
      type: "Action.Execute",
      title: "Open",
      style: "positive",
      verb: "incident show",
      data: { command: "incident show", input: { incident: "INC-142" } },
    },
    {
      type: "Action.Submit",
      title: "Close it",
      style: "destructive",
      data: { command: "incident close", input: { incident: "INC-142" }, msteams: { type: "task/fetch" } },
    },
    {
      type: "Action.Submit",
      title: "Settings",
      data: { command: "settings", input: {}, form: true, msteams: { type: "task/fetch" } },
    },
  ]);
});

describe("a button that runs at once", () => {
  it("runs its command with its input, under the id of the invoke", async () => {
    const message = await shown(list());
    const { activity } = await teams.clicks(jane(), message, "Open");
    expect(running.bot.requests.at(-1)).toMatchObject({
      id: `teams:${jane().tenant}:${teams.personal(jane()).id}:${activity.id}`,
      asker: { user: jane().user },
      body: { type: "run", command: "incident show", input: { incident: "INC-142" } },
    });
  });

  it("replaces the card in the response, and the message for good", async () => {
    const message = await shown(list());
    running.bot.answers = () => update(said("INC-142 is closed."));
    const { body } = await teams.clicks(jane(), message, "Open");
    expect(body).toMatchObject({ statusCode: 200, type: "application/vnd.microsoft.card.adaptive" });
    expect(wordsOf((body as { value: unknown }).value)).toBe("INC-142 is closed.");
    await until("the message to be replaced", () => message.updates === 1);
    expect(wordsOf(cardOf(message))).toBe("INC-142 is closed.");
    expect(teams.messages(message.chat)).toHaveLength(1);
  });

  it("leaves the card and shows the answer below it, when the answer replaces nothing", async () => {
    const message = await shown(list());
    const { body } = await teams.clicks(jane(), message, "Open");
    expect(body).toEqual({
      statusCode: 200,
      type: "application/vnd.microsoft.activity.message",
      value: "The answer is below.",
    });
    const below = await teams.nth(message.chat, 2);
    expect(wordsOf(cardOf(below))).toContain("incident show");
    expect(message.updates).toBe(0);
  });

  it("answers in a channel to one person, and says so", async () => {
    const ward = teams.channel("4 West", jane());
    const message = await shown(here(withButton("Incidents", "Open", "incident show", { incident: "INC-142" })), ward);
    const { body } = await teams.clicks(jane(), message, "Open");
    expect(body).toMatchObject({ value: "The answer is below; only you see it." });
    expect(teams.messages(ward)[1]?.targetedAt).toBe(jane().account);
    teams.state.targeted = false;
    const again = await teams.clicks(jane(), message, "Open");
    expect(again.body).toMatchObject({ value: "The answer is in your own chat with Rounds." });
    expect(teams.messages(ward)).toHaveLength(2);
  });

  it("changes a card that one person sees for that person only", async () => {
    const ward = teams.channel("4 West", jane());
    const message = await shown(list(), ward);
    expect(message.targetedAt).toBe(jane().account);
    running.bot.answers = () => update(said("Closed."));
    await teams.clicks(jane(), message, "Open");
    await until("the message to be replaced", () => message.updates === 1);
    expect(message.targetedAt).toBe(jane().account);
    expect(teams.messages(ward)).toHaveLength(1);
  });

  it("gives the response again for a delivery that comes again, and no new message", async () => {
    const message = await shown(list());
    const first = await teams.clicks(jane(), message, "Open");
    await teams.again(first);
    expect(teams.messages(message.chat)).toHaveLength(2);
    running.bot.answers = () => update(said("Closed."));
    const closed = await teams.clicks(jane(), message, "Open");
    const again = await teams.again(closed);
    expect(again.body).toEqual(closed.body);
  });

  it("shows the form's card when something is missing after all, and its button opens the dialog", async () => {
    const message = await shown(list());
    running.bot.answers = () => ({
      type: "form",
      form: {
        command: "incident close",
        title: "Close an incident",
        submit: "Close",
        fields: [{ name: "changed", label: "What changed", required: true, takes: { kind: "paragraph", max: 4000 } }],
        carried: { incident: "INC-142" },
      },
    });
    const { body } = await teams.clicks(jane(), message, "Open");
    const { value } = body as { value: unknown };
    expect(wordsOf(value)).toContain("Still needed: What changed");
    expect(elements(value, "Action.Submit")).toMatchObject([
      {
        data: {
          command: "incident close",
          input: { incident: "INC-142" },
          form: true,
          msteams: { type: "task/fetch" },
        },
      },
    ]);
    expect(message.updates).toBe(0);
  });

  it("says that it is still working when the answer takes long, and gives it when it is there", async () => {
    const message = await shown(list());
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    running.bot.answers = async () => {
      await held;
      return update(said("INC-142 is closed."));
    };
    const { body } = await teams.clicks(jane(), message, "Open");
    expect(body).toMatchObject({ value: "Still working; the answer follows here." });
    expect(message.updates).toBe(0);
    release();
    await until("the message to be replaced", () => message.updates === 1);
    expect(wordsOf(cardOf(message))).toBe("INC-142 is closed.");
  });

  it("waits for what it does before it stops", async () => {
    const message = await shown(list());
    running.bot.answers = async () => {
      await pause(2_700);
      return privately(said("Done at last."));
    };
    await teams.clicks(jane(), message, "Open");
    await running.adapter.stop();
    expect(teams.messages(message.chat)).toHaveLength(2);
  });

  it("says so when Teams takes the answer nowhere, and shows it to nobody else", async () => {
    const ward = teams.channel("4 West", jane());
    const message = await shown(here(withButton("Incidents", "Open", "incident show", { incident: "INC-142" })), ward);
    teams.state.targeted = false;
    const gone = jane();
    teams.state.people.delete(gone.account);
    const { body } = await teams.clicks(gone, message, "Open");
    expect(body).toMatchObject({ value: expect.stringContaining("Please ask again in your own chat with Rounds.") });
    expect(teams.state.messages).toEqual([message]);
  });

  it("does nothing visible when there is nothing to say", async () => {
    const message = await shown(list());
    running.bot.answers = () => nothing;
    const { body } = await teams.clicks(jane(), message, "Open");
    expect(body).toMatchObject({ statusCode: 200, value: "Done." });
    expect(teams.messages(message.chat)).toHaveLength(1);
  });
});

describe("what a stranger claims", () => {
  it("answers a button that it cannot read with what to do", async () => {
    const message = await shown(list());
    for (const data of [null, "x", { command: 7 }, { input: {} }, { command: "" }]) {
      const action = { type: "Action.Execute", verb: "x", data };
      const { body } = await teams.invoke(jane(), message.chat, "adaptiveCard/action", { action }, message);
      expect(body).toMatchObject({ value: "This button is from an older card. Please ask again." });
    }
  });

  it("passes on what is no input as none", async () => {
    const message = await shown(list());
    const data = { command: "incident show", input: ["INC-1"], form: "yes", targeted: "no" };
    await teams.invoke(jane(), message.chat, "adaptiveCard/action", { action: { data } }, message);
    expect(running.bot.requests.at(-1)?.body).toEqual({ type: "run", command: "incident show", input: {} });
  });

  it("reads a card's button that came as a message", async () => {
    await teams.deliver(jane(), teams.personal(jane()), {
      type: "message",
      value: { command: "incident list", input: { status: "open" } },
    });
    expect(running.bot.requests.at(-1)?.body).toEqual({
      type: "run",
      command: "incident list",
      input: { status: "open" },
    });
  });
});

it("keeps what is typed into a card out of markup, wherever it stands", async () => {
  const typed = "<at>everyone</at> **bold** [link](https://evil.example) {{DATE(2020-01-01T00:00:00Z,SHORT)}}\u202Eabc";
  const message = await shown(
    privately(
      card(
        text`${typed}`,
        { type: "heading", text: text`${typed}` },
        paragraph(text`${typed}`),
        { type: "facts", facts: [{ label: "What", value: text`${typed}` }] },
        { type: "notice", level: "urgent", text: text`${typed}` },
        { type: "context", text: text`${typed}` },
      ),
    ),
  );
  expect(teams.state.refused).toEqual([]);
  const words = wordsOf(cardOf(message));
  expect(words).not.toMatch(/(?<!\\)<at>/);
  expect(words).not.toContain("{{");
  expect(words).not.toContain("\u202E");
  const markdown = elements(cardOf(message), "TextBlock", "FactSet");
  expect(markdown).toHaveLength(2);
  expect(wordsOf(markdown)).not.toMatch(/(?<!\\)\*\*|(?<!\\)\[link/);
});
