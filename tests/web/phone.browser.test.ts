import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, test } from "vitest";
import { needs } from "../support/needs.ts";
import { person } from "../support/person.ts";
import { openBrowser } from "./openBrowser.ts";
import { type OpenSimulator, openSimulator } from "./openSimulator.ts";
import { answered, besideEachOther, fits, picturesFolder, writes } from "./phone.ts";

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
      const page = await writes(browser, open, handle, side, text);
      const drawn = await answered(page, side, words);
      await fits(page, drawn);
      if (picturesFolder) pictures.set(`${name} ${side}`, (await drawn.screenshot()).toString("base64"));
      await page.context().close();
    }
  });

  test("the README's picture shows four of them", async () => {
    if (!picturesFolder) return;
    const shown = ["incident slack", "what waits slack", "grievance teams", "receipt teams"];
    await besideEachOther(
      browser,
      shown.map((name) => pictures.get(name)),
      path.join(picturesFolder, "phone.png"),
    );
  });
});
