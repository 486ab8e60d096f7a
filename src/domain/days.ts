import { DateTime } from "luxon";

/** The moment at which a day (`YYYY-MM-DD`) begins in a zone. */
export const startOfDay = (day: string, zone: string): Date =>
  DateTime.fromISO(day, { zone }).startOf("day").toJSDate();
