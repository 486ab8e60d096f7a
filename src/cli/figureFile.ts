import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileOf, type ImportFile } from "../imports/file.ts";
import { Misuse } from "./misuse.ts";

/** The one file that a program is given: `spc FILE.csv`. */
export async function figureFile(positionals: readonly string[], usage: string): Promise<ImportFile> {
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Misuse(`Say which file: ${usage}.`);
  const bytes = await readFile(file).catch(() => {
    throw new Misuse(`The file ${file} cannot be read.`);
  });
  return fileOf(path.basename(file), bytes);
}
