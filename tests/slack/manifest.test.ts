import { readFile } from "node:fs/promises";
import path from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { scopes, slackManifest } from "../../adapters/slack/manifest.ts";
import { type Command, command } from "../../src/bot/command.ts";
import { loadMenu, menuOf } from "../../src/bot/menu.ts";
import { nothing } from "../../src/chat/reply.ts";

const root = path.resolve(import.meta.dirname, "../..");
const menu = await loadMenu(path.join(root, "commands"));

async function faults(manifest: unknown): Promise<unknown> {
  const schema = JSON.parse(await readFile(path.join(root, "tests/fixtures/slack-manifest-schema.json"), "utf8"));
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const isValid = ajv.compile(schema);
  return isValid(manifest) ? [] : isValid.errors;
}

const named = (manifest: ReturnType<typeof slackManifest>): string[] =>
  manifest.features.slash_commands.map((one) => one.command);

const bare = (declaredPath: string): Command =>
  command({
    path: declaredPath,
    summary: "Does something.",
    usage: "",
    title: "Something",
    input: {},
    roles: "all",
    changes: false,
    run: async () => nothing,
  });

describe("the manifest", () => {
  it("is one that Slack takes, with placeholders, filled in, and for Socket Mode", async () => {
    expect(await faults(slackManifest(menu, { prefix: "" }))).toEqual([]);
    expect(await faults(slackManifest(menu, { prefix: "our", url: "https://rounds.hospital.example:8443/" }))).toEqual(
      [],
    );
    expect(await faults(slackManifest(menu, { prefix: "", socketMode: true }))).toEqual([]);
  });

  it("has “Report an incident” everywhere, and “Add to incident” under a message", () => {
    const { shortcuts } = slackManifest(menu, { prefix: "" }).features;
    expect(shortcuts.map(({ callback_id, name, type }) => [callback_id, name, type])).toEqual([
      ["report_incident", "Report an incident", "global"],
      ["report_message", "Report an incident", "message"],
      ["add_to_incident", "Add to incident", "message"],
    ]);
    // https://docs.slack.dev/reference/app-manifest
    for (const { name, description } of shortcuts) {
      expect(name.length).toBeLessThanOrEqual(24);
      expect(description.length).toBeLessThanOrEqual(150);
    }
  });

  it("would be refused with a command that is longer than Slack takes", async () => {
    const manifest = slackManifest(menu, { prefix: "" });
    const [first] = manifest.features.slash_commands;
    if (first) first.command = `/${"x".repeat(40)}`;
    expect(await faults(manifest)).not.toEqual([]);
  });

  it("has a slash command for every area but those whose word Slack keeps, and one for all of them", () => {
    const commands = named(slackManifest(menu, { prefix: "" }));
    expect(commands).toEqual(expect.arrayContaining(["/rounds", "/incident", "/todo"]));
    for (const kept of ["/remind", "/help", "/settings"]) expect(commands).not.toContain(kept);
  });

  it("puts a prefix before them all, and then has the words that Slack keeps too", () => {
    const commands = named(slackManifest(menu, { prefix: "our" }));
    expect(commands).toEqual(expect.arrayContaining(["/ourrounds", "/ourincident", "/ourremind", "/oursettings"]));
    expect(commands.filter((one) => !one.startsWith("/our"))).toEqual([]);
  });

  it("never has more commands than Slack takes", async () => {
    const many = menuOf(Array.from({ length: 80 }, (_, index) => bare(`area${index} show`)));
    const manifest = slackManifest(many, { prefix: "" });
    expect(named(manifest)).toHaveLength(50);
    expect(await faults(manifest)).toEqual([]);
  });

  it("names one address for everything, and none for Socket Mode", () => {
    const called = JSON.stringify(slackManifest(menu, { prefix: "", url: "https://rounds.hospital.example" }));
    expect(new Set(called.match(/https:[^"]+/g))).toEqual(new Set(["https://rounds.hospital.example/slack/events"]));
    expect(JSON.stringify(slackManifest(menu, { prefix: "", socketMode: true }))).not.toContain("https:");
  });

  it("asks for no scope without a reason", () => {
    const manifest = slackManifest(menu, { prefix: "" });
    for (const scope of manifest.oauth_config.scopes.bot) expect(scopes[scope]).toMatch(/\w+ \w+/);
    expect(manifest.oauth_config.scopes.bot).not.toContain("channels:history");
  });
});
