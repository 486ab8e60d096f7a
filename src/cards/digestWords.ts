import { counted, strong, type Text, text, words } from "../chat/text.ts";
import type { DigestLine } from "../domain/digests/digest.ts";
import type { Schedule, Timing } from "../domain/digests/schedule.ts";
import type { Reading } from "../domain/kpis/reading.ts";
import { figureInWords, shortName, variationInBrief, variationInWords, withMeasure } from "../domain/kpis/words.ts";
import { monthName } from "./budgetWords.ts";

/** Measures that a line names; more are counted. */
const named = 2;

/** Who reads it: in public it holds neither references nor names of lines. Another unit than that of the digest is named. */
interface Audience {
  inPublic: boolean;
  unitId: string;
}

/** One of the three lines. */
export function lineInWords(line: DigestLine, { inPublic, unitId }: Audience): Text {
  switch (line.type) {
    case "concern":
    case "improvement":
      return specialInWords(line.readings, unitId);
    case "clocks": {
      const [first] = line.clocks;
      if (inPublic || !first) return text`${words(brief(line))}.`;
      const more = line.clocks.length - 1;
      return text`${strong(first.reference)}: ${words(first.title)}, ${words(first.left)}${more === 0 ? text`.` : text`; ${words(counted(more, "more clock"))}.`}`;
    }
    case "actions": {
      const [first] = line.actions;
      if (inPublic || !first) return text`${words(brief(line))}.`;
      return text`${words(brief(line))}, the oldest ${strong(first.reference)} by ${words(counted(first.overdueDays, "day"))}.`;
    }
    case "unexplained": {
      const [first] = line.lines;
      const which = inPublic || !first || line.lines.length > named ? [] : text`: ${line.lines.join(", ")}`;
      return text`${words(brief(line))}${which}.`;
    }
    case "missing": {
      const [first] = line.readings;
      return line.readings.length === 1 && first
        ? text`${nameOf(first, unitId)}: ${words(variationInBrief(first))}.`
        : text`${words(brief(line))}.`;
    }
    case "ordinary":
      return text`${words(ordinaryInWords(line.count, line.others))}`;
    case "also":
      return text`Also: ${words(line.lines.map(brief).join(" · "))}.`;
  }
}

function specialInWords(readings: readonly Reading[], unitId: string): Text {
  const [first] = readings;
  if (readings.length !== 1 || !first)
    return text`${readings.length} measures show a special cause: ${readings
      .slice(0, named)
      .map((one) => nameOf(one, unitId))
      .join(", ")}${readings.length > named ? text` and ${readings.length - named} more` : []}.`;
  const { metric, latest, target } = first;
  const against = target === null ? [] : text`, target ${words(figureInWords(target))}`;
  return text`${strong(nameOf(first, unitId))}: ${words(lower(variationInWords(first)))} ${words(withMeasure(latest?.value, metric))}${against}.`;
}

/** "Falls", or "Falls in 5 East" where the digest is of more than one unit. */
const nameOf = ({ metric, unit }: Reading, unitId: string): string =>
  unit.id === unitId ? shortName(metric) : `${shortName(metric)} in ${unit.name}`;

const lower = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);

function ordinaryInWords(count: number, others: boolean): string {
  if (count === 1) return `${others ? "One other measure" : "The one measure"} shows ordinary variation. No action.`;
  return `${others ? `The other ${count}` : `All ${count}`} measures show ordinary variation. No action.`;
}

/** The same in a few words, for a line of many. */
function brief(line: DigestLine): string {
  switch (line.type) {
    case "concern":
    case "improvement":
      return counted(line.readings.length, line.type);
    case "clocks":
      return `${counted(line.clocks.length, "clock")} about to run over, or over already`;
    case "actions":
      return counted(line.actions.length, "overdue action");
    case "unexplained":
      return `${counted(line.lines.length, "variance")} of ${monthName(line.month)} not explained yet`;
    case "missing":
      return `${counted(line.readings.length, "measure")} without a current figure`;
    case "ordinary":
      return `${counted(line.count, "measure")} with ordinary variation, no action`;
    case "also":
      return line.lines.map(brief).join(" · ");
  }
}

const often: Record<Schedule, string> = {
  daily: "every day",
  weekdays: "on weekdays",
  weekly: "on the first working day of the week",
  monthly: "on the first working day of the month",
};

/** "on weekdays at 07:30, America/New_York". */
export const timingInWords = ({ schedule, at, zone }: Timing): string => `${often[schedule]} at ${at}, ${zone}`;
