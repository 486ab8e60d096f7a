import { Decimal } from "decimal.js";
import type { BookBy, BookSum, Bound } from "../../store/store.ts";
import type { Named } from "../named.ts";
import { Refusal } from "../refusal.ts";
import type { Actor } from "../staff/actor.ts";
import { type Line, readLines, takenMonths } from "./book.ts";
import { type Balance, byKind, type Comparison, compare, compareYear, driverIn, type Thresholds } from "./compare.ts";
import { type Excess, excessesOf, overOf } from "./excess.ts";
import { dayColumns, type FiscalYear, monthColumn, type Period, periodOf } from "./fiscal.ts";
import { countedIn, type HoursMeasures, hoursIn } from "./hours.ts";
import { idsUnder, type Scope, scopeOf, type UnitNode } from "./scope.ts";

/** What every budget answer is about: units, a month or a quarter, and the fiscal year up to it. */
export interface Situation {
  scope: Scope;
  period: Period;
  /** Those of its months that the ledger has something of, and the last of them, `YYYY-MM`. */
  months: readonly string[];
  month: string;
  year: FiscalYear;
  /** The fiscal year up to the month. */
  upTo: readonly string[];
  /** The day of the oldest ledger of the month. */
  asOf: string;
  /** The ledger of all these units was taken after the month had ended. */
  closed: boolean;
  /** Units whose ledger of the month is there. */
  taken: readonly UnitNode[];
  /** Units that planned for the month, and whose ledger of it is not there. */
  missing: readonly UnitNode[];
  thresholds: Thresholds;
}

export interface BudgetView extends Situation {
  monthly: readonly { name: string; of: Comparison }[];
  yearly: readonly { name: string; of: Balance }[];
  /** The whole of the months, and what drives it. */
  total: Comparison;
  driver: string;
  hours: HoursMeasures;
  /** Still to be explained of the month; none for a quarter. */
  owed: readonly Excess[];
  below: readonly { unit: UnitNode; month: Comparison; year: Balance }[];
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
  /** By line, those that go furthest first. */
  lines: readonly LineView[];
  line: Line | null;
}

export interface Asked {
  unitId?: string | undefined;
  /** `YYYY-MM`, `YYYY-Qn` or `Qn`; the last month that is closed where none is given. */
  month?: string | undefined;
}

/** Throws where this person sees no such budget, or the ledger has nothing of it. */
export async function situationOf(store: Bound, actor: Actor, asked: Asked): Promise<Situation> {
  const scope = await scopeOf(store, actor, asked.unitId);
  const { fiscalYearStart, explainDollars, explainPercent } = await store.organisation();
  const unitIds = scope.units.map(({ id }) => id);
  const period = await periodIn(store, scope, asked.month, fiscalYearStart);
  const columns = period.months.map(monthColumn);
  const inLedger = await takenMonths(store, { unitId: { in: unitIds }, month: { in: columns } });
  const month = inLedger.at(-1)?.month;
  if (month === undefined) throw noLedger(scope.name, period, await latestMonth(store, unitIds));
  const taken = inLedger.filter((one) => one.month === month);
  const there = new Set(taken.map(({ unitId }) => unitId));
  const planned = await store.budgetLine.groupBy({
    by: ["unitId"],
    where: { unitId: { in: unitIds.filter((id) => !there.has(id)) }, month: monthColumn(month) },
  });
  const without = new Set(planned.map(({ unitId }) => unitId));
  return {
    scope,
    period,
    months: period.months.filter((one) => inLedger.some((of) => of.month === one)),
    month,
    year: period.year,
    upTo: period.year.months.slice(0, period.year.months.indexOf(month) + 1),
    asOf: taken.map(({ asOf }) => asOf).reduce((one, other) => (one < other ? one : other)),
    closed: taken.every(({ closed }) => closed),
    taken: scope.units.filter(({ id }) => there.has(id)),
    missing: scope.units.filter(({ id }) => without.has(id)),
    thresholds: { explainDollars, explainPercent },
  };
}

