import path from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { patience } from "./openBrowser.ts";
import type { OpenSimulator } from "./openSimulator.ts";

// A phone with the simulator on it, and what is told from its screen.

/** Taller than any phone, so that a whole card stands on it. */
const screen = { width: 320, height: 2_400 };

/** With UPDATE_SCREENSHOTS=1 the README's pictures are taken anew. */
export const picturesFolder =
  process.env.UPDATE_SCREENSHOTS === "1" ? path.resolve(import.meta.dirname, "../../docs") : undefined;

export type Side = "slack" | "teams";

/** Somebody writes to Rounds on their phone. */
export async function writes(
  browser: Browser,
  { address }: OpenSimulator,
  handle: string,
  side: Side,
  text: string,
): Promise<Page> {
  const context = await browser.newContext({
    viewport: screen,
    deviceScaleFactor: 2,
    colorScheme: "light",
    timezoneId: "America/New_York",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  await page.goto(`${address}/?person=${handle}&view=${side}&in=direct`);
  const composer = page.getByRole("textbox", { name: /^Message in/ });
  await composer.fill(text);
  await composer.press("Enter");
  return page;
}

/** The last card, once it says these words. */
export async function answered(page: Page, side: Side, words: string): Promise<Locator> {
  const drawn = page.getByLabel(side === "slack" ? "Slack drawing" : "Teams drawing").last();
  await drawn.getByText(words).first().waitFor();
  return drawn;
}

/** Nothing stands beside the screen or beside its card, and no letter is smaller than 12 pixels. */
export async function fits(page: Page, drawn: Locator): Promise<void> {
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(screen.width);
  const smallest = await drawn.evaluate((card: { querySelectorAll(selector: string): Iterable<unknown> }) =>
    Math.min(
      ...[...card.querySelectorAll("*")]
        .filter((one) => (one as { textContent: string }).textContent.trim() !== "")
        .map((one) => Number.parseFloat((globalThis as unknown as Styles).getComputedStyle(one).fontSize)),
    ),
  );
  expect(smallest).toBeGreaterThanOrEqual(12);
  const [wide, room] = await drawn.evaluate((card: { scrollWidth: number; clientWidth: number }) => [
    card.scrollWidth,
    card.clientWidth,
  ]);
  expect(wide).toBeLessThanOrEqual(room ?? 0);
}

/** One picture of several cards beside each other. @param pictures PNG, base64 */
export async function besideEachOther(browser: Browser, pictures: readonly (string | undefined)[], file: string) {
  const style = "padding:14px;background:#fff;border-radius:12px;border:1px solid #dde1e6";
  const images = pictures
    .map((picture) => `<img style="${style}" src="data:image/png;base64,${picture}" width="290">`)
    .join("");
  const page = await browser.newPage({ viewport: { width: 345 * pictures.length, height: 900 } });
  await page.setContent(
    `<main style="padding:20px;background:#f5f6f8;display:inline-flex;gap:18px;align-items:start">${images}</main>`,
  );
  await page.locator("main").screenshot({ path: file });
}

interface Styles {
  getComputedStyle(element: unknown): { fontSize: string };
}
