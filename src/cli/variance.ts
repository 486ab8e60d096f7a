import { parseArgs } from "node:util";
import { type Amounts, amountOf, type BudgetLine, type Variance, varianceOf } from "../domain/budgets/variance.ts";
import { Refusal } from "../domain/refusal.ts";
import { type FigureRow, openFigures } from "../imports/figures.ts";
import { figureFile } from "./figureFile.ts";

const columns = [
  "unit",
  "line",
  "kind",
  "behaviour",
  "budget_volume",
  "actual_volume",
  "budget_quantity",
  "actual_quantity",
  "budget_rate",
  "actual_rate",
  "budget",
  "actual",
] as const;
const numbers = columns.slice(columns.indexOf("budget_volume"));
type Column = (typeof columns)[number];
type Row = FigureRow<Column>;

/** `rounds variance FILE.csv`: JSON lines, one a line of the file, or nothing but what is wrong with it. Needs neither database nor network. */
export async function varianceProgram(given: string[]): Promise<number> {
  const { positionals } = parseArgs({ args: given, allowPositionals: true, options: {} });
  const table = await openFigures(await figureFile(positionals, "variance FILE.csv"), columns, numbers);
  for (const column of ["kind", "behaviour"] as const)
    if (!table.columns.has(column))
      throw new Refusal(`Line 1, ${column}: The column “${column}” is missing. The columns are ${columns.join(", ")}.`);
  const printed: string[] = [];
  await table.each((row) => {
    const line = lineIn(row);
    if (line) printed.push(JSON.stringify(shown(varianceOf(line))));
  });
  if (printed.length === 0) throw new Refusal("The file has no lines below its columns.");
  console.log(printed.join("\n"));
  return 0;
}

const shown = (variance: Variance) => ({
  total: variance.total.toFixed(2),
  volume: variance.volume.toFixed(2),
  efficiency: variance.efficiency.toFixed(2),
  rate: variance.rate.toFixed(2),
  fixed: variance.fixed.toFixed(2),
  flexed_budget: variance.flexedBudget.toFixed(2),
  impact: variance.impact.toFixed(2),
  favourable: variance.favourable,
});

/** Undefined where a cell is wrong, which the row has been told. */
function lineIn(row: Row): BudgetLine | undefined {
  const kind = choiceIn(row, "kind", ["revenue", "expense"]);
  const behaviour = choiceIn(row, "behaviour", ["variable", "fixed"]);
  const budget = sideIn(row, "budget");
  const actual = sideIn(row, "actual");
  if (!kind || !behaviour || !budget || !actual) return undefined;
  const line: BudgetLine = { kind, behaviour, budget, actual };
  const missing = missingIn(line);
  if (!missing) return line;
  row.find(missing.column, missing.message);
  return undefined;
}

function choiceIn<Choice extends string>(row: Row, column: Column, choices: readonly Choice[]): Choice | undefined {
  const cell = row.text(column).toLowerCase();
  const found = choices.find((choice) => choice === cell);
  if (!found)
    row.find(
      column,
      `${cell === "" ? "It is empty." : `“${row.text(column)}” is neither.`} Write ${choices.join(" or ")}.`,
    );
  return found;
}

const sides = {
  budget: { volume: "budget_volume", quantity: "budget_quantity", rate: "budget_rate", amount: "budget" },
  actual: { volume: "actual_volume", quantity: "actual_quantity", rate: "actual_rate", amount: "actual" },
} as const;

function sideIn(row: Row, which: "budget" | "actual"): Amounts | undefined {
  const side: Amounts = {};
  let right = true;
  for (const part of ["volume", "quantity", "rate", "amount"] as const) {
    const column = sides[which][part];
    const found = row.number(column);
    if (found && !found.percent) side[part] = found.text;
    else if (row.text(column) !== "") right = false;
    if (found?.percent) row.find(column, `“${row.text(column)}” is a share. Write the amount itself.`);
    if (part === "volume" && found?.text.startsWith("-")) {
      row.find(column, `“${row.text(column)}” is below 0.`);
      right = false;
    }
  }
  return right ? side : undefined;
}

/** What a line needs to be split, and does not have. */
function missingIn(line: BudgetLine): { column: Column; message: string } | undefined {
  const variable = line.behaviour === "variable";
  for (const which of ["budget", "actual"] as const) {
    if (amountOf(line, which) === null)
      return { column: which, message: "It is empty, and so is the quantity or the rate to compute it from." };
    if (variable && line[which].volume === undefined)
      return {
        column: sides[which].volume,
        message: "It is empty. A variable line follows a volume; write fixed where there is none.",
      };
  }
  const [planned, used] = [line.budget.quantity, line.actual.quantity];
  if (!variable || line.kind === "revenue" || (planned === undefined) === (used === undefined)) return undefined;
  return {
    column: planned === undefined ? "budget_quantity" : "actual_quantity",
    message: "It is empty, while the other quantity is there. Fill in both or none.",
  };
}
