import { readFile } from "node:fs/promises";
import path from "node:path";
import { inflateSync } from "node:zlib";
import AjvDraft04 from "ajv-draft-04";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { teamsManifest } from "../../adapters/teams/manifest.ts";
import { menuOf } from "../../src/bot/menu.ts";
import { commands } from "../support/teams/bot.ts";

const root = path.resolve(import.meta.dirname, "../..");
const schemaFile = "node_modules/@microsoft/app-manifest/build/json-schemas/teams/v1.30/MicrosoftTeams.schema.json";

async function faults(manifest: unknown): Promise<unknown> {
  const schema = JSON.parse(await readFile(path.join(root, schemaFile), "utf8"));
  const ajv = new AjvDraft04.default({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const isValid = ajv.compile(schema);
  return isValid(manifest) ? [] : isValid.errors;
}

const many = Array.from(
  { length: 20 },
  (_, index) => ({ ...commands[0], path: `area verb${index}` }) as (typeof commands)[number],
);

describe("the manifest", () => {
  it("is one that Teams takes, with placeholders and filled in", async () => {
    expect(await faults(teamsManifest(menuOf(commands)))).toEqual([]);
    const options = { clientId: "11111111-2222-4333-8444-555555555555", url: "https://rounds.hospital.example:8443" };
    const filled = teamsManifest(menuOf([...commands, ...many]), options);
    expect(await faults(filled)).toEqual([]);
    expect(filled).toMatchObject({
      id: options.clientId,
      bots: [{ botId: options.clientId, supportsTargetedMessages: true, supportsFiles: true }],
      validDomains: ["rounds.hospital.example:8443"],
    });
  });

  it("would be refused with more commands than Teams takes", async () => {
    const manifest = teamsManifest(menuOf([...commands, ...many]));
    const [bot] = manifest.bots;
    bot?.commandLists[0]?.commands.push({ title: "one more", description: "" });
    expect(await faults(manifest)).not.toEqual([]);
  });

  it("has “Report an incident” everywhere, and “Add to incident” under a message; each opens a dialog at once", () => {
    const [extension] = teamsManifest(menuOf(commands)).composeExtensions;
    expect(extension?.commands.map(({ id, title, context, fetchTask }) => [id, title, context, fetchTask])).toEqual([
      ["report_incident", "Report an incident", ["compose", "commandBox"], true],
      ["report_message", "Report an incident", ["message"], true],
      ["add_to_incident", "Add to incident", ["message"], true],
    ]);
  });

  it("suggests what is used most first, by mention and by slash, in every scope", () => {
    const lists = teamsManifest(menuOf(commands)).bots[0]?.commandLists ?? [];
    expect(lists.map((list) => list.scopes)).toEqual([["personal"], ["team"], ["groupChat"]]);
    for (const list of lists) {
      expect(list.triggers).toEqual(["mention", "slash"]);
      expect(list.commands[0]?.title).toBe("incident report");
      expect(list.commands.map((command) => command.title).toSorted()).toEqual(
        commands.map((one) => one.path).toSorted(),
      );
    }
  });
});

describe("the icons", () => {
  /** Width, height, and the pixels of a PNG with eight bits and an alpha channel, whose rows have no filter. */
  async function picture(name: string) {
    const bytes = await readFile(path.join(root, "manifest/teams", name));
    const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
    const start = bytes.indexOf("IDAT");
    const rows = inflateSync(bytes.subarray(start + 4, start + 4 + bytes.readUInt32BE(start - 4)));
    const pixels = Array.from({ length: width * height }, (_, index) => {
      const at = Math.floor(index / width) * (width * 4 + 1) + 1 + (index % width) * 4;
      return [...rows.subarray(at, at + 4)];
    });
    return { width, height, pixels };
  }

  it("is 192 pixels wide in colour, without transparency", async () => {
    const { width, height, pixels } = await picture("color.png");
    expect([width, height]).toEqual([192, 192]);
    expect(pixels.every(([, , , alpha]) => alpha === 255)).toBe(true);
  });

  it("is 32 pixels wide as an outline, white on nothing", async () => {
    const { width, height, pixels } = await picture("outline.png");
    expect([width, height]).toEqual([32, 32]);
    expect(pixels.every(([red, green, blue]) => red === 255 && green === 255 && blue === 255)).toBe(true);
    expect(pixels.some(([, , , alpha]) => alpha === 0)).toBe(true);
    expect(pixels.some(([, , , alpha]) => alpha === 255)).toBe(true);
  });
});
