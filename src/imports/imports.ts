import type { Bound } from "../store/store.ts";
import { bringAll } from "./bring.ts";
import { budget } from "./budget.ts";
import type { ImportFile } from "./file.ts";
import { kpi } from "./kpi.ts";
import { ledger } from "./ledger.ts";
import type { ImportOptions, ImportResult } from "./result.ts";
import { importStaff } from "./staff.ts";
import { importUnits } from "./units.ts";

type Import = (bound: Bound, file: ImportFile, options: ImportOptions) => Promise<ImportResult>;

/** Everything that a file can bring. */
export const imports = {
  units: importUnits,
  staff: importStaff,
  budget: (bound, file, options) => bringAll(bound, budget, file, options),
  ledger: (bound, file, options) => bringAll(bound, ledger, file, options),
  kpi: (bound, file, options) => bringAll(bound, kpi, file, options),
} as const satisfies Record<string, Import>;
