/** A file that is read from its beginning as often as it is opened; of a large one no more is held than a piece. */
export interface ImportFile {
  name: string;
  open(): AsyncIterable<Uint8Array>;
}

/** A file that is at hand as a whole. */
export const fileOf = (name: string, bytes: Uint8Array): ImportFile => ({
  name,
  async *open() {
    yield bytes;
  },
});

/** What is wrong with a cell; without a column it is the line, and line 0 is the file. */
export interface Finding {
  line: number;
  column: string;
  message: string;
}

/** A file that cannot be read as a table at all. */
export class Unreadable extends Error {
  readonly finding: Finding;

  constructor(message: string, line = 0) {
    super(message);
    this.finding = { line, column: "", message };
  }
}

/** The cells of one line, by the place of their column. */
export interface SheetRow {
  line: number;
  cells: string[];
}

/** One line of text without what cannot be seen. */
export const tidy = (text: string): string =>
  /^[\x21-\x7e]*$/.test(text)
    ? text
    : text
        .normalize("NFC")
        .replace(/[\p{Cc}\p{Zs}\uFEFF]+/gu, " ")
        .trim();
