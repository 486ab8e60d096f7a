import type { Change, MonthTaken } from "../store/store.ts";
import { againIn, dayIn, figureColumns, figuresIn, type Known, monthIn, readKnown, unitIn } from "./bookRows.ts";
import type { Sort } from "./bring.ts";
import { columns, needed } from "./columns.ts";
import type { FigureRow } from "./figures.ts";
import { offer } from "./nearest.ts";

/** What the ledger has by unit, line and month, from a file: all of it or nothing. What is not in the file stays as it is. */
export const ledger: Sort<"ledger", (typeof columns.ledger)[number]> = {
  which: "ledger",
  columns: columns.ledger,
  needed: needed.ledger,
  numbers: figureColumns,
  async reading(change, _table, options) {
    const known = await readKnown(change);
    /** By unit and month, with the latest day that the file names for it. */
    const months = new Map<string, MonthTaken>();
    return {
      row(row) {
        const unit = unitIn(row, known, options);
        const line = lineIn(row, known);
        const month = monthIn(row);
        const asOf = dayIn(row);
        const figures = line && figuresIn(row, line.kind);
        if (!unit || !line || !month || !asOf || !figures) return undefined;
        if (asOf < month) {
          row.find("as_of", `${asOf} is before ${month.slice(0, 7)} began.`);
          return undefined;
        }
        const key = `${unit.id} ${month}`;
        const taken = months.get(key);
        if (!taken || taken.asOf < asOf) months.set(key, { unitId: unit.id, month, asOf });
        return { unitId: unit.id, lineId: line.id, kind: line.kind, month, ...figures };
      },
      again: againIn(known),
      beside: async () => taken(await monthsTaken(change, months)),
      before: () => change.putMonths([...months.values()]),
      after: async () => undefined,
      notes: () => [],
    };
  },
};

/** How many months of units the ledger has for the first time, or from a later day than before. */
async function monthsTaken(change: Change, months: ReadonlyMap<string, MonthTaken>): Promise<number> {
  const names = [...new Set([...months.values()].map(({ month }) => month))];
  const there = await change.bookMonth.findMany({
    where: { month: { in: names.map((month) => new Date(month)) } },
    select: { unitId: true, month: true, asOf: true },
  });
  const days = new Map(there.map(({ unitId, month, asOf }) => [`${unitId} ${dayOf(month)}`, dayOf(asOf)]));
  return [...months].filter(([key, { asOf }]) => (days.get(key) ?? "") < asOf).length;
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

const taken = (months: number): string[] =>
  months === 0
    ? []
    : [`The ledger’s day is new for ${months === 1 ? "1 month of a unit" : `${months} months of units`}.`];

function lineIn(row: FigureRow<(typeof columns.ledger)[number]>, { lines }: Known) {
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
