import { type Block, button, buttons, type Card, card, context, heading, list, paragraph } from "../chat/card.ts";
import { data, strong, type Text, text, words } from "../chat/text.ts";
import type { Reading } from "../domain/kpis/reading.ts";
import { type KpiPage, pageSize } from "../domain/kpis/service.ts";
import { usualRange, variationInBrief, withMeasure } from "../domain/kpis/words.ts";

interface Asked {
  unit?: { code: string; name: string } | undefined;
  metric?: { code: string; name: string } | undefined;
  page: number;
}

/** A page of measures, what needs to be looked at first. */
export function kpiListCard({ rows, special, total }: KpiPage, asked: Asked): Card {
  const title = titleOf(asked);
  if (rows.length === 0)
    return card(
      text`${title}: none yet`,
      heading(title),
      paragraph(
        text`No measure is switched on here. A manager or quality records a figure with “kpi record”, or files are imported with “rounds import kpi”.`,
      ),
    );
  return card(
    text`${title}: ${words(summary(special, total))}`,
    heading(title),
    paragraph(text`${words(summary(special, total))}`),
    list(rows.map((row) => ({ text: nameOf(row, asked), detail: detailOf(row), button: open(row) }))),
    paging(rows.length, total, asked),
  );
}

const titleOf = ({ unit, metric }: Asked): Text => {
  if (metric) return text`${data(metric.name)}${unit ? text` · ${data(unit.name)}` : []}`;
  return unit ? text`Measures of ${data(unit.name)}` : text`Your measures`;
};

function summary(special: number, total: number): string {
  const rest = total - special;
  if (special === 0) return "Ordinary variation or no new data everywhere. No action.";
  const others =
    rest === 0 ? "" : ` ${rest === 1 ? "The other one shows" : `The other ${rest} show`} none. No action there.`;
  return `${special === 1 ? "1 measure shows" : `${special} measures show`} a special cause.${others}`;
}

const nameOf = ({ metric, unit }: Reading, asked: Asked): Text => {
  if (asked.metric) return text`${strong(unit.name)}`;
  return asked.unit ? text`${strong(metric.name)}` : text`${strong(metric.name)} · ${data(unit.name)}`;
};

function detailOf(reading: Reading): Text {
  const { metric, latest, target } = reading;
  return text`${words(withMeasure(latest?.value, metric))} · usual ${words(usualRange(reading))}${
    target === null ? [] : text` · target ${words(withMeasure(target, metric))}`
  } · ${words(variationInBrief(reading))}`;
}

const open = ({ metric, unit }: Reading) => button("Open", "kpi show", { metric: metric.code, unit: unit.code });

function paging(shown: number, total: number, { unit, metric, page }: Asked): Block[] {
  const after = total - (page - 1) * pageSize - shown;
  if (after <= 0) return [];
  const given = { ...(unit && { unit: unit.code }), ...(metric && { metric: metric.code }), page: page + 1 };
  return [context(text`${after} more`), buttons(button(`Next ${Math.min(after, pageSize)}`, "kpi list", given))];
}
