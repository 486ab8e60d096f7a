import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { needs } from "../support/needs.ts";
import { person } from "../support/person.ts";
import { openBrowser } from "./openBrowser.ts";
import { type OpenSimulator, openSimulator } from "./openSimulator.ts";

/** With UPDATE_SCREENSHOTS=1 the README's picture is taken anew. */
const picture =
  process.env.UPDATE_SCREENSHOTS === "1" ? path.resolve(import.meta.dirname, "../../docs/phone.png") : undefined;
/** Taller than any phone, so that a whole card stands on it. */
const phone = { width: 320, height: 1_600 };

needs("chromium")("on a phone of 320 px", () => {
  let open: OpenSimulator;
  let browser: Browser;
  const pictures = new Map<string, string>();

  beforeAll(async () => {
    open = await openSimulator();
    browser = await openBrowser();
    const tells = async (handle: string, ...texts: string[]) => {
      for (const text of texts) await person(open.hospital, handle).says(text);
    };
    await tells(
      "nurse",
      "incident report category:fall harm:none Slipped on a wet bathroom floor, helped back to bed. 4W",
      "grievance log channel:letter Nobody came when the bell rang, for half an hour. ED",
      "incident report harm:severe category:device The pump ran free 4W",
    );
    await tells(
      "quality",
      "incident assign INC-1 @manager",
      'incident grade INC-1 mild severity:major probability:occasional why:"A bruise on the hip"',
      'action add @manager about:INC-1 due:2026-11-27 strength:stronger what:"Replace the floor mats"',
      "grievance assign GRV-1 @quality",
      'grievance note GRV-1 as:steps "Asked the night shift, read the call log"',
    );
  });

  afterAll(async () => {
    await browser?.close();
    await open?.close();
  });

  async function asked(handle: string, side: "slack" | "teams", text: string): Promise<Page> {
    const context = await browser.newContext({
      viewport: phone,
      deviceScaleFactor: 2,
      colorScheme: "light",
      timezoneId: "America/New_York",
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(`${open.address}/?person=${handle}&view=${side}&in=direct`);
    const composer = page.getByRole("textbox", { name: /^Message in/ });
    await composer.fill(text);
    await composer.press("Enter");
    return page;
  }

  test.each([
    ["incident", "quality", "incident show INC-1", "reporter said"],
    ["severe incident", "quality", "incident show INC-2 more:yes", "Urgent"],
    ["what waits", "manager", "todo", "Waiting for you"],
    ["grievance", "quality", "grievance show GRV-1", "results"],
    ["action", "manager", "action show ACT-1", "Replace the floor mats"],
    ["clocks", "quality", "clock list", "Answer the grievance"],
    [
      "receipt",
      "nurse",
      "incident report identity:anonymous Two bags looked alike on the shelf 5E",
      "Keep this receipt",
    ],
  ] as const)("%s fits and can be read, in both drawings", async (name, handle, text, words) => {
    for (const side of ["slack", "teams"] as const) {
      const page = await asked(handle, side, text);
      const drawn = page.getByLabel(side === "slack" ? "Slack drawing" : "Teams drawing").last();
      await drawn.getByText(words).first().waitFor();
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(phone.width);
      const smallest = await drawn.evaluate((card: { querySelectorAll(selector: string): Iterable<unknown> }) =>
        Math.min(
          ...[...card.querySelectorAll("*")]
            .filter((one) => (one as { textContent: string }).textContent.trim() !== "")
            .map((one) => Number.parseFloat((globalThis as unknown as Styles).getComputedStyle(one).fontSize)),
        ),
      );
      expect(smallest).toBeGreaterThanOrEqual(12);
      const wide = await drawn.evaluate((card: { scrollWidth: number; clientWidth: number }) => [
        card.scrollWidth,
        card.clientWidth,
      ]);
      expect(wide[0]).toBeLessThanOrEqual(wide[1] ?? 0);
      if (picture) pictures.set(`${name} ${side}`, (await drawn.screenshot()).toString("base64"));
      await page.context().close();
    }
  });

  test("the README's picture shows four of them", async () => {
    if (!picture) return;
    const shown = ["incident slack", "what waits slack", "grievance teams", "receipt teams"];
    const style = "padding:14px;background:#fff;border-radius:12px;border:1px solid #dde1e6";
    const images = shown
      .map((name) => `<img style="${style}" src="data:image/png;base64,${pictures.get(name)}" width="290">`)
      .join("");
    const page = await browser.newPage({ viewport: { width: 1380, height: 900 } });
    await page.setContent(
      `<main style="padding:20px;background:#f5f6f8;display:inline-flex;gap:18px;align-items:start">${images}</main>`,
    );
    await page.locator("main").screenshot({ path: picture });
  });
});

interface Styles {
  getComputedStyle(element: unknown): { fontSize: string };
}
