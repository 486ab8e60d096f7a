import { budgetColumns } from "./budget.ts";
import { kpiColumns } from "./kpi.ts";
import { ledgerColumns } from "./ledger.ts";
import { staffColumns } from "./staffPlan.ts";
import { unitColumns } from "./units.ts";

/** An empty file of each, for somebody to fill in. */
export const templates = {
  units: `${unitColumns.join(",")}\n`,
  staff: `${staffColumns.join(",")}\n`,
  budget: `${budgetColumns.join(",")}\n`,
  kpi: `${kpiColumns.join(",")}\n`,
  ledger: `${ledgerColumns.join(",")}\n`,
} as const;
