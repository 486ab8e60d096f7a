import type { Named } from "./named.ts";

/** What is known of every thing that waits for a person, whatever area it comes from. */
export interface Waits {
  /** The record, "INC-142". */
  about: string;
  /** When it is to be done; the list is in this order, and what is overdue or soon due is reminded of. */
  due: Date;
  /** Since when it waits for this person; of what came today, by their own act or another's, nobody is reminded today. */
  since: Date;
  /** Whose it is where it is another person's: the reader is their cover, or their manager and it is long overdue. */
  whose: Named | null;
}
