import type { Bound } from "../../store/store.ts";
import { Refusal } from "../refusal.ts";
import type { Actor } from "../staff/actor.ts";
import { type Book, type BookLine, type Line, readBook, takenMonths } from "./book.ts";
import { type Comparison, compare, compareKinds, driverIn, type Thresholds } from "./compare.ts";
import { type Excess, excessesIn } from "./excess.ts";
import { type FiscalYear, fiscalYearOf } from "./fiscal.ts";
import { type HoursMeasures, hoursIn } from "./hours.ts";
import { idsUnder, type Scope, scopeOf, type UnitNode } from "./scope.ts";

/** What every budget answer is about: units, a month, and the fiscal year up to it. */
export interface Situation {
  scope: Scope;
  /** `YYYY-MM`. */
  month: string;
  year: FiscalYear;
  /** The fiscal year up to the month. */
  book: Book;
  /** The day of the oldest ledger of the month. */
  asOf: string;
  /** The ledger of all these units was taken after the month had ended. */
  closed: boolean;
  /** Units that planned for the month, and whose ledger of it is not there. */
  missing: readonly UnitNode[];
  thresholds: Thresholds;
}

export interface BudgetView extends Situation {
  monthly: readonly { name: string; of: Comparison }[];
  yearly: readonly { name: string; of: Comparison }[];
  /** The whole of the month, and what drives it. */
  total: Comparison;
  driver: string;
  hours: HoursMeasures;
  /** Still to be explained. */
  owed: readonly Excess[];
  below: readonly { unit: UnitNode; month: Comparison; year: Comparison }[];
}

export interface LineView {
  line: Line;
  of: Comparison;
  driver: string;
}

export interface VarianceView extends Situation {
  /** The whole, or the line that was asked for. */
  total: Comparison;
  driver: string;
  /** By line, those that go furthest first; of one line, unit by unit. */
  lines: readonly LineView[];
  line: Line | null;
}

/** Throws where this person sees no such budget, or the ledger has nothing of it. */
export async function situationOf(
  store: Bound,
  actor: Actor,
  asked: { unitId?: string | undefined; month?: string | undefined },
): Promise<Situation> {
  const scope = await scopeOf(store, actor, asked.unitId);
  const { fiscalYearStart, explainDollars, explainPercent } = await store.organisation();
  const unitIds = scope.units.map(({ id }) => id);
  const month = asked.month ?? (await latestMonth(store, unitIds));
  if (month === undefined)
    throw new Refusal(
      `There is no ledger of ${scope.name} yet. It comes by “rounds import ledger FILE”; ask whoever looks after Rounds.`,
    );
  const year = fiscalYearOf(month, fiscalYearStart);
  const book = await readBook(store, unitIds, year.months.slice(0, year.at + 1));
  const taken = book.taken.filter((one) => one.month === month);
  if (taken.length === 0) throw noLedger(scope.name, month, await latestMonth(store, unitIds));
  const planned = new Set(book.lines.flatMap((line) => (line.month === month && !line.taken ? line.unitId : [])));
  return {
    scope,
    month,
    year,
    book,
    asOf: taken.map(({ asOf }) => asOf).reduce((one, other) => (one < other ? one : other)),
    closed: taken.every(({ closed }) => closed),
    missing: scope.units.filter(({ id }) => planned.has(id)),
    thresholds: { explainDollars, explainPercent },
  };
}

function noLedger(name: string, month: string, latest: string | undefined): Refusal {
  const rest = latest === undefined ? "There is none yet." : `The latest month is ${latest}.`;
  return new Refusal(`There is no ledger of ${name} for ${month}. ${rest}`, "month");
}

/** The last month that is closed, or the last that there is anything of. */
async function latestMonth(store: Bound, unitIds: readonly string[]): Promise<string | undefined> {
  const [last] = await store.bookMonth.findMany({
    where: { unitId: { in: [...unitIds] } },
    orderBy: { month: "desc" },
    take: 1,
  });
  if (!last) return undefined;
  const lately = await takenMonths(store, {
    unitId: { in: [...unitIds] },
    month: { gte: new Date(last.month.getTime() - someMonths) },
  });
  return (lately.findLast(({ closed }) => closed) ?? lately.at(-1))?.month;
}

const someMonths = 100 * 86_400_000;

export async function budgetView(store: Bound, situation: Situation): Promise<BudgetView> {
  const { scope, book, month } = situation;
  const monthly = inMonth(book, month);
  const total = compare(monthly);
  const under = scope.below.map((unit) => ({ unit, ids: idsUnder(scope.units, unit.id) }));
  return {
    ...situation,
    monthly: compareKinds(monthly),
    yearly: compareKinds(book.lines),
    total,
    driver: driverIn(monthly, total),
    hours: hoursIn(monthly),
    owed: (await excessesIn(store, situation)).filter(({ owed }) => owed),
    below: under.flatMap(({ unit, ids }) => {
      const theirs = book.lines.filter(({ unitId, taken }) => taken && ids.has(unitId));
      return theirs.length === 0
        ? []
        : [{ unit, month: compare(inMonth({ lines: theirs }, month)), year: compare(theirs) }];
    }),
  };
}

/** By line where none is asked for; the largest variances first. */
export function varianceView(situation: Situation, line: { id: string; name: string } | undefined): VarianceView {
  const all = inMonth(situation.book, situation.month).filter(({ taken }) => taken);
  const chosen = line ? all.filter((one) => one.line.id === line.id) : all;
  if (line && chosen.length === 0)
    throw new Refusal(
      `${situation.scope.name} has neither a budget nor a ledger of “${line.name}” in ${situation.month}.`,
      "line",
    );
  const byLine = [...Map.groupBy(all, (one) => one.line.id).values()].flatMap((lines) => {
    const of = compare(lines);
    return lines[0] ? [{ line: lines[0].line, of, driver: driverIn(lines, of) }] : [];
  });
  const total = compare(chosen);
  return {
    ...situation,
    total,
    driver: driverIn(chosen, total),
    line: (line && chosen[0]?.line) ?? null,
    lines: byLine.sort((one, other) => other.of.impacts.total.abs().comparedTo(one.of.impacts.total.abs())),
  };
}

export const inMonth = (book: Pick<Book, "lines">, month: string): BookLine[] =>
  book.lines.filter((line) => line.month === month);
