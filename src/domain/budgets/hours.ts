import { Decimal } from "decimal.js";
import type { BookVolume } from "../../store/store.ts";
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
export function hoursIn(volumes: readonly BookVolume[]): HoursMeasures {
  const worked = volumes.filter(({ hours }) => hours !== null);
  const all = sum(worked.map(({ hours }) => hours));
  const share = (sort: "overtime" | "agency"): Decimal | null =>
    worked.every(({ [sort]: of }) => of === null) || all.isZero()
      ? null
      : sum(worked.map(({ [sort]: of }) => of))
          .dividedBy(all)
          .times(100);
  const bases = new Set(worked.flatMap(({ basis }) => basis ?? []));
  const [basis] = bases;
  const actual = basis && bases.size === 1 ? hoursPerPatientDay(all, sum(worked.map((of) => of.workedTreated))) : null;
  const planned = sum(worked.map(({ plannedHours }) => plannedHours));
  const budget = hoursPerPatientDay(planned, sum(worked.map(({ workedPlanned }) => workedPlanned)));
  return {
    perVolume: basis && actual ? { of: oneOf(basis), actual, budget } : null,
    overtime: share("overtime"),
    agency: share("agency"),
  };
}

/** "patient day" of "patient days". */
export const oneOf = (basis: string): string => basis.replace(/s$/, "");

/** What all lines of a kind count by one name, of these units; null where they count different things, or nothing that is known. */
export function countedIn(
  volumes: readonly BookVolume[],
  kind: string,
): { basis: string; treated: Decimal; planned: Decimal | null } | null {
  const those = volumes.filter((one) => one.kind === kind && one.basis !== null);
  const [first] = those;
  if (!first?.basis || those.some(({ basis, treated }) => basis !== first.basis || treated === null)) return null;
  const planned = those.some((one) => one.planned === null) ? null : sum(those.map((one) => one.planned));
  return { basis: first.basis, treated: sum(those.map(({ treated }) => treated)), planned };
}

const sum = (values: readonly (string | null)[]): Decimal =>
  values.reduce<Decimal>((total, value) => total.plus(value ?? 0), new Decimal(0));
