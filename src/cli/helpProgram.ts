import { loadMenu } from "../bot/menu.ts";
import { menuFolder } from "./menuFolder.ts";
import { programs } from "./programs.ts";

/** What there is, on one screen. */
export async function helpProgram(): Promise<number> {
  const menu = await loadMenu(menuFolder);
  const ways = Object.values(programs).map((program) => [program.usage, program.summary] as const);
  const commands = menu.commands.map((command) => [`${command.path} --as HANDLE`, command.summary] as const);
  const wide = Math.max(...[...ways, ...commands].map(([usage]) => usage.length));
  const line = ([usage, summary]: readonly [string, string]) => `  ${usage.padEnd(wide)}  ${summary}`;
  console.log(
    [
      "npm run -s rounds -- …",
      "",
      ...ways.map(line),
      "",
      ...commands.map(line),
      "",
      "--json prints the reply as JSON. Exit codes: 0 done, 1 refused, 2 misuse.",
    ].join("\n"),
  );
  return 0;
}
