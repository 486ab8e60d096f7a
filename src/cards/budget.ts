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
import { join, type Text, text, words } from "../chat/text.ts";
import type { Comparison } from "../domain/budgets/compare.ts";
import { monthPlus } from "../domain/budgets/fiscal.ts";
import type { HoursMeasures } from "../domain/budgets/hours.ts";
import type { BudgetView, Situation } from "../domain/budgets/read.ts";
import {
  dayName,
  dollars,
  explainButton,
  forecastButton,
  grouped,
  monthName,
  partsInWords,
  reading,
  signed,
  titleOf,
  unitInput,
} from "./budgetWords.ts";

const rowsShown = 8;

/** Month and year to date of a unit and those below it; "More" has the rest of what can be done. */
export function budgetCard(view: BudgetView, more: boolean): Card {
  const title = titleOf([view.scope.name, monthName(view.month)], view.asOf);
  return card(
    text`Budget of ${view.scope.name}, ${words(monthName(view.month))}`,
    heading(title),
    comparisons(view),
    why(view.total),
    paragraph(text`${words(view.driver)}`),
    measures(view.hours),
    owed(view),
    unitsBelow(view),
    notes(view),
    buttons(...(more ? others(view) : first(view))),
  );
}

function comparisons(view: BudgetView): Block {
  const rows = (period: string, those: BudgetView["monthly"]) =>
    those.map(({ name, of }) => row(those.length === 1 ? period : `${period}, ${name}`, of));
  return {
    type: "table",
    caption: `Budget, actual and variance, ${view.year.name}`,
    columns: columnsOf("Period"),
    rows: [...rows("Month", view.monthly), ...rows("Year to date", view.yearly)],
  };
}

const columnsOf = (label: string) => [
  { label, align: "left" as const },
  { label: "Budget", align: "right" as const },
  { label: "Actual", align: "right" as const },
  { label: "Variance", align: "right" as const },
  { label: "Reading", align: "left" as const },
];

const row = (name: string, of: Comparison): Text[] => [
  text`${words(name)}`,
  text`${words(dollars(of.budget))}`,
  text`${words(dollars(of.actual))}`,
  text`${words(signed(of.impacts.total))}`,
  text`${words(reading(of))}`,
];

export function why(of: Comparison): Block[] {
  const parts = partsInWords(of);
  return parts === "" ? [] : [facts({ label: "Why (month)", value: text`${words(parts)}` })];
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

function unitsBelow({ below, total }: BudgetView): Block[] {
  const left = below.length - rowsShown;
  if (below.length === 0) return [];
  return [
    {
      type: "table",
      caption: "The month by unit",
      columns: columnsOf("Unit"),
      rows: below.slice(0, rowsShown).map(({ unit, month }) => [text`${unit.name}`, ...row("", month).slice(1)]),
    },
    ...(total.kind === "both" ? [context(text`Of units with both, amounts are revenue less expense`)] : []),
    ...(left > 0 ? [context(text`${left} more units; the leadership pack has them all`)] : []),
  ];
}

/** What is missing is said, and never shown as 0. */
export function notes({ scope, month, asOf, closed, missing }: Situation): Block[] {
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
    ...(closed
      ? []
      : [
          context(
            text`${words(monthName(month))} is not closed: the ledger is of ${words(dayName(asOf))}, against the whole month’s budget`,
          ),
        ]),
  ];
}

function first({ scope, month, owed: lines }: BudgetView): Button[] {
  const at = { ...unitInput(scope), month };
  const [most] = lines;
  return [
    button("By line", "budget variance", at, "primary"),
    ...(most ? [explainButton({ unit: most.unit.id, month }, most.line)] : []),
    forecastButton(scope),
    button("More", "budget show", { ...at, more: true }),
  ];
}

function others({ scope, month }: BudgetView): Button[] {
  const unit = unitInput(scope);
  return [
    button("Unexplained lines", "budget unexplained", { ...unit, month }),
    button("Leadership pack", "budget report", { ...unit, month }),

    button("Month before", "budget show", { ...unit, month: monthPlus(month, -1) }),
    button("Back", "budget show", { ...unit, month }),
  ];
}
