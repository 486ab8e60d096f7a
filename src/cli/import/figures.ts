import { Refusal } from "../../domain/refusal.ts";
import { offer } from "./nearest.ts";
import { type DecimalMark, markIn, numberIn, type Written } from "./numbers.ts";
import type { Finding, ImportFile } from "./result.ts";
import { eachRow, type SheetRow, Unreadable } from "./sheet.ts";

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
  readonly findings: readonly Finding[];
  constructor(findings: readonly Finding[]) {
    super(listed(findings));
    this.findings = findings;
  }
}

export interface FigureTable<Column extends string> {
  columns: ReadonlySet<Column>;
  /** The file once more, line by line. Throws {@link WrongFigures} with what is wrong in it, where anything is. */
  each(take: (row: FigureRow<Column>) => void): void;
}

/** So many findings are told, and how many more there are. */
const told = 20;

/**
 * Opens a file whose first line names its columns, in any order; columns that are not asked for are passed over. Of a large file no more
 * is held than its text. `numbers` are the columns that show how numbers are written. Throws a Refusal where it is no such file.
 */
export function openFigures<const Column extends string>(
  file: ImportFile,
  columns: readonly Column[],
  numbers: readonly Column[],
): FigureTable<Column> {
  let names: readonly string[] | undefined;
  let inNumbers: number[] = [];
  const proven = new Set<DecimalMark>();
  const separator = through(file, ({ line, cells }) => {
    if (!names) {
      names = namesIn(cells, columns, line);
      inNumbers = numbers.map((column) => names?.indexOf(column) ?? -1).filter((place) => place !== -1);
    } else for (const place of inNumbers) addMark(proven, cells[place] ?? "");
  });
  if (!names)
    throw new WrongFigures([{ line: 0, column: "", message: "The file is empty. Its first line names the columns." }]);
  // In a file with commas between its cells, a comma within one parts thousands: people who write 12,5 separate by semicolons.
  const mark = separator === ";" || separator === "\t" ? markOf(proven) : ".";
  const places = new Map(columns.map((column) => [column, names?.indexOf(column) ?? -1]));
  return {
    columns: new Set(columns.filter((column) => places.get(column) !== -1)),
    each: (take) => readEach(file, { places, count: names?.length ?? 0, mark }, take),
  };
}

const addMark = (proven: Set<DecimalMark>, cell: string) => {
  const mark = /\d[.,]/.test(cell) ? markIn(cell) : undefined;
  if (mark) proven.add(mark);
};

const markOf = (proven: ReadonlySet<DecimalMark>): DecimalMark => (proven.has(",") && !proven.has(".") ? "," : ".");

function readEach<Column extends string>(
  file: ImportFile,
  header: { places: ReadonlyMap<Column, number>; count: number; mark: DecimalMark },
  take: (row: FigureRow<Column>) => void,
): void {
  const findings: Finding[] = [];
  let first = true;
  through(file, ({ line, cells }) => {
    if (first) {
      first = false;
      return;
    }
    const find = (column: string, message: string) => findings.push({ line, column, message });
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
  });
  if (findings.length > 0) throw new WrongFigures(findings);
}

function through(file: ImportFile, take: (row: SheetRow) => void) {
  try {
    return eachRow(file, "exact", take);
  } catch (error) {
    if (error instanceof Unreadable) throw new WrongFigures([error.finding]);
    throw error;
  }
}

function namesIn(cells: readonly string[], columns: readonly string[], line: number): string[] {
  const names = cells.map((cell) => cell.toLowerCase().replace(/[\s-]+/g, "_"));
  const findings = names.flatMap((name, index) => {
    if (columns.includes(name)) return names.indexOf(name) < index ? [`The column “${name}” is there twice.`] : [];
    const meant = offer(
      columns.filter((column) => !names.includes(column)),
      name,
    );
    return name === "" || meant === "" ? [] : [`There is no column “${name}”.${meant}`];
  });
  if (findings.length > 0) throw new WrongFigures(findings.map((message) => ({ line, column: "", message })));
  return names;
}

/** “Line 4, value: …”, one a line; line 0 is the file. */
function listed(findings: readonly Finding[]): string {
  const lines = findings.slice(0, told).map(({ line, column, message }) => `${whereIs(line, column)}: ${message}`);
  const more = findings.length - told;
  return [...lines, ...(more > 0 ? [`And ${more.toLocaleString("en-US")} more.`] : [])].join("\n");
}

function whereIs(line: number, column: string): string {
  if (line === 0) return "File";
  return column === "" ? `Line ${line}` : `Line ${line}, ${column}`;
}
