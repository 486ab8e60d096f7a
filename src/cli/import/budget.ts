import { randomUUID } from "node:crypto";
import type { Bound, BudgetRow, Change } from "../../store/store.ts";
import {
  figureColumns,
  figuresIn,
  firstOf,
  type Known,
  type KnownLine,
  monthIn,
  oneOf,
  readKnown,
  unitIn,
} from "./bookRows.ts";
import { type FigureRow, openFigures } from "./figures.ts";
import { inFile, needs, putBooks } from "./putBooks.ts";
import type { ImportFile, ImportOptions, ImportResult } from "./result.ts";

export const budgetColumns = [
  "unit",
  "line",
  "name",
  "month",
  "kind",
  "behaviour",
  "basis",
  "volume",
  "quantity",
  "rate",
  "amount",
  "hours",
] as const;
type Column = (typeof budgetColumns)[number];
type Row = FigureRow<Column>;

const longestCode = 40;
const lineCode = /^[\p{L}\p{N}][\p{L}\p{N}._/&-]*$/u;

interface Plan {
  rows: BudgetRow[];
  /** Lines that are new, or called or counted otherwise than before. */
  lines: Map<string, KnownLine>;
}

/**
 * What units plan by line and month, from a file: all of it or nothing. What is not in the file stays as it is, and so do a
 * line's name and hours where their cells are empty.
 */
export async function importBudget(bound: Bound, file: ImportFile, options: ImportOptions): Promise<ImportResult> {
  return inFile(file, options, async (reading) => {
    const known = await readKnown(bound);
    const plan = await reading(() => planBudget(file, known));
    return putBooks(bound, file, options, "budget", plan.rows, {
      before: (change) => writeLines(change, [...plan.lines.values()], known),
      put: (change, rows) => change.putBudget(rows),
      notes: newLines(plan, known),
    });
  });
}

function planBudget(file: ImportFile, known: Known): Plan {
  const table = openFigures(file, budgetColumns, figureColumns);
  needs(table.columns, ["unit", "line", "month", "kind", "behaviour"], budgetColumns);
  const plan: Plan = { rows: [], lines: new Map() };
  const seen = new Map<string, number>();
  table.each((row) => {
    const unit = unitIn(row, known);
    const line = lineIn(row, known, plan.lines);
    const month = monthIn(row);
    const behaviour = oneOf(row, "behaviour", ["variable", "fixed"]);
    const figures = line && figuresIn(row, line.kind);
    if (behaviour === "variable" && figures?.volume === null) {
      row.find("volume", "It is empty. A variable line follows a volume; write fixed where there is none.");
      return;
    }
    if (!unit || !line || !month || !behaviour || !figures) return;
    if (!firstOf(seen, row, `${unit.id} ${line.id} ${month}`, `${unit.code} ${line.code} ${month.slice(0, 7)}`)) return;
    const basis = row.text("basis");
    plan.rows.push({
      unitId: unit.id,
      lineId: line.id,
      month,
      behaviour,
      basis: basis === "" ? null : basis.slice(0, 60),
      ...figures,
    });
  });
  return plan;
}

/** The line that is meant, as it is after the import; undefined where a cell about it is wrong. */
function lineIn(row: Row, known: Known, lines: Plan["lines"]): KnownLine | undefined {
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

async function writeLines(change: Change, lines: readonly KnownLine[], known: Known): Promise<number> {
  const isKnown = ({ code }: KnownLine) => known.lines.has(code.toLowerCase());
  await change.line.createMany({ data: lines.filter((line) => !isKnown(line)) });
  for (const { id, ...data } of lines.filter(isKnown)) await change.line.updateMany({ where: { id }, data });
  return lines.length;
}

function newLines({ lines }: Plan, known: Known): string[] {
  const added = [...lines].filter(([key]) => !known.lines.has(key)).map(([, line]) => line.code);
  const shown = added.slice(0, 20).join(", ");
  return added.length === 0
    ? []
    : [`New lines: ${shown}${added.length > 20 ? `, and ${added.length - 20} more` : ""}.`];
}
