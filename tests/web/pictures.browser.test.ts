import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createSimulator, type Simulator } from "../../adapters/web/simulator.ts";
import { compliancePicture } from "../../src/charts/compliance.ts";
import { type Card, card, heading } from "../../src/chat/card.ts";
import { here, privately } from "../../src/chat/reply.ts";
import { text } from "../../src/chat/text.ts";
import { type Listening, listen } from "../../src/http.ts";
import { silentLog } from "../support/hospital.ts";
import { needs } from "../support/needs.ts";
import { StubBot } from "../support/teams/bot.ts";
import { openBrowser, patience } from "./openBrowser.ts";

needs("chromium")("a picture", () => {
  const bot = new StubBot();
  let simulator: Simulator;
  let listening: Listening;
  let browser: Browser;
  let page: Page;
  let training: Card;

  beforeAll(async () => {
    const rows = [
      { name: "4 West", value: 97 },
      { name: "Emergency", value: 86 },
    ];
    const { file, alt } = await compliancePicture({
      title: "Fire safety",
      subtitle: "Current",
      unit: "%",
      direction: "increase",
      target: 95,
      rows,
    });
    training = card(text`Training.`, heading(text`Training`), { type: "image", file, alt });
    simulator = createSimulator({
      bot,
      log: silentLog,
      // One for each test, so that nothing in it is of another.
      channels: ["slack", "teams", "huddle"].map((id) => ({ id, name: id })),
      people: async () => [
        {
          handle: "nurse",
          name: "Nurse Person",
          detail: "staff",
          identity: { platform: "web", tenant: "demo", user: "nurse" },
        },
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
    page = await browser.newPage({ viewport: { width: 320, height: 640 } });
    page.setDefaultTimeout(patience);
  });
  afterEach(() => page.close());

  const asks = async (view: string, place: string) => {
    await page.goto(`http://127.0.0.1:${listening.port}/?person=nurse&view=${view}&in=${place}`);
    const composer = page.getByRole("textbox", { name: /^Message in/ });
    await composer.fill("training");
    await composer.press("Enter");
  };
  const words = /Fire safety: Current\. Target 95 %\. 1 of 2 meets it: 4 West 97 %; below it: Emergency 86 %/;

  test.each(["slack", "teams"])("is seen whole on a phone in the drawing of %s, with its words", async (view) => {
    bot.answers = () => here(training);
    await asks(view, view);
    const image = page.getByRole("img", { name: words }).last();
    await expect.poll(() => image.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(810);
    const place = await image.boundingBox();
    // Pictures are laid out for 270 pixels, with letters of 12: no letter is smaller.
    expect(place?.width).toBeGreaterThanOrEqual(270);
    expect((place?.x ?? 0) + (place?.width ?? 0)).toBeLessThanOrEqual(320);
  });

  test("for one person in a channel is said in words by Slack, and follows in their own chat", async () => {
    bot.answers = () => privately(training);
    await asks("slack", "huddle");
    const drawing = page.getByLabel("Slack drawing").last();
    await drawing
      .locator("p, div, span", { hasText: /follows in your own chat with Rounds/ })
      .first()
      .waitFor();
    expect(await drawing.getByRole("img").count()).toBe(0);
    await page.goto(`http://127.0.0.1:${listening.port}/?person=nurse&view=slack&in=direct`);
    await page.getByRole("img", { name: words }).last().waitFor();
  });
});
