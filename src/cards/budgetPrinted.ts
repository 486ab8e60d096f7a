import { Decimal } from "decimal.js";
import { type DocumentBlock, document, facts, heading, paragraph, table } from "../documents/document.ts";
import { reference } from "../domain/actions/rules.ts";
import { type ExplanationDetails, kinds, states } from "../domain/budgets/explanations.ts";
import type { ReportView } from "../domain/budgets/report.ts";
import { fromColumn } from "../domain/days.ts";
import { namedRows } from "./budgetTable.ts";
import { dayName, grouped, monthName, reading } from "./budgetWords.ts";
import { overIn } from "./budgetWorkbook.ts";
import { label } from "./incidentWords.ts";

const exact = (value: Decimal): string =>
  value
    .toFixed(2)
    .replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ",")
    .replace("-", "−");

/** The pack to print. */
export function printedPack(view: ReportView) {
  const { scope, month, year, asOf, thresholds } = view;
  return document(
    { title: `${scope.name}, ${monthName(month)}: budget and variances` },
    facts(
      { label: "Fiscal year", value: year.name },
      { label: "Ledger as of", value: `${dayName(asOf)} ${asOf.slice(0, 4)}` },
      {
        label: "Explained from",
        value: `${thresholds.explainDollars.toLocaleString("en-US")} dollars and ${thresholds.explainPercent} %, in the month or the year to date`,
      },
      { label: "Sign", value: "Above 0 is favourable: it improves the operating result" },
    ),
    view.missing.length > 0
      ? [paragraph(`Without a ledger of the month yet: ${view.missing.map(({ name }) => name).join(", ")}.`)]
      : [],
    heading(1, "All units together"),
    table(
      [left("Period"), right("Budget"), right("Actual"), right("Variance"), left("Reading")],
      namedRows("Month", view.monthly, view.yearly).map(([name, of]) => [
        name,
        ...[of.budget, of.actual, of.impact].map(exact),
        reading(of),
      ]),
    ),
    heading(1, "By unit"),
    unitTable(view),
    view.monthly.length > 1 ? [paragraph("Of units that earn revenue, amounts are revenue less expense.")] : [],
    costBlocks(view),
    heading(1, "Explained"),
    view.explained.length === 0 ? [paragraph("Nothing yet.")] : view.explained.flatMap(explainedBlocks),
    heading(1, "Missing"),
    missingTable(view),
  );
}

const right = (name: string) => ({ label: name, align: "right" as const });
const left = (name: string) => ({ label: name, align: "left" as const });

function unitTable({ units }: ReportView): DocumentBlock {
  return table(
    [
      left("Unit, with those below"),
      right("Month budget"),
      right("Month actual"),
      right("Variance"),
      right("Year budget"),
      right("Year actual"),
      right("Variance"),
    ],
    units.map(({ unit, depth, month, year }) => [
      `${"\u2003".repeat(depth)}${unit.name}`,
      ...[month.budget, month.actual, month.impact, year.budget, year.actual, year.impact].map(exact),
    ]),
  );
}

function explainedBlocks({ explanation, month, year }: ReportView["explained"][number]): DocumentBlock[] {
  const { unit, line: of, why, plan, note } = explanation;
  return [
    heading(2, `${unit.name} · ${of.name}`),
    facts(
      {
        label: "Variance",
        value: `month ${exact(month.impact)}, ${reading(month)}; year to date ${exact(year.impact)}, ${reading(year)}`,
      },
      { label: "Why", value: why },
      ...(explanation.kind === null ? [] : [{ label: "Kind", value: label(kinds, explanation.kind) }]),
      ...(plan === null ? [] : [{ label: "Plan", value: plan }]),
      ...actionFact(explanation),
      ...(explanation.effect === null
        ? []
        : [{ label: "Effect on the year", value: exact(new Decimal(explanation.effect)) }]),
      {
        label: "State",
        value: `${label(states, explanation.state)}${explanation.reviewedBy ? ` by ${explanation.reviewedBy.name}` : ""}, explained by ${explanation.by.name}`,
      },
      ...(note === null ? [] : [{ label: "Note", value: note }]),
    ),
  ];
}

const actionFact = ({ action }: ExplanationDetails) =>
  action === null
    ? []
    : [
        {
          label: "Action",
          value: `${reference(action.number)}, ${action.owner.name}, due ${fromColumn(action.dueOn)}, ${action.state}`,
        },
      ];

function missingTable({ unexplained }: ReportView): DocumentBlock {
  if (unexplained.length === 0) return paragraph("Nothing is missing.");
  return table(
    [left("Unit"), left("Line"), right("Month variance"), right("Year variance"), left("Over in")],
    unexplained.map((one) => [
      one.unit.name,
      `${one.line.name}${one.explanation ? " (returned)" : ""}`,
      exact(one.month.impact),
      exact(one.year.impact),
      overIn(one),
    ]),
  );
}

function costBlocks({ units, adjusted }: ReportView): DocumentBlock[] {
  const counted = units.flatMap(({ unit, depth, costs }) => (costs ? [{ unit, depth, costs }] : []));
  const money = (value: Decimal | null) => (value === null ? "n/a" : exact(value));
  return [
    ...(counted.length === 0
      ? []
      : [
          heading(1, "Cost per volume"),
          table(
            [
              left("Unit, with those below"),
              left("Counted"),
              right("Month volume"),
              right("Cost of one"),
              right("Budgeted"),
              right("Year volume"),
              right("Cost of one"),
              right("Budgeted"),
            ],
            counted.map(({ unit, depth, costs: { basis, month, year } }) => [
              `${"\u2003".repeat(depth)}${unit.name}`,
              basis,
              ...[month, year].flatMap((of) => [grouped(of.volume), money(of.each), money(of.planned)]),
            ]),
          ),
        ]),
    ...(adjusted
      ? [
          heading(1, "Cost per adjusted patient day"),
          table(
            [
              left("Period"),
              right("Patient days"),
              right("Revenue"),
              right("Of patient days"),
              right("Adjusted days"),
              right("Expense"),
              right("Cost of one"),
            ],
            (["month", "year"] as const).map((period) => {
              const of = adjusted[period];
              return [
                period === "month" ? "Month" : "Year to date",
                grouped(of.patientDays),
                ...[of.revenue, of.inpatientRevenue, of.adjustedDays, of.expense, of.each].map(exact),
              ];
            }),
          ),
          paragraph(
            "Adjusted patient days are patient days times all revenue, divided by the revenue that is earned by patient days.",
          ),
        ]
      : []),
  ];
}
