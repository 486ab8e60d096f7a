import { type Browser, chromium } from "playwright-core";
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

/** The machine's own Chromium, quiet towards the network. */
export function openBrowser(): Promise<Browser> {
  const executablePath = findProgram("chromium", "chromium-browser", "google-chrome");
  return chromium.launch({ ...(executablePath && { executablePath }), args: flags });
}
