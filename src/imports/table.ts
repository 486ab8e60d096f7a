import { type Finding, type ImportFile, type SheetRow, Unreadable } from "./file.ts";
import { offer } from "./nearest.ts";
import { openSheet } from "./sheet.ts";

/** One line of a file: its cells by column, those that hold something. */
export interface Row<Column extends string> {
  line: number;
  cells: Partial<Record<Column, string>>;
}

export type Table<Column extends string> = { rows: Row<Column>[]; errors: Finding[] };

/** Reads a file whose first line names its columns, in any order; those that are not needed may be left out. */
export async function readTable<const Column extends string>(
  file: ImportFile,
  columns: readonly Column[],
  needed: Column,
): Promise<Table<Column>> {
  const failed = (...errors: Finding[]): Table<Column> => ({ rows: [], errors });
  const sheet: SheetRow[] = [];
  try {
    await (await openSheet(file, "shown")).each((row) => sheet.push(row));
  } catch (error) {
    if (error instanceof Unreadable) return failed(error.finding);
    throw error;
  }
  const [header, ...lines] = sheet;
  if (!header)
    return failed({ line: 0, column: "", message: "The file is empty. --template prints one with its columns." });
  const names = header.cells.map((cell) => cell.toLowerCase());
  const problems = headerProblems(names, columns, needed);
  if (problems.length > 0) return failed(...problems.map((problem) => ({ line: header.line, ...problem })));

  const rows = lines.map(({ line, cells }) => ({
    line,
    cells: Object.fromEntries(
      cells.flatMap((cell, index) => (cell === "" ? [] : [[names[index] ?? "", cell]])),
    ) as Row<Column>["cells"],
  }));
  const errors = lines
    .filter(
      ({ cells }) =>
        cells.slice(names.length).some((cell) => cell !== "") ||
        cells.some((cell, index) => cell !== "" && names[index] === ""),
    )
    .map(({ line }) => ({
      line,
      column: "",
      message: "This line has a cell that belongs to no column. Put cells with commas into quotation marks.",
    }));
  return { rows, errors };
}

function headerProblems(
  names: readonly string[],
  columns: readonly string[],
  needed: string,
): { column: string; message: string }[] {
  const problems = names.flatMap((name, index) => {
    if (name === "") return [];
    if (!columns.includes(name))
      return [
        {
          column: name,
          message: `There is no column “${name}”.${offer(columns, name)} There are ${columns.join(", ")}.`,
        },
      ];
    if (names.indexOf(name) < index) return [{ column: name, message: `The column “${name}” is there twice.` }];
    return [];
  });
  if (!names.includes(needed))
    problems.push({ column: needed, message: `The column “${needed}” is missing. The first line names the columns.` });
  return problems;
}
