import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { manifestFolder } from "../../src/cli/manifest.ts";
import { rounds } from "../support/rounds.ts";

const address = "https://rounds.hospital.example";
const clientId = "11111111-2222-4333-8444-555555555555";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "rounds-manifest-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const manifest = (which: string, environment: Record<string, string> = {}) =>
  rounds(["manifest", which], environment, folder);

describe("rounds manifest slack", () => {
  it("fills in the address", async () => {
    const { code, out, errors } = await manifest("slack", { ROUNDS_URL: address });
    const { features, settings } = JSON.parse(out);
    expect(code).toBe(0);
    expect(errors).toBe("");
    expect(new Set(features.slash_commands.map((command: { url: string }) => command.url))).toEqual(
      new Set([`${address}/slack/events`]),
    );
    expect(settings.event_subscriptions.request_url).toBe(`${address}/slack/events`);
    expect(settings.socket_mode_enabled).toBe(false);
  });

  it("asks for Socket Mode where there is an app-level token, before there is a bot token", async () => {
    const { code, out } = await manifest("slack", { SLACK_APP_TOKEN: "xapp-1" });
    expect(code).toBe(0);
    expect(JSON.parse(out).settings.socket_mode_enabled).toBe(true);
    expect(out).not.toContain("/slack/events");
  });

  it("asks for Socket Mode where there is no address, and says so", async () => {
    const { code, out, errors } = await manifest("slack");
    expect(code).toBe(0);
    expect(JSON.parse(out).settings.socket_mode_enabled).toBe(true);
    expect(errors).toContain("ROUNDS_URL is not set");
  });

  it("puts a prefix before every command", async () => {
    const { out } = await manifest("slack", { ROUNDS_URL: address, ROUNDS_COMMAND_PREFIX: "r" });
    const commands = JSON.parse(out).features.slash_commands.map((one: { command: string }) => one.command);
    expect(commands).toContain("/rincident");
    expect(commands.filter((command: string) => !command.startsWith("/r"))).toEqual([]);
    expect(commands).not.toContain("/incident");
  });
});

describe("rounds manifest teams", () => {
  it("says what it lacks, and packs nothing", async () => {
    const { code, out, errors } = await manifest("teams", { ROUNDS_URL: address });
    expect(code).toBe(0);
    expect(JSON.parse(out).name.short).toBe("Rounds");
    expect(errors).toBe("Set CLIENT_ID to have it filled in and packed.\n");
    expect(existsSync(path.join(folder, "rounds-teams.zip"))).toBe(false);
  });

  it("writes the package that an administrator uploads", async () => {
    const { code, out, errors } = await manifest("teams", { ROUNDS_URL: address, CLIENT_ID: clientId });
    expect(code).toBe(0);
    expect(errors).toMatch(/^Wrote rounds-teams\.zip: upload it in the Teams admin center/);
    const files = unzipSync(await readFile(path.join(folder, "rounds-teams.zip")));
    expect(Object.keys(files).sort()).toEqual(["color.png", "manifest.json", "outline.png"]);
    const packed = JSON.parse(strFromU8(files["manifest.json"] ?? new Uint8Array()));
    expect(packed).toEqual(JSON.parse(out));
    expect(packed.bots[0].botId).toBe(clientId);
    expect(packed.validDomains).toContain("rounds.hospital.example");
    expect(packed.icons).toEqual({ color: "color.png", outline: "outline.png" });
    for (const icon of ["color.png", "outline.png"])
      expect(Buffer.from(files[icon] ?? [])).toEqual(await readFile(path.join(manifestFolder, "teams", icon)));
  });
});
