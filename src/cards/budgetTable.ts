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

/** Two numbers stand in a row, as many as fit a phone; what lies between them and how it reads stands below. */
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
    ],
    rows: namedRows(period, monthly, yearly).map(([name, { budget, actual }]): Text[] =>
      [name, dollars(budget), dollars(actual)].map((cell) => text`${words(cell)}`),
    ),
  },
  facts({ label: period, value: readings(monthly) }, { label: "Year to date", value: readings(yearly) }),
];

/** "revenue 410, 0.1 % favourable · expense −3,200, 3.2 % unfavourable". */
function readings(those: readonly { name: string; of: Balance }[]): Text {
  const read = ({ name, of }: { name: string; of: Balance }) =>
    `${those.length === 1 ? "" : `${name} `}${signed(of.impact)}, ${reading(of)}`;
  return text`${words(those.map(read).join(" · "))}`;
}
