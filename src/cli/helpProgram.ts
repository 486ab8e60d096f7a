import { loadMenu, type Menu } from "../bot/menu.ts";
import { menuFolder } from "./menuFolder.ts";

/** Columns of a terminal. */
const screenWide = 100;

interface Way {
  usage: string;
  summary: string;
  options?: readonly string[];
}
type Ways = Readonly<Record<string, Way>>;

/** What there is, on one screen of a terminal. */
export async function helpProgram(programs: Ways): Promise<number> {
  const ways = Object.values(programs).map(({ usage, summary }) => [usage, summary] as const);
  const wide = Math.max(...ways.map(([usage]) => usage.length));
  console.log(
    [
      "npm run -s rounds -- …",
      ...ways.map(([usage, summary]) => `  ${usage.padEnd(wide)}  ${summary}`),
      "What people ask in chat, with --as HANDLE for who asks, and --json for the reply as JSON:",
      ...wrapped(areasOf(await loadMenu(menuFolder), programs).join(", "), screenWide - 2).map((line) => `  ${line}`),
      "“help incident --as HANDLE” tells more. Exit codes: 0 done, 1 refused, 2 misuse.",
    ].join("\n"),
  );
  return 0;
}

/** The same of one program. */
export function helpOn({ usage, summary, options = [] }: Way): number {
  console.log([`npm run -s rounds -- ${usage}`, summary, ...options.map((option) => `  ${option}`)].join("\n"));
  return 0;
}

/** What people can ask about; what is a program of the command line and nothing else is above. */
const areasOf = (menu: Menu, programs: Ways): string[] =>
  menu.areas.filter((area) => !Object.hasOwn(programs, area) || menu.inArea(area).length > 1);

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
