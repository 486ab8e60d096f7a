import { createReadStream } from "node:fs";
import { access, constants } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Config } from "../config.ts";
import { whereIs } from "../imports/findings.ts";
import { imports } from "../imports/imports.ts";
import type { ImportedRow, ImportResult } from "../imports/result.ts";
import { templates } from "../imports/template.ts";
import { makeAdmin } from "./admin.ts";
import { Misuse } from "./misuse.ts";
import { openRounds } from "./open.ts";
import { lineProgress } from "./progress.ts";

/** `rounds admin HANDLE`. */
export async function adminProgram([handle]: string[], config: Config): Promise<number> {
  if (handle === undefined) throw new Misuse("Say whom: admin HANDLE.");
  const rounds = await openRounds(config);
  try {
    console.log(await makeAdmin(rounds.bound, handle, new Date()));
    return 0;
  } finally {
    await rounds.close();
  }
}

const isImport = (what: string | undefined): what is keyof typeof imports =>
  what !== undefined && Object.hasOwn(imports, what);

/** `rounds import units|staff|budget|ledger|kpi FILE [--dry-run] [--template]`. */
export async function importProgram(given: string[], config: Config): Promise<number> {
  const { values, positionals } = parseArgs({
    args: given,
    allowPositionals: true,
    options: { "dry-run": { type: "boolean", default: false }, template: { type: "boolean", default: false } },
  });
  const [what, file] = positionals;
  if (!isImport(what)) throw new Misuse(`Say what to import, ${Object.keys(imports).join(", ")}: import units FILE.`);
  if (values.template) {
    process.stdout.write(templates[what]);
    return 0;
  }
  if (file === undefined) throw new Misuse(`Say which file: import ${what} FILE. --template prints an empty one.`);
  await access(file, constants.R_OK).catch(() => {
    throw new Misuse(`The file ${file} cannot be read.`);
  });
  const rounds = await openRounds(config);
  try {
    const dryRun = values["dry-run"];
    const progress = lineProgress(process.stderr);
    const result = await imports[what](
      rounds.bound,
      { name: path.basename(file), open: () => createReadStream(file) },
      { dryRun, now: new Date(), progress },
    );
    return report(result, dryRun);
  } finally {
    await rounds.close();
  }
}

function report(result: ImportResult, dryRun: boolean): number {
  if (result.errors.length > 0) {
    for (const { line, column, message } of result.errors) console.error(`${whereIs(line, column)}: ${message}`);
    if (result.moreErrors > 0) console.error(`And ${result.moreErrors.toLocaleString("en-US")} more.`);
    const all = result.errors.length + result.moreErrors;
    console.error(`Nothing was imported. Mend ${all === 1 ? "this" : `these ${all}`} and import the file again.`);
    return 1;
  }
  for (const row of result.rows) if (row.outcome !== "unchanged") console.log(changeOf(row));
  console.log(
    `${dryRun ? "Would be: " : ""}${result.added} added, ${result.changed} changed, ${result.unchanged} as before.`,
  );
  for (const note of [...result.beside, ...result.notes]) console.log(note);
  return 0;
}

const changeOf = ({ line, code, name, outcome, columns }: ImportedRow): string =>
  `Line ${line}: ${code} (${name}) ${outcome}${outcome === "changed" ? `: ${columns.join(", ")}` : ""}`;
