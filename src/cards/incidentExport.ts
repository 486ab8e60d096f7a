import { type Card, card, context, file, heading, notice, paragraph } from "../chat/card.ts";
import { counted, text, words } from "../chat/text.ts";
import { csvFile, workbookFile } from "../documents/files.ts";
import { isPrivileged } from "../domain/incidents/rules.ts";
import type { IncidentExport } from "../domain/incidents/service.ts";
import { incidentCells, incidentColumns } from "./incidentTable.ts";

export const formats = [
  { code: "xlsx", label: "Excel workbook" },
  { code: "csv", label: "CSV" },
] as const;
export type Format = (typeof formats)[number]["code"];

/** The file of what was asked for, in words as the list tells it. */
export async function incidentExportCard({ rows, more, zone }: IncidentExport, format: Format): Promise<Card> {
  const title = text`Incidents for a spreadsheet`;
  if (rows.length === 0)
    return card(
      title,
      heading(title),
      paragraph(text`No incident is chosen by that, so there is no file. Take a longer time, or fewer filters.`),
    );
  const cells = rows.map((row) => incidentCells(row, zone));
  const table =
    format === "csv"
      ? csvFile("incidents", incidentColumns, cells)
      : await workbookFile("incidents", [{ name: "Incidents", columns: incidentColumns, rows: cells }]);
  return card(
    title,
    heading(title),
    more
      ? [
          notice(
            "warning",
            text`These are the newest ${rows.length}, and there are more. Narrow it, or use “rounds export incidents” on the server.`,
          ),
        ]
      : [],
    rows.some(isPrivileged)
      ? [
          notice(
            "warning",
            text`Some are patient safety work product, and marked in the last column. Keep the file where they belong.`,
          ),
        ]
      : [],
    file(table, text`${words(counted(rows.length, "incident"))}, newest first`),
    context(text`It holds what you may see, with the texts. Times are in ${words(zone)}.`),
  );
}
