import type { Finding } from "./file.ts";

/** So many are kept of a file in which everything is wrong. */
const kept = 10_000;

/** What is wrong in a file: the first ones, and how many there are. */
export class Findings {
  readonly first: Finding[] = [];
  total = 0;

  constructor(all: readonly Finding[] = []) {
    for (const finding of all) this.add(finding);
  }

  add(finding: Finding): void {
    this.total += 1;
    if (this.first.length < kept) this.first.push(finding);
  }
}

/** Line 0 is the file, and a finding without a column is about the line. */
export function whereIs(line: number, column: string): string {
  if (line === 0) return "File";
  return column === "" ? `Line ${line}` : `Line ${line}, ${column}`;
}
