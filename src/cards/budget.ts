import {
  type Block,
  type Button,
  button,
  buttons,
  type Card,
  card,
  context,
  type Fact,
  facts,
  heading,
  notice,
  paragraph,
} from "../chat/card.ts";
import { join, text, words } from "../chat/text.ts";
import type { Comparison } from "../domain/budgets/compare.ts";
import { periodBefore } from "../domain/budgets/fiscal.ts";
import type { HoursMeasures } from "../domain/budgets/hours.ts";
import type { BudgetView, Situation } from "../domain/budgets/read.ts";
import { historyButton } from "./budgetHistory.ts";
import { balances } from "./budgetTable.ts";
import {
  dayName,
  dollars,
  explainButton,
  forecastButton,
  grouped,
  monthName,
  partsInWords,
  periodName,
  signed,
  titleOf,
  unitInput,
} from "./budgetWords.ts";

const rowsShown = 8;

/** Month and year to date of a unit and those below it; "More" has the rest of what can be done. */
export function budgetCard(view: BudgetView, more: boolean): Card {
  const title = titleOf([view.scope.name, periodName(view.period)], view.asOf);
  return card(
    text`Budget of ${view.scope.name}, ${words(periodName(view.period))}`,
    heading(title),
    balances(`Budget and actual, ${view.year.name}`, upper(view), view.monthly, view.yearly),
    why(view),
    paragraph(text`${words(view.driver)}`),
    measures(view.hours),
    owed(view),
    unitsBelow(view),
    notes(view),
    buttons(...(more ? others(view) : first(view))),
  );
}

const isQuarter = ({ period }: Pick<Situation, "period">): boolean => period.quarter !== null;
const upper = (situation: Situation): string => (isQuarter(situation) ? "Quarter" : "Month");
const lower = (situation: Situation): string => upper(situation).toLowerCase();

export function why(view: Situation & { total: Comparison }): Block[] {
  const parts = partsInWords(view.total);
  return parts === "" ? [] : [facts({ label: `Why (${lower(view)})`, value: text`${words(parts)}` })];
}

function measures({ perVolume, overtime, agency }: HoursMeasures): Block[] {
  const planned = perVolume?.budget ? ` (budget ${grouped(perVolume.budget, 2)})` : "";
  const found: Fact[] = [
    ...(perVolume
      ? [{ label: `Hours per ${perVolume.of}`, value: text`${words(`${grouped(perVolume.actual, 2)}${planned}`)}` }]
      : []),
    ...(overtime ? [{ label: "Overtime", value: text`${words(grouped(overtime))} % of worked hours` }] : []),
    ...(agency ? [{ label: "Agency", value: text`${words(grouped(agency))} % of worked hours` }] : []),
  ];
  return found.length === 0 ? [] : [facts(...found)];
}

function owed({ owed: lines, scope }: BudgetView): Block[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, 4).map(({ line, unit }) => {
    const name = line.name.toLowerCase();
    return scope.units.length === 1 ? text`${name}` : text`${name} (${unit.name})`;
  });
  const left = lines.length - shown.length;
  const many = lines.length === 1 ? words("line still needs an explanation") : words("lines still need an explanation");
  return [
    notice("warning", text`${lines.length} ${many}: ${join(shown, ", ")}${left > 0 ? text` and ${left} more` : []}`),
  ];
}

function unitsBelow(view: BudgetView): Block[] {
  const { below, total } = view;
  const left = below.length - rowsShown;
  if (below.length === 0) return [];
  return [
    {
      type: "table",
      caption: `The ${lower(view)} by unit; a variance below 0 is unfavourable`,
      columns: [
        { label: "Unit", align: "left" },
        { label: "Actual", align: "right" },
        { label: "Variance", align: "right" },
        { label: "Of budget", align: "right" },
      ],
      rows: below
        .slice(0, rowsShown)
        .map(({ unit, month: { actual, impact, percent } }) => [
          text`${unit.name}`,
          text`${words(dollars(actual))}`,
          text`${words(signed(impact))}`,
          text`${words(percent === null ? "n/a" : `${grouped(percent)} %`)}`,
        ]),
    },
    ...(total.kind === "both" ? [context(text`Of units with both, amounts are revenue less expense`)] : []),
    ...(left > 0 ? [context(text`${left} more units; the leadership pack has them all`)] : []),
  ];
}

/** What is missing is said, and never shown as 0. */
export function notes({ scope, period, months, month, asOf, closed, missing }: Situation): Block[] {
  const without = missing.slice(0, 4).map(({ name }) => name);
  const left = missing.length - without.length;
  return [
    ...(missing.length > 0 && scope.units.length > 1
      ? [
          context(
            text`Without ${without.join(", ")}${left > 0 ? text` and ${left} more` : []}: no ledger of the month yet`,
          ),
        ]
      : []),
    ...(months.length < period.months.length
      ? [context(text`Of the quarter the ledger has ${words(months.map(monthName).join(" and "))} alone`)]
      : []),
    ...(closed
      ? []
      : [
          context(
            text`${words(monthName(month))} is not closed: the ledger is of ${words(dayName(asOf))}, against the whole month’s budget`,
          ),
        ]),
  ];
}

function first({ scope, period, month, owed: lines }: BudgetView): Button[] {
  const at = { ...unitInput(scope), month: period.code };
  const [most] = lines;
  return [
    button("By line", "budget variance", at, "primary"),
    ...(most ? [explainButton({ unit: most.unit.id, month }, most.line)] : []),
    forecastButton(scope),
    button("More", "budget show", { ...at, more: true }),
  ];
}

function others(view: BudgetView): Button[] {
  const { scope, period, month } = view;
  const unit = unitInput(scope);
  return [
    button("Unexplained lines", "budget unexplained", { ...unit, month }),
    ...(scope.unit ? [historyButton(scope.unit.id, month)] : []),
    button("Leadership pack", "budget report", { ...unit, month }),
    button(`${upper(view)} before`, "budget show", { ...unit, month: periodBefore(period) }),
    isQuarter(view)
      ? button("Month", "budget show", { ...unit, month })
      : button("Quarter", "budget show", { ...unit, month: quarterOf(view) }),
    button("Back", "budget show", { ...unit, month: period.code }),
  ];
}

/** The quarter of the fiscal year that the month is in, as it is asked for. */
const quarterOf = ({ year }: Situation): string => `${year.name.slice(3)}-Q${Math.floor(year.at / 3) + 1}`;
