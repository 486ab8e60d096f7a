import { Refusal } from "../domain/refusal.ts";
import { type Finding, type ImportFile, type SheetRow, Unreadable } from "./file.ts";
import { Findings, whereIs } from "./findings.ts";
import { offer } from "./nearest.ts";
import { type DecimalMark, markIn, numberIn, type Written } from "./numbers.ts";
import { openSheet, type Sheet } from "./sheet.ts";

/** One line of a table of figures. */
export interface FigureRow<Column extends string> {
  line: number;
  /** "" where there is no such column. */
  text(column: Column): string;
  /** Undefined for an empty cell, and for one that is no number: that is a finding. */
  number(column: Column): Written | undefined;
  /** Says what is wrong with a cell. */
  find(column: Column, message: string): void;
}

/** What is wrong in a file, line by line; the message names the first ones. */
export class WrongFigures extends Refusal {
  readonly findings: Findings;
  constructor(findings: Findings) {
    super(listed(findings));
    this.findings = findings;
  }
}

export interface FigureTable<Column extends string> {
  columns: ReadonlySet<Column>;
  /** The file once more, line by line. Throws {@link WrongFigures} with what is wrong in it, where anything is. */
  each(take: (row: FigureRow<Column>) => void): Promise<void>;
  /** The same, with what is wrong as the answer; `between` is waited for now and then. */
  read(take: (row: FigureRow<Column>) => void, between: () => Promise<void>): Promise<Findings>;
}

/** So many findings are told, and how many more there are. */
const told = 20;

/**
 * Opens a file whose first line names its columns, in any order; columns that are not asked for are passed over. `numbers`
 * are the columns that show how numbers are written. Throws a Refusal where it is no such file.
 */
export async function openFigures<const Column extends string>(
  file: ImportFile,
  columns: readonly Column[],
  numbers: readonly Column[],
): Promise<FigureTable<Column>> {
  const sheet = await readable(() => openSheet(file, "exact"));
  const header = await readable(() => sheet.header());
  if (!header) throw wrong({ line: 0, column: "", message: "The file is empty. Its first line names the columns." });
  const names = namesIn(header.cells, columns, header.line);
  const places = new Map(columns.map((column) => [column, names.indexOf(column)]));
  // In a file with commas between its cells, a comma within one parts thousands: people who write 12,5 separate by semicolons.
  const isOpen = sheet.separator === ";" || sheet.separator === "\t";
  const inNumbers = numbers.map((column) => places.get(column) ?? -1).filter((place) => place !== -1);
  const mark = isOpen ? await markOf(sheet, inNumbers, names) : ".";
  const read: FigureTable<Column>["read"] = (take, between) =>
    readEach(sheet, { places, line: header.line, count: names.length, mark }, take, between);
  return {
    columns: new Set(columns.filter((column) => places.get(column) !== -1)),
    read,
    async each(take) {
      const findings = await read(take, async () => undefined);
      if (findings.total > 0) throw new WrongFigures(findings);
    },
  };
}

/** Which mark the file's numbers prove. Throws where nothing does, and “1.234” may be either. */
async function markOf(sheet: Sheet, places: readonly number[], names: readonly string[]): Promise<DecimalMark> {
  const proven = new Set<DecimalMark>();
  let open: Finding | undefined;
  await readable(() =>
    sheet.each(({ line, cells }) => {
      for (const place of places) {
        const cell = cells[place] ?? "";
        if (!/\d[.,]/.test(cell)) continue;
        const mark = markIn(cell);
        if (mark) proven.add(mark);
        else if (numberIn(cell, ".") !== undefined)
          open ??= { line, column: names[place] ?? "", message: either(cell) };
      }
    }),
  );
  if (open && proven.size === 0) throw wrong(open);
  return proven.has(",") && !proven.has(".") ? "," : ".";
}

const either = (cell: string): string =>
  `“${cell}” may be ${cell.replace(/[.,]/g, "")} or ${cell.replace(",", ".")}, and no other number in the file tells which. Write thousands without a mark, or the decimals as ${cell}0.`;

async function readEach<Column extends string>(
  sheet: Sheet,
  header: { places: ReadonlyMap<Column, number>; line: number; count: number; mark: DecimalMark },
  take: (row: FigureRow<Column>) => void,
  between: () => Promise<void>,
): Promise<Findings> {
  const findings = new Findings();
  const takeRow = ({ line, cells }: SheetRow) => {
    if (line === header.line) return;
    const find = (column: string, message: string) => findings.add({ line, column, message });
    if (cells.slice(header.count).some((cell) => cell !== ""))
      find("", "This line has a cell that belongs to no column. Put cells with commas into quotation marks.");
    const text = (column: Column) => cells[header.places.get(column) ?? -1] ?? "";
    const number = (column: Column) => {
      const cell = text(column);
      const found = numberIn(cell, header.mark);
      if (cell !== "" && !found) find(column, `“${cell}” is no number.`);
      return found;
    };
    take({ line, text, number, find });
  };
  await readable(() => sheet.each(takeRow, between));
  return findings;
}

async function readable<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Unreadable ? wrong(error.finding) : error;
  }
}

export const wrong = (...all: Finding[]): WrongFigures => new WrongFigures(new Findings(all));

/** A column's name as people write it: “As of” is “as_of”. */
export const columnName = (cell: string): string => cell.toLowerCase().replace(/[\s-]+/g, "_");

function namesIn(cells: readonly string[], columns: readonly string[], line: number): string[] {
  const names = cells.map(columnName);
  const findings = names.flatMap((name, index) => {
    if (columns.includes(name)) return names.indexOf(name) < index ? [`The column “${name}” is there twice.`] : [];
    const meant = offer(
      columns.filter((column) => !names.includes(column)),
      name,
    );
    return name === "" || meant === "" ? [] : [`There is no column “${name}”.${meant}`];
  });
  if (findings.length > 0) throw wrong(...findings.map((message) => ({ line, column: "", message })));
  return names;
}

/** “Line 4, value: …”, one a line; line 0 is the file. */
function listed({ first, total }: Findings): string {
  const lines = first.slice(0, told).map(({ line, column, message }) => `${whereIs(line, column)}: ${message}`);
  const more = total - told;
  return [...lines, ...(more > 0 ? [`And ${more.toLocaleString("en-US")} more.`] : [])].join("\n");
}
