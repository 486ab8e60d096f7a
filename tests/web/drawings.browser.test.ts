import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createSimulator, type Simulator } from "../../adapters/web/simulator.ts";
import { type Card, card, context, facts, formButton, heading, list, notice, paragraph } from "../../src/chat/card.ts";
import { here } from "../../src/chat/reply.ts";
import { data, staff, strong, text, time } from "../../src/chat/text.ts";
import { type Listening, listen } from "../../src/http.ts";
import { silentLog } from "../support/hospital.ts";
import { needs } from "../support/needs.ts";
import { StubBot } from "../support/teams/bot.ts";
import { choose, openBrowser, patience } from "./openBrowser.ts";

/** Marks that mean something in Slack or in Teams, as a person might type them. */
const marks = "*stars* _lines_ :smile: <!channel> <b>";
const happened = time(new Date("2026-11-23T11:10:00Z"));

const everyBlock: Card = card(
  text`Every block`,
  heading(text`Heading ${data(marks)}`),
  paragraph(text`${strong("Told")} ${staff({ id: "s1", name: "Manager Person" })} at ${happened}: ${data(marks)}`),
  facts({ label: "Happened", value: text`${happened}` }, { label: "Kind", value: text`${data(marks)}` }),
  list([{ text: text`A point with ${data(marks)}` }]),
  {
    type: "table",
    caption: "Budget",
    columns: [
      { label: "Line", align: "left" },
      { label: "Actual", align: "right" },
    ],
    rows: [[text`Nurses ${data(marks)}`, text`412,000`]],
  },
  {
    type: "chart",
    kind: "line",
    title: "Falls a month",
    categories: ["Sep", "Oct"],
    series: [{ name: "4 West", values: [1, 3] }],
    alt: "Falls rose in October.",
  },
  notice("warning", text`Overdue by 2 days`),
  context(text`Small print ${data(marks)}`),
  { type: "buttons", buttons: [formButton("Every kind", "every kind")] },
);

needs("chromium")("what is drawn", () => {
  const bot = new StubBot();
  let simulator: Simulator;
  let listening: Listening;
  let browser: Browser;
  let page: Page;
  let visits = 0;

  beforeAll(async () => {
    bot.mentions = { s1: "manager" };
    bot.entries = [
      { code: "one", label: "Ada First" },
      { code: "two", label: "Bo Second" },
    ];
    bot.answers = (request) => (request.body.type === "text" ? here(everyBlock) : bot.echo(request));
    simulator = createSimulator({
      bot,
      log: silentLog,
      // One for each test, so that nothing in it is of another.
      channels: Array.from({ length: 9 }, (_, at) => ({ id: `huddle-${at}`, name: `huddle ${at}` })),
      people: async () => [
        { handle: "nurse", name: "Nurse Person", detail: "staff", identity: identity("nurse") },
        { handle: "manager", name: "Manager Person", detail: "manager", identity: identity("manager") },
      ],
    });
    listening = await listen(simulator.app, "127.0.0.1", 0);
    simulator.servedAt(listening.port);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await simulator.stop();
    await listening.close();
  });
  beforeEach(async () => {
    page = await browser.newPage();
    page.setDefaultTimeout(patience);
    await page.goto(`http://127.0.0.1:${listening.port}/?person=nurse&view=both&in=huddle-${visits++}`);
    const composer = page.getByRole("textbox", { name: /^Message in/ });
    await composer.fill("everything");
    await composer.press("Enter");
  });
  afterEach(() => page.close());

  const drawing = (side: "Slack" | "Teams") => page.getByLabel(`${side} drawing`).last();
  const last = () => bot.requests.at(-1)?.body;

  test.each(["Slack", "Teams"] as const)("%s shows every block, and what was typed stays as it was", async (side) => {
    const drawn = drawing(side);
    const seen = async () => (await drawn.innerText()).replace(/\s+/g, " ");
    // Typed in the heading, the paragraph, the facts, the list, the table and the small print.
    await expect.poll(async () => (await seen()).split(marks)).toHaveLength(7);
    for (const words of ["Told", "@Manager Person", "412,000", "Falls a month", "Overdue by 2 days"])
      await expect.poll(seen).toContain(words);
    // The reader's zone, whatever the browser's is.
    expect((await seen()).match(side === "Slack" ? /Mon 23 Nov, 06:10/g : /Nov 23, 2026, 6:10 AM/g)).toHaveLength(2);
    expect(await drawn.getByRole("columnheader", { name: "Actual" }).count()).toBe(1);
  });

  test("nobody sees a card of Teams that is still empty, also while it is drawn again", async () => {
    await page.addInitScript(() => {
      new MutationObserver(() => {
        for (const drawn of document.querySelectorAll("[aria-label='Teams drawing']"))
          if (drawn.childElementCount === 0) document.documentElement.dataset.sawEmpty = "yes";
      }).observe(document, { childList: true, subtree: true });
    });
    await page.reload();
    await drawing("Teams").getByText("Small print").waitFor();
    const composer = page.getByRole("textbox", { name: /^Message in/ });
    const before = await page.getByLabel("Teams drawing").count();
    await composer.fill("everything again");
    await composer.press("Enter");
    await expect.poll(() => page.getByLabel("Teams drawing").count()).toBe(before + 1);
    expect(await page.evaluate(() => document.documentElement.dataset.sawEmpty)).toBeUndefined();
  });

  test.each(["Slack", "Teams"] as const)("%s sends a form in which much is left empty", async (side) => {
    await drawing(side).getByRole("button", { name: "Every kind" }).click();
    const dialog = page.getByRole("dialog");
    for (const name of ["Ada First", "Bo Second"]) await choose(dialog, "People", name, name);
    await dialog.getByRole("button", { name: "Send" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(last()).toMatchObject({ command: "every kind", input: { people: ["one", "two"] } });
  });

  test.each(["Slack", "Teams"] as const)("%s sends what was filled in", async (side) => {
    await drawing(side).getByRole("button", { name: "Every kind" }).click();
    const dialog = page.getByRole("dialog");
    const field = (name: string) => dialog.getByLabel(name, { exact: true });
    await field("Text").fill("Some words");
    await dialog.getByRole("checkbox", { name: /Near miss/ }).check();
    await field("Number").fill("7");
    await field("Money").fill("12.50");
    await field("Date").fill("2026-11-24");
    await field("Time").fill("07:30");
    await field("Month").fill("2026-10");
    await field("Every").selectOption({ label: "Every week" });
    await dialog.getByRole("button", { name: "Send" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(last()).toMatchObject({
      command: "every kind",
      input: {
        text: "Some words",
        many: ["near-miss"],
        number: "7",
        money: "12.50",
        date: "2026-11-24",
        time: "07:30",
        month: "2026-10",
        repeat: "week",
      },
    });
  });
});

const identity = (user: string) => ({ platform: "web" as const, tenant: "demo", user });
