import { type Block, button, buttons, type Card, card, context, heading, list, paragraph } from "../chat/card.ts";
import { data, strong, type Text, text, words } from "../chat/text.ts";
import type { Reading } from "../domain/kpis/reading.ts";
import { type KpiPage, pageSize } from "../domain/kpis/service.ts";
import { figureInWords, unitsInWords, usualRange, variationInBrief, withMeasure } from "../domain/kpis/words.ts";

interface Asked {
  unit?: { code: string; name: string } | undefined;
  metric?: { code: string; name: string } | undefined;
  page: number;
}

/** A page of measures, what needs to be looked at first. */
export function kpiListCard(found: KpiPage, asked: Asked): Card {
  const { rows, total, tops } = found;
  const title = titleOf(asked);
  if (rows.length === 0)
    return card(
      text`${title}: none yet`,
      heading(title),
      paragraph(
        text`No measure is switched on here. A manager or quality records a figure with “kpi record”, or sends a file in their own chat; “import” tells how.`,
      ),
    );
  return card(
    text`${title}: ${words(summary(found))}`,
    heading(title),
    paragraph(text`${words(summary(found))}`),
    list(rows.map((row) => ({ text: nameOf(row, asked), detail: detailOf(row), button: open(row) }))),
    paging(rows.length, total, asked),
    tops.length > 0
      ? buttons(...tops.map(({ code, name }) => button(`${name}, together`.slice(0, 40), "kpi list", { unit: code })))
      : [],
    asked.metric && total > 1 ? buttons(button("Compare units", "kpi compare", { metric: asked.metric.code })) : [],
  );
}

const titleOf = ({ unit, metric }: Asked): Text => {
  if (metric) return text`${data(metric.name)}${unit ? text` · ${data(unit.name)}` : []}`;
  return unit ? text`Measures of ${data(unit.name)}` : text`Your measures`;
};

/** What has changed first, then what is missing, and that the rest asks for nothing. */
function summary({ special, missing, total }: KpiPage): string {
  const parts = [
    ...(special > 0 ? [`${special === 1 ? "1 measure shows" : `${special} measures show`} a special cause.`] : []),
    ...(missing > 0 ? [`${missing} without a figure that could be shown.`] : []),
  ];
  const rest = total - special - missing;
  if (rest === 0) return parts.join(" ");
  const which =
    parts.length === 0
      ? rest === 1
        ? "It shows"
        : "All show"
      : rest === 1
        ? "The other one shows"
        : `The other ${rest} show`;
  return [...parts, `${which} ordinary variation, no action.`].join(" ");
}

const nameOf = ({ metric, unit }: Reading, asked: Asked): Text => {
  if (asked.metric) return text`${strong(unit.name)}`;
  return asked.unit ? text`${strong(metric.name)}` : text`${strong(metric.name)} · ${data(unit.name)}`;
};

function detailOf(reading: Reading): Text {
  const { metric, latest, target } = reading;
  const below = unitsInWords(reading);
  return text`${words(withMeasure(latest?.value, metric))} · usual ${words(usualRange(reading))}${
    target === null ? [] : text` · target ${words(figureInWords(target))}`
  } · ${words(variationInBrief(reading))}${below === undefined ? [] : text` · ${data(below)}`}`;
}

const open = ({ metric, unit }: Reading) => button("Open", "kpi show", { metric: metric.code, unit: unit.code });

function paging(shown: number, total: number, { unit, metric, page }: Asked): Block[] {
  const after = total - (page - 1) * pageSize - shown;
  if (after <= 0) return [];
  const given = { ...(unit && { unit: unit.code }), ...(metric && { metric: metric.code }), page: page + 1 };
  return [context(text`${after} more`), buttons(button(`Next ${Math.min(after, pageSize)}`, "kpi list", given))];
}