async function periodIn(store: Bound, scope: Scope, asked: string | undefined, start: number): Promise<Period> {
  if (asked !== undefined && !/^Q\d$/.test(asked)) return periodOf(asked, start, asked);
  const latest = await latestMonth(
    store,
    scope.units.map(({ id }) => id),
  );
  if (latest === undefined)
    throw new Refusal(
      `There is no ledger of ${scope.name} yet. Send it as CSV or XLSX in your own chat with Rounds; “import” tells how.`,
    );
  return periodOf(asked ?? latest, start, latest);
}

function noLedger(name: string, { code, quarter, months }: Period, latest: string | undefined): Refusal {
  const rest = latest === undefined ? "There is none yet." : `The latest month is ${latest}.`;
  const asked = quarter === null ? code : `${code}, which is ${months[0]} to ${months[2]}`;
  return new Refusal(`There is no ledger of ${name} for ${asked}. ${rest}`, "month");
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

/** How the books are asked for a situation. */
export const choiceOf = ({ scope, months, upTo }: Situation) => ({
  unitIds: scope.units.map(({ id }) => id),
  months: dayColumns(months),
  year: dayColumns(upTo),
});

/** By one statement for the amounts and one for the hours, whatever the number of units and lines. */
export async function budgetView(store: Bound, situation: Situation): Promise<BudgetView> {
  const { scope, period, month, taken: units, thresholds } = situation;
  const choice = choiceOf(situation);
  // Explanations are of months.
  const over = period.quarter === null ? overOf(thresholds) : undefined;
  const by: BookBy = over ? [[], ["unitId"], ["unitId", "lineId"]] : [[], ["unitId"]];
  const [sums, volumes] = await Promise.all([store.bookSums({ ...choice, by, over }), store.bookVolumes(choice)]);
  const rows = sums.filter(({ unitId }) => unitId === null);
  const far = sums.filter(({ lineId }) => lineId !== null);
  const excesses = await excessesOf(store, far, { units, month, thresholds });
  const total = compare(rows);
  const ofUnit = Map.groupBy(sums, ({ unitId, lineId }) => (lineId === null ? unitId : null));
  return {
    ...situation,
    monthly: byKind(rows, compare),
    yearly: byKind(rows, compareYear),
    total,
    driver: driverIn(rows, total, countedIn(volumes, total.kind)?.treated ?? null),
    hours: hoursIn(volumes),
    owed: excesses.filter(({ owed }) => owed),
    below: scope.below.flatMap((unit) => {
      const theirs = [...idsUnder(scope.units, unit.id)].flatMap((id) => ofUnit.get(id) ?? []);
      return theirs.length === 0 ? [] : [{ unit, month: compare(theirs), year: compareYear(theirs) }];
    }),
  };
}

/** By line where none is asked for; the largest variances first. */
export async function varianceView(store: Bound, situation: Situation, line: Named | undefined): Promise<VarianceView> {
  const choice = choiceOf(situation);
  const [found, volumes, known] = await Promise.all([
    store.bookSums({ ...choice, by: [["lineId"]], lineId: line?.id }),
    store.bookVolumes(choice),
    readLines(store),
  ]);
  const rows = found.filter(({ budget }) => budget !== null);
  if (line && rows.length === 0)
    throw new Refusal(
      `${situation.scope.name} has neither a budget nor a ledger of “${line.name}” in ${situation.period.code}.`,
      "line",
    );
  const total = compare(rows);
  const lines = rows.flatMap((row) => lineIn(row, known.get(row.lineId ?? "")) ?? []);
  return {
    ...situation,
    total,
    driver: line ? (lines[0]?.driver ?? "") : driverIn(rows, total, countedIn(volumes, total.kind)?.treated ?? null),
    line: (line && known.get(line.id)) ?? null,
    lines: lines.sort((one, other) => other.of.impact.abs().comparedTo(one.of.impact.abs())),
  };
}

function lineIn(row: BookSum, line: Line | undefined): LineView | undefined {
  const of = compare([row]);
  return line && { line, of, driver: driverIn([row], of, treated(row)) };
}

const treated = ({ treated: volume }: BookSum): Decimal | null => (volume === null ? null : new Decimal(volume));
