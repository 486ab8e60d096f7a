import type { Decimal } from "decimal.js";
import {
  type Block,
  type Button,
  button,
  buttons,
  type Card,
  card,
  context,
  facts,
  heading,
  paragraph,
} from "../chat/card.ts";
import { strong, text, words } from "../chat/text.ts";
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
    view.ends.flatMap(outcome),
    paragraph(text`From the months that are closed, through ${words(monthName(view.through))}.`),
    view.ends.flatMap((end) => table(end, view)),
    view.method === null
      ? []
      : [paragraph(text`${strong(nameOf(view.method))}: ${words(detailOf(view.method).toLowerCase())}.`)],
    nothing(view),
    await yearPicture(view),
    buttons(...ways(view)),
  );
}

/** The answer in a sentence: how far off its budget the year ends. */
function outcome(end: YearEnd): Block[] {
  const impacts = end.forecasts.map((forecast) => impactOf(forecast, end).toDecimalPlaces(0));
  const [worst, best] = [impacts.reduce(lower, impacts[0]), impacts.reduce(higher, impacts[0])];
  if (!worst || !best) return [];
  const what = end.kind === "revenue" ? "Revenue" : "Expense";
  return [paragraph(text`${words(`${what} ends the year ${against(worst, best, end.kind)}.`)}`)];
}

const lower = (one: Decimal | undefined, other: Decimal) => (one?.lessThan(other) ? one : other);
const higher = (one: Decimal | undefined, other: Decimal) => (one?.greaterThan(other) ? one : other);

/** "165,890 to 199,852 over its budget, unfavourable". */
function against(worst: Decimal, best: Decimal, kind: YearEnd["kind"]): string {
  if (worst.isZero() && best.isZero()) return "on its budget";
  if (worst.isNegative() !== best.isNegative())
    return `between ${signed(worst)} and ${signed(best)} against its budget`;
  const [least, most] = worst.isNegative() ? [best, worst] : [worst, best];
  const range = least.equals(most) ? dollars(most.abs()) : `${dollars(least.abs())} to ${dollars(most.abs())}`;
  const side = worst.isNegative() === (kind === "expense") ? "over" : "under";
  return `${range} ${side} its budget, ${worst.isNegative() ? "unfavourable" : "favourable"}`;
}

const impactOf = ({ amount }: Forecast, { kind, budget }: YearEnd): Decimal =>
  kind === "revenue" ? amount.minus(budget) : budget.minus(amount);

function table(end: YearEnd, { ends }: ForecastView): Block[] {
  const { kind, budget, actual, forecasts } = end;
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
      ],
      rows: forecasts.map((forecast) => [
        text`${words(nameOf(forecast.method))}`,
        text`${words(dollars(forecast.amount))}`,
        text`${words(signed(impactOf(forecast, end)))}`,
      ]),
    },
    ...ranges(forecasts),
  ];
}

function ranges(forecasts: readonly Forecast[]): Block[] {
  const known = forecasts.flatMap(({ method, range }) =>
    range
      ? [
          {
            label: `${nameOf(method)}, range`,
            value: text`${words(`${dollars(range.low)} to ${dollars(range.high)}`)}`,
          },
        ]
      : [],
  );
  if (known.length === 0) return [];
  return [facts(...known), context(text`A range holds in about nineteen of twenty such years.`)];
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
