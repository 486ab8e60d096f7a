import { DateTime } from "luxon";
import { z } from "zod";
import type { Input, Json } from "../chat/card.ts";
import { type EntryKind, type FieldKind, type Option, repeats } from "../chat/form.ts";
import type { Command } from "./command.ts";
import { type Entry, type GivenFile, herePlace } from "./field.ts";
import { isBlank } from "./menu.ts";
import { type Clock, readDate, readDateTime, readMonth, readQuarter, readTime } from "./moments.ts";

/** Looks entries up, each text once a request. */
export interface Lookup {
  find(directory: EntryKind, written: readonly string[]): Promise<Map<string, Entry>>;
  nearest(directory: EntryKind, written: string): Promise<Entry[]>;
}

export interface Checked {
  /** What the handler gets, of the inputs that are right. */
  values: Record<string, unknown>;
  /** What is wrong, by input, in words for the person. */
  errors: Record<string, string>;
  /** How entries are shown, by input. */
  shown: Record<string, string[]>;
  /** Entries by id, as a form carries them. */
  written: Input;
}

/**
 * Reads a command's input from what came with a text, a button or a form: a stranger's claim until every value has
 * passed its field's schema and every entry has been found.
 */
export async function checkInput(
  command: Pick<Command, "input">,
  input: Input,
  clock: Clock,
  lookup: Lookup,
): Promise<Checked> {
  const checked: Checked = { values: {}, errors: {}, shown: {}, written: {} };
  for (const [name, field] of Object.entries(command.input)) {
    const given = isBlank(input[name]) ? field.fallback : input[name];
    if (given === undefined || given === null) continue;
    if (!isBlank(input[name])) checked.written[name] = given;
    const { takes } = field;
    if (takes.kind === "entry" || takes.kind === "entries") await checkEntries(checked, name, takes, given, lookup);
    else {
      const read = schemaOf(takes, clock).safeParse(given);
      if (read.success) {
        checked.values[name] = read.data;
        if (name in checked.written && !field.carried)
          checked.written[name] = writtenForm(takes, read.data, clock) ?? given;
      } else checked.errors[name] = read.error.issues[0]?.message ?? "This cannot be read.";
    }
  }
  return checked;
}

/** "Near miss" as the form's choice knows it, "yesterday 22:00" as its pickers do; a text stays as it was typed. */
function writtenForm(takes: FieldKind, value: unknown, { zone }: Clock): Json | undefined {
  switch (takes.kind) {
    case "date-time":
      return value instanceof Date ? DateTime.fromJSDate(value, { zone }).toFormat("yyyy-MM-dd'T'HH:mm") : undefined;
    case "choice":
    case "repeat":
    case "many":
    case "number":
    case "money":
    case "flag":
    case "date":
    case "time":
    case "month":
      return z.json().safeParse(value).data as Json | undefined;
    case "text":
    case "paragraph":
    case "ref":
    case "file":
    case "entry":
    case "entries":
      return undefined;
  }
}

async function checkEntries(
  checked: Checked,
  name: string,
  takes: { kind: "entry" | "entries"; directory: EntryKind; here?: true },
  given: Json,
  lookup: Lookup,
): Promise<void> {
  const read = z
    .union([
      z
        .string()
        .max(200)
        .transform((one) => [one]),
      z.array(z.string().max(200)).max(50),
    ])
    .safeParse(given);
  if (!read.success) {
    checked.errors[name] = `Choose ${a(takes.directory)}.`;
    return;
  }
  if (takes.here && isHere(read.data[0])) {
    checked.values[name] = { id: herePlace, code: herePlace, name: "This place" };
    checked.shown[name] = ["This place"];
    checked.written[name] = herePlace;
    return;
  }
  const found = await lookup.find(takes.directory, read.data);
  const entries = read.data.flatMap((written) => found.get(written) ?? []);
  const missing = read.data.find((written) => !found.has(written));
  if (missing !== undefined) {
    const near = await lookup.nearest(takes.directory, missing);
    const offer =
      near.length > 0
        ? ` Did you mean ${near.map((entry) => `${entry.name} (${entry.code})`).join(" or ")}?`
        : " Search by name or code.";
    checked.errors[name] = `There is no ${takes.directory} “${missing.slice(0, 60)}”.${offer}`;
    return;
  }
  checked.values[name] = takes.kind === "entry" ? entries[0] : entries;
  checked.shown[name] = entries.map((entry) => entry.name);
  checked.written[name] = takes.kind === "entry" ? (entries[0]?.id ?? null) : entries.map((entry) => entry.id);
}

/** "here" means the place where it is said. */
export const isHere = (written: string | undefined): boolean => written?.trim().toLowerCase() === herePlace;

const a = (directory: EntryKind): string => (directory === "unit" ? "a unit" : `a ${directory}`);

