import { Decimal } from "decimal.js";
import { type Block, button, buttons, type Card, card, context, file, heading, paragraph } from "../chat/card.ts";
import { text, words } from "../chat/text.ts";
import {
  type DocumentBlock,
  document,
  facts,
  paragraph as line,
  heading as section,
  table,
} from "../documents/document.ts";
import { pdfFile, workbookFile } from "../documents/files.ts";
import type { Cell, Sheet } from "../documents/table.ts";
import { reference } from "../domain/actions/rules.ts";
import type { Balance, Comparison } from "../domain/budgets/compare.ts";
import type { Excess } from "../domain/budgets/excess.ts";
import { type ExplanationDetails, kinds, states } from "../domain/budgets/explanations.ts";
import type { ReportView } from "../domain/budgets/report.ts";
import { fromColumn } from "../domain/days.ts";
import { notes } from "./budget.ts";
import { dayName, dollars, monthName, reading, signed, titleOf, unitInput } from "./budgetWords.ts";
import { label } from "./incidentWords.ts";

/** The leadership pack: the roll-up, every explained variance with its action, and what is missing; as a workbook and to print. */
export async function reportCard(view: ReportView): Promise<Card> {
  const { scope, month, explained, unexplained } = view;
  const title = titleOf([scope.name, monthName(month), "leadership pack"], view.asOf);
  const name = `budget-${(scope.unit?.code ?? "units").toLowerCase()}-${month}`;
  const said = explained.length;
  return card(
    text`Leadership pack of ${scope.name}, ${words(monthName(month))}`,
    heading(title),
    rollUp(view),
    paragraph(
      text`${said} ${words(said === 1 ? "variance is" : "variances are")} explained, and ${unexplained.length} ${words(unexplained.length === 1 ? "is" : "are")} missing.`,
    ),
    file(await workbookFile(name, sheetsOf(view)), text`Units, lines, explanations and what is missing, to the cent`),
    file(await pdfFile(name, printed(view)), text`The same to print`),
    notes(view),
    buttons(
      button("Still to explain", "budget unexplained", { ...unitInput(scope), month }),
      button("Budget", "budget show", { ...unitInput(scope), month }),
    ),
    context(text`Amounts in the files are to the cent; above 0 is favourable`),
  );
}

function rollUp({ total }: ReportView): Block {
  const row = (name: string, of: Balance) => [
    text`${words(name)}`,
    text`${words(dollars(of.budget))}`,
    text`${words(dollars(of.actual))}`,
    text`${words(signed(of.impact))}`,
    text`${words(reading(of))}`,
  ];
  return {
    type: "table",
    caption: "All units together",
    columns: [
      { label: "Period", align: "left" },
      { label: "Budget", align: "right" },
      { label: "Actual", align: "right" },
      { label: "Variance", align: "right" },
      { label: "Reading", align: "left" },
    ],
    rows: [row("Month", total.month), row("Year to date", total.year)],
  };
}

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

function sheetsOf({ units, lines, explained, unexplained }: ReportView): Sheet[] {
  return [
    {
      name: "Units",
      columns: ["Unit code", "Unit, with those below", ...twice(amounts)],
      rows: units.map(({ unit, month, year }) => [unit.code, unit.name, ...cellsOf(month), ...cellsOf(year)]),
    },
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

const overIn = ({ over }: Excess): string =>
  over.month && over.year ? "month and year" : over.month ? "month" : "year to date";

// The same to print.

const exact = (value: Decimal): string =>
  value
    .toFixed(2)
    .replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ",")
    .replace("-", "−");

function printed(view: ReportView) {
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
      ? [line(`Without a ledger of the month yet: ${view.missing.map(({ name }) => name).join(", ")}.`)]
      : [],
    section(1, "By unit"),
    unitTable(view),
    section(1, "Explained"),
    view.explained.length === 0 ? [line("Nothing yet.")] : view.explained.flatMap(explainedBlocks),
    section(1, "Missing"),
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
    section(2, `${unit.name} · ${of.name}`),
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
      { label: "State", value: `${label(states, explanation.state)}, explained by ${explanation.by.name}` },
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
  if (unexplained.length === 0) return line("Nothing is missing.");
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
