import { data, type Text, text, words } from "../chat/text.ts";
import { ruleOf } from "../domain/clocks/presets.ts";
import { causesInWords } from "../domain/incidents/implied.ts";
import { clockCauseInWords } from "./grievanceWords.ts";

/** An entry of a timeline, as far as it may be about a clock. */
interface Entry {
  at: Date;
  kind: string;
  text: string | null;
  details: unknown;
}

/** What a timeline says in one sentence: an entry, or several that tell of one deed. */
export type Line<Known = Entry> = readonly [Known, ...Known[]];

/** Why a clock was started, after "because"; empty where somebody started it by hand. */
export const causeInWords = (because: string): string => causesInWords(because) || clockCauseInWords(because);

/** Clocks that were started at the same moment, by one deed, are one line. */
export function together<Known extends Entry>(entries: readonly Known[]): Line<Known>[] {
  const lines: [Known, ...Known[]][] = [];
  for (const entry of entries) {
    const line = lines.at(-1);
    if (line && isStart(entry) && isStart(line[0]) && line[0].at.getTime() === entry.at.getTime()) line.push(entry);
    else lines.push([entry]);
  }
  return lines;
}

const isStart = ({ kind }: Entry): boolean => kind === "clock-started";

/** What is told of clocks after the actor; undefined where the line is about something else. */
export function clockEntry([first, ...others]: Line): Text | undefined {
  const done = clockVerbs[first.kind];
  const { rule } = clockIn(first);
  if (done === undefined || rule === undefined) return undefined;
  const clocks = [first, ...others].map(clockIn);
  const cause = causeInWords([...new Set(clocks.flatMap(({ because = "" }) => because.split(" ")))].join(" "));
  const why = words(cause === "" ? "" : `, because ${cause}`);
  if (others.length === 0)
    return text`${words(`${done} the clock ${named(rule)}`)}${why}${first.text === null ? [] : text`: ${data(first.text)}`}`;
  const titles = clocks.flatMap((clock) => (clock.rule === undefined ? [] : named(clock.rule)));
  return text`${words(done)} ${titles.length} clocks${why}: ${words(titles.join(", "))}`;
}

const named = (rule: string): string => `“${ruleOf(rule).title}”`;

const clockIn = ({ details }: Entry): { rule?: string; because?: string } =>
  Object.fromEntries(Object.entries(details ?? {}).filter(([, value]) => typeof value === "string"));

const clockVerbs: Readonly<Record<string, string>> = {
  "clock-started": "started",
  "clock-met": "met",
  "clock-withdrawn": "withdrew",
  "clock-shortened": "shortened",
  "clock-paused": "paused",
  "clock-resumed": "resumed",
};
