import type { Cell } from "../documents/table.ts";
import { withOffset } from "../domain/days.ts";
import { factors } from "../domain/incidents/causation.ts";
import type { ExportedIncident } from "../domain/incidents/export.ts";
import { categories, harms, kinds, reference, statuses } from "../domain/incidents/rules.ts";
import { label } from "./incidentWords.ts";

type Column = readonly [label: string, cell: (row: ExportedIncident, zone: string) => Cell];

/**
 * Incidents as a table, in the words of the AHRQ Common Formats, hospital v1.2 (https://pso.ahrq.gov/common): report type,
 * event category, harm scale. Times are those of the facility's clock, with its offset.
 */
const columns: readonly Column[] = [
  ["Event ID", (row) => reference(row.number)],
  ["Report type", (row) => label(kinds, row.kind)],
  ["Event category", (row) => (row.category === null ? null : label(categories, row.category))],
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
  ["Contributing factors", (row) => row.factors.map((factor) => label(factors, factor)).join("; ")],
  ["What changed", (row) => row.changed],
  ["Merged into", (row) => (row.mergedInto === null ? null : reference(row.mergedInto.number))],
  ["Patient safety work product since", (row, zone) => at(row.privilegedAt, zone)],
];

const at = (moment: Date | null, zone: string): Cell => (moment === null ? null : withOffset(moment, zone));

export const incidentColumns = columns.map(([name]) => name);
export const incidentCells = (row: ExportedIncident, zone: string): Cell[] =>
  columns.map(([, cell]) => cell(row, zone));
