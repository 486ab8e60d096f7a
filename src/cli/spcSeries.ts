import type { Chart, Observation } from "../domain/kpis/spc/limits.ts";
import { Refusal } from "../domain/refusal.ts";
import { orderIn, periodIn, type SlashOrder } from "../imports/dates.ts";
import { type FigureRow, type FigureTable, openFigures } from "../imports/figures.ts";
import type { ImportFile } from "../imports/file.ts";

const columns = ["value", "numerator", "denominator", "period", "rebase"] as const;
type Column = (typeof columns)[number];
type Row = FigureRow<Column>;

interface Dated extends Observation {
  line: number;
  period: string;
  at: number;
}

export interface Series {
  /** By their periods; in the order of the file where it has none. */
  observations: Observation[];
  /** The values are written with percent signs, and are shares here. */
  percent: boolean;
}

/** Reads what a chart is drawn from. Throws a Refusal where the file is not right, by line and column. */
export async function seriesIn(file: ImportFile, chart: Chart): Promise<Series> {
  const table = await openFigures(file, columns, ["value", "numerator", "denominator"]);
  const counted = countedBy(table, chart);
  const dated = table.columns.has("period");
  const order = dated ? await orderOf(table) : "month-first";
  const rows: Dated[] = [];
  const reading: { chart: Chart; percent: boolean | undefined } = { chart, percent: undefined };
  await table.each((row) => {
    const observation = counted(row) ? ratioIn(row, chart) : valueIn(row, reading);
    const at = dated ? momentIn(row, order) : row.line;
    const rebase = rebaseIn(row);
    if (observation && at !== undefined && rebase !== undefined)
      rows.push({ ...observation, rebase, at, line: row.line, period: row.text("period") });
  });
  if (rows.length === 0) throw new Refusal("The file has no figures below its columns.");
  if (dated) {
    rows.sort((one, other) => one.at - other.at);
    if (chart !== "t") refuseTwice(rows);
  }
  return { observations: rows, percent: reading.percent ?? false };
}

/** Which lines are drawn from numerator and denominator; a value of its own is preferred where either will do. */
function countedBy({ columns: there }: FigureTable<Column>, chart: Chart): (row: Row) => boolean {
  const both = there.has("numerator") && there.has("denominator");
  if (chart === "p" || chart === "u" || chart === "pp" || chart === "up") {
    if (both) return () => true;
    throw new Refusal(`Line 1: A ${chart} chart needs the columns numerator and denominator.`);
  }
  if (both && chart === "xmr") return (row) => row.text("value") === "";
  if (there.has("value")) return () => false;
  if (chart === "xmr") throw new Refusal("Line 1: An xmr chart needs the column value, or numerator and denominator.");
  throw new Refusal(`Line 1: A ${chart} chart needs the column value.`);
}

/** How the file writes dates with slashes: month first, unless a day shows that it cannot be. */
async function orderOf(table: FigureTable<Column>): Promise<SlashOrder> {
  const found = new Map<SlashOrder, { line: number; cell: string }>();
  await table.each((row) => {
    const order = orderIn(row.text("period"));
    if (order && !found.has(order)) found.set(order, { line: row.line, cell: row.text("period") });
  });
  const [first, second] = [found.get("month-first"), found.get("day-first")];
  if (first && second)
    throw new Refusal(
      `Line ${Math.max(first.line, second.line)}, period: “${first.cell}” begins with the month and “${second.cell}” with the day. Write dates as 2026-01-31.`,
    );
  return second ? "day-first" : "month-first";
}

function momentIn(row: Row, order: SlashOrder): number | undefined {
  const cell = row.text("period");
  const moment = periodIn(cell, order);
  if (moment === undefined)
    row.find("period", `${cell === "" ? "It is empty." : `“${cell}” is no date.`} Write 2026-01, or 2026-01-31.`);
  return moment;
}

const yes = ["1", "true", "yes", "y", "x"];
const no = ["", "0", "false", "no", "n"];

function rebaseIn(row: Row): boolean | undefined {
  const cell = row.text("rebase").toLowerCase();
  if (yes.includes(cell)) return true;
  if (no.includes(cell)) return false;
  row.find("rebase", `“${row.text("rebase")}” is neither. Write 1 where limits begin anew, or nothing.`);
  return undefined;
}

function valueIn(row: Row, reading: { chart: Chart; percent: boolean | undefined }): Observation | undefined {
  const found = row.number("value");
  if (!found) {
    if (row.text("value") === "") row.find("value", "It is empty. Leave out the whole line where there is no figure.");
    return undefined;
  }
  reading.percent ??= found.percent;
  if (found.percent !== reading.percent)
    row.find(
      "value",
      `“${row.text("value")}” ${found.percent ? "has a" : "has no"} percent sign, unlike the lines above.`,
    );
  const value = Number(found.text) / (found.percent ? 100 : 1);
  if (!Number.isFinite(value)) row.find("value", `“${row.text("value")}” is too large.`);
  if (reading.chart === "c" && value < 0) row.find("value", "A count is not below 0.");
  if (reading.chart === "t" && value <= 0)
    row.find("value", "The time between two events is above 0. Count in smaller units, as hours.");
  return { numerator: value, denominator: 1 };
}

function ratioIn(row: Row, chart: Chart): Observation | undefined {
  const numerator = countIn(row, "numerator");
  const denominator = countIn(row, "denominator");
  if (numerator === undefined || denominator === undefined) return undefined;
  if (denominator <= 0)
    row.find("denominator", "It is not above 0. Leave out the whole line where there was nothing to count in.");
  else if (numerator < 0 && chart !== "xmr") row.find("numerator", "A count is not below 0.");
  else if (numerator > denominator && (chart === "p" || chart === "pp"))
    row.find(
      "numerator",
      `${row.text("numerator")} is more than the denominator. For events that happen several times use --chart u.`,
    );
  return { numerator, denominator };
}

function countIn(row: Row, column: "numerator" | "denominator"): number | undefined {
  const found = row.number(column);
  if (found?.percent) row.find(column, `“${row.text(column)}” is a share. Write the count itself.`);
  else if (row.text(column) === "") row.find(column, "It is empty. Leave out the whole line where there is no figure.");
  return found && Number(found.text);
}

function refuseTwice(rows: readonly Dated[]): void {
  rows.forEach((row, index) => {
    const before = rows[index - 1];
    if (before?.at === row.at)
      throw new Refusal(
        `Line ${Math.max(row.line, before.line)}, period: ${row.period} is there twice, in lines ${before.line} and ${row.line}. A chart has one figure a period: leave the lines of one unit.`,
      );
  });
}
