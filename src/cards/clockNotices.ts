import { button, buttons, type Card, card, heading, notice, paragraph } from "../chat/card.ts";
import { type Text, text, time, words } from "../chat/text.ts";
import type { ClockDetails } from "../domain/clocks/read.ts";
import { reference } from "../domain/clocks/read.ts";
import { causesInWords } from "../domain/incidents/implied.ts";
import type { ClockNotice } from "../domain/notices.ts";
import { clockTitle, dueInWords } from "./clock.ts";
import { clockCauseInWords } from "./grievanceWords.ts";

/** Tells one person of a clock: number, record and unit, what is to be done by when, never the narrative. */
export function clockNoticeCard(kind: ClockNotice, clock: ClockDetails, now: Date): Card {
  const title = clockTitle(clock);
  const { rule } = clock;
  const isOver = clock.dueAt < now;
  const because = causesInWords(clock.because) || clockCauseInWords(clock.because);
  const due = text`${words(isOver ? "It was due" : "Due")} ${dueInWords(clock)}. It goes to ${words(rule.to)} (${words(rule.source)}).`;
  return card(
    text`${words(summaries[kind])}: ${title}`,
    heading(title),
    isOver ? [notice("urgent", text`${words(rule.title)}: overdue.`)] : [paragraph(text`${words(rule.title)}`)],
    paragraph(due),
    kind === "clock-started" && because !== "" ? [paragraph(startedWhy(because))] : [],
    buttons(
      ...(clock.may.run ? [button("Done", "clock done", { clock: reference(clock.number) }, "primary")] : []),
      button("Open", "clock show", { clock: reference(clock.number) }),
    ),
  );
}

const summaries: Record<ClockNotice, string> = {
  "clock-started": "A clock was started",
  "clock-due-soon": "Due soon",
  "clock-overdue": "Overdue",
};

const startedWhy = (because: string): Text => text`It was started because ${words(because)}.`;

/** What the message of a clock says once it has ended or stands still. */
export function clockOverCard(clock: ClockDetails): Card {
  const title = clockTitle(clock);
  return card(
    text`${title}: ${words(clock.state)}`,
    heading(title),
    paragraph(
      text`${words(clock.rule.title)} · ${words(clock.state)}${clock.endedAt ? text` ${time(clock.endedAt)}` : []}`,
    ),
    buttons(button("Open", "clock show", { clock: reference(clock.number) })),
  );
}
