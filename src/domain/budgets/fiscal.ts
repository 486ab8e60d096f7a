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
