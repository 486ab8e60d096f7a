import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { card, paragraph } from "../../src/chat/card.ts";
import { text } from "../../src/chat/text.ts";
import { bring, budgetHead, ledgerHead } from "../domain/books.ts";
import { needs } from "../support/needs.ts";
import { choose, openBrowser, patience } from "./openBrowser.ts";
import { type OpenSimulator, openSimulator } from "./openSimulator.ts";

needs("chromium")("the page in a browser", () => {
  let open: OpenSimulator;
  let browser: Browser;
  let page: Page;
  /** What went wrong in the page, and what it asked of other hosts. */
  const wrong: string[] = [];

  beforeAll(async () => {
    open = await openSimulator();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await open.close();
  });
  beforeEach(async () => {
    const context = await browser.newContext();
    page = await context.newPage();
    page.setDefaultTimeout(patience);
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("console", (said) => said.type() === "error" && wrong.push(said.text()));
    page.on("request", (request) => {
      if (!request.url().startsWith(open.address) && !request.url().startsWith("data:")) wrong.push(request.url());
    });
    return async () => {
      await context.close();
      expect(wrong.splice(0)).toEqual([]);
    };
  });

  const visit = (person: string, place: string) => page.goto(`${open.address}/?person=${person}&view=both&in=${place}`);
  const say = async (words: string) => {
    // What was said before has arrived.
    await page.getByRole("button", { name: "Sending" }).waitFor({ state: "detached" });
    const composer = page.getByRole("textbox", { name: /^Message in/ });
    await composer.fill(words);
    await composer.press("Enter");
  };
  const drawing = (side: "Slack" | "Teams") => page.getByLabel(`${side} drawing`).last();
  const chooseInForm = (field: string, typed: string, wanted: string) =>
    choose(page.getByRole("dialog"), field, typed, wanted);
  /** The page is on a small telephone. */
  const narrow = async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.waitForFunction("innerWidth === 320");
  };

  test("a file is chosen, or dropped on the composer, and imported; in a channel none is taken", async () => {
    const { hospital } = open;
    await bring(hospital, "budget", `${budgetHead}4W,rent,Rent,2026-10,expense,fixed,,,,,20000,\n`);
    const file = (amount: number) => ({
      name: "ledger.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(`${ledgerHead}4W,rent,2026-10,,,,${amount},2026-11-05\n`),
    });
    await visit("manager", "direct");
    await page.getByLabel("A file to import").setInputFiles(file(21_000));
    await drawing("Slack").getByText("Only tried so far").waitFor();
    await drawing("Slack").getByRole("button", { name: "Import" }).click();
    for (const side of ["Slack", "Teams"] as const) await drawing(side).getByText("The file is in: 1 new").waitFor();
    const dropped = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], "ledger.csv", { type: "text/csv" }));
      return transfer;
    }, file(22_000).buffer.toString());
    const composer = page.getByRole("textbox", { name: /^Message in/ });
    await composer.dispatchEvent("dragover", { dataTransfer: dropped });
    await composer.dispatchEvent("drop", { dataTransfer: dropped });
    await drawing("Teams").getByText("22,000, was 21,000").waitFor();
    await page.getByRole("button", { name: "# 4-west-huddle" }).click();
    await page.getByRole("button", { name: "File" }).waitFor({ state: "detached" });
  });

  test("an incident is filed in Slack's form, and the manager acknowledges it and assigns it in Teams' drawing", async () => {
    await visit("nurse", "direct");
    await say("/incident report");
    await page.getByRole("textbox", { name: "What happened" }).fill("Slipped on a wet bathroom floor");
    await chooseInForm("Where", "west", "4 West");
    await page.getByLabel("When").fill("2026-11-23T06:10");
    await page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
    await drawing("Slack").getByText("INC-1 is filed").waitFor();
    await drawing("Teams").getByText("INC-1 is filed").waitFor();

    await choose(page, "You are", "Manager Person", "Manager Person");
    await say("/incident list");
    await drawing("Slack").getByRole("button", { name: "Open" }).click();
    await drawing("Slack").getByText("Slipped on a wet bathroom floor").waitFor();
    // The hospital's zone, whatever the browser's is, and on both in the same words: it is their own chat.
    for (const side of ["Slack", "Teams"] as const) await drawing(side).getByText("Mon 23 Nov, 06:10").waitFor();
    await drawing("Teams").getByRole("button", { name: "Acknowledge" }).click();
    for (const side of ["Slack", "Teams"] as const)
      await drawing(side).getByRole("button", { name: "Acknowledge" }).waitFor({ state: "detached" });

    await drawing("Teams").getByRole("button", { name: "Assign" }).click();
    await chooseInForm("To", "manager", "Manager Person");
    await page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
    await drawing("Slack").getByText("In review by").waitFor();
    await drawing("Teams").getByText("In review by").waitFor();
  });

  test("Escape closes a form and keeps what was typed, in both drawings", async () => {
    await visit("nurse", "huddle");
    for (const side of ["Slack", "Teams"] as const) {
      const reopen = async () => {
        const cards = page.getByLabel("Teams drawing");
        const before = await cards.count();
        if (side === "Slack") {
          await say("/incident report");
          await expect.poll(() => cards.count()).toBe(before + 1);
        } else await drawing("Teams").getByRole("button", { name: "Fill in the form" }).click();
      };
      await reopen();
      const what = page.getByRole("dialog").getByRole("textbox", { name: "What happened" });
      await what.fill(`Typed in ${side}`);
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await reopen();
      expect(await what.inputValue()).toBe(`Typed in ${side}`);
      await page.keyboard.press("Escape");
    }
  });

  test("the menu of a message opens either platform's form with its words, and closes", async () => {
    await visit("nurse", "huddle");
    await say("The rail of bed 3 is loose");
    const written = page.locator(".message.written").filter({ hasText: "The rail of bed 3 is loose" });
    const menu = written.getByLabel("More actions");
    for (const side of ["Slack", "Teams"]) {
      await menu.click();
      await written.getByRole("button", { name: `Add to incident ${side}` }).click();
      const dialog = page.getByRole("dialog", { name: `Add a note, ${side}` });
      await expect
        .poll(() => dialog.getByRole("textbox", { name: "Note" }).inputValue())
        .toBe("“The rail of bed 3 is loose”");
      await page.keyboard.press("Escape");
      expect(await written.getByRole("button", { name: `Add to incident ${side}` }).isVisible()).toBe(false);
    }
    await narrow();
    await menu.click();
    await written.getByRole("button", { name: "Report an incident Slack" }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    expect(await page.getByRole("log").evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
  });

  test("what is missing is said under its field, and nothing typed is lost", async () => {
    await visit("nurse", "direct");
    await say("/incident report");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "What happened" }).fill("Door alarm failed");
    await dialog.getByRole("button", { name: "Send" }).click();
    await dialog.getByText("Where is needed.").waitFor();
    expect(await dialog.getByRole("textbox", { name: "What happened" }).inputValue()).toBe("Door alarm failed");
  });

  test("the composer keeps its text when it cannot be sent, and says what to do", async () => {
    await visit("nurse", "huddle");
    await page.getByRole("textbox", { name: /^Message in/ }).waitFor();
    await page.route("**/api/say", (route) => route.fulfill({ status: 409, json: { problem: "Choose another one." } }));
    await say("help me");
    await page.getByRole("alert").getByText("What you typed is still here.").waitFor();
    expect(await page.getByRole("textbox", { name: /^Message in/ }).inputValue()).toBe("help me");
    // The browser itself notes the refusal.
    expect(wrong.splice(0)).toEqual([expect.stringContaining("409")]);
  });

  test("a service that was away is said to be, and what came meanwhile is shown when it is back", async () => {
    await visit("director", "huddle");
    const { messenger } = open.simulator;
    const place = await messenger.personal(open.hospital.identity("director"));
    await page.route("**/api/events*", (route) => route.fulfill({ status: 204 }));
    await page.getByRole("button", { name: /direct/ }).click();
    await page.getByText("Rounds does not answer.").waitFor();
    await messenger.post(place, card(text`Told`, paragraph(text`Told meanwhile`)), { zone: "UTC", mentions: {} });
    await page.unroute("**/api/events*");
    await drawing("Slack").getByText("Told meanwhile").waitFor();
    await page.getByText("Rounds does not answer.").waitFor({ state: "detached" });
  });

  test("what Home was asked for does not come into the conversation that is open by then", async () => {
    await visit("manager", "home");
    await drawing("Slack").waitFor();
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    await page.route("**/api/home*", async (route) => {
      await held;
      await route.continue();
    });
    await say("whoami");
    const answer = drawing("Slack").getByText("@manager").first();
    await answer.waitFor();
    const home = page.waitForResponse("**/api/home*");
    release();
    await (await home).finished();
    await page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
    expect(await answer.isVisible()).toBe(true);
  });

  test("one drawing or both, remembered; nothing is wider than a small telephone", async () => {
    await visit("manager", "direct");
    await say("/help");
    await drawing("Teams").waitFor();
    await page.getByRole("button", { name: "Slack", exact: true }).click();
    await page.goto(open.address);
    await drawing("Slack").waitFor();
    expect(await page.getByLabel("Teams drawing").count()).toBe(0);
    await page.getByRole("button", { name: "Both", exact: true }).click();
    await narrow();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    const frame = page.getByRole("log");
    expect(await frame.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
  });
});
