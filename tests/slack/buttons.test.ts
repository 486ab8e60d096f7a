import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { button, buttons, card, formButton, paragraph } from "../../src/chat/card.ts";
import { here, privately, update } from "../../src/chat/reply.ts";
import { text } from "../../src/chat/text.ts";
import type { SlackMessage } from "../support/slack/workspace.ts";
import { openWorld, type World } from "../support/slack/world.ts";
import { said, withButton } from "../support/teams/bot.ts";

let world: World;
beforeEach(async () => {
  world = await openWorld();
  world.bot.answers = ({ body }) =>
    body.type === "run" ? update(said("Closed.")) : here(withButton("INC-1 is open.", "Close", "settings"));
});
afterEach(() => world.close());

const calls = (method: string) => world.slack.calls.filter((call) => call.method === method).length;

/** A card that everybody in the channel sees. */
async function publicCard(): Promise<SlackMessage> {
  await world.sends.mention("UNURSE", "C1", "show");
  await expect.poll(() => world.reads("UOTHER", "C1")).toContain("INC-1 is open.");
  return world.newest("UOTHER", "C1");
}

/** A card that only the person sees. */
async function privateCard(): Promise<SlackMessage> {
  const { answers } = world.bot;
  world.bot.answers = () => privately(withButton("INC-1 is open.", "Close", "settings"));
  await world.sends.slash("UNURSE", "C1", "/rounds", "show");
  world.bot.answers = answers;
  return world.newest("UNURSE", "C1");
}

describe("a button", () => {
  it("replaces its card for everybody who sees it", async () => {
    const { sends, slack, reads } = world;
    const message = await publicCard();
    await sends.click("UNURSE", message, "Close");
    await expect.poll(() => reads("UOTHER", "C1")).toBe("Closed.");
    expect(slack.sees("UOTHER", "C1")).toHaveLength(1);
  });

  it("replaces a card that only one person sees", async () => {
    const { sends, slack, reads } = world;
    await sends.click("UNURSE", await privateCard(), "Close");
    await expect.poll(() => reads("UNURSE", "C1")).toBe("Closed.");
    expect(slack.sees("UNURSE", "C1")).toHaveLength(1);
    expect(slack.sees("UOTHER", "C1")).toEqual([]);
  });

  it("of an old card, whose response URL is spent, replaces the message itself", async () => {
    const { sends, slack, reads } = world;
    const message = await publicCard();
    const release = world.holdsNext();
    await sends.click("UNURSE", message, "Close");
    slack.spendResponseUrls();
    release();
    await expect.poll(() => reads("UOTHER", "C1")).toBe("Closed.");
    expect([calls("chat.update"), slack.sees("UOTHER", "C1").length]).toEqual([1, 1]);
  });

  it("of an old card that only one person sees is answered below it, for that person alone", async () => {
    const { sends, slack, reads } = world;
    const message = await privateCard();
    const release = world.holdsNext();
    await sends.click("UNURSE", message, "Close");
    slack.spendResponseUrls();
    release();
    await expect.poll(() => reads("UNURSE", "C1")).toBe("Closed.");
    expect(slack.sees("UNURSE", "C1")).toHaveLength(2);
    expect(slack.sees("UOTHER", "C1")).toEqual([]);
  });

  it("is acknowledged at once, however long the bot takes", async () => {
    const { sends, reads } = world;
    const message = await publicCard();
    const release = world.holdsNext();
    expect((await sends.click("UNURSE", message, "Close")).status).toBe(200);
    expect(reads("UOTHER", "C1")).toContain("INC-1 is open.");
    release();
    await expect.poll(() => reads("UOTHER", "C1")).toBe("Closed.");
  });

  it("that is pressed once and comes twice is one request, answered once", async () => {
    const { bot, sends, slack, settled } = world;
    const message = await publicCard();
    bot.answers = () => privately(said("Done."));
    const delivery = await sends.click("UNURSE", message, "Close");
    await delivery.again();
    await settled();
    const [, first, second] = bot.requests;
    expect(second?.id).toBe(first?.id);
    expect(slack.sees("UNURSE", "C1").map((one) => one.text)).toEqual(["INC-1 is open.", "Done."]);
  });

  it("in a thread is answered in the thread", async () => {
    const { bot, sends, newest } = world;
    await sends.mention("UNURSE", "C1", "show", { thread_ts: "1700000000.000001" });
    await expect.poll(() => world.reads("UOTHER", "C1")).toContain("INC-1 is open.");
    bot.answers = () => privately(said("Only for you."));
    await sends.click("UNURSE", newest("UOTHER", "C1"), "Close");
    await expect.poll(() => newest("UNURSE", "C1").text).toBe("Only for you.");
    expect(newest("UNURSE", "C1").thread).toBe("1700000000.000001");
    expect(bot.requests.at(-1)?.place.thread).toBe("1700000000.000001");
  });

  it("of a card that was drawn by an older version is answered with what to do", async () => {
    const { bot, sends, reads } = world;
    const message = await publicCard();
    const old = JSON.parse(JSON.stringify(message).replaceAll('{\\"input', '{\\"was')) as SlackMessage;
    await sends.click("UNURSE", old, "Close");
    await expect.poll(() => reads("UNURSE", "C1")).toContain("Please ask again");
    expect(bot.requests).toHaveLength(1);
  });

  it("whose command needs more opens its form with what it carries, and the card is replaced by what comes of it", async () => {
    const { bot, sends, slack, reads, modal, settled } = world;
    bot.answers = (request) => {
      if (request.body.type === "text")
        return here(withButton("INC-1 is open.", "Close", "incident close", { incident: "INC-1" }));
      return bot.opens(request) ? bot.echo(request) : update(said("INC-1 is closed."));
    };
    await sends.click("UNURSE", await publicCard(), "Close");
    await expect.poll(() => modal("UNURSE")).toContain("What changed");
    await settled();
    await sends.submit("UNURSE", { changed: "New mats" });
    await expect.poll(() => reads("UOTHER", "C1")).toBe("INC-1 is closed.");
    expect(slack.sees("UOTHER", "C1")).toHaveLength(1);
    expect(bot.requests.at(-1)?.body).toMatchObject({ input: { incident: "INC-1", changed: "New mats" } });
  });

  it("that opens its form although nothing is missing says so to the bot", async () => {
    const { bot, sends, modal } = world;
    bot.answers = (request) =>
      request.body.type === "text"
        ? here(
            card(
              text`c`,
              paragraph(text`INC-1 is open.`),
              buttons(formButton("Change", "incident list", { status: "all" })),
            ),
          )
        : bot.echo(request);
    await sends.click("UNURSE", await publicCard(), "Change");
    await expect.poll(() => modal("UNURSE")).toContain("Status");
    await expect.poll(() => bot.requests.at(-1)?.body).toMatchObject({ command: "incident list", form: true });
  });

  it("with more than Slack takes for it does not cost the card its other buttons", async () => {
    const { bot, sends, slack, reads } = world;
    const heavy = button("Heavy", "settings", { what: "x".repeat(3_000) });
    bot.answers = ({ body }) =>
      body.type === "text"
        ? here(card(text`c`, paragraph(text`INC-1 is open.`), buttons(heavy, button("Close", "settings"))))
        : update(said("Closed."));
    const message = await publicCard();
    await sends.click("UNURSE", message, "Heavy");
    await expect.poll(() => reads("UNURSE", "C1")).toContain("Please ask again");
    await sends.click("UNURSE", message, "Close");
    await expect.poll(() => slack.sees("UOTHER", "C1").map((one) => one.text)).toContain("Closed.");
  });
});

