import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { programs } from "../src/cli/programs.ts";
import { variablesTable } from "./support/variablesTable.ts";

const root = path.resolve(import.meta.dirname, "..");
const readme = await readFile(path.join(root, "README.md"), "utf8");
const { scripts } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));

const matches = (pattern: RegExp): string[] => [
  ...new Set([...readme.matchAll(pattern)].map((match) => match[1] ?? "")),
];

describe("the README", () => {
  it("has the table of variables that Rounds reads", () => {
    const section = /## Variables\n\n([\s\S]*?)\n\n## /.exec(readme)?.[1];
    expect(section).toBe(variablesTable());
  });

  const named = matches(/npm (?:run (?:-s )?)?(start|test|(?<=run (?:-s )?)[a-z]+)/g);
  it.each(named)("names the script %s, which there is", (script) => {
    expect(Object.keys(scripts)).toContain(script);
  });

  it("names scripts at all", () => {
    expect(named).toEqual(expect.arrayContaining(["start", "test", "rounds", "shell", "playground", "bench"]));
  });

  it.each(matches(/npm run -s rounds -- ([a-z][a-z-]*)/g))("names the program %s, which there is", (program) => {
    expect(Object.keys(programs)).toContain(program);
  });

  const files = [
    ...matches(/`((?:src|tests|commands|adapters|prisma|manifest|docs|bench)\/[\w./-]*)`/g),
    ...matches(/\]\(((?!https?:)[^)#]+)\)/g),
    ...matches(/^((?:src|commands|adapters|prisma|manifest)\/\w*)/gm),
  ];
  it.each(files)("names %s, which is there", (file) => {
    expect(existsSync(path.join(root, file))).toBe(true);
  });

  it("names files at all", () => {
    expect(files.length).toBeGreaterThan(10);
  });
});
