import { controlChartPicture } from "../charts/controlChart.ts";
import type { ChartMark } from "../charts/marks.ts";
import type { Block } from "../chat/card.ts";
import { mayBeNegative, scaleOf } from "../domain/kpis/metric.ts";
import { periodAfter, periodInBrief } from "../domain/kpis/periods.ts";
import type { Reading } from "../domain/kpis/reading.ts";
import type { Mark } from "../domain/kpis/segments.ts";
import { shortName } from "../domain/kpis/words.ts";

/** Who sees the same reading sees the same picture: it is laid out once. */
const drawn = new WeakMap<Reading, Promise<Block[]>>();

/** The control chart as a picture; nothing where there is no figure to draw. */
export function kpiPicture(reading: Reading): Promise<Block[]> {
  const known = drawn.get(reading) ?? draw(reading);
  drawn.set(reading, known);
  return known;
}

async function draw(reading: Reading): Promise<Block[]> {
  const { metric, unit, control, target, scale, marks } = reading;
  if (!control) return [];
  const starts = startsOf(reading);
  const present = new Set(reading.points.map(({ startOn }) => startOn));
  const { file, alt } = await controlChartPicture({
    // The picture says the measure by itself.
    metric: shortName(metric),
    place: unit.name,
    unit: metric.measure,
    scale,
    periods: starts.map((start) => ({
      label: periodInBrief(start, metric.period),
      ...(!present.has(start) && { missing: true as const }),
    })),
    chart: control,
    ...(target !== null && { target: target / scale }),
    ...(!mayBeNegative(metric) && { least: 0 }),
    ...((metric.chart === "p" || metric.chart === "pp") && { most: scaleOf(metric.measure) / scale }),
    marks: marks.flatMap((mark) => markIn(starts, mark)),
  });
  return [{ type: "image", file, alt }];
}

/** Where a mark stands; nothing where that is before all that is drawn. */
function markIn(starts: readonly string[], { kind, onDay, untilDay, text: label }: Mark): ChartMark[] {
  const periodOf = (day: string) => starts.findLastIndex((start) => start <= day);
  if (kind === "event" || kind === "pdsa") {
    const at = periodOf(onDay);
    return at === -1 ? [] : [{ at, kind, label }];
  }
  const at = starts.findIndex((start) => start >= onDay);
  if (at === -1) return [];
  const until = untilDay === null ? -1 : periodOf(untilDay);
  return [{ at, kind, label, ...(until >= at && { until }) }];
}

/** Every period from the first figure to the last one that should be there, also those without a figure. */
function startsOf({ points, lastOn, standing, metric }: Reading): string[] {
  const starts: string[] = [];
  const end = standing === "stale" && lastOn ? periodAfter(lastOn, metric.period) : (lastOn ?? "");
  for (let start = points[0]?.startOn ?? end; start <= end; start = periodAfter(start, metric.period))
    starts.push(start);
  return starts;
}
