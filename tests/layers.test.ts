import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import path from "node:path";
import { describe, expect, test } from "vitest";

// Who may import whom: the table of the design, kept by a test.

const root = path.join(import.meta.dirname, "..");

interface Import {
  from: string;
  /** A path in the project, or the name of a package. */
  to: string;
  typeOnly: boolean;
  package: boolean;
}

interface Room {
  /** The files of the room, by the beginning of their path. */
  is: string;
  /** Rooms and files of the project that it may import, by the beginning of their path. */
  mayImport: string[];
  /** The same, for types alone. */
  mayImportTypes?: string[];
  packages: string[];
}

const logAndConfig = ["src/log.ts"];
const store = ["src/store/store.ts"];
const staffTypes = ["src/domain/staff/actor.ts"];

const rooms: Room[] = [
  { is: "src/chat/", mayImport: ["src/chat/"], packages: [] },
  {
    is: "src/domain/",
    mayImport: ["src/domain/", "src/chat/", "src/privacy/", "src/audit.ts", ...store],
    packages: ["luxon", "zod", "fastest-levenshtein", "decimal.js"],
  },
  {
    is: "src/imports/",
    mayImport: ["src/imports/", "src/domain/", "src/chat/", "src/audit.ts", ...store],
    mayImportTypes: ["src/store/database.ts"],
    packages: ["csv-parse", "@e965/xlsx", "decimal.js", "fastest-levenshtein", "luxon", "zod"],
  },
  {
    is: "src/documents/",
    mayImport: ["src/documents/", "src/chat/"],
    packages: ["docx", "@e965/xlsx", "fflate", "pdfmake"],
  },
  {
    is: "src/charts/",
    mayImport: ["src/charts/", "src/chat/"],
    mayImportTypes: ["src/domain/"],
    packages: ["echarts/", "@resvg/resvg-js", "@expo-google-fonts/inter"],
  },
  {
    is: "src/cards/",
    mayImport: [
      "src/cards/",
      "src/chat/",
      "src/charts/",
      "src/documents/",
      "src/domain/",
      "src/imports/columns.ts",
      "src/imports/findings.ts",
      "src/imports/template.ts",
    ],
    mayImportTypes: ["src/imports/"],
    packages: ["decimal.js"],
  },
  {
    is: "src/bot/",
    mayImport: ["src/bot/", "src/chat/", "src/domain/refusal.ts", "src/intents/"],
    mayImportTypes: [
      "src/services.ts",
      "src/domain/drafts.ts",
      "src/domain/staff/members.ts",
      ...staffTypes,
      ...logAndConfig,
    ],
    packages: ["zod", "luxon", "chrono-node", "fastest-levenshtein"],
  },
  {
    is: "src/jobs/",
    mayImport: ["src/jobs/", "src/chat/", "src/cards/", "src/domain/"],
    mayImportTypes: ["src/services.ts", ...store, ...logAndConfig],
    packages: ["bullmq", "ioredis"],
  },
  {
    is: "commands/",
    mayImport: [
      "src/bot/command.ts",
      "src/bot/field.ts",
      "src/chat/",
      "src/cards/",
      "src/domain/",
      "src/imports/columns.ts",
    ],
    mayImportTypes: ["src/services.ts"],
    packages: [],
  },
  ...["slack", "teams", "web", "shell"].map((name) => ({
    is: `adapters/${name}/`,
    mayImport: [
      `adapters/${name}/`,
      "src/chat/",
      "src/bot/",
      ...(name === "web" ? ["adapters/slack/", "adapters/teams/"] : []),
    ],
    mayImportTypes: ["src/services.ts", "src/config.ts", "src/domain/staff/", ...logAndConfig],
    packages: {
      slack: ["@slack/", "express", "luxon"],
      teams: ["@microsoft/teams", "express"],
      web: [
        "react",
        "react-dom",
        "adaptivecards",
        "slack-blocks-to-jsx",
        "esbuild",
        "express",
        "@slack/types",
        "@microsoft/teams.cards",
        "zod",
      ],
      shell: [],
    }[name] as string[],
  })),
];

const files = ["src", "commands", "adapters"].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => path.posix.join(folder, file.split(path.sep).join("/"))),
);
const textOf = (file: string): string => readFileSync(path.join(root, file), "utf8");
const imports: Import[] = files.flatMap(importsOf);

