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
  type ListItem,
  list,
  notice,
  paragraph,
} from "../chat/card.ts";
import { join, strong, type Text, text, time, words } from "../chat/text.ts";
import { toColumn } from "../domain/days.ts";
import type { DigestView, FollowDetails } from "../domain/digests/service.ts";
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

function footer({ through, total, rows, withoutData, timing, inPublic }: DigestView): Text {
  const parts = [
    ...(through === null ? [] : [text`Through ${words(periodInWords(through, "day"))}`]),
    text`${total} ${words(total === 1 ? "measure" : "measures")}${withoutData > 0 ? text`, ${withoutData} without data` : []}`,
    ...(total > rows.length ? [text`${total - rows.length} more under All measures`] : []),
    ...(inPublic ? [text`counts alone, no records`] : []),
    ...(timing ? [text`${words(timingInWords(timing))}`] : []),
  ];
  return join(parts, " · ");
}

/** Four at most. What a place may not read is told to whoever asks for it, under their own rights. */
function ways(digest: DigestView, preview: boolean): Block {
  const { unit, inPublic, metrics, timing } = digest;
  const of = { unit: unit.code, ...(metrics.length > 0 && { metric: [...metrics] }) };
  return buttons(
    ...(preview ? [button("Send now", "kpi digest", { ...of, where: "here" }, "primary")] : []),
    ...(inPublic ? [button("More, to me alone", "kpi digest", of)] : []),
    button("All measures", "kpi list", { unit: unit.code }),
    settings({ unit, metrics, inPublic, ...timing }),
    ...(timing ? [stop({ unit, inPublic })] : []),
  );
}

const where = (inPublic: boolean) => (inPublic ? "here" : "me");

const settings = ({
  unit,
  metrics,
  inPublic,
  schedule,
  at,
}: Pick<FollowDetails, "unit" | "metrics" | "inPublic"> & Partial<Pick<FollowDetails, "schedule" | "at">>): Button =>
  formButton("Settings", "kpi follow", {
    unit: unit.code,
    ...(metrics.length > 0 && { metric: [...metrics] }),
    ...(schedule && { schedule }),
    ...(at && { at }),
    where: where(inPublic),
  });

const stop = ({ unit, inPublic }: Pick<FollowDetails, "unit" | "inPublic">): Button =>
  button("Stop", "kpi unfollow", { unit: unit.code, where: where(inPublic) });

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

/** What comes to a person, and to the place where they ask. */
export function followsCard(mine: readonly FollowDetails[], there: readonly FollowDetails[]): Card {
  const all = [...mine, ...there];
  return card(
    text`Digests`,
    heading(text`Digests`),
    all.length === 0
      ? paragraph(text`None yet. “kpi follow” asks for one; a manager has that of a unit once it has measures.`)
      : list(
          all.slice(0, rowsShown).map((follow) => ({
            text: text`${strong(follow.unit.name)} · ${words(follow.inPublic ? "to this place" : "to you")}`,
            detail: text`${words(timingInWords(follow))}${follow.nextAt ? text` · next ${time(follow.nextAt)}` : []}`,
            button: settings(follow),
          })),
        ),
    all.length > rowsShown ? context(text`${all.length - rowsShown} more`) : [],
    buttons(formButton("Follow a unit", "kpi follow", {}, "primary"), formButton("Stop one", "kpi unfollow")),
  );
}

const rowsShown = 20;

/** After a digest was asked for, changed or stopped: what is now true. */
export function followCard(follow: FollowDetails): Card {
  const { unit, inPublic, nextAt, silentWhenNothing, metrics } = follow;
  const title = text`Digest of ${unit.name}`;
  const whom = words(inPublic ? "This place gets" : "You get");
  if (!nextAt)
    return card(
      title,
      heading(title),
      paragraph(text`Stopped. ${words(inPublic ? "This place gets" : "You get")} no digest of ${unit.name}.`),
      buttons(settings(follow)),
    );
  return card(
    title,
    heading(title),
    paragraph(text`${whom} it ${words(timingInWords(follow))}, not on holidays. The next one comes ${time(nextAt)}.`),
    context(
      text`${words(metrics.length === 0 ? "All measures that are switched on" : `${metrics.length === 1 ? "1 measure" : `${metrics.length} measures`}`)} · ${words(silentWhenNothing ? "silent when there is nothing to say" : "one line when there is nothing to say")}`,
    ),
    buttons(
      button("Preview", "kpi digest", { unit: unit.code, preview: true, ...(inPublic && { where: "here" }) }),
      settings(follow),
      stop(follow),
    ),
  );
}
