import { columns } from "./columns.ts";

/** An empty file of each, for somebody to fill in. */
export const templates = {
  units: `${columns.units.join(",")}\n`,
  staff: `${columns.staff.join(",")}\n`,
  budget: `${columns.budget.join(",")}\n`,
  ledger: `${columns.ledger.join(",")}\n`,
  kpi: `${columns.kpi.join(",")}\n`,
} as const;
