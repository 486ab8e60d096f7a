import { DateTime } from "luxon";
import { fiscalYearOf, lastDayOf, monthColumn, monthPlus } from "../../src/domain/budgets/fiscal.ts";
import { dayPlus, startOfDay, toColumn } from "../../src/domain/days.ts";
import type { Prisma } from "../../src/store/store.ts";
import { budgetStories, type LineCode, lines, type PlannedUnit, plannedUnits } from "./budgets.ts";
import type { Cast } from "./cast.ts";
import type { Chance } from "./chance.ts";
import { type SeedUnit, units } from "./units.ts";

export interface BudgetRows {
  lines: Prisma.LineCreateManyInput[];
  budget: Prisma.BudgetLineCreateManyInput[];
  ledger: Prisma.LedgerLineCreateManyInput[];
  months: Prisma.BookMonthCreateManyInput[];
  explanations: Prisma.ExplanationCreateManyInput[];
  timeline: Prisma.TimelineEntryCreateManyInput[];
}

/** The ledger of a month is taken on this day of the next one. */
const takenOn = 5;
/** More patients in winter, fewer in summer. */
const season = [1.05, 1.04, 1.02, 1, 0.98, 0.97, 0.95, 0.96, 0.99, 1, 1.01, 1.03];
/** What a year adds to prices and patients. */
const growth = 1.025;
const tree: readonly SeedUnit[] = units;

/** Two fiscal years of budgets, and the ledger of all months that are closed. */
export function budgetRows(chance: Chance, cast: Cast, now: Date, zone: string, fiscalYearStart: number): BudgetRows {
  const rows: BudgetRows = { lines: [], budget: [], ledger: [], months: [], explanations: [], timeline: [] };
  const today = DateTime.fromJSDate(now, { zone });
  const closed = today.minus({ months: today.day >= takenOn ? 1 : 2 }).toFormat("yyyy-MM");
  const { months } = fiscalYearOf(closed, fiscalYearStart);
  const ids = new Map(lines.map(({ code }) => [code, chance.id(now)]));
  const idOf = (code: LineCode): string => ids.get(code) ?? "";
  rows.lines = lines.map((line) => ({ ...line, id: idOf(line.code) }));
  for (const month of [...months.map((one) => monthPlus(one, -12)), ...months])
    for (const planned of plannedUnits) {
      const unitId = cast.unit(planned.unit);
      const grown = month < (months[0] ?? "") ? 1 : growth;
      const volume = Math.round(planned.volume * grown * (season[Number(month.slice(5)) - 1] ?? 1));
      const treated = Math.round(volume * between(chance, 0.975, 1.03));
      const isClosed = month <= closed;
      if (isClosed) rows.months.push(monthOf(chance, rows.months.length + 1, unitId, month));
      for (const line of planOf(planned, grown, volume)) {
        const at = { unitId, lineId: idOf(line.code), month: monthColumn(month) };
        const basis = line.behaviour === "variable" ? planned.basis : null;
        rows.budget.push({ ...at, behaviour: line.behaviour, basis, ...figures(line) });
        if (!isClosed) continue;
        const times = budgetStories
          .filter(
            (story) =>
              story.unit === planned.unit && story.line === line.code && monthPlus(closed, -story.ago) === month,
          )
          .reduce((product, story) => product * story.times, 1);
        rows.ledger.push({
          ...at,
          ...figures(spent(chance, line, volume === 0 ? 1 : treated / volume, treated, times)),
        });
      }
    }
  explain(chance, rows, cast, closed, zone, idOf);
  return rows;
}

interface Planned {
  code: LineCode;
  behaviour: "variable" | "fixed";
  volume: number | null;
  quantity: number | null;
  rate: number | null;
  amount: number;
}

