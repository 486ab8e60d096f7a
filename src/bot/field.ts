import type { EntryKind, FieldKind, Option, Repeat } from "../chat/form.ts";

/** One of a directory: what an entry field gives to the command. */
export interface Entry {
  id: string;
  /** A unit's code, a person's handle. */
  code: string;
  name: string;
}

/** A file as it was handed in. */
export interface GivenFile {
  name: string;
  mediaType: string;
  bytes: Uint8Array;
}

export interface Ask {
  label: string;
  hint?: string;
  /** The form shows it although it is not required. */
  ask?: boolean;
  /** Given in the form or by its name alone: no other typed word is taken for it. */
  byName?: boolean;
  /** Given by Rounds itself: it travels with a form unseen and as it is, and no typed word is taken for it. */
  carried?: boolean;
}

/** A declared input of a command; Value is what the handler gets. */
export interface Field<Value = unknown, Required extends boolean = boolean> extends Ask {
  takes: FieldKind;
  required: Required;
  /** The written form that stands when nothing was given; "now" and "today" are computed at the time. */
  fallback?: string;
  /** Never set: carries the type. */
  readonly value?: Value;
}

export type Fields = Record<string, Field>;

/** What the handler of a command with these inputs gets. */
export type Values<F extends Fields> = {
  [Name in keyof F]: F[Name] extends Field<infer Value, infer Required>
    ? Required extends true
      ? Value
      : Value | undefined
    : never;
};

type Optional<Value> = Field<Value, false>;

const field = <Value>(takes: FieldKind, ask: Ask): Optional<Value> => ({ ...ask, takes, required: false });

/** The id, and the word, of the place where something is said. */
export const herePlace = "here";

/** Kept whole to this length; the places that show it cut what they cannot show. */
const longestParagraph = 40_000;

export const text = (ask: Ask) => field<string>({ kind: "text", max: 300 }, ask);
export const paragraph = (ask: Ask) => field<string>({ kind: "paragraph", max: longestParagraph }, ask);
export const choice = <const O extends readonly Option[]>(options: O, ask: Ask) =>
  field<O[number]["code"]>({ kind: "choice", options }, ask);
export const many = <const O extends readonly Option[]>(options: O, ask: Ask) =>
  field<O[number]["code"][]>({ kind: "many", options }, ask);
export const number = (ask: Ask & { min?: number; max?: number; whole?: boolean }) => {
  const { min, max, whole, ...rest } = ask;
  return field<number>(
    { kind: "number", ...(min !== undefined && { min }), ...(max !== undefined && { max }), ...(whole && { whole }) },
    rest,
  );
};
/** A decimal string, "1234.50". */
export const money = (ask: Ask) => field<string>({ kind: "money" }, ask);
export const flag = (ask: Ask) => field<boolean>({ kind: "flag" }, ask);
/** `YYYY-MM-DD`. */
export const date = (ask: Ask) => field<string>({ kind: "date" }, ask);
/** `YYYY-MM-DD`; "may 5" is the last one that was. */
export const pastDate = (ask: Ask) => field<string>({ kind: "date", towards: "past" }, ask);
/** A moment; typed in the asker's zone. */
export const dateTime = (towards: "past" | "future", ask: Ask) => field<Date>({ kind: "date-time", towards }, ask);
/** `HH:mm`. */
export const time = (ask: Ask) => field<string>({ kind: "time" }, ask);
/** `YYYY-MM`. */
export const month = (ask: Ask) => field<string>({ kind: "month" }, ask);
/** `YYYY-MM`, or a quarter of the fiscal year: `YYYY-Qn`, and `Qn` for the last one of that number. */
export const period = (ask: Ask) => field<string>({ kind: "month", quarters: true }, ask);
export const repeat = (ask: Ask) => field<Repeat>({ kind: "repeat" }, ask);
export const file = (ask: Ask) => field<GivenFile>({ kind: "file" }, ask);
/** The number behind a reference: 142 for "INC-142" where the prefix is INC. */
export const ref = (prefix: string, ask: Ask) => field<number>({ kind: "ref", prefixes: [prefix] }, ask);
/** The same, or the receipt of an anonymous report as it was written: then nothing of who asks may stay. */
export const refOrReceipt = (prefix: string, ask: Ask) =>
  field<number | string>({ kind: "ref", prefixes: [prefix], receipt: true }, ask);
/** A reference to a record of one of several sorts, written "INC-142". */
export const refOf = (prefixes: readonly [string, string, ...string[]], ask: Ask) =>
  field<string>({ kind: "ref", prefixes }, ask);
export const entry = (directory: EntryKind, ask: Ask) => field<Entry>({ kind: "entry", directory }, ask);
/** An entry, or the place where it is said: then its id is {@link herePlace}. */
export const entryOrHere = (directory: EntryKind, ask: Ask) =>
  field<Entry>({ kind: "entry", directory, here: true }, ask);
export const entries = (directory: EntryKind, ask: Ask) => field<Entry[]>({ kind: "entries", directory }, ask);

/** Optional inputs that the form shows, from questions that are declared as data. */
export const asked = <Name extends string>(questions: Readonly<Record<Name, Ask & { takes: FieldKind }>>) =>
  Object.fromEntries(
    Object.entries<Ask & { takes: FieldKind }>(questions).map(([name, { takes, ...ask }]) => [
      name,
      field<string | string[] | number>(takes, { ...ask, ask: true }),
    ]),
  ) as Record<Name, Optional<string | string[] | number>>;

export const required = <Value>(given: Optional<Value>): Field<Value, true> => ({ ...given, required: true });
/** The input always has a value: this one when nothing was given. */
export const otherwise = <Value>(given: Optional<Value>, fallback: string): Field<Value, true> => ({
  ...given,
  required: true,
  fallback,
});
