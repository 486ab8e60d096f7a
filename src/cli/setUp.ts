import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Config } from "../config.ts";
import { makeAdmin } from "./admin.ts";
import { importBudget } from "./import/budget.ts";
import { importKpi } from "./import/kpi.ts";
import { importLedger } from "./import/ledger.ts";
import type { ImportedRow, ImportResult } from "./import/result.ts";
import { importStaff } from "./import/staff.ts";
import { templates } from "./import/template.ts";
import { importUnits } from "./import/units.ts";
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

const imports = {
  units: importUnits,
  staff: importStaff,
  budget: importBudget,
  ledger: importLedger,
  kpi: importKpi,
} as const;
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
  const bytes = await readFile(file).catch(() => {
    throw new Misuse(`The file ${file} cannot be read.`);
  });
  const rounds = await openRounds(config);
  try {
    const dryRun = values["dry-run"];
    const progress = lineProgress(process.stderr);
    const result = await imports[what](
      rounds.bound,
      { name: path.basename(file), bytes },
      { dryRun, now: new Date(), progress },
    );
    return report(result, dryRun);
  } finally {
    await rounds.close();
  }
}

function report(result: ImportResult, dryRun: boolean): number {
  if (result.errors.length > 0) {
    for (const { line, column, message } of result.errors) console.error(`${where(line, column)}: ${message}`);
    console.error(
      `Nothing was imported. Mend ${result.errors.length === 1 ? "this" : `these ${result.errors.length}`} and import the file again.`,
    );
    return 1;
  }
  for (const row of result.rows) if (row.outcome !== "unchanged") console.log(changeOf(row));
  console.log(
    `${dryRun ? "Would be: " : ""}${result.added} added, ${result.changed} changed, ${result.unchanged} as before.`,
  );
  for (const note of result.notes) console.log(note);
  return 0;
}

/** Line 0 is the file, and a finding without a column is about the line. */
function where(line: number, column: string): string {
  if (line === 0) return "File";
  return column === "" ? `Line ${line}` : `Line ${line}, ${column}`;
}

const changeOf = ({ line, code, name, outcome, columns }: ImportedRow): string =>
  `Line ${line}: ${code} (${name}) ${outcome}${outcome === "changed" ? `: ${columns.join(", ")}` : ""}`;
