import { loadMenu, type Menu } from "../bot/menu.ts";
import { menuFolder } from "./menuFolder.ts";
import { programs } from "./programs.ts";

/** What there is, on one screen of a terminal. */
export async function helpProgram(): Promise<number> {
  const areas = areasOf(await loadMenu(menuFolder));
  const ways = Object.values(programs).map(({ usage, summary }) => [usage, summary] as const);
  console.log(
    [
      "npm run -s rounds -- …",
      ...aligned(ways),
      "What people ask in chat, with --as HANDLE for who asks, and --json for the reply as JSON:",
      ...aligned(areas, 1),
      "“help incident --as HANDLE” tells more. Exit codes: 0 done, 1 refused, 2 misuse.",
    ].join("\n"),
  );
  return 0;
}

/** An area with its verbs, and the commands of one word; those of the command line itself are above. */
function areasOf(menu: Menu): (readonly [string, string])[] {
  const verbs = (area: string) => menu.inArea(area).flatMap(({ path }) => path.split(" ").slice(1));
  const single = menu.areas.filter((area) => verbs(area).length === 0 && !Object.hasOwn(programs, area));
  const grouped = menu.areas.filter((area) => verbs(area).length > 0);
  return [
    ...grouped.map((area) => [area, verbs(area).join(", ")] as const),
    ["of one word", single.join(", ")] as const,
  ];
}

/** Columns of a terminal. */
const screenWide = 100;

/** @param atMost lines that a row may take; the rest is left to the help of the area */
function aligned(rows: readonly (readonly [string, string])[], atMost = Number.POSITIVE_INFINITY): string[] {
  const wide = Math.max(...rows.map(([name]) => name.length));
  return rows.flatMap(([name, rest]) =>
    cut(wrapped(rest, screenWide - wide - 6), atMost).map(
      (line, index) => `  ${(index === 0 ? name : "").padEnd(wide)}  ${line}`,
    ),
  );
}

const cut = (lines: readonly string[], atMost: number): string[] =>
  lines.slice(0, atMost).map((line, index) => (index === atMost - 1 && lines.length > atMost ? `${line} …` : line));

/** Lines of whole words, at most so wide. */
function wrapped(text: string, wide: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length <= wide) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
