import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { needs } from "../support/needs.ts";
import { type Service, startService } from "../support/service.ts";
import { choose, openBrowser, patience } from "./openBrowser.ts";

/** With UPDATE_SCREENSHOTS=1 the README's pictures are taken anew. */
const pictures = process.env.UPDATE_SCREENSHOTS === "1" ? path.resolve(import.meta.dirname, "../../docs") : undefined;

needs("chromium")("the demonstration in a browser", () => {
  let dataFolder: string;
  let service: Service;
  let browser: Browser;
  const wrong: string[] = [];

  beforeAll(async () => {
    dataFolder = await mkdtemp(path.join(tmpdir(), "rounds-story-"));
    service = await startService({ ROUNDS_DATA: dataFolder, PORT: "0", LOG_LEVEL: "warn" });
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await service?.kill("SIGTERM");
    await rm(dataFolder, { recursive: true, force: true });
  });

  async function pageOf(handle: string): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 860 },
      colorScheme: "light",
      timezoneId: "America/New_York",
    });
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("console", (said) => said.type() === "error" && wrong.push(said.text()));
    await page.goto(`${service.url}/?person=${handle}&view=both&in=direct`);
    return page;
  }

  /** The newest card about it; the demonstration's own notices may come at any time. */
  const drawing = (page: Page, side: "Slack" | "Teams", about: string | RegExp) =>
    page.getByLabel(`${side} drawing`).filter({ hasText: about }).last();

  test("what a nurse files reaches her manager's open page, who assigns it in Teams' drawing; both change", async () => {
    const [nurse, manager] = await Promise.all([pageOf("cruiz"), pageOf("jlee")]);
    await manager.getByRole("textbox", { name: /^Message in/ }).waitFor();

    const composer = nurse.getByRole("textbox", { name: /^Message in/ });
    await composer.fill("/incident report");
    await composer.press("Enter");
    const form = nurse.getByRole("dialog");
    await form
      .getByRole("textbox", { name: "What happened" })
      .fill("Slipped on a wet bathroom floor, helped back to bed.");
    await choose(form, "Where", "4 we", "4 West");
    if (pictures) await nurse.screenshot({ path: path.join(pictures, "report-form.png") });
    await form.getByRole("radio", { name: "Mild harm" }).check();
    await form.getByRole("button", { name: "Send" }).click();
    const filed = drawing(nurse, "Slack", "is filed").getByText(/INC-\d+ is filed/);
    await filed.waitFor();
    const number = /INC-\d+/.exec((await filed.textContent()) ?? "")?.[0] ?? "none";

    // Nobody has touched the manager's page: the notice came by itself.
    for (const side of ["Slack", "Teams"] as const) await drawing(manager, side, number).waitFor();
    await drawing(manager, "Slack", number).getByRole("button", { name: "Open" }).click();
    for (const side of ["Slack", "Teams"] as const)
      await drawing(manager, side, number).getByText("Slipped on a wet bathroom floor").waitFor();
    await drawing(manager, "Teams", number).getByRole("button", { name: "Assign" }).click();
    await choose(manager.getByRole("dialog"), "To", "jordan", "Jordan Lee");
    await manager.getByRole("dialog").getByRole("button", { name: "Send" }).click();
    for (const side of ["Slack", "Teams"] as const)
      await drawing(manager, side, number).getByText("In review by").waitFor();
    if (pictures) await manager.screenshot({ path: path.join(pictures, "incident-both.png") });

    // And the nurse hears of it, on a page that nobody has touched either.
    for (const side of ["Slack", "Teams"] as const)
      await drawing(nurse, side, number).getByText("is acknowledged and is being looked at").waitFor();
    expect(wrong).toEqual([]);
  });
});
