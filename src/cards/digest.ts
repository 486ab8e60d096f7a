import {
  type Block,
  type Button,
  button,
  buttons,
  type Card,
  card,
  context,
  formButton,
  heading,
  type Input,
  type ListItem,
  list,
  notice,
  paragraph,
  withButtons,
} from "../chat/card.ts";
import { join, strong, type Text, text, time, words } from "../chat/text.ts";
import { toColumn } from "../domain/days.ts";
import type { DigestView } from "../domain/digests/service.ts";
import { periodInWords } from "../domain/kpis/periods.ts";
import type { Reading } from "../domain/kpis/reading.ts";
import { figureInWords, shortName, usualRange, variationInBrief, withMeasure } from "../domain/kpis/words.ts";
import { addAction } from "./actionAbout.ts";
import { day } from "./day.ts";
import { lineInWords, timingInWords } from "./digestWords.ts";
import { kpiPicture } from "./kpiPicture.ts";

/**
 * A unit's digest on one screen of a phone.
 * @param preview it is shown to whoever may send it to the place
 * @param lateFrom when it was promised, where it comes late
 */
export async function digestCard(
  digest: DigestView,
  { preview, lateFrom }: { preview?: boolean; lateFrom?: Date | undefined } = {},
): Promise<Card> {
  const { unit, inPublic, lines, rows, today, drawn } = digest;
  const title = text`${unit.name} · digest`;
  const said = lines.map((line) => lineInWords(line, { inPublic, unitId: unit.id }));
  return card(
    inPublic || !said[0] ? title : text`${title}: ${said[0]}`,
    heading(text`${unit.name} · ${dayOf(today)}`),
    lateFrom ? notice("info", text`Late: it was due ${time(lateFrom)}.`) : [],
    said.length === 0
      ? paragraph(text`No measure is switched on here, and nothing waits.`)
      : said.map((line, place) => paragraph(text`${place + 1}  ${line}`)),
    rows.length === 0 ? [] : list(rows.map((reading) => row(reading, digest))),
    drawn ? await kpiPicture(inPublic ? { ...drawn, marks: [] } : drawn) : [],
    context(footer(digest)),
    ways(digest, preview === true),
  );
}

const dayOf = (written: string) => day(toColumn(written));

/** A special cause has a button of its own; where somebody is at it already, the one that shows what is done. */
function row(reading: Reading, { unit, underway, inPublic, today }: DigestView): ListItem {
  const { metric, latest, target, special } = reading;
  const place = reading.unit.id === unit.id ? [] : text` · ${reading.unit.name}`;
  const doing =
    special && !inPublic
      ? underway.find((one) => one.metric === metric.code && one.unitId === reading.unit.id)
      : undefined;
  const parts = [
    ...(latest ? [text`usual ${words(usualRange(reading))}`] : []),
    ...(target === null ? [] : [text`target ${words(figureInWords(target))}`]),
    text`${words(readingInWords(reading))}`,
    ...(doing ? [text`${words(doing.reference)} is due ${day(doing.dueOn)}`] : []),
  ];
  return {
    text: text`${strong(shortName(metric))}${place}: ${words(withMeasure(latest?.value, metric))}`,
    detail: join(parts, " · "),
    ...(special && { button: doing ? open(doing.reference) : addAction(reading, today) }),
  };
}

const open = (action: string): Button => button(`Open ${action}`, "action show", { action });

function readingInWords(reading: Reading): string {
  const assurance = reading.assurance && assurances[reading.assurance];
  return assurance ? `${variationInBrief(reading)}; ${assurance}` : variationInBrief(reading);
}

const assurances = {
  pass: "target met reliably",
  fail: "target not met",
  inconsistent: "target hit and missed",
} as const;

function footer({ through, total, rows, withoutData, follow, inPublic }: DigestView): Text {
  const parts = [
    ...(through === null ? [] : [text`Through ${words(periodInWords(through, "day"))}`]),
    text`${total} ${words(total === 1 ? "measure" : "measures")}${withoutData > 0 ? text`, ${withoutData} without data` : []}`,
    ...(total > rows.length ? [text`${total - rows.length} more under All measures`] : []),
    ...(inPublic ? [text`counts alone, no records`] : []),
    ...(follow ? [text`${words(timingInWords(follow))}`] : []),
  ];
  return join(parts, " · ");
}

/** Four at most. What a place may not read is told to whoever asks for it, under their own rights. */
function ways(digest: DigestView, preview: boolean): Block {
  const { unit, inPublic, metrics, follow } = digest;
  const of = { unit: unit.code, ...(metrics.length > 0 && { metric: [...metrics] }) };
  return buttons(
    ...(preview ? [sendNow(digest, of)] : []),
    ...(inPublic ? [button("More, to me alone", "kpi digest", of)] : []),
    button("All measures", "kpi list", { unit: unit.code }),
    follow
      ? button("Settings", "settings digests", { digest: follow.id })
      : formButton("Follow", "kpi follow", { ...of, where: inPublic ? "here" : "me" }),
  );
}

const sendNow = ({ follow }: DigestView, of: Input): Button =>
  follow
    ? button("Send now", "settings digests", { digest: follow.id, do: "send" }, "primary")
    : button("Send now", "kpi digest", { ...of, where: "here" }, "primary");

/** The digest of a channel that could not be reached, for whoever asked for it there. */
export const insteadOfPlace = (card: Card): Card => ({
  ...card,
  blocks: [
    notice(
      "warning",
      text`The channel that this is for could not be reached, so it comes to you. Ask for it again from the channel once Rounds is back in it.`,
    ),
    ...card.blocks,
  ],
});

/** The buttons of a digest that was sent say which one it was, so that its owner hears whether anybody took it up. */
export const digestSent = (card: Card, noticeId: string): Card =>
  withButtons(card, (one) => ({ ...one, input: { ...one.input, told: noticeId } }));
