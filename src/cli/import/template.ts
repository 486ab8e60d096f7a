import { staffColumns } from "./staffPlan.ts";
import { unitColumns } from "./units.ts";

/** An empty file of each, for somebody to fill in. */
export const templates = {
  units: `${unitColumns.join(",")}\n`,
  staff: `${staffColumns.join(",")}\n`,
} as const;
