import { type Block, context, list } from "../chat/card.ts";
import { type Span, staff, type Text, text, time, words } from "../chat/text.ts";
import type { IncidentDetails } from "../domain/incidents/read.ts";
import { excerpt } from "./excerpt.ts";
import { person } from "./incidentWords.ts";

/** Entries that a card shows: the last ones. */
const entriesShown = 6;

/** What happened to it, the last entries. */
export function timeline(incident: IncidentDetails): Block[] {
  const entries = incident.timeline.filter((entry) => entry.kind !== "reported");
  if (entries.length === 0) return [];
  const left = entries.length - entriesShown;
  return [
    list(entries.slice(-entriesShown).map((entry) => ({ text: text`${time(entry.at)} · ${entryText(entry)}` }))),
    ...(left > 0 ? [context(text`${left} earlier ${words(left === 1 ? "entry" : "entries")} not shown`)] : []),
  ];
}

type Entry = IncidentDetails["timeline"][number];

function entryText(entry: Entry): Text {
  const by = entry.actor === "the reporter" ? words("The reporter") : actor(entry);
  switch (entry.kind) {
    case "acknowledged":
      return text`${by} acknowledged it`;
    case "assigned":
      return text`${by} assigned it to ${person(entry.about)}`;
    case "closed":
      return text`${by} closed it`;
    case "escalated":
      return text`nobody had acknowledged it; ${person(entry.about)} was told`;
    default:
      return text`${by}${words(entry.source === null ? "" : " added a message")}: ${excerpt(entry.text ?? "", 600)}`;
  }
}

/** Who did it, inside a sentence. */
export const actor = ({ actor: by }: Entry): Span =>
  by === null ? words("Rounds") : by === "the reporter" ? words("the reporter") : staff(by);
