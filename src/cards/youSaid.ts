import { button, buttons, type Card, card, context, heading, list, paragraph } from "../chat/card.ts";
import { data, join, type Text, text, words } from "../chat/text.ts";
import type { Heard } from "../domain/actions/youSaid.ts";
import { excerpt } from "./excerpt.ts";
import { kindOf } from "./incidentWords.ts";

const changesShown = 8;

/** "You said, we did": what a unit reported and what came of it, in kinds and counts. */
export function youSaidCard({ unit, month, reported, changed }: Heard): Card {
  const name = month.toLocaleDateString("en-GB", { month: "long", timeZone: "UTC" });
  const title = text`${unit.name} · ${words(name)} · you said, we did`;
  const count = reported.reduce((sum, one) => sum + one.count, 0);
  const left = changed.length - changesShown;
  return card(
    title,
    heading(title),
    paragraph(
      text`You said: ${count} ${words(count === 1 ? "report was" : "reports were")} closed in ${words(name)} · ${kinds(reported)}`,
    ),
    paragraph(text`We did:`),
    list(changed.slice(0, changesShown).map((one) => ({ text: text`${data(excerpt(one, 300))}` }))),
    left > 0 ? [context(text`${left} more`)] : [],
    context(text`Thank you for reporting. No report names who filed it here.`),
    buttons(button("Report an incident", "incident report")),
  );
}

const kinds = (reported: Heard["reported"]): Text =>
  join(
    reported.map((one) => text`${words(kindOf(one).toLowerCase())} ${one.count}`),
    ", ",
  );
