const months = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

/** Whether “03/04/2026” is the fourth of March or the third of April. */
export type SlashOrder = "month-first" | "day-first";

const slashed = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/;

/** What a date with slashes proves of their order; undefined where it may be either, and for other dates. */
export function orderIn(cell: string): SlashOrder | undefined {
  const [, first, second] = slashed.exec(dayOf(cell)) ?? [];
  if (Number(first) > 12) return "day-first";
  return Number(second) > 12 ? "month-first" : undefined;
}

/**
 * The moment at which a period begins, in milliseconds, for sorting: of a month, a day or a date-time, as ISO writes it, with slashes, or
 * with the month's name. Undefined for no date.
 */
export function periodIn(cell: string, order: SlashOrder): number | undefined {
  const parts = slashParts(dayOf(cell), order) ?? namedParts(dayOf(cell)) ?? isoParts(dayOf(cell));
  if (!parts) return undefined;
  const [written = 0, month = 1, day = 1] = parts;
  const year = written < 100 ? 2000 + written : written;
  const [hour = 0, minute = 0, second = 0] = timeOf(cell).split(":").map(Number);
  const moment = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const whole = moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day && hour < 24 && minute < 60;
  return whole ? moment.getTime() : undefined;
}

const timed = /^(\S+)[T ](\d{1,2}:\d\d(?::\d\d)?)(?:\.\d+)?Z?$/;
const dayOf = (cell: string): string => timed.exec(cell)?.[1] ?? cell;
const timeOf = (cell: string): string => timed.exec(cell)?.[2] ?? "";

function isoParts(text: string): number[] | undefined {
  const found = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?|-?Q([1-4]))?$/i.exec(text);
  if (!found) return undefined;
  const [, year, month, day, quarter] = found;
  return [Number(year), quarter ? Number(quarter) * 3 - 2 : Number(month ?? 1), Number(day ?? 1)];
}

function slashParts(text: string, order: SlashOrder): number[] | undefined {
  const month = /^(\d{1,2})[/.-](\d{4})$/.exec(text);
  if (month) return [Number(month[2]), Number(month[1])];
  const found = slashed.exec(text);
  if (!found) return undefined;
  const [first, second, year] = found.slice(1).map(Number);
  const dayFirst = order === "day-first" || text.includes(".");
  return dayFirst ? [year ?? 0, second ?? 0, first ?? 0] : [year ?? 0, first ?? 0, second ?? 0];
}

/** “15 Jan 2026”, “Jan 15, 2026”, “January 2026”, “Jan-26”. */
function namedParts(text: string): number[] | undefined {
  const found =
    /^(?<day>\d{1,2})[ -](?<name>[a-z]{3,9})\.?[ -](?<year>\d{4}|\d\d)$|^(?<name>[a-z]{3,9})\.? (?<day>\d{1,2}),? (?<year>\d{4})$|^(?<name>[a-z]{3,9})\.?[ -](?<year>\d{4}|\d\d)$/i.exec(
      text,
    )?.groups;
  if (!found?.name || !found.year) return undefined;
  const name = found.name.toLowerCase();
  const month = months.findIndex((one) => one.startsWith(name.replace(/^sept$/, "sep"))) + 1;
  return month === 0 ? undefined : [Number(found.year), month, Number(found.day ?? 1)];
}
