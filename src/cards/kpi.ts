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
  notice,
  paragraph,
} from "../chat/card.ts";
import { data, date, link, type Text, text, words } from "../chat/text.ts";
import { publishedAt } from "../domain/kpis/catalogue/published.ts";
import { periodInWords } from "../domain/kpis/periods.ts";
import type { Mark } from "../domain/kpis/segments.ts";
import type { KpiDetails } from "../domain/kpis/service.ts";
import type { Chart } from "../domain/kpis/spc/limits.ts";
import {
  assuranceInWords,
  directionsInWords,
  figureInWords,
  unitsInWords,
  usualRange,
  variationInWords,
  withMeasure,
} from "../domain/kpis/words.ts";
import { addAction } from "./actionAbout.ts";
import { day } from "./day.ts";
import { kpiPicture } from "./kpiPicture.ts";

/** Events of a measure that its card names, the last ones. */
const marksShown = 3;

const kpiTitle = ({ metric, unit }: Pick<KpiDetails, "metric" | "unit">): Text =>
  text`${data(metric.name)} · ${data(unit.name)}`;

/** One measure of a unit: what it says first, then the figures, then how it is measured. */
export async function kpiCard(kpi: KpiDetails): Promise<Card> {
  const title = kpiTitle(kpi);
  const assurance = assuranceInWords(kpi);
  return card(
    text`${title}: ${words(variationInWords(kpi))}`,
    heading(title),
    said(kpi),
    facts(...figures(kpi)),
    assurance === undefined ? [] : paragraph(text`${words(assurance)}`),
    kpi.smallN && kpi.latest?.n != null
      ? notice("info", text`Only ${kpi.latest.n} answers: a small number, read it with care.`)
      : [],
    await kpiPicture(kpi),
    kpi.marks.length === 0 ? [] : facts(...kpi.marks.slice(-marksShown).map(markFact)),
    context(definition(kpi)),
    context(text`Source: ${sourceOf(kpi)}`),
    ways(kpi),
  );
}

/** How it is computed, which way is better, and by which of several definitions. */
const definition = ({ metric: { formula, direction, version } }: KpiDetails): Text =>
  text`${data(formula)}; ${words(directionsInWords[direction])}.${
    version === undefined ? [] : text` Version: ${data(version)}.`
  }`;

/** The name of what is published leads there; its address would take more room than the rest. */
function sourceOf({ metric: { source } }: KpiDetails): Text {
  const found = publishedAt(source);
  return found ? text`${link(found.name, found.url)}${data(found.rest)}` : text`${data(source)}`;
}

/** A concern is a warning; ordinary variation is said as plainly. */
const said = (kpi: KpiDetails): Block =>
  kpi.special && kpi.variation !== "improvement"
    ? notice("warning", text`${words(variationInWords(kpi))}`)
    : paragraph(text`${words(variationInWords(kpi))}`);

function figures(kpi: KpiDetails): Fact[] {
  const { metric, latest, target, points, origin } = kpi;
  const last = points.at(-1);
  const below = unitsInWords(kpi);
  return [
    {
      label: "Latest",
      value: latest
        ? text`${words(withMeasure(latest.value, metric))} (${words(periodInWords(latest.startOn, metric.period))})${numberOf(kpi)}`
        : text`n/a${last ? text`; the last one shown is ${words(withMeasure(last.value, metric))}, of ${words(periodInWords(last.startOn, metric.period))}` : []}`,
    },
    ...(below === undefined ? [] : [{ label: "Added up", value: text`${data(below)}` }]),
    { label: "Usual range", value: text`${words(usualRange(kpi))}` },
    { label: "Target", value: target === null ? text`none set` : text`${words(withMeasure(target, metric))}` },
    ...(last ? [{ label: "Mean", value: text`${words(figureInWords(last.centre))}` }] : []),
    ...(last ? [{ label: "Limits", value: limitsFrom(kpi) }] : []),
    ...(origin ? [{ label: "As of", value: text`${date(origin.asOf)}, ${words(origins[origin.source])}` }] : []),
  ];
}

/** What the figure is of: "3 of 61". */
const numberOf = ({ latest, metric }: KpiDetails): Text =>
  latest?.n == null || metric.people !== true ? [] : text`, n = ${latest.n}`;

function limitsFrom({ chart, base, metric, trial, frozen }: KpiDetails): Text {
  const period = base === 1 ? metric.period : `${metric.period}s`;
  const held = frozen?.untilDay
    ? text`, frozen: ${words(periodInWords(frozen.onDay, metric.period))} to ${words(periodInWords(frozen.untilDay, metric.period))}`
    : [];
  return text`${words(charts[chart])}, from ${base} ${words(period)}${held}${trial ? text`: trial limits, fewer than 12` : []}`;
}

const charts: Record<Chart, string> = {
  xmr: "XmR chart",
  p: "p chart",
  u: "u chart",
  c: "c chart",
  t: "t chart",
  pp: "p′ chart",
  up: "u′ chart",
};

const origins = { imported: "imported", recorded: "recorded", computed: "from Rounds’ own records" } as const;

const markKinds: Record<Mark["kind"], string> = {
  rebase: "Limits since",
  freeze: "Baseline since",
  event: "Event",
  pdsa: "Test of change",
};

const markFact = ({ kind, onDay, text: why }: Mark): Fact => ({
  label: markKinds[kind],
  value: text`${day(new Date(`${onDay}T00:00:00Z`))}: ${data(why)}`,
});

/** What to do about it first; how it is read after that. */
function ways(kpi: KpiDetails): Block[] {
  const { metric, unit, mayMeasure, special } = kpi;
  const given = { metric: metric.code, unit: unit.code };
  const first = buttons(
    ...(special ? [addAction(kpi, kpi.today, "primary")] : []),
    ...(mayMeasure && !kpi.below ? [formButton("Record", "kpi record", given)] : []),
    ...(kpi.below ? [button("By unit", "kpi compare", given)] : []),
    button("All measures", "kpi list", { unit: unit.code }),
  );
  if (!mayMeasure) return [first];
  return [
    first,
    buttons(
      formButton("Set target", "kpi target", given),
      formButton("Note an event", "kpi mark", given),
      formButton("Rebase limits", "kpi rebase", given),
      kpi.frozen
        ? formButton("Lift frozen limits", "kpi unfreeze", given)
        : formButton("Freeze limits", "kpi freeze", given),
    ),
  ];
}
