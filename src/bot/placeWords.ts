import type { Input } from "../chat/card.ts";
import type { Command } from "./command.ts";
import type { Field } from "./field.ts";
import { isHere, type Lookup, repeatIn, schemaOf } from "./input.ts";
import type { Clock } from "./moments.ts";
import type { Word } from "./words.ts";

/** Words that a date or a name may take. */
const widest = 5;
/** Words at either end of a sentence in which a unit, a person or a time is looked for. */
const reach = 6;

/** Words given to the inputs of a command; `unused` are those that no input takes. */
export interface Placed {
  input: Input;
  unused: string | undefined;
}

/**
 * Gives each word to an input: `key:value` sets it; every other word goes to the next input, in order, whose closed kind
 * accepts it; what is left is the first open text.
 *
 * Where the open text is a narrative the words at its ends alone are taken, and never as a choice: "none of the rails were
 * up" must not become a degree of harm, nor lose its first word. Where the choice has to be made it stands in front.
 */
export async function placeWords(
  command: Command,
  text: string,
  given: readonly Word[],
  clock: Clock,
  lookup: Lookup,
): Promise<Placed> {
  const input: Input = {};
  const words: Word[] = [];
  const typed = Object.entries(command.input).filter(([, field]) => !field.carried);
  for (const word of given) {
    const isNamed = typed.some(([name]) => name === word.key && input[name] === undefined);
    if (word.key !== undefined && isNamed) input[word.key] = word.text;
    else words.push(word.key === undefined ? word : asTyped(word, text));
  }
  const free = typed.filter(([name, field]) => !field.byName && input[name] === undefined);
  const open = free.find(([, field]) => isOpen(field));
  const closed = free.filter(([, field]) => !isOpen(field));
  const inSentence = open !== undefined && (open[1].takes.kind === "paragraph" || open[1].required);
  const fromEnds = inSentence || words.length > 2 * reach;
  const entries = await findEntries(closed, words, inSentence, lookup);

  const take = (from: number, step: 1 | -1): number => {
    for (let width = Math.min(widest, words.length); width > 0; width -= 1) {
      const first = step === 1 ? from : from - width + 1;
      const group = words.slice(Math.max(0, first), first + width);
      if (group.length < width || first < 0) continue;
      const name = closed.find(
        ([name, field]) =>
          input[name] === undefined &&
          (accepts(name, field, group, inSentence, clock, entries) ||
            (step === 1 && leads(field) && group.length === 1 && passes(field, joined(group), clock))),
      )?.[0];
      if (name !== undefined) {
        input[name] = command.input[name]?.takes.kind === "flag" ? true : withoutBy(closed, name, joined(group));
        words.splice(first, width);
        return width;
      }
    }
    return 0;
  };

  if (fromEnds) {
    while (words.length > 0 && take(0, 1) > 0);
    while (words.length > 0 && take(words.length - 1, -1) > 0);
  } else for (let at = 0; at < words.length; ) if (take(at, 1) === 0) at += 1;

  if (words.length === 0) return { input, unused: undefined };
  // What nothing takes is shown under the first input that is still missing, as what was meant for it.
  const taker = open ?? closed.find(([name, field]) => isNeeded(field) && input[name] === undefined);
  const rest = leftOver(text, given, words);
  if (!taker) return { input, unused: rest };
  input[taker[0]] = rest;
  return { input, unused: undefined };
}

/** Words before a colon that name no input are just words. */
const asTyped = (word: Word, text: string): Word => ({
  ...word,
  key: undefined,
  quoted: false,
  text: text.slice(word.start, word.end),
});

const isOpen = (field: Field): boolean => field.takes.kind === "text" || field.takes.kind === "paragraph";
const joined = (words: readonly Word[]): string => words.map((word) => word.text).join(" ");

/** The rest as it was typed, quotes and line ends and all, without what was taken out of it. */
function leftOver(text: string, given: readonly Word[], left: readonly Word[]): string {
  const only = left.length === 1 ? left[0] : undefined;
  if (only?.quoted) return only.text;
  const remaining = new Set(left.map((word) => word.start));
  const pieces: string[] = [];
  let first: Word | undefined;
  given.forEach((word, index) => {
    if (!remaining.has(word.start)) return;
    first ??= word;
    const next = given[index + 1];
    if (next && remaining.has(next.start)) return;
    pieces.push(text.slice(first.start, word.end));
    first = undefined;
  });
  return pieces.join(" ");
}

