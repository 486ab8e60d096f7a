import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { known, rising, steady } from "../commands/figures.ts";
import { bringBooks } from "../domain/books.ts";
import { needs } from "../support/needs.ts";
import { person } from "../support/person.ts";
import { openBrowser } from "./openBrowser.ts";
import { type OpenSimulator, openSimulator } from "./openSimulator.ts";
import { answered, besideEachOther, fits, picturesFolder, writes } from "./phone.ts";

// The numbers on a phone: a digest, a control chart and a budget, as Slack and as Teams show them.

needs("chromium")("the numbers on a phone of 320 px", () => {
  let open: OpenSimulator;
  let browser: Browser;
  const pictures = new Map<string, string>();

  beforeAll(async () => {
    open = await openSimulator();
    browser = await openBrowser();
    const { hospital } = open;
    const { west, east } = hospital.units;
    await known(hospital, "falls", west, rising);
    await known(hospital, "hand-hygiene", west, steady);
    await known(
      hospital,
      "lwbs",
      west,
      steady.map(([n], at) => [100 - n + (at % 3), 400]),
    );
    await known(
      hospital,
      "falls",
      east,
      rising.map((_, at) => [2 + (at % 2), 900]),
    );
    await bringBooks(hospital);
    for (const text of ["kpi target falls 4W 2.5", "kpi target hand-hygiene 4W 90", "kpi use turnover 4W"])
      await person(hospital, "manager").says(text);
  });

  afterAll(async () => {
    await browser?.close();
    await open?.close();
  });

  test.each([
    ["digest", "manager", "kpi digest 4W", "All measures"],
    ["control chart", "manager", "kpi show falls 4W", "from 24 months"],
    ["budget", "manager", "budget show 4W oct", "unfavourable"],
    ["director's digest", "director", "kpi digest MED", "Falls in 4 West"],
  ] as const)("the %s fits and can be read, in both drawings", async (name, handle, text, words) => {
    for (const side of ["slack", "teams"] as const) {
      const page = await writes(browser, open, handle, side, text);
      const drawn = await answered(page, side, words);
      await fits(page, drawn);
      const alts = await drawn
        .getByRole("img")
        .evaluateAll((all) => all.map((one) => (one as unknown as { alt: string }).alt));
      expect(alts.filter((alt) => alt === "")).toEqual([]);
      if (picturesFolder) pictures.set(`${name} ${side}`, (await drawn.screenshot()).toString("base64"));
      await page.context().close();
    }
  });

  test("the README's picture shows them", async () => {
    if (!picturesFolder) return;
    const shown = ["slack", "teams"].flatMap((side) =>
      ["digest", "control chart", "budget"].map((name) => `${name} ${side}`),
    );
    await besideEachOther(
      browser,
      shown.map((name) => pictures.get(name)),
      path.join(picturesFolder, "numbers.png"),
    );
  });
});
