import { randomUUID } from "node:crypto";
import type { Change } from "../store/store.ts";
import {
  againIn,
  figureColumns,
  figuresIn,
  type Known,
  type KnownLine,
  monthIn,
  oneOf,
  readKnown,
  unitIn,
} from "./bookRows.ts";
import type { Sort } from "./bring.ts";
import { columns, needed } from "./columns.ts";
import type { FigureRow } from "./figures.ts";
import type { ImportOptions } from "./result.ts";

type Column = (typeof columns.budget)[number];
type Row = FigureRow<Column>;

const longestCode = 40;
const lineCode = /^[\p{L}\p{N}][\p{L}\p{N}._/&-]*$/u;

/**
 * What units plan by line and month, from a file: all of it or nothing. What is not in the file stays as it is, and so do a
 * line's name and hours where their cells are empty.
 */
export const budget: Sort<"budget", Column> = {
  which: "budget",
  columns: columns.budget,
  needed: needed.budget,
  numbers: figureColumns,
  async reading(change, _table, options) {
    const known = await readKnown(change);
    /** Lines that are new, or called or counted otherwise than before. */
    const lines = new Map<string, KnownLine>();
    return {
      row(row) {
        const unit = unitIn(row, known, options);
        const line = lineIn(row, known, lines, options);
        const month = monthIn(row);
        const behaviour = oneOf(row, "behaviour", ["variable", "fixed"]);
        const figures = line && figuresIn(row, line.kind);
        if (behaviour === "variable" && figures?.volume === null) {
          row.find("volume", "It is empty. A variable line follows a volume; write fixed where there is none.");
          return undefined;
        }
        if (!unit || !line || !month || !behaviour || !figures) return undefined;
        const basis = row.text("basis");
        return {
          unitId: unit.id,
          lineId: line.id,
          kind: line.kind,
          month,
          behaviour,
          basis: basis === "" ? null : basis.slice(0, 60),
          ...figures,
        };
      },
      again: (row, before) => againIn({ units: known.units, lines: new Map([...known.lines, ...lines]) })(row, before),
      beside: async () => besides(lines, known),
      before: () => writeLines(change, [...lines.values()], known),
      after: async () => undefined,
      notes: () => [],
    };
  },
};

/** The line that is meant, as it is after the import; undefined where a cell about it is wrong. */
function lineIn(row: Row, known: Known, lines: Map<string, KnownLine>, { by }: ImportOptions): KnownLine | undefined {
  const code = row.text("line");
  const kind = oneOf(row, "kind", ["revenue", "expense"]);
  const hours = row.text("hours") === "" ? null : oneOf(row, "hours", ["regular", "overtime", "agency"]);
  if (code === "" || code.length > longestCode || !lineCode.test(code)) {
    row.find(
      "line",
      code === ""
        ? "It is empty. Write the account’s code, as overtime."
        : `“${code}” is no code. Use up to ${longestCode} letters and digits without spaces, as overtime.`,
    );
    return undefined;
  }
  if (!kind || hours === undefined) return undefined;
  const key = code.toLowerCase();
  const before = lines.get(key) ?? known.lines.get(key);
  if (before && before.kind !== kind) {
    row.find("kind", `“${before.code}” is ${before.kind} elsewhere. A line is one of both, for all units.`);
    return undefined;
  }
  // A line is shared by all units: whoever has some of them adds lines, and leaves those that are there as they are.
  if (before && by && !by.mayRename) return before;
  const name = row.text("name").slice(0, 100);
  const after: KnownLine = {
    id: before?.id ?? randomUUID(),
    code: before?.code ?? code,
    name: name || (before?.name ?? code),
    kind,
    hours: hours ?? before?.hours ?? null,
  };
  if (!before || before.name !== after.name || before.hours !== after.hours) lines.set(key, after);
  return after;
}

async function writeLines(change: Change, lines: readonly KnownLine[], known: Known): Promise<void> {
  const isKnown = ({ code }: KnownLine) => known.lines.has(code.toLowerCase());
  await change.line.createMany({ data: lines.filter((line) => !isKnown(line)) });
  for (const { id, ...data } of lines.filter(isKnown)) await change.line.updateMany({ where: { id }, data });
}

function besides(lines: ReadonlyMap<string, KnownLine>, known: Known): string[] {
  const codes = (isNew: boolean) =>
    [...lines].filter(([key]) => known.lines.has(key) !== isNew).map(([, line]) => line.code);
  return [...told("New lines", codes(true)), ...told("Called or counted otherwise from now on", codes(false))];
}

const most = 20;

function told(what: string, codes: readonly string[]): string[] {
  if (codes.length === 0) return [];
  const more = codes.length - most;
  return [`${what}: ${codes.slice(0, most).join(", ")}${more > 0 ? `, and ${more} more` : ""}.`];
}