/** Finds the units, people and so on that the words may mean, one query a directory. */
async function findEntries(
  closed: readonly [string, Field][],
  words: readonly Word[],
  inSentence: boolean,
  lookup: Lookup,
): Promise<Map<string, Set<string>>> {
  const nearEnds = words.length > 2 * reach ? [words.slice(0, reach), words.slice(-reach)] : [words];
  const groups = nearEnds.flatMap((part) =>
    part.flatMap((_, from) =>
      Array.from({ length: Math.min(widest, part.length - from) }, (__, width) =>
        joined(part.slice(from, from + width + 1)),
      ),
    ),
  );
  const found = new Map<string, Set<string>>();
  for (const [, { takes }] of closed) {
    if ((takes.kind !== "entry" && takes.kind !== "entries") || found.has(takes.directory)) continue;
    // In a sentence a person is named by handle or mention: "J. Lee found" must stay in the narrative.
    const named =
      takes.directory === "person" && inSentence
        ? groups.filter((group) => /^(@\S+|<@[^>]+>|me)$/i.test(group))
        : groups;
    found.set(takes.directory, new Set(named.length > 0 ? (await lookup.find(takes.directory, named)).keys() : []));
  }
  return found;
}

function accepts(
  name: string,
  field: Field,
  group: readonly Word[],
  inSentence: boolean,
  clock: Clock,
  entries: Map<string, Set<string>>,
): boolean {
  const { takes } = field;
  const text = isDay(field) ? joined(group).replace(byDay, "") : joined(group);
  switch (takes.kind) {
    case "entry":
      return (takes.here === true && isHere(text)) || (entries.get(takes.directory)?.has(text) ?? false);
    case "entries":
      return entries.get(takes.directory)?.has(text) ?? false;
    case "ref":
      return group.length === 1 && passes(field, text, clock);
    case "date-time":
      if (/^\d+$/.test(text) || (inSentence && !saysWhen(field, text)) || names(group, entries)) return false;
      return passes(field, text, clock);
    case "month":
      // Where one has to be given its name alone says it: "4W oct overtime …".
      return (
        (!inSentence || isNeeded(field) || /\d/.test(text)) && (passes(field, text, clock) || isNoQuarter(takes, text))
      );
    case "date":
    case "time":
      return (!inSentence || saysDay(field, text)) && passes(field, text, clock);
    case "repeat":
      return repeatIn(text) !== undefined || (!inSentence && passes(field, text, clock));
    case "number":
    case "money":
    case "choice":
      return !inSentence && group.length === 1 && passes(field, text, clock);
    case "flag":
      return !inSentence && text.toLowerCase() === name;
    case "many":
    case "file":
    case "text":
    case "paragraph":
      return false;
  }
}

/** "New mats by friday" leaves no "by" behind. */
const withoutBy = (closed: readonly [string, Field][], taken: string, text: string): string =>
  closed.some(([name, field]) => name === taken && isDay(field)) ? text.replace(byDay, "") : text;

const byDay = /^(?:by|until|before|on)\s+/i;

const isDay = (field: Field): boolean => field.takes.kind === "date" && isNeeded(field);

/** "Q5" is meant for one, and is told what one is. */
const isNoQuarter = (takes: { quarters?: true }, text: string): boolean =>
  takes.quarters === true && /^q\d+([ -]\d+)?$/i.test(text);

/** "Last 4W" could be the last four weeks, were there no unit of that code. */
const names = (group: readonly Word[], entries: Map<string, Set<string>>): boolean =>
  group.some((word) => [...entries.values()].some((found) => found.has(word.text)));

/**
 * In a narrative "1/2 tablet" is no day in January and "for 30 minutes" no time; where a time has to be given they are.
 */
const saysWhen = (field: Field, text: string): boolean =>
  /\d|^(now|today|yesterday|tomorrow|tonight)$/i.test(text) &&
  (isNeeded(field) || !/^\d+[./-]\d+$|^(for|within|in)\s/i.test(text));

/** The same for a day, which a weekday says too where one has to be given. */
const saysDay = (field: Field, text: string): boolean =>
  /\d|^(today|tomorrow|yesterday)$/i.test(text) ||
  (isNeeded(field) && /^((this|next) )?(mon|tues|wednes|thurs|fri|satur|sun)day$/i.test(text));

/** A choice that has to be made is made in front of a narrative: "grade INC-142 mild no fracture on the X-ray". */
const leads = (field: Field): boolean => field.takes.kind === "choice" && isNeeded(field);

const isNeeded = (field: Field): boolean => field.required && field.fallback === undefined;

const passes = (field: Field, text: string, clock: Clock): boolean =>
  field.takes.kind !== "entry" &&
  field.takes.kind !== "entries" &&
  schemaOf(field.takes, clock).safeParse(text).success;
