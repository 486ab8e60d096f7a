import { type Block, facts } from "../chat/card.ts";
import { type Text, text, words } from "../chat/text.ts";
import type { Balance } from "../domain/budgets/compare.ts";
import { dollars, reading, signed } from "./budgetWords.ts";

/** "Month, revenue" and what it comes to. */
type Named = readonly [name: string, of: Balance];

/** "Month", "Month, revenue": the months' rows before the year's. */
export function namedRows(
  period: string,
  monthly: readonly { name: string; of: Balance }[],
  yearly: readonly { name: string; of: Balance }[],
): Named[] {
  const named = (of: string, those: typeof yearly) =>
    those.map((one): Named => [those.length === 1 ? of : `${of}, ${one.name}`, one.of]);
  return [...named(period, monthly), ...named("Year to date", yearly)];
}

/** Numbers alone stand in the table, so that it fits a phone; how they read stands below. */
export const balances = (
  caption: string,
  period: string,
  monthly: readonly { name: string; of: Balance }[],
  yearly: readonly { name: string; of: Balance }[],
): Block[] => [
  {
    type: "table",
    caption,
    columns: [
      { label: "Period", align: "left" },
      { label: "Budget", align: "right" },
      { label: "Actual", align: "right" },
      { label: "Variance", align: "right" },
    ],
    rows: namedRows(period, monthly, yearly).map(([name, { budget, actual, impact }]): Text[] =>
      [name, dollars(budget), dollars(actual), signed(impact)].map((cell) => text`${words(cell)}`),
    ),
  },
  facts({ label: period, value: readings(monthly) }, { label: "Year to date", value: readings(yearly) }),
];

/** "revenue 0.1 % favourable · expense 3.2 % unfavourable". */
const readings = (those: readonly { name: string; of: Balance }[]): Text =>
  text`${words(those.map(({ name, of }) => (those.length === 1 ? reading(of) : `${name} ${reading(of)}`)).join(" · "))}`;
