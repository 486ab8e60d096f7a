import { Decimal } from "decimal.js";
import type { Bound, Change, Prisma } from "../../store/store.ts";
import { fromColumn } from "../days.ts";
import { fromMonthColumn, lastDayOf, monthColumn } from "./fiscal.ts";
import type { Amounts, BudgetLine } from "./variance.ts";

export interface Line {
  id: string;
  code: string;
  name: string;
  kind: "revenue" | "expense";
  hours: "regular" | "overtime" | "agency" | null;
}

/** A line of a unit in a month, planned and as the ledger has it. */
export interface BookLine extends BudgetLine {
  unitId: string;
  /** `YYYY-MM`. */
  month: string;
  line: Line;
  /** What its volume counts: "patient days". */
  basis: string | null;
  /** The ledger has the unit's month; before that, what is actual means nothing. */
  taken: boolean;
}

/** A unit's month that the ledger has. */
export interface Taken {
  number: number;
  unitId: string;
  month: string;
  /** `YYYY-MM-DD`. */
  asOf: string;
  /** The ledger was taken after the month had ended. */
  closed: boolean;
}

export interface Book {
  lines: readonly BookLine[];
  taken: readonly Taken[];
}

type Books = Pick<Bound | Change, "budgetLine" | "ledgerLine" | "bookMonth" | "line">;

/** What these units planned and have for these months, by four queries whatever their number. */
export async function readBook(
  store: Books,
  unitIds: readonly string[],
  months: readonly string[],
  lineId?: string,
): Promise<Book> {
  const where = { unitId: { in: [...unitIds] }, month: { in: months.map(monthColumn) } };
  const ofLine = { ...where, ...(lineId !== undefined && { lineId }) };
  const [budgeted, spent, taken, all] = await Promise.all([
    store.budgetLine.findMany({ where: ofLine }),
    store.ledgerLine.findMany({ where: ofLine }),
    takenMonths(store, where),
    store.line.findMany(),
  ]);
  const known = new Map(all.map((line) => [line.id, asLine(line)]));
  const inLedger = new Set(taken.map(({ unitId, month }) => `${unitId} ${month}`));
  const lines = new Map<string, BookLine>();
  for (const row of budgeted) {
    const line = known.get(row.lineId);
    const month = fromMonthColumn(row.month);
    if (!line) continue;
    lines.set(keyOf(row), {
      unitId: row.unitId,
      month,
      line,
      kind: line.kind,
      behaviour: row.behaviour === "variable" ? "variable" : "fixed",
      basis: row.basis,
      budget: sideOf(row),
      actual: { amount: 0 },
      taken: inLedger.has(`${row.unitId} ${month}`),
    });
  }
  for (const row of spent) {
    const line = known.get(row.lineId);
    if (!line) continue;
    const before = lines.get(keyOf(row)) ?? unbudgeted(row.unitId, fromMonthColumn(row.month), line);
    lines.set(keyOf(row), { ...before, actual: sideOf(row), taken: true });
  }
  return { lines: [...lines.values()], taken };
}

/** What was not planned follows no volume. */
const unbudgeted = (unitId: string, month: string, line: Line): BookLine => ({
  unitId,
  month,
  line,
  kind: line.kind,
  behaviour: "fixed",
  basis: null,
  budget: { amount: 0 },
  actual: { amount: 0 },
  taken: true,
});

export async function takenMonths(
  store: Pick<Books, "bookMonth">,
  where: Prisma.BookMonthWhereInput,
): Promise<Taken[]> {
  const rows = await store.bookMonth.findMany({ where, orderBy: { month: "asc" } });
  return rows.map(({ number, unitId, month, asOf }) => {
    const of = fromMonthColumn(month);
    const day = fromColumn(asOf);
    return { number, unitId, month: of, asOf: day, closed: day > lastDayOf(of) };
  });
}

const keyOf = ({ unitId, lineId, month }: { unitId: string; lineId: string; month: Date }): string =>
  `${unitId} ${lineId} ${month.getTime()}`;

const sorts = ["regular", "overtime", "agency"] as const;

const asLine = ({
  id,
  code,
  name,
  kind,
  hours,
}: Omit<Line, "kind" | "hours"> & { kind: string; hours: string | null }): Line => ({
  id,
  code,
  name,
  kind: kind === "revenue" ? "revenue" : "expense",
  hours: sorts.find((sort) => sort === hours) ?? null,
});

type Row = Record<"volume" | "quantity" | "rate", Prisma.Decimal | null> & { amount: Prisma.Decimal };

const sideOf = ({ volume, quantity, rate, amount }: Row): Amounts => ({
  ...(volume && { volume: new Decimal(volume.toString()) }),
  ...(quantity && { quantity: new Decimal(quantity.toString()) }),
  ...(rate && { rate: new Decimal(rate.toString()) }),
  amount: new Decimal(amount.toString()),
});
