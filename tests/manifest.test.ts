import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { committedManifests, manifestFolder } from "../src/cli/manifest.ts";

const manifests = await committedManifests();

it("is one for each platform", () => {
  expect(Object.keys(manifests)).toEqual(["slack.json", "teams/manifest.json"]);
});

it.each(Object.entries(manifests))(
  "%s is what the menu makes; else run: npm run -s rounds -- manifest --write",
  async (name, made) => {
    expect(await readFile(path.join(manifestFolder, name), "utf8")).toBe(made);
  },
);
