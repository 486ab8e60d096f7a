import { type Card, card, context, file, heading, list, paragraph } from "../chat/card.ts";
import { staff, text, time, words } from "../chat/text.ts";
import { csvFile } from "../documents/files.ts";
import type { Cell } from "../documents/table.ts";
import type { AuditRow } from "../domain/staff/auditTrail.ts";

const rowsShown = 8;

export const auditColumns = ["at", "actor", "action", "about"];
export const auditCells = (row: AuditRow): Cell[] => [row.at, row.actor?.name ?? "", row.action, row.about];

/** Who did what, newest first, with everything that was read as CSV beside it. */
export function auditCard(rows: readonly AuditRow[]): Card {
  if (rows.length === 0)
    return card(
      text`Nothing is recorded for that.`,
      heading(text`Audit`),
      paragraph(text`Nothing is recorded for that. Take a longer time, or another record.`),
    );
  const left = rows.length - rowsShown;
  return card(
    text`Audit`,
    heading(text`Audit`),
    list(
      rows.slice(0, rowsShown).map((row) => ({
        text: text`${words(row.action)} · ${row.about}`,
        detail: text`${time(row.at)} · ${row.actor ? staff(row.actor) : words("no name kept")}`,
      })),
    ),
    left > 0 ? [context(text`${left} more in the file`)] : [],
    file(csvFile("audit", auditColumns, rows.map(auditCells)), text`${rows.length} rows, newest first`),
  );
}
