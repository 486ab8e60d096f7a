import { distance } from "fastest-levenshtein";
import type { Input } from "../chat/card.ts";
import type { Command } from "./command.ts";
import { clean, type Lookup } from "./input.ts";
import type { Menu } from "./menu.ts";
import type { Clock } from "./moments.ts";
import { placeWords } from "./placeWords.ts";
import { type Word, wordsGiven, wordsOf } from "./words.ts";

/** What a typed text turned out to be. */
export type Reading =
  | { type: "command"; command: Command; input: Input; unused: string | undefined }
  /** An area alone: what it can do for this person. */
  | { type: "area"; area: string }
  /** Something like a command: what was meant, perhaps, with what else was typed. */
  | { type: "misspelt"; written: string; nearest: { command: Command; input: Input }[]; text: string; area?: string }
  /** No command at all. */
  | { type: "sentence"; text: string }
  | { type: "empty" };

/**
 * Reads words into a command and its input: the longest command path at the start wins.
 * @param written a text, or words that a shell has taken apart: each of those is kept whole
 */
export async function readText(
  menu: Menu,
  written: string | readonly string[],
  clock: Clock,
  lookup: Lookup,
): Promise<Reading> {
  const given = typeof written === "string" ? undefined : written.map(clean).filter((word) => word !== "");
  const text = given?.join(" ") ?? withoutName(clean(`${written}`));
  const words = given ? wordsGiven(given) : wordsOf(text);
  const found = findPath(menu, words);
  if (found) {
    const rest = words.slice(found.length);
    const placed = await placeWords(found.command, text, rest, clock, lookup);
    return { type: "command", command: found.command, ...placed };
  }
  const meant = (commands: readonly { command: Command; length: number }[]) =>
    Promise.all(
      commands.map(async ({ command, length }) => ({
        command,
        input: (await placeWords(command, text, words.slice(length), clock, lookup)).input,
      })),
    );
  const first = words[0]?.text.toLowerCase();
  if (first === undefined) return { type: "empty" };
  const firstTwo = words
    .slice(0, 2)
    .map((word) => word.text)
    .join(" ");
  if (menu.areas.includes(first)) {
    if (words.length === 1) return { type: "area", area: first };
    return {
      type: "misspelt",
      written: firstTwo,
      nearest: await meant(nearestVerbs(menu, first, words)),
      text: restOf(text, words, 1),
      area: first,
    };
  }
  const nearest = nearestPaths(menu, words);
  if (nearest.length > 0)
    return {
      type: "misspelt",
      written: firstTwo,
      nearest: await meant(nearest),
      text,
    };
  return { type: "sentence", text };
}

/**
 * The command of a text that brings no input at all, found without a query; it tells whether a form is certain to open.
 */
export function bareCommand(menu: Menu, written: string): Command | undefined {
  const words = wordsOf(withoutName(clean(written)));
  const found = findPath(menu, words);
  return found?.length === words.length ? found.command : undefined;
}

/** "/incident report" and "rounds incident report" are "incident report". */
const withoutName = (text: string): string => text.replace(/^\s*\/?(rounds\s+)?/i, "").replace(/^rounds$/i, "");

function findPath(menu: Menu, words: readonly Word[]): { command: Command; length: number } | undefined {
  for (let length = Math.min(3, words.length); length > 0; length -= 1) {
    const command = menu.find(pathOf(words, length));
    if (command) return { command, length };
  }
  return undefined;
}

const pathOf = (words: readonly Word[], length: number): string =>
  words
    .slice(0, length)
    .map((word) => word.text.toLowerCase())
    .join(" ");

const restOf = (text: string, words: readonly Word[], from: number): string =>
  text.slice(words[from]?.start ?? text.length);

/** How many letters are off; two that changed places are one mistake. */
function lettersOff(meant: string, written: string): number {
  const first = [...meant].findIndex((letter, at) => letter !== written[at]);
  const swapped =
    first >= 0 &&
    `${written.slice(0, first)}${written[first + 1]}${written[first]}${written.slice(first + 2)}` === meant;
  return swapped ? 1 : distance(meant, written);
}

/** How many letters a misspelt word may be off. */
const tolerance = (word: string): number => (word.length <= 4 ? 1 : 2);

function nearestVerbs(menu: Menu, area: string, words: readonly Word[]): { command: Command; length: number }[] {
  const written = words[1]?.text.toLowerCase() ?? "";
  return menu
    .inArea(area)
    .map((command) => ({ command, off: lettersOff(command.path.split(" ")[1] ?? "", written) }))
    .filter(({ off }) => off <= tolerance(written))
    .sort((one, other) => one.off - other.off)
    .slice(0, 3)
    .map(({ command }) => ({ command, length: 2 }));
}

function nearestPaths(menu: Menu, words: readonly Word[]): { command: Command; length: number }[] {
  return menu.commands
    .map((command) => {
      const length = command.path.split(" ").length;
      const written = pathOf(words, length);
      return { command, length, off: lettersOff(command.path, written), written };
    })
    .filter(({ off, written, length }) => words.length >= length && off <= tolerance(written))
    .sort((one, other) => one.off - other.off)
    .slice(0, 3);
}
