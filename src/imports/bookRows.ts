import { Decimal } from "decimal.js";
import { amountOf } from "../domain/budgets/variance.ts";
import type { Bound } from "../store/store.ts";
import { periodIn } from "./dates.ts";
import type { FigureRow } from "./figures.ts";
import { offer } from "./nearest.ts";
import type { ImportOptions } from "./result.ts";

// What the budget's file and the ledger's have in common: a unit, a line, a month, and its figures.

export const sharedColumns = ["unit", "line", "month", "volume", "quantity", "rate", "amount"] as const;
export const figureColumns = ["volume", "quantity", "rate", "amount"] as const;
export type SharedColumn = (typeof sharedColumns)[number];

export interface KnownLine {
  id: string;
  code: string;
  name: string;
  kind: string;
  hours: string | null;
}

/** What the organisation has, by code in small letters. */
export interface Known {
  units: ReadonlyMap<string, { id: string; code: string }>;
  lines: ReadonlyMap<string, KnownLine>;
}

export async function readKnown(store: Pick<Bound, "unit" | "line">): Promise<Known> {
  const units = await store.unit.findMany({ select: { id: true, code: true } });
  const lines = await store.line.findMany({ select: { id: true, code: true, name: true, kind: true, hours: true } });
  return {
    units: new Map(units.map((unit) => [unit.code.toLowerCase(), unit])),
    lines: new Map(lines.map((line) => [line.code.toLowerCase(), line])),
  };
}

/** Undefined where it is none, or one whose budget is not for whoever imports. */
export function unitIn<Column extends SharedColumn>(
  row: FigureRow<Column | "unit">,
  { units }: Known,
  { by }: ImportOptions,
) {
  const written = row.text("unit");
  const unit = units.get(written.toLowerCase());
  if (unit && by && !by.mayPut(unit.id)) {
    row.find("unit", `The books of ${unit.code} are for its managers and its admins. Leave its lines out.`);
    return undefined;
  }
  if (!unit)
    row.find(
      "unit",
      written === ""
        ? "It is empty. Write the unit’s code, as 4W."
        : `There is no unit “${written}”.${offer(
            [...units.values()].map(({ code }) => code),
            written,
          )}`,
    );
  return unit;
}

/** `YYYY-MM-01`. A day within the month is not guessed at: “03/04/2026” may be two months. */
export function monthIn(row: FigureRow<"month">): string | undefined {
  const written = row.text("month");
  const at = periodIn(written, "month-first");
  const begins = at === undefined ? undefined : new Date(at);
  const last = begins && new Date(begins.getTime() + dayInMs).getUTCDate() === 1;
  if (begins && (begins.getUTCDate() === 1 || last)) return `${begins.toISOString().slice(0, 7)}-01`;
  row.find(
    "month",
    written === "" ? "It is empty. Write it as 2026-10." : `“${written}” is no month. Write it as 2026-10.`,
  );
  return undefined;
}

/** `YYYY-MM-DD`. */
export function dayIn(row: FigureRow<"as_of">): string | undefined {
  const written = row.text("as_of");
  const at = periodIn(written, "month-first");
  const isOpen = /^(\d{1,2})[/-](\d{1,2})[/-]/.exec(written);
  const ambiguous = isOpen !== null && Number(isOpen[1]) <= 12 && Number(isOpen[2]) <= 12 && isOpen[1] !== isOpen[2];
  if (at !== undefined && !ambiguous && /\d\D+\d+\D+\d|[a-z]/i.test(written))
    return new Date(at).toISOString().slice(0, 10);
  row.find(
    "as_of",
    written === ""
      ? "It is empty. Write the day of the ledger as 2026-11-05."
      : `“${written}” is no day. Write it as 2026-11-05.`,
  );
  return undefined;
}

export interface Figures {
  volume: string | null;
  quantity: string | null;
  rate: string | null;
  amount: string;
}

/** The figures of a line, with its amount to the cent; undefined where one is wrong, which the row has been told. */
export function figuresIn(row: FigureRow<SharedColumn>, kind: string): Figures | undefined {
  const found: Partial<Record<(typeof figureColumns)[number], string>> = {};
  let right = true;
  const wrong = (column: SharedColumn, message: string) => {
    row.find(column, message);
    right = false;
  };
  for (const column of figureColumns) {
    const number = row.number(column);
    const written = row.text(column);
    if (!number) right &&= written === "";
    else if (number.percent) wrong(column, `“${written}” is a share. Write the amount itself.`);
    else if (new Decimal(number.text).abs().greaterThanOrEqualTo(most)) wrong(column, `“${written}” is too large.`);
    else if (column === "volume" && number.text.startsWith("-")) wrong(column, `“${written}” is below 0.`);
    else found[column] = number.text;
  }
  if (!right) return undefined;
  const side = kind === "revenue" ? ("revenue" as const) : ("expense" as const);
  const amount = amountOf({ kind: side, behaviour: "fixed", budget: found, actual: {} }, "budget");
  if (amount === null || amount.abs().greaterThanOrEqualTo(most)) {
    wrong(
      "amount",
      amount ? "It is too large." : "It is empty, and so is the quantity or the rate to compute it from.",
    );
    return undefined;
  }
  return {
    volume: found.volume ?? null,
    quantity: found.quantity ?? null,
    rate: found.rate ?? null,
    amount: amount.toFixed(2, Decimal.ROUND_HALF_EVEN),
  };
}

export function oneOf<Choice extends string, Column extends string>(
  row: FigureRow<Column>,
  column: Column,
  choices: readonly Choice[],
): Choice | undefined {
  const written = row.text(column);
  const found = choices.find((choice) => choice === written.toLowerCase());
  if (!found)
    row.find(
      column,
      `${written === "" ? "It is empty." : `“${written}” is none of them.`} Write ${choices.join(" or ")}.`,
    );
  return found;
}

/** What is wrong with a line that is there twice for one unit and month. */
export function againIn({ units, lines }: Pick<Known, "units" | "lines">) {
  const codes = (all: ReadonlyMap<string, { id: string; code: string }>) =>
    new Map([...all.values()].map(({ id, code }) => [id, code]));
  const [unitCodes, lineCodes] = [codes(units), codes(lines)];
  return (row: { unitId: string; lineId: string; month: string | Date }, before: number) => {
    const month = (typeof row.month === "string" ? row.month : row.month.toISOString()).slice(0, 7);
    const what = `${unitCodes.get(row.unitId)} ${lineCodes.get(row.lineId)} ${month}`;
    return { column: "line" as const, message: `${what} is on line ${before} already.` };
  };
}

const dayInMs = 86_400_000;
/** Below what a column of money holds. */
const most = 1e12;
