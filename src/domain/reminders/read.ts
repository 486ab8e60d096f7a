import type { Repeat } from "../../chat/form.ts";
import { type Named, named } from "../named.ts";

export interface ReminderDetails {
  id: string;
  number: number;
  what: string;
  every: Repeat;
  who: Named | null;
  by: Named;
  nextAt: Date | null;
  dueAt: Date | null;
  doneAt: Date | null;
}

/** With the names of who gave and who got it. */
export const withPeople = { who: named, by: named } as const;

// The column is text in the database; only the domain writes it, always one of these.
export const detailsOf = <Row extends { every: string }>(row: Row) => ({ ...row, every: row.every as Repeat });
