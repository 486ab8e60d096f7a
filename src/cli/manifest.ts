import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { zipSync } from "fflate";
import { slackManifest } from "../../adapters/slack/manifest.ts";
import { placeholders, teamsManifest } from "../../adapters/teams/manifest.ts";
import { loadMenu } from "../bot/menu.ts";
import type { Config } from "../config.ts";
import { menuFolder } from "./menuFolder.ts";

export const manifestFolder = path.join(import.meta.dirname, "../../manifest");
const packageFile = "rounds-teams.zip";

/** The manifests as they are committed, with placeholders, by their path in `manifest/`. */
export async function committedManifests(): Promise<Record<string, string>> {
  const menu = await loadMenu(menuFolder);
  return {
    "slack.json": json(slackManifest(menu, { prefix: "" })),
    "teams/manifest.json": json(teamsManifest(menu)),
  };
}

/** Prints a manifest filled in from the environment; for Teams it also writes the package that an administrator uploads. */
export async function manifestProgram([which]: string[], config: Config): Promise<number> {
  const menu = await loadMenu(menuFolder);
  const { ROUNDS_URL: url, CLIENT_ID: clientId, ROUNDS_COMMAND_PREFIX: prefix } = config.environment;
  if (which === "--write") return writeCommitted();
  if (which === "slack") {
    if (!url) console.error("ROUNDS_URL is not set, so this is for Socket Mode, which needs no address.");
    console.log(
      json(
        slackManifest(menu, {
          prefix,
          ...(url && { url }),
          socketMode: !url || config.environment.SLACK_APP_TOKEN !== undefined,
        }),
      ).trimEnd(),
    );
    return 0;
  }
  if (which !== "teams") {
    console.error("Say which: manifest slack, or manifest teams.");
    return 2;
  }
  const manifest = json(
    teamsManifest(menu, { url: url ?? placeholders.url, clientId: clientId ?? placeholders.clientId }),
  );
  console.log(manifest.trimEnd());
  if (!url || !clientId) {
    console.error(
      `Set ${[url ? [] : "ROUNDS_URL", clientId ? [] : "CLIENT_ID"].flat().join(" and ")} to have it filled in and packed.`,
    );
    return 0;
  }
  const icon = (name: string) => readFile(path.join(manifestFolder, "teams", name));
  const files = {
    "manifest.json": Buffer.from(manifest),
    "color.png": await icon("color.png"),
    "outline.png": await icon("outline.png"),
  };
  await writeFile(packageFile, zipSync(files));
  console.error(`Wrote ${packageFile}: upload it in the Teams admin center, or in Teams under Apps, Manage your apps.`);
  return 0;
}

async function writeCommitted(): Promise<number> {
  for (const [name, content] of Object.entries(await committedManifests())) {
    const file = path.join(manifestFolder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return 0;
}

const json = (manifest: object): string => `${JSON.stringify(manifest, null, 2)}\n`;
