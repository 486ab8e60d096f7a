import { existsSync } from "node:fs";
import path from "node:path";
import { describe, it } from "vitest";

/** What a machine may lack, and what is missing in words. */
const present = {
  chromium: () => findProgram("chromium", "chromium-browser", "google-chrome") !== undefined,
  redis: () => findProgram("redis-server") !== undefined,
  root: () => process.getuid?.() === 0,
} as const;

const missing: Record<Need, string> = {
  chromium: "Chromium is not installed",
  redis: "redis-server is not installed",
  root: "the tests do not run as root",
};

export type Need = keyof typeof present;

/** Begins the title of a suite that does not run; the reporter in notRun.ts looks for it. */
const NOT_RUN = "not run, because";

type Suite = (name: string, tests: () => void) => void;

/**
 * `needs("redis")("the queue on Redis", () => …)` is a `describe` that runs where the machine has what it needs.
 * Elsewhere it is skipped and listed at the end, except where `CI` is set: there a missing program fails. Not being
 * root is no fault of a machine and fails nowhere.
 */
export function needs(need: Need): Suite {
  if (present[need]()) return describe;
  if (!process.env.CI || need === "root")
    return (name, tests) => describe.skip(`${name} (${NOT_RUN} ${missing[need]})`, tests);
  return (name) =>
    describe(name, () =>
      it("has what it needs", () => {
        throw new Error(`${missing[need]}.`);
      }),
    );
}

/** Path of the first of these programs that is installed. */
export function findProgram(...names: string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find((file) => existsSync(file));
}
