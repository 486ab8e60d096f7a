import { Decimal } from "decimal.js";

/** Inpatient days grown by the share of revenue that is earned outside of them; null without inpatient revenue. */
export const adjustedPatientDays = (
  inpatientDays: Decimal.Value,
  grossRevenue: Decimal.Value,
  grossInpatientRevenue: Decimal.Value,
): Decimal | null => ratio(new Decimal(inpatientDays).times(grossRevenue), grossInpatientRevenue);

/** Nursing hours per patient day (HPPD); null without patient days. Which hours count is the hospital's own rule. */
export const hoursPerPatientDay = (hours: Decimal.Value, patientDays: Decimal.Value): Decimal | null =>
  ratio(hours, patientDays);

const ratio = (part: Decimal.Value, whole: Decimal.Value): Decimal | null =>
  new Decimal(whole).isZero() ? null : new Decimal(part).dividedBy(whole);