/** The schema of a field's written form; what passes it is the value that the handler gets. */
export function schemaOf(takes: Exclude<FieldKind, { kind: "entry" | "entries" }>, clock: Clock): z.ZodType {
  switch (takes.kind) {
    case "text":
    case "paragraph":
      return z
        .union([z.string(), z.number().transform(String)])
        .transform(clean)
        .refine((text) => text !== "", "Write a word or more.")
        .refine(
          (text) => text.length <= takes.max,
          `This takes up to ${takes.max.toLocaleString("en-US")} characters.`,
        );
    case "choice":
      return oneOf(takes.options);
    case "many":
      return z.preprocess(
        (given) => (typeof given === "string" ? given.split(/[,;]\s*/) : given),
        z.array(oneOf(takes.options)).max(takes.options.length),
      );
    case "repeat":
      return z.preprocess((given) => (typeof given === "string" ? (repeatIn(given) ?? given) : given), oneOf(repeats));
    case "number":
      return numberSchema(takes);
    case "money":
      return z
        .union([z.string(), z.number().transform(String)])
        .transform((text) => text.replace(/[$,\s]/g, ""))
        .refine((text) => /^-?\d{1,12}(\.\d{1,2})?$/.test(text), "Give an amount, as 1,250.00.");
    case "flag":
      return z.union(
        [
          z.boolean(),
          z.literal("true").transform(() => true),
          z.literal("false").transform(() => false),
          z.literal(["yes", "y", "1"]).transform(() => true),
          z.literal(["no", "n", "0"]).transform(() => false),
        ],
        "Say yes or no.",
      );
    case "date":
      return readAs(
        (text) => readDate(text, clock, takes.towards ?? "future"),
        "This is no date. Write it as 2026-11-23.",
      );
    case "date-time":
      return readAs(
        (text) => readDateTime(text, clock, takes.towards),
        "This is no date and time. Write it as 2026-11-23T06:10, or “yesterday 22:00”.",
      );
    case "time":
      return readAs(readTime, "This is no time. Write it as 07:30.");
    case "month":
      return takes.quarters
        ? readAs((text) => readQuarter(text) ?? readMonth(text, clock), notAPeriod)
        : readAs((text) => readMonth(text, clock), "This is no month. Write it as 2026-10.");
    case "ref":
      return readAs(
        (text) => refIn(text, takes.prefixes) ?? (takes.receipt ? receiptIn(text) : undefined),
        `Give its number, as ${takes.prefixes[0]}-142${takes.receipt ? ", or your receipt" : ""}.`,
      );
    case "file":
      return z
        .object({ name: z.string().max(255), mediaType: z.string().max(100), base64: z.base64() }, "Choose a file.")
        .transform(
          ({ name, mediaType, base64 }): GivenFile => ({ name, mediaType, bytes: Buffer.from(base64, "base64") }),
        );
  }
}

const receiptIn = (text: string): string | undefined =>
  /^\s*[a-z0-9]{4}-[a-z0-9]{4}\s*$/i.test(text) ? text.trim() : undefined;

const notAPeriod = "This is no month and no quarter. Write it as 2026-10, “oct”, “Q2” or “Q2 2026”, the fiscal year’s.";

function oneOf(options: readonly Option[]): z.ZodType {
  return z.string().transform((text, context) => {
    const wanted = text.trim().toLowerCase();
    const option = options.find((one) => one.code === wanted || one.label.toLowerCase() === wanted);
    if (option) return option.code;
    context.addIssue(`Choose one of: ${options.map((one) => one.code).join(", ")}.`);
    return z.NEVER;
  });
}

function numberSchema({ min, max, whole }: { min?: number; max?: number; whole?: boolean }): z.ZodType {
  let schema = z.number("Give a number.");
  if (whole) schema = schema.int("Give a whole number.");
  if (min !== undefined) schema = schema.min(min, `Give ${min} or more.`);
  if (max !== undefined) schema = schema.max(max, `Give ${max} or less.`);
  return z.preprocess(
    (given) =>
      typeof given === "string" && /^-?[\d,]*\.?\d+$/.test(given.trim()) ? Number(given.replace(/,/g, "")) : given,
    schema,
  );
}

/** "every weekday" says it in a sentence, where "day" alone may be just a word. */
export function repeatIn(text: string): string | undefined {
  const wanted = text
    .toLowerCase()
    .replace(/^every weekday$/, "every weekdays")
    .replace(/^every (2|two) weeks$/, "every two-weeks");
  return repeats.find((option) => wanted === `every ${option.code}`)?.code;
}

/** 142, or "INC-142" where it may be of several sorts. */
function refIn(text: string, prefixes: readonly [string, ...string[]]): number | string | undefined {
  if (prefixes.length === 1) return readRef(text, prefixes[0]);
  const prefix = prefixes.find((one) => readRef(text, one) !== undefined);
  return prefix === undefined || /^#?\d/.test(text.trim()) ? undefined : `${prefix}-${readRef(text, prefix)}`;
}

/** 142 for "INC-142", "inc 142", "142"; undefined for anything else. */
function readRef(written: string, prefix: string): number | undefined {
  const parts = /^(?:([a-z]+)[-\s]?)?#?(\d{1,9})$/i.exec(written.trim());
  return parts && (parts[1] === undefined || parts[1].toUpperCase() === prefix) ? Number(parts[2]) : undefined;
}

function readAs<Value>(read: (text: string) => Value | undefined, otherwise: string): z.ZodType {
  return z.union([z.string(), z.number().transform(String)], otherwise).transform((text, context) => {
    const value = read(text);
    if (value !== undefined) return value;
    context.addIssue(otherwise);
    return z.NEVER;
  });
}

/** Every text of an input as it can be kept: what came may be stored as a draft before any field has looked at it. */
export const cleanInput = (input: Input): Input =>
  Object.fromEntries(Object.entries(input).map(([name, value]) => [name, cleanValue(value)]));

const cleanValue = (value: Json): Json => {
  if (typeof value === "string") return clean(value);
  if (Array.isArray(value)) return value.map(cleanValue);
  return value !== null && typeof value === "object" ? cleanInput(value) : value;
};

/** Control characters say nothing to a reader, and PostgreSQL stores no NUL; line ends and tabs stay. */
export const clean = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(/(?![\n\t])\p{Cc}/gu, "")
    .trim();
