import { Decimal } from "decimal.js";
import type { BookLine } from "./book.ts";
import { hoursPerPatientDay } from "./measures.ts";

/** Worked hours of a month against what was planned; null where they are not known. */
export interface HoursMeasures {
  /** Hours for one of what the volume counts; its name, "patient day". */
  perVolume: { of: string; actual: Decimal; budget: Decimal | null } | null;
  /** Of all worked hours, in percent. */
  overtime: Decimal | null;
  agency: Decimal | null;
}

/**
 * From the lines whose quantity counts worked hours: which these are, the hospital says with its budget. Hours for one
 * patient day are known where all units count the same.
 */
export function hoursIn(lines: readonly BookLine[]): HoursMeasures {
  const worked = lines.filter(
    ({ line, taken, actual }) => taken && line.hours !== null && actual.quantity !== undefined,
  );
  const hours = (of: readonly BookLine[], side: "budget" | "actual") => sum(of.map((line) => line[side].quantity ?? 0));
  const all = hours(worked, "actual");
  const share = (sort: string): Decimal | null => {
    const of = worked.filter(({ line }) => line.hours === sort);
    return of.length === 0 || all.isZero() ? null : hours(of, "actual").dividedBy(all).times(100);
  };
  const bases = new Set(worked.flatMap(({ basis }) => basis ?? []));
  const [basis] = bases;
  const actual = basis && bases.size === 1 ? hoursPerPatientDay(all, volumeOf(worked, "actual")) : null;
  const budget = hoursPerPatientDay(hours(worked, "budget"), volumeOf(worked, "budget"));
  return {
    perVolume: basis && actual ? { of: basis.replace(/s$/, ""), actual, budget } : null,
    overtime: share("overtime"),
    agency: share("agency"),
  };
}

/** Of each unit and month once: every line of it repeats the same volume. */
function volumeOf(lines: readonly BookLine[], side: "budget" | "actual"): Decimal {
  const volumes = new Map<string, Decimal.Value>();
  for (const { unitId, month, [side]: amounts } of lines)
    if (amounts.volume !== undefined) volumes.set(`${unitId} ${month}`, amounts.volume);
  return sum([...volumes.values()]);
}

const sum = (values: readonly Decimal.Value[]): Decimal =>
  values.reduce<Decimal>((total, value) => total.plus(value), new Decimal(0));
