import { CsvError, type Parser, parse } from "csv-parse";
import { type ImportFile, type SheetRow, tidy, Unreadable } from "./file.ts";

/** What stands between the cells of a CSV file. */
export type Delimiter = "," | ";" | "\t";

/** Of the first line no more is looked at, in characters. */
const longestHeader = 65_536;
/** Bytes that are taken apart at once: others have their turn after each. */
const piece = 16_384;
/** A line of a table is shorter; a longer one is a quotation mark that was never closed. */
const longestLine = 1_000_000;

/** Looks at the first line. */
export async function delimiterOf(file: ImportFile): Promise<Delimiter> {
  let head = "";
  for await (const text of decoded(file)) {
    head += text;
    if (/[\r\n]/.test(head) || head.length > longestHeader) break;
  }
  const [header = ""] = head.split(/[\r\n]/, 1);
  if (header.includes("\t")) return "\t";
  return header.includes(";") && !header.includes(",") ? ";" : ",";
}

/** Gives line by line; `between` is waited for after every piece of the file. */
export async function eachCsvRow(
  file: ImportFile,
  delimiter: Delimiter,
  take: (row: SheetRow) => void,
  between: () => Promise<void>,
): Promise<void> {
  let before = 0;
  const parser = parse({
    delimiter,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    trim: true,
    max_record_size: longestLine,
    on_record: (record: string[], { lines }) => {
      take({ line: before + 1, cells: record.map(tidy) });
      before = lines;
      return null;
    },
  });
  parser.on("error", () => undefined);
  try {
    for await (const text of decoded(file)) {
      await written(parser, text);
      await between();
    }
    await written(parser, undefined);
    await between();
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === "number" ? error.lines : 0;
    throw new Unreadable(
      "The quotation marks do not pair up here. Put each whole cell into quotation marks, or none.",
      line,
    );
  } finally {
    parser.destroy();
  }
}

const written = (parser: Parser, text: string | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const done = (error?: Error | null) => (error ? reject(error) : resolve());
    if (text === undefined) parser.end(done);
    else parser.write(text, done);
  });

const utf16 = [0xff, 0xfe];

async function* decoded(file: ImportFile): AsyncIterable<string> {
  let decoder: TextDecoder | undefined;
  const text = (bytes?: Uint8Array): string => {
    try {
      return decoder?.decode(bytes, { stream: bytes !== undefined }) ?? "";
    } catch {
      throw new Unreadable("This file is not in UTF-8. Save it as “CSV UTF-8”, or as .xlsx, and import that.");
    }
  };
  for await (const bytes of file.open()) {
    if (bytes.length === 0) continue;
    decoder ??= new TextDecoder(utf16.every((byte, at) => bytes[at] === byte) ? "utf-16le" : "utf-8", { fatal: true });
    for (let from = 0; from < bytes.length; from += piece) yield text(bytes.subarray(from, from + piece));
  }
  yield text();
}