/** What a unit plans for a month, line by line. */
function planOf({ hours, each, fixed }: PlannedUnit, grown: number, volume: number): Planned[] {
  const given = <Value>(record: Partial<Record<LineCode, Value>>) => Object.entries(record) as [LineCode, Value][];
  return [
    ...given(hours).map(([code, [perVolume, price]]): Planned => {
      const quantity = Math.round(perVolume * volume);
      const rate = cents(price * grown);
      return { code, behaviour: "variable", volume, quantity, rate, amount: cents(quantity * rate) };
    }),
    ...given(each).map(([code, price]): Planned => {
      const rate = cents(price * grown);
      return { code, behaviour: "variable", volume, quantity: null, rate, amount: cents(volume * rate) };
    }),
    ...given(fixed).map(
      ([code, amount]): Planned => ({
        code,
        behaviour: "fixed",
        volume: null,
        quantity: null,
        rate: null,
        amount: cents(amount * grown),
      }),
    ),
  ];
}

/** What it came to: more or less patients, hours and prices, by a little; and where there is a story, by much. */
function spent(chance: Chance, line: Planned, patients: number, treated: number, times: number): Planned {
  if (line.behaviour === "fixed") return { ...line, amount: cents(line.amount * between(chance, 0.985, 1.02) * times) };
  const rate = cents((line.rate ?? 0) * between(chance, 0.993, 1.012) * (line.quantity === null ? times : 1));
  const quantity =
    line.quantity === null ? null : Math.round(line.quantity * patients * between(chance, 0.985, 1.02) * times);
  return { ...line, volume: treated, quantity, rate, amount: cents((quantity ?? treated) * rate) };
}

const figures = ({ volume, quantity, rate, amount }: Planned) => ({ volume, quantity, rate, amount });

function monthOf(chance: Chance, number: number, unitId: string, month: string): Prisma.BookMonthCreateManyInput {
  const asOf = dayPlus(lastDayOf(month), takenOn);
  return { id: chance.id(toColumn(asOf)), number, unitId, month: monthColumn(month), asOf: toColumn(asOf) };
}

/** What was said of what went otherwise, on the morning when the ledger came, and its review two hours later. */
function explain(
  chance: Chance,
  rows: BudgetRows,
  cast: Cast,
  closed: string,
  zone: string,
  idOf: (code: LineCode) => string,
): void {
  for (const { unit, line, ago, said } of budgetStories) {
    if (!said) continue;
    const month = monthPlus(closed, -ago);
    const morning = startOfDay(dayPlus(lastDayOf(month), takenOn), zone).getTime();
    const at = new Date(morning + 7 * 3_600_000);
    const reviewedAt = new Date(morning + 9 * 3_600_000);
    const of = tree.find(({ code }) => code === unit);
    const by = cast.person(of?.manager ?? "");
    const reviewer = cast.person(tree.find(({ code }) => code === of?.parent)?.manager ?? "");
    const isReviewed = said.state !== "open";
    const id = chance.id(at);
    rows.explanations.push({
      id,
      unitId: cast.unit(unit),
      month: monthColumn(month),
      lineId: idOf(line),
      why: said.why,
      kind: said.kind,
      plan: said.plan ?? null,
      effect: said.effect ?? null,
      state: said.state,
      byId: by,
      at,
      reviewedById: isReviewed ? reviewer : null,
      reviewedAt: isReviewed ? reviewedAt : null,
      note: said.note ?? null,
    });
    const entry = {
      explanationId: id,
      incidentId: null,
      grievanceId: null,
      actionId: null,
      aboutId: null,
      source: null,
    };
    rows.timeline.push({ ...entry, id: chance.id(at), at, kind: "explained", actorId: by, text: said.why });
    if (isReviewed)
      rows.timeline.push({
        ...entry,
        id: chance.id(at),
        at: reviewedAt,
        kind: said.state,
        actorId: reviewer,
        text: said.note ?? null,
      });
  }
}

const between = (chance: Chance, least: number, most: number): number => least + chance.next() * (most - least);
const cents = (amount: number): number => Math.round(amount * 100) / 100;