describe("a button in a modal", () => {
  it("is answered in the modal", async () => {
    const { bot, sends, slack, modal } = world;
    bot.answers = ({ body }) =>
      body.type === "run" && body.command === "settings"
        ? privately(said("Only managers may."))
        : privately(withButton("It is closed.", "Reopen", "settings"));
    await sends.globalShortcut("UNURSE", "report_incident");
    await expect.poll(() => modal("UNURSE")).toContain("It is closed.");
    const view = slack.views.get("UNURSE");
    if (!view) throw new Error("There is no modal.");
    await sends.click("UNURSE", view, "Reopen");
    await expect.poll(() => modal("UNURSE")).toBe("Only managers may.");
    expect(slack.messages).toEqual([]);
  });
});

describe("an entry field", () => {
  it("offers what is found, and in time nothing where the search takes too long", async () => {
    const { bot, sends, modal, settled } = world;
    bot.answers = (request) => bot.echo(request);
    bot.entries = [{ code: "u1", label: "4 West", detail: "4W" }];
    await sends.globalShortcut("UNURSE", "report_incident");
    await expect.poll(() => modal("UNURSE")).toContain("Where");
    await settled();
    expect((await sends.suggest("UNURSE", "where", "4 w")).map(({ value }) => value)).toEqual(["u1"]);
    expect(bot.searched).toEqual([
      { directory: "unit", query: "4 w", asker: { platform: "slack", tenant: "T0LOOPBACK", user: "UNURSE" } },
    ]);
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    bot.options = async () => {
      await held;
      return bot.entries;
    };
    expect(await sends.suggest("UNURSE", "where", "4")).toEqual([]);
    release();
  });
});

describe("App Home", () => {
  const home = () => world.slack.homes.get("UNURSE");

  it("shows what waits for the person, and what can be begun", async () => {
    const { bot, sends, slack, modal } = world;
    bot.answers = (request) =>
      request.body.type === "run" && request.body.command === "todo"
        ? privately(withButton("INC-1 waits for you.", "Close", "settings"))
        : bot.echo(request);
    await sends.opensHome("UNURSE");
    await expect.poll(() => JSON.stringify(home() ?? "")).toContain("INC-1 waits for you.");
    expect(bot.requests[0]?.body).toEqual({ type: "run", command: "todo", input: {} });
    const shown = home();
    if (!shown) throw new Error("There is no Home.");
    await sends.click("UNURSE", shown, "Report an incident");
    await expect.poll(() => modal("UNURSE")).toContain("What happened");
    expect(slack.homes.has("UOTHER")).toBe(false);
  });

  it("is drawn anew after one of its buttons was used, whose answer comes to the person's own chat", async () => {
    const { bot, sends, reads } = world;
    let waiting = "INC-1 waits for you.";
    bot.answers = ({ body }) => {
      if (body.type === "run" && body.command === "todo") return privately(withButton(waiting, "Close", "settings"));
      waiting = "Nothing waits for you.";
      return update(said("Closed."));
    };
    await sends.opensHome("UNURSE");
    await expect.poll(() => JSON.stringify(home() ?? "")).toContain("INC-1 waits for you.");
    const shown = home();
    if (!shown) throw new Error("There is no Home.");
    await sends.click("UNURSE", shown, "Close");
    await expect.poll(() => reads("UNURSE", "DNURSE")).toBe("Closed.");
    await expect.poll(() => JSON.stringify(home())).toContain("Nothing waits for you.");
  });
});
