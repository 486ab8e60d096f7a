import { fileOf } from "../../src/imports/file.ts";
import { imports } from "../../src/imports/imports.ts";
import type { ImportResult } from "../../src/imports/result.ts";
import type { Hospital } from "../support/hospital.ts";

/** Brings a budget and a ledger, as the command line does; throws where the file is wrong. */
export async function bring(hospital: Hospital, what: "budget" | "ledger", text: string): Promise<ImportResult> {
  const bound = hospital.store.of(hospital.organisationId);
  const file = fileOf(`${what}.csv`, Buffer.from(text));
  const result = await imports[what](bound, file, { dryRun: false, now: hospital.clock.now });
  if (result.errors.length > 0) throw new Error(JSON.stringify(result.errors));
  return result;
}

export const budgetHead = "unit,line,name,month,kind,behaviour,basis,volume,quantity,rate,amount,hours\n";
export const ledgerHead = "unit,line,month,volume,quantity,rate,amount,as_of\n";

const months = ["2026-07", "2026-08", "2026-09", "2026-10"];

/**
 * Four closed months of 4 West and 5 East: nurses who follow the patients, overtime far over its budget in October, and rent.
 * 5 East is on budget.
 */
export async function bringBooks(hospital: Hospital): Promise<void> {
  const budget = [...months, "2026-11", "2026-12"].flatMap((month) =>
    ["4W", "5E"].flatMap((unit) => [
      `${unit},nurses,Nurses,${month},expense,variable,patient days,1000,9000,42,,regular`,
      `${unit},overtime,Overtime,${month},expense,variable,patient days,1000,200,60,,overtime`,
      `${unit},rent,Rent,${month},expense,fixed,,,,,20000,`,
    ]),
  );
  await bring(hospital, "budget", budgetHead + budget.join("\n"));
  const ledger = months.flatMap((month) => [
    `4W,nurses,${month},1100,9900,42,,2026-11-05`,
    `4W,overtime,${month},1100,${month === "2026-10" ? 500 : 210},60,,2026-11-05`,
    `4W,rent,${month},,,,20000,2026-11-05`,
    `5E,nurses,${month},1000,9000,42,,2026-11-05`,
    `5E,overtime,${month},1000,200,60,,2026-11-05`,
    `5E,rent,${month},,,,20000,2026-11-05`,
  ]);
  await bring(hospital, "ledger", ledgerHead + ledger.join("\n"));
}
