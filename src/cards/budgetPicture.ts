import type { Decimal } from "decimal.js";
import { budgetPicture } from "../charts/budget.ts";
import type { Block } from "../chat/card.ts";
import { type ForecastMethod, monthsToCome } from "../domain/budgets/forecast.ts";
import type { ForecastView, YearEnd } from "../domain/budgets/yearEnd.ts";
import { monthOfYear } from "./budgetWords.ts";

/** The year month by month: what was planned, what came, and what is to come by the method that was asked for, or the trend. */
export async function yearPicture({ scope, year, ends, method }: ForecastView): Promise<Block[]> {
  const end = ends.at(-1);
  const coming = end && monthsToCome(method ?? usual(end), end.series);
  if (!end || !coming) return [];
  const { actual, budget } = end.series;
  const { file, alt } = await budgetPicture({
    place: scope.name,
    subtitle: `${end.kind === "revenue" ? "Revenue" : "Expense"}, ${year.name}`,
    months: year.months.map((month) => monthOfYear(Number(month.slice(5))).slice(0, 3)),
    budget: budget.map(Number),
    actual: [...actual.map(Number), ...coming.map(() => null)],
    forecast: [...actual.map(() => null), ...coming.map((month: Decimal) => month.toNumber())],
    currency: "$",
  });
  return [{ type: "image", file, alt }];
}

const usual = ({ forecasts }: YearEnd): ForecastMethod =>
  forecasts.some(({ method }) => method === "trend") ? "trend" : "remaining-budget";
