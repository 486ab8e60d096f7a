import type { Decimal } from "decimal.js";
import {
  type Block,
  type Button,
  button,
  buttons,
  type Card,
  card,
  context,
  heading,
  paragraph,
} from "../chat/card.ts";
import { strong, type Text, text, words } from "../chat/text.ts";
import type { Forecast, ForecastMethod } from "../domain/budgets/forecast.ts";
import type { ForecastView, YearEnd } from "../domain/budgets/yearEnd.ts";
import { yearPicture } from "./budgetPicture.ts";
import { dollars, monthName, signed, titleOf, unitInput } from "./budgetWords.ts";

/** How the year ends by each method, in words; codes are the command's. */
export const methods = [
  { code: "run-rate", label: "Run rate", detail: "Every month to come like the mean of those that are closed" },
  { code: "remaining-budget", label: "Remaining budget", detail: "What is spent, and the months to come as budgeted" },
  { code: "trend", label: "Trend", detail: "The months to come as far off their budget as those that are closed" },
  { code: "seasonal", label: "Seasonal", detail: "The months to come as they were last year, scaled to this one" },
] as const satisfies { code: ForecastMethod; label: string; detail: string }[];

/** The year's end, by the method that was asked for or by each of them. */
export async function forecastCard(view: ForecastView): Promise<Card> {
  const title = titleOf([view.scope.name, view.year.name, "forecast"]);
  return card(
    title,
    heading(title),
    paragraph(text`From the months that are closed, through ${words(monthName(view.through))}.`),
    view.ends.flatMap((end) => table(end, view)),
    view.method === null
      ? []
      : [paragraph(text`${strong(nameOf(view.method))}: ${words(detailOf(view.method).toLowerCase())}.`)],
    nothing(view),
    await yearPicture(view),
    context(text`The range holds in about nineteen of twenty such years; it needs three closed months`),
    buttons(...ways(view)),
  );
}

function table({ kind, budget, actual, forecasts }: YearEnd, { ends }: ForecastView): Block[] {
  if (forecasts.length === 0) return [];
  const what = ends.length === 1 ? "" : `, ${kind}`;
  return [
    {
      type: "table",
      caption: `Year end${what}: budget ${dollars(budget)}, so far ${dollars(actual)}`,
      columns: [
        { label: ends.length === 1 ? "Method" : kind === "revenue" ? "Revenue by" : "Expense by", align: "left" },
        { label: "Year end", align: "right" },
        { label: "Against budget", align: "right" },
        { label: "Range", align: "left" },
      ],
      rows: forecasts.map((forecast) => rowOf(forecast, kind, budget)),
    },
    paragraph(
      text`The budget of the year is ${words(dollars(budget))}; ${words(dollars(actual))} of it ${words(kind === "revenue" ? "is earned" : "is spent")} so far.`,
    ),
  ];
}

function rowOf({ method, amount, range }: Forecast, kind: YearEnd["kind"], budget: Decimal): Text[] {
  const impact = kind === "revenue" ? amount.minus(budget) : budget.minus(amount);
  const word = impact.isZero() ? "on budget" : impact.greaterThan(0) ? "favourable" : "unfavourable";
  return [
    text`${words(nameOf(method))}`,
    text`${words(dollars(amount))}`,
    text`${words(`${signed(impact)} ${word}`)}`,
    text`${words(range ? `${dollars(range.low)} to ${dollars(range.high)}` : "n/a")}`,
  ];
}

/** A method without anything to go by says so. */
function nothing({ ends, method }: ForecastView): Block[] {
  if (ends.some(({ forecasts }) => forecasts.length > 0)) return [];
  return [
    paragraph(
      method === "seasonal"
        ? text`The seasonal method needs all twelve months of the year before in the ledger. Take another method.`
        : text`This method has nothing to go by: nothing was budgeted or spent in the months that are closed.`,
    ),
  ];
}

const nameOf = (method: ForecastMethod): string => methods.find(({ code }) => code === method)?.label ?? method;
const detailOf = (method: ForecastMethod): string => methods.find(({ code }) => code === method)?.detail ?? "";

function ways({ scope, method }: ForecastView): Button[] {
  const unit = unitInput(scope);
  return [
    ...(method === null ? [] : [button("All methods", "budget forecast", unit)]),
    button("Budget", "budget show", unit),
    button("By line", "budget variance", unit),
  ];
}
