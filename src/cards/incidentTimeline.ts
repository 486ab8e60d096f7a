import { type Block, context, list } from "../chat/card.ts";
import { counted, type Span, staff, type Text, text, time, words } from "../chat/text.ts";
import type { IncidentDetails } from "../domain/incidents/read.ts";
import { actionEntry } from "./actionWords.ts";
import { clockEntry } from "./clock.ts";
import { excerpt } from "./excerpt.ts";
import { handled } from "./incidentHandled.ts";
import { person } from "./incidentWords.ts";

/** Entries that a card shows: the last ones. */
const entriesShown = 6;

/** What happened to it, the last entries. */
export function timeline(incident: IncidentDetails): Block[] {
  const entries = incident.timeline.filter((entry) => entry.kind !== "reported");
  if (entries.length === 0) return [];
  const left = entries.length - entriesShown;
  return [
    list(entries.slice(-entriesShown).map((entry) => ({ text: text`${time(entry.at)} · ${entryWords(entry)}` }))),
    ...(left > 0 ? [context(text`${words(counted(left, "earlier entry", "earlier entries"))} not shown`)] : []),
  ];
}

type Entry = IncidentDetails["timeline"][number];

const left = ({ details }: Entry): Text =>
  typeof details.left === "number" && details.left > 0
    ? text`, with ${details.left} ${words(details.left === 1 ? "action" : "actions")} left open`
    : [];

/** What an entry tells, without its time; `whole` where there is room for all that was written. */
export function entryWords(entry: Entry, whole = false): Text {
  const by = entry.actor === "the reporter" ? words("The reporter") : actor(entry);
  const ofClock = clockEntry(entry);
  if (ofClock) return text`${by} ${ofClock}`;
  switch (entry.kind) {
    case "detailed":
      return text`${by} answered questions about it`;
    case "reported":
      return text`${entry.actor === null ? words("Somebody") : by} reported it`;
    case "acknowledged":
      return text`${by} acknowledged it`;
    case "assigned":
      return text`${by} assigned it to ${person(entry.about)}`;
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
