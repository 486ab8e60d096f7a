/** Written in a cell to empty what is there; an empty cell leaves it. */
const emptied = "-";

/** What a cell asks for: undefined to leave what is there, null to empty it. */
export type Asked<Value> = Value | null | undefined;

export const asked = (cell: string | undefined): Asked<string> => (cell === emptied ? null : cell);

/** A list in a cell, with semicolons between; each once. */
export const listIn = (cell: string | undefined): Asked<string[]> => {
  if (cell === undefined) return undefined;
  if (cell === emptied) return [];
  return [...new Set(cell.split(";").map((item) => item.trim()))].filter((item) => item !== "");
};

/** What is there after the import: what was asked for, or else what was there before. */
export const kept = <Value>(given: Asked<Value>, before: Value | null | undefined): Value | null =>
  given === undefined ? (before ?? null) : given;

/** A handle as people write it: "@JLee". */
export const handleIn = (cell: string): string => cell.replace(/^@/, "").toLowerCase();

/** The same value; nothing and an empty list are the same. */
export const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(filled(one)) === JSON.stringify(filled(other));

const filled = (value: unknown): unknown => (Array.isArray(value) && value.length === 0 ? null : (value ?? null));
