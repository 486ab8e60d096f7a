import { dayPlus } from "../days.ts";

/** Twelve months, `YYYY-MM`, and which of them is meant. */
export interface FiscalYear {
  /** "FY 2027": called by the year that it ends in, as is the custom in the United States. */
  name: string;
  months: readonly string[];
  /** 0 to 11. */
  at: number;
}

/** The fiscal year that a month belongs to. @param start the month that it begins with, 1 to 12 */
export function fiscalYearOf(month: string, start: number): FiscalYear {
  const at = (Number(month.slice(5)) - start + 12) % 12;
  const months = Array.from({ length: 12 }, (_, index) => monthPlus(month, index - at));
  return { name: `FY ${months[11]?.slice(0, 4)}`, months, at };
}

/** A month, or the three of a quarter of the fiscal year. */
export interface Period {
  /** As it is asked for: `2026-10`, `2026-Q4`. */
  code: string;
  /** 1 to 4; null for a month. */
  quarter: number | null;
  year: FiscalYear;
  months: readonly string[];
}

/**
 * What is asked for by `2026-10`, `2026-Q4` or `Q4`; a quarter without a year is the last one that has begun by a month.
 * @param start the month that the fiscal year begins with, 1 to 12
 */
export function periodOf(written: string, start: number, by: string): Period {
  const parts = /^(?:(\d{4})-)?Q([1-4])$/.exec(written);
  if (!parts) return { code: written, quarter: null, year: fiscalYearOf(written, start), months: [written] };
  const quarter = Number(parts[2]);
  const ends = (year: number) =>
    fiscalYearOf(monthPlus(`${year}-${String(start).padStart(2, "0")}`, start === 1 ? 0 : -12), start);
  const of = (year: number) => ends(year).months.slice(quarter * 3 - 3, quarter * 3);
  const named = Number(fiscalYearOf(by, start).months[11]?.slice(0, 4));
  const year = parts[1] === undefined ? named - ((of(named)[0] ?? "") > by ? 1 : 0) : Number(parts[1]);
  const months = of(year);
  return { code: `${year}-Q${quarter}`, quarter, year: { ...ends(year), at: quarter * 3 - 1 }, months };
}

/** The one before, as it is asked for. */
export function periodBefore({ code, quarter }: Period): string {
  if (quarter === null) return monthPlus(code, -1);
  const year = Number(code.slice(0, 4));
  return quarter === 1 ? `${year - 1}-Q4` : `${year}-Q${quarter - 1}`;
}

/** So many months later, or earlier. */
export function monthPlus(month: string, months: number): string {
  const [year = 0, of = 1] = month.split("-").map(Number);
  const count = year * 12 + (of - 1) + months;
  return `${String(Math.floor(count / 12)).padStart(4, "0")}-${String((count % 12) + 1).padStart(2, "0")}`;
}

/** Its last day, `YYYY-MM-DD`. */
export const lastDayOf = (month: string): string => dayPlus(`${monthPlus(month, 1)}-01`, -1);

/** How a column of months holds one, and back. */
export const monthColumn = (month: string): Date => new Date(`${month}-01T00:00:00Z`);
export const fromMonthColumn = (month: Date): string => month.toISOString().slice(0, 7);
/** How a statement takes months. */
export const dayColumns = (months: readonly string[]): string[] => months.map((month) => `${month}-01`);
