import { type Block, context, list } from "../chat/card.ts";
import { counted, type Span, staff, type Text, text, time, words } from "../chat/text.ts";
import type { GrievanceDetails } from "../domain/grievances/read.ts";
import { actionEntry } from "./actionWords.ts";
import { clockEntry, type Line, together } from "./clockEntry.ts";
import { excerpt } from "./excerpt.ts";
import { person } from "./incidentWords.ts";

/** Lines that a card shows: the last ones. */
const linesShown = 6;

type Entry = GrievanceDetails["timeline"][number];

/** What happened to it, the last of it. */
export function grievanceTimeline({ timeline }: GrievanceDetails): Block[] {
  const lines = together(timeline.filter((entry) => entry.kind !== "logged"));
  if (lines.length === 0) return [];
  const left = lines.length - linesShown;
  return [
    list(lines.slice(-linesShown).map((line) => ({ text: text`${time(line[0].at)} · ${entryText(line)}` }))),
    ...(left > 0 ? [context(text`${words(counted(left, "earlier entry", "earlier entries"))} not shown`)] : []),
  ];
}

function entryText(line: Line<Entry>): Text {
  const [entry] = line;
  const by = actor(entry);
  const said = excerpt(entry.text ?? "", 600);
  const ofClock = clockEntry(line);
  if (ofClock) return text`${by} ${ofClock}`;
  switch (entry.kind) {
    case "acknowledged":
      return text`${by} acknowledged it`;
    case "assigned":
      return entry.actor === null
        ? text`whoever had it left; it is ${person(entry.about)}’s now`
        : text`${by} assigned it to ${person(entry.about)}`;
    case "escalated":
      return text`nobody had acknowledged it; ${person(entry.about)} was told`;
    case "extended":
      return text`${by} extended it by ${words(counted(Number(detail(entry, "days")), "day"))}: ${said}`;
    case "resolved":
      return text`${by} resolved it`;
    case "closed":
      return text`${by} closed it`;
    case "reopened":
      return text`${by} reopened it: ${said}`;
    case "overruled":
      return text`${by} decided that it is a ${words(String(detail(entry, "sort")))}: ${said}`;
    case "steps":
      return text`${by}, steps taken: ${said}`;
    case "results":
      return text`${by}, results: ${said}`;
    default:
      return actionEntry(entry, by) ?? text`${by}: ${said}`;
  }
}

const actor = ({ actor: by }: Entry): Span => (by === null ? words("Rounds") : staff(by));

/** Beside the text of an entry, as the domain wrote it. */
const detail = ({ details }: Entry, name: string): unknown =>
  details !== null && typeof details === "object" ? Object.entries(details).find(([key]) => key === name)?.[1] : "";
