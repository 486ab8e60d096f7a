import { Decimal } from "decimal.js";
import type { BookMonthSum, Bound } from "../../store/store.ts";
import { Refusal } from "../refusal.ts";
import type { Actor } from "../staff/actor.ts";
import { takenMonths } from "./book.ts";
import { dayColumns, type FiscalYear, fiscalYearOf, monthPlus } from "./fiscal.ts";
import { type Forecast, type ForecastMethod, forecastMethods, forecastOf, type YearSoFar } from "./forecast.ts";
import { type Scope, scopeOf } from "./scope.ts";

/** What a kind of line comes to at the year's end, by each method that has something to go by. */
export interface YearEnd {
  kind: "revenue" | "expense";
  /** Of the whole year. */
  budget: Decimal;
  /** Of the months that are closed. */
  actual: Decimal;
  forecasts: readonly Forecast[];
  /** Month by month, for a picture. */
  series: YearSoFar;
}

export interface ForecastView {
  scope: Scope;
  year: FiscalYear;
  /** The last month that is closed. */
  through: string;
  ends: readonly YearEnd[];
  /** The method that was asked for; null for all of them. */
  method: ForecastMethod | null;
}

/** From the months that are closed for all units, the fiscal year's first to the last one without a gap. */
export async function forecastView(
  store: Bound,
  actor: Actor,
  asked: { unitId?: string | undefined; method?: ForecastMethod | undefined },
): Promise<ForecastView> {
  const scope = await scopeOf(store, actor, asked.unitId);
  const unitIds = scope.units.map(({ id }) => id);
  const { fiscalYearStart } = await store.organisation();
  const [last] = (await takenMonths(store, { unitId: { in: unitIds } })).filter(({ closed }) => closed).slice(-1);
  if (!last)
    throw new Refusal(
      `No month of ${scope.name} is closed yet, so there is nothing to forecast from. The ledger brings them.`,
    );
  const year = fiscalYearOf(last.month, fiscalYearStart);
  const before = year.months.map((month) => monthPlus(month, -12));
  const book = await store.bookMonths({ unitIds, months: dayColumns([...before, ...year.months]) });
  const closed = closedMonths(book, year.months);
  if (closed === 0)
    throw new Refusal(
      `${year.months[0]} is not closed for all of ${scope.name}, and a forecast begins with it. Ask for a unit whose ledger is whole.`,
    );
  const kinds = (["revenue", "expense"] as const).filter((kind) => book.some((one) => one.kind === kind));
  const methods = asked.method ? [asked.method] : forecastMethods;
  return {
    scope,
    year,
    through: year.months[closed - 1] ?? last.month,
    method: asked.method ?? null,
    ends: kinds.map((kind) => {
      const series = seriesOf(book, kind, year.months.slice(0, closed), year.months, before);
      return {
        kind,
        budget: sum(series.budget),
        actual: sum(series.actual),
        forecasts: methods.flatMap((method) => forecastOf(method, series) ?? []),
        series,
      };
    }),
  };
}

/** How many months of the year are closed, one after another, for every unit that planned for them. */
function closedMonths(book: readonly BookMonthSum[], months: readonly string[]): number {
  const closed = new Set(book.flatMap((one) => (one.closed ? one.month : [])));
  const open = months.findIndex((month) => !closed.has(month));
  return open === -1 ? months.length : open;
}

function seriesOf(
  book: readonly BookMonthSum[],
  kind: "revenue" | "expense",
  closed: readonly string[],
  months: readonly string[],
  before: readonly string[],
): YearSoFar {
  const byMonth = new Map(book.flatMap((one) => (one.kind === kind ? [[one.month, one] as const] : [])));
  const of = (side: "budget" | "actual") => (month: string) => new Decimal(byMonth.get(month)?.[side] ?? 0);
  const whole = closedMonths(book, before) === before.length;
  return {
    actual: closed.map(of("actual")),
    budget: months.map(of("budget")),
    ...(whole && { lastYear: before.map(of("actual")) }),
  };
}

const sum = (values: readonly Decimal.Value[]): Decimal =>
  values.reduce<Decimal>((total, value) => total.plus(value), new Decimal(0));
