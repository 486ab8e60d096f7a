import { type Brought, brought, columns, needed } from "./columns.ts";
import { columnName } from "./figures.ts";
import type { ImportFile } from "./file.ts";
import { openSheet } from "./sheet.ts";

/** What a file's first line says that it is. */
export interface Recognised {
  fits: Brought[];
  /** It is one of these, which come in on the server. */
  directory: "units" | "staff" | undefined;
  /** The names of its columns, as they are written there. */
  names: string[];
  /** The sort that it is nearest to, and the columns that it lacks for that. */
  nearest: { what: Brought; missing: readonly string[] };
}

/** Looks at the first line. Throws Unreadable where there is no table; undefined where it is empty. */
export async function recognise(file: ImportFile): Promise<Recognised | undefined> {
  const header = await (await openSheet(file, "exact")).header();
  if (!header) return undefined;
  const names = new Set(header.cells.map(columnName));
  const lacking = brought.map(({ code }) => ({
    what: code,
    missing: needed[code].filter((column) => !names.has(column)),
  }));
  const [nearest] = lacking.toSorted((one, other) => one.missing.length - other.missing.length);
  if (!nearest) return undefined;
  return {
    fits: lacking.filter(({ missing }) => missing.length === 0).map(({ what }) => what),
    directory: directoryIn(names),
    names: header.cells.filter((cell) => cell !== ""),
    nearest,
  };
}

function directoryIn(names: ReadonlySet<string>): Recognised["directory"] {
  if (names.has("handle")) return "staff";
  const own = columns.units.filter((column) => names.has(column));
  return names.has("code") && own.length > 1 ? "units" : undefined;
}
