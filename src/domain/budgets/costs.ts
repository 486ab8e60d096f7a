import { Decimal } from "decimal.js";
import type { BookSum, BookVolume } from "../../store/store.ts";
import { countedIn } from "./hours.ts";
import { adjustedPatientDays } from "./measures.ts";

/** What one of the volume cost, as planned and as it came; null where nothing was planned or treated. */
export interface Cost {
  volume: Decimal;
  expense: Decimal;
  each: Decimal | null;
  planned: Decimal | null;
}

/** Of units whose expense follows one volume: months and year apart. */
export interface VolumeCosts {
  /** "patient days". */
  basis: string;
  month: Cost;
  year: Cost;
}

/** Of all units together, where their revenue tells what of it was earned by inpatients. */
export interface AdjustedCosts {
  month: AdjustedCost;
  year: AdjustedCost;
}

export interface AdjustedCost {
  patientDays: Decimal;
  /** Of all revenue, what is earned by patient days. */
  inpatientRevenue: Decimal;
  revenue: Decimal;
  adjustedDays: Decimal;
  expense: Decimal;
  each: Decimal;
}

/** Volumes of the months and of the year up to them. */
export interface Volumes {
  month: readonly BookVolume[];
  year: readonly BookVolume[];
}

/** Null where these units count different things, or nothing. @param rows by unit and line, or by unit */
export function volumeCosts(rows: readonly BookSum[], volumes: Volumes): VolumeCosts | null {
  const [month, year] = [countedIn(volumes.month, "expense"), countedIn(volumes.year, "expense")];
  if (!month || !year || month.basis !== year.basis) return null;
  const spent = rows.filter(({ kind }) => kind === "expense");
  const of = (budget: "budget" | "yearBudget", actual: "actual" | "yearActual") => ({
    budget: sum(spent.map((row) => row[budget])),
    actual: sum(spent.map((row) => row[actual])),
  });
  return {
    basis: month.basis,
    month: costOf(month, of("budget", "actual")),
    year: costOf(year, of("yearBudget", "yearActual")),
  };
}

const costOf = (
  { treated, planned }: { treated: Decimal; planned: Decimal | null },
  { budget, actual }: { budget: Decimal; actual: Decimal },
): Cost => ({
  volume: treated,
  expense: actual,
  each: treated.isZero() ? null : actual.dividedBy(treated),
  planned: planned === null || planned.isZero() ? null : budget.dividedBy(planned),
});

const inpatient = "patient days";

/**
 * Inpatient days are those that revenue is earned by, and are grown by the share of revenue that is earned otherwise. Null where no
 * revenue is earned by patient days, or their number is not known.
 * @param rows by unit and line
 */
export function adjustedCosts(rows: readonly BookSum[], volumes: Volumes): AdjustedCosts | null {
  const month = adjusted(rows, volumes.month, "actual");
  const year = adjusted(rows, volumes.year, "yearActual");
  return month && year && { month, year };
}

function adjusted(
  rows: readonly BookSum[],
  volumes: readonly BookVolume[],
  amount: "actual" | "yearActual",
): AdjustedCost | null {
  const days = volumes.filter(({ kind, basis }) => kind === "revenue" && basis === inpatient);
  if (days.length === 0 || days.some(({ treated }) => treated === null)) return null;
  const of = (those: readonly BookSum[]) => sum(those.map((row) => row[amount]));
  const earned = rows.filter(({ kind }) => kind === "revenue");
  const revenue = of(earned);
  const inpatientRevenue = of(
    earned.filter(({ firstBasis, lastBasis }) => firstBasis === inpatient && lastBasis === inpatient),
  );
  const patientDays = sum(days.map(({ treated }) => treated));
  const adjustedDays = adjustedPatientDays(patientDays, revenue, inpatientRevenue);
  if (adjustedDays === null || adjustedDays.isZero()) return null;
  const expense = of(rows.filter(({ kind }) => kind === "expense"));
  return { patientDays, inpatientRevenue, revenue, adjustedDays, expense, each: expense.dividedBy(adjustedDays) };
}

const sum = (values: readonly (string | null)[]): Decimal =>
  values.reduce<Decimal>((total, value) => total.plus(value ?? 0), new Decimal(0));
