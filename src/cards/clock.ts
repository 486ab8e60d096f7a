import {
  type Block,
  button,
  buttons,
  type Card,
  card,
  context,
  type Fact,
  facts,
  formButton,
  heading,
  list,
  paragraph,
} from "../chat/card.ts";
import { data, date, type Text, text, time, words } from "../chat/text.ts";
import { type ClockDetails, type ClockLine, type ClockPage, reference } from "../domain/clocks/read.ts";
import type { ClockRule } from "../domain/clocks/rules.ts";
import { causeInWords } from "./clockEntry.ts";

/** Clocks that the card of a record shows: those that are due first. */
const clocksShown = 3;

/** "CLK-3 · INC-142 · 4 West": number, record and unit, and never a narrative. */
export const clockTitle = ({ number, about }: Pick<ClockDetails, "number" | "about">): Text =>
  about
    ? text`${words(reference(number))} · ${words(about.reference)} · ${about.unit}`
    : text`${words(reference(number))}`;

/** When it is due and how long that is: "Fri 27 Nov · 4 business days left". */
export const dueInWords = ({ rule, dueAt, left }: Pick<ClockDetails, "rule" | "dueAt" | "left">): Text =>
  text`${due(rule, dueAt)}${left === undefined ? [] : text` · ${words(left)}`}`;

const due = (rule: ClockRule, at: Date) => (rule.unit === "hours" ? time(at) : date(at));

/** What is due on a record, for its card: the first ones, and how many more there are. */
export function dueFacts(lines: readonly ClockLine[]): Fact[] {
  const more = lines.length - clocksShown;
  return [
    ...lines.slice(0, clocksShown).map((line) => ({
      label: "Due",
      value: text`${words(line.rule.title)}, ${dueInWords(line)}`,
    })),
    ...(more > 0 ? [{ label: "Due later", value: text`${more} more, under “clock list”` }] : []),
  ];
}

/** The clocks that were started by what was done at a moment. */
export const startedAt = (lines: readonly ClockLine[], at: Date): ClockLine[] =>
  lines.filter((line) => line.startedAt.getTime() === at.getTime());

/** Which clocks were started: why, by what source, and the way back. */
export function startedClocks(started: readonly ClockLine[], mayWithdraw: boolean): Block[] {
  return [...Map.groupBy(started, ({ because }) => because)].flatMap(([because, alike]) => [
    paragraph(
      text`${words(alike.length === 1 ? "A clock was started" : `${alike.length} clocks were started`)}, because ${words(causeInWords(because))}:`,
    ),
    list(
      alike.map(({ number, rule, dueAt }) => ({
        text: text`${words(rule.title)}, by ${due(rule, dueAt)}`,
        detail: text`${words(reference(number))} · to ${words(rule.to)} · ${words(rule.source)}`,
        ...(mayWithdraw && {
          button: formButton("Started wrongly", "clock withdraw", { clock: reference(number) }),
        }),
      })),
    ),
  ]);
}

export function clockCard(clock: ClockDetails): Card {
  const { rule, about, state, may } = clock;
  const because = causeInWords(clock.because);
  const given = { clock: reference(clock.number) };
  const shown: Fact[] = [
    {
      label: state === "running" || state === "paused" ? "Due" : "Was due",
      value: state === "running" || state === "paused" ? dueInWords(clock) : text`${due(rule, clock.dueAt)}`,
    },
    { label: "To", value: text`${words(rule.to)}` },
    { label: "Counted from", value: text`${time(clock.startAt)}` },
    { label: "When", value: text`${words(rule.when)}` },
    ...(because === "" ? [] : [{ label: "Started because", value: text`${words(because)}` }]),
    { label: "Source", value: text`${words(rule.source)}` },
    ...(clock.reason === null ? [] : [{ label: "Reason", value: text`${data(clock.reason)}` }]),
  ];
  return card(
    text`${clockTitle(clock)}: ${words(rule.title)}`,
    heading(clockTitle(clock)),
    paragraph(text`${words(rule.title)}${clock.endedAt ? text` · ${words(state)} ${time(clock.endedAt)}` : []}`),
    facts(...shown),
    buttons(
      ...(may.run ? [button("Done", "clock done", given, "primary")] : []),
      ...(may.pause && state === "running" ? [formButton("Pause", "clock pause", given)] : []),
      ...(may.pause && state === "paused" ? [button("Resume", "clock resume", given)] : []),
      ...(may.run ? [formButton("Shorten", "clock shorten", given)] : []),
      ...(may.withdraw ? [formButton("Started wrongly", "clock withdraw", given)] : []),
      ...(about?.reference.startsWith("INC-") ? [button("Open", "incident show", { incident: about.reference })] : []),
      ...(about?.reference.startsWith("GRV-")
        ? [button("Open", "grievance show", { grievance: about.reference })]
        : []),
    ),
    rule.authority === "facility" || rule.authority === "promise"
      ? []
      : [context(text`State law, contracts and your policies can ask for it sooner. Nothing here is legal advice.`)],
  );
}

export function clockListCard({ rows, hasMore }: ClockPage): Card {
  const last = rows.at(-1);
  if (!last)
    return card(
      text`No clock runs.`,
      heading(text`Clocks`),
      paragraph(
        text`No clock runs that you may see. Grading an incident and answering its questions start those it implies.`,
      ),
    );
  return card(
    text`Clocks, the first one due first`,
    heading(text`Clocks`),
    list(
      rows.map((clock) => ({
        text: text`${words(clock.rule.title)}${clock.about ? text` · ${words(clock.about.reference)}` : []}`,
        detail: text`${words(reference(clock.number))} · ${dueInWords(clock)}`,
        button: button("Open", "clock show", { clock: reference(clock.number) }),
      })),
    ),
    hasMore ? [buttons(button("Later ones", "clock list", { after: reference(last.number) }))] : [],
  );
}
