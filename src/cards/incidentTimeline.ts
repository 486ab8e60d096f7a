import { type Block, context, list } from "../chat/card.ts";
import { counted, type Span, staff, type Text, text, time, words } from "../chat/text.ts";
import type { IncidentDetails } from "../domain/incidents/read.ts";
import { actionEntry } from "./actionWords.ts";
import { clockEntry, type Line, together } from "./clockEntry.ts";
import { excerpt } from "./excerpt.ts";
import { handled } from "./incidentHandled.ts";
import { person } from "./incidentWords.ts";

/** Lines that a card shows: the last ones. */
const linesShown = 6;

/** What happened to it, the last of it. */
export function timeline(incident: IncidentDetails): Block[] {
  const lines = together(incident.timeline.filter((entry) => entry.kind !== "reported"));
  if (lines.length === 0) return [];
  const left = lines.length - linesShown;
  return [
    list(lines.slice(-linesShown).map((line) => ({ text: text`${time(line[0].at)} · ${entryWords(line)}` }))),
    ...(left > 0 ? [context(text`${words(counted(left, "earlier entry", "earlier entries"))} not shown`)] : []),
  ];
}

type Entry = IncidentDetails["timeline"][number];

const left = ({ details }: Entry): Text =>
  typeof details.left === "number" && details.left > 0
    ? text`, with ${details.left} ${words(details.left === 1 ? "action" : "actions")} left open`
    : [];

/** What a line tells, without its time; `whole` where there is room for all that was written. */
export function entryWords(line: Line<Entry>, whole = false): Text {
  const [entry] = line;
  const by = entry.actor === "the reporter" ? words("The reporter") : actor(entry);
  const ofClock = clockEntry(line);
  if (ofClock) return text`${by} ${ofClock}`;
  switch (entry.kind) {
    case "detailed":
      return text`${by} answered questions about it`;
    case "reported":
      return text`${entry.actor === null ? words("Somebody") : by} reported it`;
    case "acknowledged":
      return text`${by} acknowledged it`;
    case "assigned":
      return entry.actor === null
        ? text`whoever had it left; it is ${person(entry.about)}’s now`
        : text`${by} assigned it to ${person(entry.about)}`;
    case "question":
      return text`${by} asked the reporter: ${excerpt(entry.text ?? "", 600)}`;
    case "answer":
      return text`${by} answered: ${excerpt(entry.text ?? "", 600)}`;
    case "closed":
      return text`${by} closed it${left(entry)}${whole && entry.text !== null ? text`: ${entry.text}` : []}`;
    case "escalated":
      return text`nobody had acknowledged it; ${person(entry.about)} was told`;
    case "note":
      return text`${by}${words(entry.source === null ? "" : " added a message")}: ${whole ? (entry.text ?? "") : excerpt(entry.text ?? "", 600)}`;
    default:
      return actionEntry(entry, by) ?? text`${by} ${handled(entry, whole)}`;
  }
}

/** Who did it, inside a sentence. */
export const actor = ({ actor: by }: Entry): Span =>
  by === null ? words("Rounds") : by === "the reporter" ? words("the reporter") : staff(by);
