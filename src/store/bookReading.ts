import { type BookMonthSum, type BookMonthsChoice, bookMonths } from "./bookMonths.ts";
import { type BookChoice, type BookSum, bookSums } from "./bookSums.ts";
import { type BookVolume, type BookVolumesChoice, bookVolumes } from "./bookVolumes.ts";
import type { Pools } from "./statement.ts";

export type { BookMonthSum } from "./bookMonths.ts";
export type { BookBy, BookSum } from "./bookSums.ts";
export type { BookVolume } from "./bookVolumes.ts";

/** What the books of an organisation come to, each as one statement however many lines there are. */
export interface BookReading {
  /** Sums of lines, split into what moved them. */
  bookSums(choice: Omit<BookChoice, "organisationId">): Promise<BookSum[]>;
  /** Volumes and worked hours of units. */
  bookVolumes(choice: Omit<BookVolumesChoice, "organisationId">): Promise<BookVolume[]>;
  /** Month by month. */
  bookMonths(choice: Omit<BookMonthsChoice, "organisationId">): Promise<BookMonthSum[]>;
}

export const bookReading = (pools: Pools, organisationId: string): BookReading => ({
  bookSums: (choice) => bookSums(pools, { ...choice, organisationId }),
  bookVolumes: (choice) => bookVolumes(pools, { ...choice, organisationId }),
  bookMonths: (choice) => bookMonths(pools, { ...choice, organisationId }),
});
