import { readdir } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Input } from "../chat/card.ts";
import type { Actor } from "../domain/staff/actor.ts";
import type { Command } from "./command.ts";

/** Every command that there is. One declaration feeds the parser, help, forms and both manifests. */
export interface Menu {
  commands: readonly Command[];
  /** First words of the commands, in the menu's order: incident, todo, remind … */
  areas: readonly string[];
  find(path: string): Command | undefined;
  inArea(area: string): readonly Command[];
  /** A required input without a fallback is missing, so that running the command asks for it in a form. */
  needsForm(path: string, input: Input): boolean;
}

/** Reads the menu from its folder: `incident/report.ts` is "incident report", `todo.ts` is "todo". */
export async function loadMenu(folder: string): Promise<Menu> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".ts")).sort();
  const commands = await Promise.all(files.map((file) => load(folder, file)));
  return menuOf(commands);
}

async function load(folder: string, file: string): Promise<Command> {
  const loaded: { default: Command } = await import(pathToFileURL(path.join(folder, file)).href);
  const declared = file.slice(0, -".ts".length).split(path.sep).join(" ");
  if (loaded.default.path !== declared) throw new Error(`commands/${file} declares "${loaded.default.path}".`);
  return loaded.default;
}

export function menuOf(commands: readonly Command[]): Menu {
  const byPath = new Map(commands.map((command) => [command.path, command]));
  const byArea = Map.groupBy(commands, areaOf);
  const areas = [...byArea.keys()];
  return {
    commands,
    areas,
    find: (wanted) => byPath.get(wanted),
    inArea: (area) => byArea.get(area) ?? [],
    needsForm(wanted, input) {
      const command = byPath.get(wanted);
      return command !== undefined && missing(command, input).length > 0;
    },
  };
}

export const areaOf = (command: Command): string => command.path.split(" ")[0] ?? command.path;

/** Names of the required inputs that have neither a value nor a fallback. */
export function missing(command: Command, input: Input): string[] {
  return Object.entries(command.input)
    .filter(([name, field]) => field.required && field.fallback === undefined && isBlank(input[name]))
    .map(([name]) => name);
}

export const isBlank = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === "string" && value.trim() === "") ||
  (Array.isArray(value) && value.length === 0);

export function mayAsk(actor: Pick<Actor, "access">, command: Command): boolean {
  return command.roles === "all" || command.roles.some((role) => actor.access.includes(role));
}
