import { type Card, notice } from "../chat/card.ts";
import { text } from "../chat/text.ts";
import type { Noted } from "../domain/incidents/note.ts";
import { incidentCard } from "./incident.ts";
import { actor } from "./incidentTimeline.ts";

/** The incident after a note; a message that was there already is said to be. */
export function notedCard({ incident, addedBefore }: Noted): Card {
  const card = incidentCard(incident);
  if (addedBefore === undefined) return card;
  const before = text`This message was added before, by ${actor(addedBefore)}. Nothing was added now.`;
  const [title, ...rest] = card.blocks;
  return { ...card, blocks: [...(title ? [title] : []), notice("info", before), ...rest] };
}
