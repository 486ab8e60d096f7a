import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { help } from "../src/bot/help.ts";
import { areaOf, loadMenu, mayAsk } from "../src/bot/menu.ts";
import { type Access, accesses } from "../src/domain/staff/actor.ts";
import { said } from "./support/person.ts";

const folder = path.join(import.meta.dirname, "../commands");
const menu = await loadMenu(folder);
/** Slack's limit for the blocks of a message: https://docs.slack.dev/reference/block-kit/blocks */
const blocksOfMessage = 50;

test("every file of the folder is a command, under its own name", () => {
  const declared = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -3).split(path.sep).join(" "));
  expect(menu.commands.map((command) => command.path).sort()).toEqual(declared.sort());
});

test("the commands of the first session are all there", () => {
  const wanted = ["report", "list", "show", "note", "assign", "close", "acknowledge"].map((verb) => `incident ${verb}`);
  for (const command of [...wanted, "todo", "remind", "help", "whoami", "settings", "link", "audit"])
    expect(menu.find(command)?.path).toBe(command);
});

describe.each(menu.commands.map((command) => [command.path, command] as const))("%s", (_, command) => {
  const fields = Object.entries(command.input);

  test("has a path of one or two plain words", () => {
    expect(command.path).toMatch(/^[a-z]+( [a-z]+(-[a-z]+)*)?$/);
  });

  test("has a title that fits a form, a summary of one line and a short usage", () => {
    expect(command.title.length).toBeLessThanOrEqual(24);
    expect(command.title).toMatch(/^[A-Z]/);
    expect(command.summary.length).toBeLessThanOrEqual(100);
    expect(command.summary).toMatch(/^[A-Z].*\.$/);
    expect(command.usage.length).toBeLessThanOrEqual(60);
  });

  test("says nothing loudly", () => {
    const words = JSON.stringify({ ...command, run: undefined });
    expect(words).not.toMatch(/!|\p{Extended_Pictographic}/u);
  });

  test("has inputs with plain names and labels that say what is meant", () => {
    for (const [name, field] of fields) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(name).not.toBe("draft");
      expect(field.label).toMatch(/^[A-Z]/);
      expect(field.label.length).toBeLessThanOrEqual(40);
      expect(field.hint?.length ?? 0).toBeLessThanOrEqual(150);
    }
  });

  test("asks for what is required first", () => {
    const needed = fields.map(([, field]) => field.required && field.fallback === undefined);
    const ordered = [...needed].sort((one, other) => Number(other) - Number(one));
    // “remind me tomorrow” reads as people say it: who, when, what.
    if (command.path !== "remind") expect(needed).toEqual(ordered);
  });

  test("gives no two choices the same code", () => {
    for (const [, { takes }] of fields) {
      if (takes.kind !== "choice" && takes.kind !== "many") continue;
      const codes = takes.options.map((option) => option.code);
      expect(new Set(codes).size).toBe(codes.length);
      for (const code of codes) expect(code).toMatch(/^[a-z0-9.-]+$/);
    }
  });

  test("is for somebody", () => {
    expect(command.roles === "all" || command.roles.length > 0).toBe(true);
  });
});

describe("help", () => {
  const everybody: Access[][] = [
    ["staff"],
    ["staff", "manager"],
    ["staff", "quality"],
    ["staff", "admin"],
    [...accesses],
  ];

  test.each(everybody.map((access) => [access.join(" and "), access] as const))(
    "for %s is one screen, with what they may do and nothing else",
    (_, access) => {
      const card = help(menu, { access });
      expect(card.blocks.length).toBeLessThanOrEqual(blocksOfMessage);
      const facts = card.blocks.flatMap((block) => (block.type === "facts" ? block.facts : []));
      expect(said(card).split("\n").length).toBeLessThanOrEqual(30);
      for (const command of menu.commands.filter((one) => one.path.includes(" "))) {
        const area = facts.find((fact) => fact.label === areaOf(command));
        const listed =
          area?.value
            .map((span) => ("text" in span ? span.text : ""))
            .join("")
            .split(", ") ?? [];
        const [, verb = ""] = command.path.split(" ");
        expect([command.path, listed.includes(verb)]).toEqual([command.path, mayAsk({ access }, command)]);
      }
    },
  );
});
