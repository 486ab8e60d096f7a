import { type Block, context, list } from "../chat/card.ts";
import { staff, type Text, text, time, words } from "../chat/text.ts";
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

function entryText(entry: IncidentDetails["timeline"][number]): Text {
  const by =
    entry.actor === null
      ? words("Rounds")
      : entry.actor === "the reporter"
        ? words("The reporter")
        : staff(entry.actor);
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
      return text`${by}: ${excerpt(entry.text ?? "", 600)}`;
  }
}