function importsOf(file: string): Import[] {
  const statement =
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?([^"';]*?)\sfrom\s+"([^"]+)"|import\("([^"]+)"\)|(?:^|\n)import\s+"([^"]+)"/g;
  return [...textOf(file).matchAll(statement)].map(([, type, names = "", from, dynamic, bare]) => {
    const target = from ?? dynamic ?? bare ?? "";
    const inBraces = /^\{([\s\S]*)\}$/.exec(names.trim())?.[1];
    const each = inBraces
      ?.split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "");
    const typeOnly =
      type !== undefined || (each !== undefined && each.length > 0 && each.every((name) => name.startsWith("type ")));
    const local = target.startsWith(".");
    const to = local ? path.posix.join(path.posix.dirname(file), target) : target;
    return { from: file, to, typeOnly, package: !local };
  });
}

const begins = (beginnings: readonly string[], name: string) => beginnings.some((one) => name.startsWith(one));
const isBuiltIn = (name: string) => name.startsWith("node:") || builtinModules.includes(name);
const said = (found: readonly Import[]) =>
  found.map(({ from, to, typeOnly }) => `${from} imports ${to}${typeOnly ? " (types)" : ""}`);

test("the imports are read at all", () => {
  expect(imports.length).toBeGreaterThan(200);
  expect(imports).toContainEqual({ from: "src/bot/handle.ts", to: "src/services.ts", typeOnly: true, package: false });
});

describe.each(rooms)("$is", ({ is, mayImport, mayImportTypes = [], packages }) => {
  const own = imports.filter(({ from }) => from.startsWith(is));

  test("imports only the rooms that it may", () => {
    const wrong = own.filter(
      ({ to, typeOnly, package: isPackage }) =>
        !isPackage && !begins(mayImport, to) && !(typeOnly && begins(mayImportTypes, to)),
    );
    expect(said(wrong)).toEqual([]);
  });

  test("uses only its packages", () => {
    const wrong = own.filter(
      ({ to, package: isPackage, typeOnly }) =>
        isPackage && !isBuiltIn(to) && !begins(packages, to) && !(typeOnly && to.startsWith("express")),
    );
    expect(said(wrong)).toEqual([]);
  });
});

describe("packages with one home", () => {
  test.each([
    ["openai", ["src/intents/openai.ts"]],
    ["bullmq", ["src/jobs/queue.ts", "src/jobs/worker.ts"]],
    ["ioredis", ["src/jobs/queue.ts"]],
    ["@slack/", ["adapters/slack/", "adapters/web/"]],
    ["@microsoft/", ["adapters/teams/", "adapters/web/"]],
    ["@prisma/", ["src/store/"]],
    ["pg", ["src/store/", "src/cli/"]],
    ["pino", ["src/log.ts"]],
  ])("%s is used in %s alone", (name, homes) => {
    const wrong = imports.filter(
      ({ from, to, package: isPackage }) =>
        isPackage && (name.endsWith("/") ? to.startsWith(name) : to === name) && !begins(homes, from),
    );
    expect(said(wrong)).toEqual([]);
  });
});

test("nothing imports main.ts and the command line but themselves", () => {
  const wrong = imports.filter(
    ({ from, to }) =>
      (to === "src/main.ts" || to.startsWith("src/cli/")) && from !== "src/main.ts" && !from.startsWith("src/cli/"),
  );
  expect(said(wrong)).toEqual([]);
});

test("the domain, the cards, the bot and the commands never name the unbound store", () => {
  const wrong = files.filter(
    (file) => /^(src\/(domain|imports|cards|bot)|commands|adapters)\//.test(file) && /\bunbound\b/.test(textOf(file)),
  );
  expect(wrong).toEqual([]);
});

test("generated database code is used by the store alone", () => {
  const wrong = imports.filter(({ from, to }) => to.startsWith("prisma/generated") && !from.startsWith("src/store/"));
  expect(said(wrong)).toEqual([]);
});

test("no file imports itself by way of others", () => {
  const importsBy = Map.groupBy(imports, ({ from }) => from);
  const done = new Set<string>();
  const circleFrom = (file: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const { to } of importsBy.get(file) ?? []) {
      const circle = circleFrom(to, [...way, file]);
      if (circle) return circle;
    }
    done.add(file);
    return undefined;
  };
  const circles = files.flatMap((file) => circleFrom(file, [])?.join(" → ") ?? []);
  expect([...new Set(circles)]).toEqual([]);
});

test("no file is longer than 300 lines", () => {
  const long = files
    .map((file) => ({ file, lines: textOf(file).split("\n").length - 1 }))
    .filter(({ lines }) => lines > 300);
  expect(long).toEqual([]);
});

test("no file has a name that says nothing", () => {
  expect(files.filter((file) => /(^|\/)(utils?|helpers?|types|manager|common|misc)\.tsx?$/.test(file))).toEqual([]);
});
