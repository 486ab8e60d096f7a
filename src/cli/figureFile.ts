import { readFile } from "node:fs/promises";
import path from "node:path";
import type { ImportFile } from "./import/result.ts";
import { Misuse } from "./misuse.ts";

/** The one file that a program is given: `spc FILE.csv`. */
export async function figureFile(positionals: readonly string[], usage: string): Promise<ImportFile> {
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Misuse(`Say which file: ${usage}.`);
  const bytes = await readFile(file).catch(() => {
    throw new Misuse(`The file ${file} cannot be read.`);
  });
  return { name: path.basename(file), bytes };
}
