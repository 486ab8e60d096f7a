import type { Cell } from "../documents/table.ts";
import { withOffset } from "../domain/days.ts";
import { factors } from "../domain/incidents/causation.ts";
import type { ExportedIncident } from "../domain/incidents/export.ts";
import { detailsShown } from "../domain/incidents/followUp.ts";
import { merpCategories } from "../domain/incidents/merp.ts";
import { type Category, harms, kinds, reference, statuses } from "../domain/incidents/rules.ts";
import { answersInWords } from "./incidentDetails.ts";
import { label } from "./incidentWords.ts";

type Column = readonly [label: string, cell: (row: ExportedIncident, zone: string) => Cell];

/** The event categories as the Common Formats for hospitals, version 1.2, call them. https://pso.ahrq.gov/common */
const ahrqCategories: Record<Category, string> = {
  blood: "Blood or Blood Product",
  device: "Device or Medical/Surgical Supply, including Health Information Technology (HIT)",
  fall: "Fall",
  infection: "Healthcare-associated Infection",
  medication: "Medication or Other Substance",
  perinatal: "Perinatal",
  "pressure-injury": "Pressure Ulcer",
  surgery: "Surgery or Anesthesia",
  clot: "Venous Thromboembolism",
  other: "Other",
};

/**
 * Incidents as a table, in the words of the AHRQ Common Formats, hospital v1.2: report type, event category, harm scale. Times
 * are those of the facility's clock, with its offset.
 */
const columns: readonly Column[] = [
  ["Event ID", (row) => reference(row.number)],
  ["Report type", (row) => label(kinds, row.kind)],
  ["Event category", (row) => (row.category === null ? null : ahrqCategories[row.category])],
  ["AHRQ Harm Scale v1.2", (row) => label(harms, row.gradedHarm ?? row.harm)],
  ["Harm as reported", (row) => label(harms, row.harm)],
  ["Safety assessment code", (row) => row.sac],
  ["Location code", (row) => row.unit.code],
  ["Location", (row) => row.unit.name],
  ["Event date and time", (row, zone) => withOffset(row.happenedAt, zone)],
  ["Report date and time", (row, zone) => withOffset(row.reportedAt, zone)],
  ["Reporter", (row) => (typeof row.reporter === "string" ? `(${row.reporter})` : row.reporter.name)],
  ["Narrative", (row) => row.what],
  ["Immediate action", (row) => row.immediate],
  ["Informed", (row) => row.informed],
  ["Number in the system of record", (row) => row.sourceRef],
  ["Status", (row) => label(statuses, row.status)],
  ["Assigned to", (row) => row.assignee?.name ?? null],
  ["Acknowledged", (row, zone) => at(row.acknowledgedAt, zone)],
  ["Closed", (row, zone) => at(row.closedAt, zone)],
  [
    "NCC MERP category",
    ({ answers }) => (typeof answers.merp === "string" ? label(merpCategories, answers.merp) : null),
  ],
  [
    "Event details",
    (row) =>
      detailsShown(row)
        .flatMap((details) => answersInWords(details, row))
        .join("; ") || null,
  ],
  ["Contributing factors", (row) => row.factors.map((factor) => label(factors, factor)).join("; ")],
  ["What changed", (row) => row.changed],
  ["Merged into", (row) => (row.mergedInto === null ? null : reference(row.mergedInto.number))],
  ["Patient safety work product since", (row, zone) => at(row.privilegedAt, zone)],
];

const at = (moment: Date | null, zone: string): Cell => (moment === null ? null : withOffset(moment, zone));

export const incidentColumns = columns.map(([name]) => name);
export const incidentCells = (row: ExportedIncident, zone: string): Cell[] =>
  columns.map(([, cell]) => cell(row, zone));
