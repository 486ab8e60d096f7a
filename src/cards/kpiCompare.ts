import { compliancePicture } from "../charts/compliance.ts";
import { type Block, button, buttons, type Card, card, context, heading, list, paragraph } from "../chat/card.ts";
import { counted, data, strong, type Text, text, words } from "../chat/text.ts";
import { periodInWords } from "../domain/kpis/periods.ts";
import type { Reading } from "../domain/kpis/reading.ts";
import { type KpiComparison, pageSize } from "../domain/kpis/service.ts";
import { figureInWords, shortName, unitsInWords, variationInBrief, withMeasure } from "../domain/kpis/words.ts";

/** One measure by unit, the furthest from what is wanted first. */
export async function kpiCompareCard(
  { metric, whole, rows }: KpiComparison,
  unit: { code: string; name: string } | undefined,
  page: number,
): Promise<Card> {
  const title = text`${data(metric.name)} by unit${unit ? text` · ${data(unit.name)}` : []}`;
  if (rows.length === 0)
    return card(
      text`${title}: none yet`,
      heading(title),
      paragraph(text`No unit here has a figure of it. A manager or quality records one with “kpi record”.`),
    );
  const target = targetOf(whole, rows);
  const from = (page - 1) * pageSize;
  const shown = rows.slice(from, from + pageSize);
  const given = { metric: metric.code, ...(unit && { unit: unit.code }) };
  const after = rows.length - from - shown.length;
  return card(
    text`${title}: ${words(summary(rows, target))}`,
    heading(title),
    paragraph(text`${words(summary(rows, target))}`),
    whole ? paragraph(text`Together: ${together(whole)}.`) : [],
    await comparison({ metric, whole, rows: shown }, target),
    list(shown.map((row) => ({ text: text`${strong(row.unit.name)}`, detail: detailOf(row), button: open(row) }))),
    after > 0 ? context(text`${after} more`) : [],
    buttons(
      ...(after > 0 ? [button(`Next ${Math.min(after, pageSize)}`, "kpi compare", { ...given, page: page + 1 })] : []),
      ...(whole && unit ? [button(`${unit.name}, together`, "kpi show", given)] : []),
    ),
  );
}

/** That of the unit above; without one, what all of them want to reach. */
function targetOf(whole: Reading | undefined, rows: readonly Reading[]): number | undefined {
  if (whole?.target != null) return whole.target;
  const targets = new Set(rows.map(({ target }) => target));
  return targets.size === 1 ? ([...targets][0] ?? undefined) : undefined;
}

function summary(rows: readonly Reading[], target: number | undefined): string {
  const known = rows.flatMap(({ latest, metric }) => (latest ? [{ value: latest.value, metric }] : []));
  const missing = rows.length - known.length;
  const without = missing === 0 ? "" : ` ${missing} without a figure that could be shown.`;
  if (target === undefined) return `${counted(rows.length, "unit")}, and no target that all of them have.${without}`;
  const met = known.filter(({ value, metric: { direction } }) =>
    direction === "decrease" ? value <= target : value >= target,
  );
  const said = known[0] ? withMeasure(target, known[0].metric) : figureInWords(target);
  if (known[0]?.metric.direction === "neutral")
    return `${counted(rows.length, "unit")}; the target is ${said}.${without}`;
  return `${met.length} of ${counted(known.length, "unit")} ${met.length === 1 ? "meets" : "meet"} the target of ${said}.${without}`;
}

function together(whole: Reading): Text {
  const units = unitsInWords(whole);
  return text`${words(whole.latest ? withMeasure(whole.latest.value, whole.metric) : variationInBrief(whole))}${
    units === undefined ? [] : text`, ${data(units)}`
  }`;
}

async function comparison({ metric, rows }: KpiComparison, target: number | undefined): Promise<Block[]> {
  const lastOn = rows
    .map(({ latest }) => latest?.startOn ?? "")
    .reduce((one, other) => (one > other ? one : other), "");
  if (lastOn === "") return [];
  const { file, alt } = await compliancePicture({
    title: shortName(metric),
    subtitle: `${periodInWords(lastOn, metric.period)}, by unit`,
    unit: metric.measure,
    direction: metric.direction,
    rows: rows.map(({ unit, latest }) => ({ name: unit.name, value: latest?.value ?? null })),
    ...(target !== undefined && { target }),
  });
  return [{ type: "image", file, alt }];
}

function detailOf(row: Reading): Text {
  const { latest, target, metric, smallN } = row;
  return text`${words(withMeasure(latest?.value, metric))}${latest ? text` (${words(periodInWords(latest.startOn, metric.period))})` : []}${
    smallN && latest?.n != null ? text`, n = ${latest.n}, a small number` : []
  }${target === null ? [] : text` · target ${words(figureInWords(target))}`} · ${words(variationInBrief(row))}`;
}

const open = ({ metric, unit }: Reading) => button("Open", "kpi show", { metric: metric.code, unit: unit.code });
