import { DateTime } from "luxon";
import type { Bound } from "../../store/store.ts";
import { startOfDay, toColumn } from "../days.ts";
import type { Named } from "../named.ts";
import { hasAccess } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import type { Waits } from "../waits.ts";
import { type Line, type Taken, takenMonths } from "./book.ts";
import { excessesIn } from "./excess.ts";
import { readExplanations } from "./explanations.ts";
import { fiscalYearOf, fromMonthColumn, lastDayOf, monthColumn, monthPlus } from "./fiscal.ts";
import { readUnits, type UnitNode, unitsAbove } from "./scope.ts";

/** Explanations of a unit's month wait: to be given, or to be reviewed. */
export interface BudgetWaiting extends Waits {
  type: "budget";
  part: "explain" | "review";
  unit: Named;
  /** `YYYY-MM`. */
  month: string;
  lines: readonly Named[];
}

/** Of what the ledger brought longer ago nobody is reminded, in days. */
export const rememberedDays = 100;
/** A review takes so many days at most. */
const reviewDays = 7;
/** What is due on a day is due when its offices close. */
const endOfWork = 17;
const dayInMs = 86_400_000;

/**
 * What waits for this person: of the units that they manage themselves, or that have no manager below them, the lines of the last closed month that nobody has
 * explained, those whose explanation was returned, and what others have explained to them.
 */
export async function budgetsWaiting(store: Bound, actor: Actor, now: Date, atMost: number): Promise<BudgetWaiting[]> {
  if (!hasAccess(actor, "manager") || actor.managedUnitIds.length === 0) return [];
  const recent = await takenSince(store, actor.managedUnitIds, now);
  if (recent.length === 0) return [];
  const units = await readUnits(store);
  const own = units.filter((unit) => actor.standsFor.includes(owerOf(units, unit) ?? ""));
  const [owed, reviews] = await Promise.all([toExplain(store, actor, recent, own), toReview(store, actor, recent)]);
  return [...owed, ...reviews].slice(0, atMost);
}

/** Lines of a unit's last closed month that nobody has explained, and that are to be; of an earlier one, those that were returned. */
export interface Unexplained {
  unit: UnitNode;
  taken: Taken;
  lines: readonly Line[];
}

/** The same lines of any of these units, whoever owes them. */
export async function unexplainedIn(store: Bound, unitIds: readonly string[], now: Date): Promise<Unexplained[]> {
  const recent = unitIds.length === 0 ? [] : await takenSince(store, unitIds, now);
  if (recent.length === 0) return [];
  const asked = new Set(unitIds);
  return owedIn(
    store,
    recent,
    (await readUnits(store)).filter(({ id }) => asked.has(id)),
  );
}

function takenSince(store: Bound, unitIds: readonly string[], now: Date): Promise<Taken[]> {
  const since = toColumn(new Date(now.getTime() - rememberedDays * dayInMs).toISOString().slice(0, 10));
  return takenMonths(store, { unitId: { in: [...unitIds] }, asOf: { gte: since } });
}

async function toExplain(
  store: Bound,
  actor: Actor,
  recent: readonly Taken[],
  own: readonly UnitNode[],
): Promise<BudgetWaiting[]> {
  const owed = await owedIn(store, recent, own);
  return owed.map(({ unit, taken, lines }) => {
    const day = lastDayOf(monthPlus(taken.month, 1));
    const due = DateTime.fromISO(day, { zone: actor.zone }).set({ hour: endOfWork }).toJSDate();
    return { ...waits("explain", taken, unit, lines), due, since: startOfDay(taken.asOf, actor.zone) };
  });
}

async function owedIn(store: Bound, recent: readonly Taken[], own: readonly UnitNode[]): Promise<Unexplained[]> {
  const asked = await askedOf(store, recent, own);
  if (asked.length === 0) return [];
  const { fiscalYearStart, ...thresholds } = await store.organisation();
  const found: Unexplained[] = [];
  for (const [month, those] of Map.groupBy(asked, ({ taken }) => taken.month)) {
    const year = fiscalYearOf(month, fiscalYearStart);
    const looked = { units: those.map(({ unit }) => unit), month, year: year.months.slice(0, year.at + 1), thresholds };
    const owed = (await excessesIn(store, looked)).filter((one) => one.owed);
    for (const { unit, taken, last } of those) {
      const lines = owed.flatMap((one) =>
        one.unit.id === unit.id && (last || one.explanation !== null) ? [one.line] : [],
      );
      if (lines.length > 0) found.push({ unit, taken, lines });
    }
  }
  return found;
}

/** The last closed month of each unit, and earlier ones of which an explanation was returned since. */
async function askedOf(store: Bound, recent: readonly Taken[], own: readonly UnitNode[]) {
  const closed = recent.filter((taken) => taken.closed);
  if (closed.length === 0 || own.length === 0) return [];
  const returned = await store.explanation.findMany({
    where: { state: "returned", unitId: { in: own.map(({ id }) => id) } },
    select: { unitId: true, month: true },
  });
  const again = new Set(returned.map(({ unitId, month }) => `${unitId} ${fromMonthColumn(month)}`));
  return own.flatMap((unit) => {
    const months = closed.filter(({ unitId }) => unitId === unit.id);
    return months
      .map((taken, at) => ({ unit, taken, last: at === months.length - 1 }))
      .filter(({ taken, last }) => last || again.has(`${unit.id} ${taken.month}`));
  });
}

/** A unit's manager, or the nearest one above where it has none. */
const owerOf = (units: readonly UnitNode[], unit: UnitNode): string | null =>
  [unit, ...unitsAbove(units, unit.id)].find(({ managerId }) => managerId !== null)?.managerId ?? null;

async function toReview(store: Bound, actor: Actor, recent: readonly Taken[]): Promise<BudgetWaiting[]> {
  const open = await readExplanations(store, actor, {
    state: "open",
    month: { in: [...new Set(recent.map(({ month }) => month))].map(monthColumn) },
  });
  const mine = open.filter(({ may }) => may.review);
  return [...Map.groupBy(mine, ({ unitId, month }) => `${unitId} ${month}`).values()].flatMap((those) => {
    const [first] = those;
    const taken = recent.find((one) => one.unitId === first?.unitId && one.month === first.month);
    if (!first || !taken) return [];
    const at = new Date(Math.min(...those.map((one) => one.at.getTime())));
    const lines = those.map(({ line }) => line);
    const due = new Date(at.getTime() + reviewDays * dayInMs);
    return [{ ...waits("review", taken, first.unit, lines), due, since: at }];
  });
}

const waits = (
  part: BudgetWaiting["part"],
  { number, month }: Taken,
  unit: BudgetWaiting["unit"],
  lines: BudgetWaiting["lines"],
): Omit<BudgetWaiting, "due" | "since"> => ({
  type: "budget",
  part,
  about: `BUD-${number}`,
  // A month's books belong to the unit: whoever covers for its manager does it as their own.
  whose: null,
  unit: { id: unit.id, name: unit.name },
  month,
  lines,
});
