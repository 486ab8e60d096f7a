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
      ...aligned(areas),
      "“help incident --as HANDLE” tells more. Exit codes: 0 done, 1 refused, 2 misuse.",
    ].join("\n"),
  );
  return 0;
}

/** An area with its verbs; commands of one word share a line, and those of the command line itself are above. */
function areasOf(menu: Menu): (readonly [string, string])[] {
  const verbs = (area: string) => menu.inArea(area).flatMap(({ path }) => path.split(" ").slice(1));
  const single = menu.areas.filter((area) => verbs(area).length === 0 && !Object.hasOwn(programs, area));
  const grouped = menu.areas.filter((area) => verbs(area).length > 0);
  return [
    ...grouped.map((area) => [area, verbs(area).join(", ")] as const),
    ...single.map((area) => [area, menu.find(area)?.summary ?? ""] as const),
  ];
}

function aligned(rows: readonly (readonly [string, string])[]): string[] {
  const wide = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, rest]) => `  ${name.padEnd(wide)}  ${rest}`);
}
