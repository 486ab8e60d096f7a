import type { Decimal } from "decimal.js";
import type { Cell, Sheet } from "../documents/table.ts";
import { reference } from "../domain/actions/rules.ts";
import type { Balance, Comparison } from "../domain/budgets/compare.ts";
import type { AdjustedCost, Cost } from "../domain/budgets/costs.ts";
import type { Excess } from "../domain/budgets/excess.ts";
import { kinds, states } from "../domain/budgets/explanations.ts";
import type { ReportView } from "../domain/budgets/report.ts";
import { label } from "./incidentWords.ts";

// The workbook: numbers stay numbers.

const amount = (value: Decimal): number => Number(value.toFixed(2));
const percent = ({ percent: share, impact }: Balance): Cell =>
  share === null ? "n/a" : Number(share.times(impact.isNegative() ? -1 : 1).toFixed(2));
const amounts = ["Budget", "Actual", "Variance", "Variance %"];
const cellsOf = (of: Balance): Cell[] => [amount(of.budget), amount(of.actual), amount(of.impact), percent(of)];
const parts = ["Volume", "Efficiency", "Rate", "Fixed"];
const partsOf = ({ impacts }: Comparison): Cell[] =>
  [impacts.volume, impacts.efficiency, impacts.rate, impacts.fixed].map(amount);
const twice = (names: readonly string[]): string[] => [
  ...names.map((name) => `Month ${name.toLowerCase()}`),
  ...names.map((name) => `Year ${name.toLowerCase()}`),
];

export function packSheets({ units, adjusted, lines, explained, unexplained }: ReportView): Sheet[] {
  return [
    {
      name: "Units",
      columns: ["Unit code", "Unit, with those below", ...twice(amounts)],
      rows: units.map(({ unit, month, year }) => [unit.code, unit.name, ...cellsOf(month), ...cellsOf(year)]),
    },
    {
      name: "Cost per volume",
      columns: [
        "Unit code",
        "Unit, with those below",
        "Counted",
        ...twice(["Volume", "Expense", "Cost of one", "Budgeted cost of one"]),
      ],
      rows: units.flatMap(({ unit, costs }) =>
        costs ? [[unit.code, unit.name, costs.basis, ...costCells(costs.month), ...costCells(costs.year)]] : [],
      ),
    },
    ...(adjusted
      ? [
          {
            name: "Adjusted patient days",
            columns: [
              "Period",
              "Patient days",
              "Revenue",
              "Revenue of patient days",
              "Adjusted patient days",
              "Expense",
              "Cost of one",
            ],
            rows: [
              ["Month", ...adjustedCells(adjusted.month)],
              ["Year to date", ...adjustedCells(adjusted.year)],
            ],
          },
        ]
      : []),
    {
      name: "Lines",
      columns: [
        "Unit",
        "Line code",
        "Line",
        "Kind",
        ...twice(amounts),
        ...parts.map((name) => `Month ${name.toLowerCase()}`),
      ],
      rows: lines.map(({ unit, line: of, month, year }) => [
        unit.name,
        of.code,
        of.name,
        of.kind,
        ...cellsOf(month),
        ...cellsOf(year),
        ...partsOf(month),
      ]),
    },
    {
      name: "Explained",
      columns: [
        "Unit",
        "Line",
        "Month variance",
        "Year variance",
        "State",
        "Kind",
        "Why",
        "Plan",
        "Action",
        "Owner",
        "Due",
        "Effect on the year",
        "By",
        "Reviewed by",
        "Note",
      ],
      rows: explained.map(({ explanation: one, month, year }) => [
        one.unit.name,
        one.line.name,
        amount(month.impact),
        amount(year.impact),
        label(states, one.state),
        one.kind === null ? null : label(kinds, one.kind),
        one.why,
        one.plan,
        one.action ? reference(one.action.number) : null,
        one.action?.owner.name ?? null,
        one.action?.dueOn ?? null,
        one.effect === null ? null : Number(one.effect),
        one.by.name,
        one.reviewedBy?.name ?? null,
        one.note,
      ]),
    },
    {
      name: "Missing",
      columns: ["Unit", "Line", "Over in", ...twice(amounts), "State"],
      rows: unexplained.map((one) => [
        one.unit.name,
        one.line.name,
        overIn(one),
        ...cellsOf(one.month),
        ...cellsOf(one.year),
        one.explanation ? "returned" : "not explained",
      ]),
    },
  ];
}

/** "month and year": in which of both it is over the thresholds. */
export const overIn = ({ over }: Excess): string =>
  over.month && over.year ? "month and year" : over.month ? "month" : "year to date";

const costCells = ({ volume, expense, each, planned }: Cost): Cell[] => [
  volume.toNumber(),
  amount(expense),
  each && amount(each),
  planned && amount(planned),
];

const adjustedCells = (of: AdjustedCost): Cell[] =>
  [of.patientDays, of.revenue, of.inpatientRevenue, of.adjustedDays, of.expense, of.each].map(amount);
