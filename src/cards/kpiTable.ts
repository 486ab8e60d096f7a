import type { Cell } from "../documents/table.ts";
import { withOffset } from "../domain/days.ts";
import type { ExportedFigure } from "../domain/kpis/export.ts";

type Column = readonly [label: string, cell: (row: ExportedFigure, zone: string) => Cell];

/** Figures of measures as a table: what an import of them takes first, then what it is. */
const columns: readonly Column[] = [
  ["unit", ({ unit }) => unit.code],
  ["period", ({ startOn }) => startOn],
  ["metric", ({ metric }) => metric.code],
  ["numerator", ({ numerator }) => numerator],
  ["denominator", ({ denominator }) => denominator],
  ["value", ({ value }) => value],
  ["figure", ({ figure }) => figure],
  ["in", ({ metric }) => metric.measure],
  ["unit name", ({ unit }) => unit.name],
  ["metric name", ({ metric }) => metric.name],
  ["every", ({ metric }) => metric.period],
  ["source", ({ source }) => source],
  ["as of", ({ asOf }, zone) => withOffset(asOf, zone)],
  ["note", ({ hidden }) => (hidden ? "not shown: of too few people" : null)],
];

export const figureColumns = columns.map(([name]) => name);
export const figureCells = (row: ExportedFigure, zone: string): Cell[] => columns.map(([, cell]) => cell(row, zone));
