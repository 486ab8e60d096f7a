import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { findProgram } from "../support/needs.ts";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Milliseconds within which what is waited for has come to a page, also on a machine that is busy with much else. */
export const patience = 120_000;

/** The machine's own Chromium, quiet towards the network. */
export function openBrowser(): Promise<Browser> {
  const executablePath = findProgram("chromium", "chromium-browser", "google-chrome");
  return chromium.launch({ ...(executablePath && { executablePath }), args: flags });
}

/** Chooses in a field that searches, once the search for what is typed has its answer: until then the list may still change. */
export async function choose(within: Page | Locator, field: string, typed: string, wanted: string): Promise<void> {
  const box = within.getByRole("combobox", { name: field });
  await box.click();
  await box.fill(typed);
  await within.locator("[role=listbox][aria-busy=false]").getByRole("option", { name: wanted }).first().click();
}
