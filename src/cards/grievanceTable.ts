import type { Cell } from "../documents/table.ts";
import { fromColumn, withOffset } from "../domain/days.ts";
import type { ExportedGrievance } from "../domain/grievances/export.ts";
import { channels, reference, sorts, statuses } from "../domain/grievances/rules.ts";
import { label } from "./incidentWords.ts";

type Column = readonly [label: string, cell: (row: ExportedGrievance, zone: string) => Cell];

/** Complaints and grievances as a table. Times are those of the facility's clock, with its offset. */
const columns: readonly Column[] = [
  ["Number", (row) => reference(row.number)],
  ["Sort", (row) => label(sorts, row.sort)],
  ["Decided because", (row) => row.because],
  ["Overruled because", (row) => row.overruled],
  ["Location code", (row) => row.unit.code],
  ["Location", (row) => row.unit.name],
  ["Received", (row) => fromColumn(row.receivedOn)],
  ["Channel", (row) => label(channels, row.channel)],
  ["What was said", (row) => row.what],
  ["Logged", (row, zone) => withOffset(row.loggedAt, zone)],
  ["Logged by", (row) => row.loggedBy.name],
  ["Status", (row) => label(statuses, row.status)],
  ["Assigned to", (row) => row.assignee?.name ?? null],
  ["Acknowledged", (row, zone) => at(row.acknowledgedAt, zone)],
  ["Extended by days", (row) => row.extendedDays],
  ["Contact", (row) => row.contact],
  ["Steps taken", (row) => row.steps],
  ["Results", (row) => row.results],
  ["Completed", (row) => (row.completedOn === null ? null : fromColumn(row.completedOn))],
  ["Closed", (row, zone) => at(row.closedAt, zone)],
  ["What changed", (row) => row.changed],
];

const at = (moment: Date | null, zone: string): Cell => (moment === null ? null : withOffset(moment, zone));

export const grievanceColumns = columns.map(([name]) => name);
export const grievanceCells = (row: ExportedGrievance, zone: string): Cell[] =>
  columns.map(([, cell]) => cell(row, zone));
