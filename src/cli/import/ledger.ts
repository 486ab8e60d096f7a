import type { Bound, LedgerRow, MonthTaken } from "../../store/store.ts";
import { dayIn, figureColumns, figuresIn, firstOf, type Known, monthIn, readKnown, unitIn } from "./bookRows.ts";
import { type FigureRow, openFigures } from "./figures.ts";
import { offer } from "./nearest.ts";
import { inFile, needs, putBooks } from "./putBooks.ts";
import type { ImportFile, ImportOptions, ImportResult } from "./result.ts";

export const ledgerColumns = ["unit", "line", "month", "volume", "quantity", "rate", "amount", "as_of"] as const;

interface Plan {
  rows: LedgerRow[];
  /** By unit and month, with the latest day that the file names for it. */
  months: Map<string, MonthTaken>;
}

/** What the ledger has by unit, line and month, from a file: all of it or nothing. What is not in the file stays as it is. */
export async function importLedger(bound: Bound, file: ImportFile, options: ImportOptions): Promise<ImportResult> {
  return inFile(file, options, async (reading) => {
    const known = await readKnown(bound);
    const plan = await reading(() => planLedger(file, known));
    return putBooks(bound, file, options, "ledger", plan.rows, {
      before: (change) => change.putMonths([...plan.months.values()]),
      put: (change, rows) => change.putLedger(rows),
      notes: [],
    });
  });
}

function planLedger(file: ImportFile, known: Known): Plan {
  const table = openFigures(file, ledgerColumns, figureColumns);
  needs(table.columns, ["unit", "line", "month", "as_of"], ledgerColumns);
  const plan: Plan = { rows: [], months: new Map() };
  const seen = new Map<string, number>();
  table.each((row) => {
    const unit = unitIn(row, known);
    const line = lineIn(row, known);
    const month = monthIn(row);
    const asOf = dayIn(row);
    const figures = line && figuresIn(row, line.kind);
    if (!unit || !line || !month || !asOf || !figures) return;
    if (asOf < month) {
      row.find("as_of", `${asOf} is before ${month.slice(0, 7)} began.`);
      return;
    }
    if (!firstOf(seen, row, `${unit.id} ${line.id} ${month}`, `${unit.code} ${line.code} ${month.slice(0, 7)}`)) return;
    const key = `${unit.id} ${month}`;
    const taken = plan.months.get(key);
    if (!taken || taken.asOf < asOf) plan.months.set(key, { unitId: unit.id, month, asOf });
    plan.rows.push({ unitId: unit.id, lineId: line.id, month, ...figures });
  });
  return plan;
}

function lineIn(row: FigureRow<(typeof ledgerColumns)[number]>, { lines }: Known) {
  const written = row.text("line");
  const line = lines.get(written.toLowerCase());
  if (!line) {
    const codes = [...lines.values()].map(({ code }) => code);
    row.find(
      "line",
      written === ""
        ? "It is empty. Write the account’s code, as overtime."
        : `There is no line “${written}”.${offer(codes, written)} Lines come with the budget.`,
    );
  }
  return line;
}
