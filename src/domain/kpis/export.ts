import type { Bound } from "../../store/store.ts";
import { fromColumn, toColumn } from "../days.ts";
import { measuredUnits, type Operator } from "../staff/access.ts";
import type { Actor } from "../staff/actor.ts";
import type { Metric } from "./metric.ts";
import { metricsOf } from "./own.ts";
import { hiddenBelow } from "./read.ts";
import { figureOf } from "./reading.ts";

/** Read at once, so that the longest export needs no more memory than a short one. */
const readAtOnce = 2_000;

export interface ExportedFigure {
  unit: { code: string; name: string };
  metric: Metric;
  /** First day of the period, `YYYY-MM-DD`. */
  startOn: string;
  /** Null where they are hidden, or were not given. */
  numerator: number | null;
  denominator: number | null;
  value: number | null;
  /** In the metric's measure. */
  figure: number | null;
  source: string;
  asOf: Date;
  /** Of too few people to be shown. */
  hidden: boolean;
}

/**
 * The figures of the units that somebody sees, by unit, measure and period, some thousand at a time. What would be hidden
 * from them on a card is hidden here; from nobody in particular, all that is of few people.
 * @param since the first day of a period or later, `YYYY-MM-DD`
 */
export async function* exportFigures(
  store: Bound,
  asker: Actor | Operator,
  since: string | undefined,
): AsyncGenerator<ExportedFigure[]> {
  const [{ smallCells }, metrics] = await Promise.all([store.organisation(), metricsOf(store)]);
  const byCode = new Map(metrics.map((metric) => [metric.code, metric]));
  const seen = asker === "operator" ? undefined : measuredUnits(asker);
  const rowsAfter = (last: { unitId: string; metric: string; startOn: Date } | undefined) =>
    store.kpiValue.findMany({
      where: {
        ...(seen && { unitId: { in: [...seen] } }),
        ...(since !== undefined && { startOn: { gte: toColumn(since) } }),
        ...(last && {
          OR: [
            { unitId: { gt: last.unitId } },
            { unitId: last.unitId, metric: { gt: last.metric } },
            { unitId: last.unitId, metric: last.metric, startOn: { gt: last.startOn } },
          ],
        }),
      },
      include: { unit: { select: { code: true, name: true } } },
      orderBy: [{ unitId: "asc" }, { metric: "asc" }, { startOn: "asc" }],
      take: readAtOnce,
    });
  for (let rows = await rowsAfter(undefined); rows.length > 0; rows = await rowsAfter(rows.at(-1)))
    yield rows.flatMap(({ metric: code, unit, unitId, startOn, source, asOf, ...kept }) => {
      const metric = byCode.get(code);
      if (!metric) return [];
      const below = asker === "operator" ? smallCells : hiddenBelow(asker, { unitId }, metric, smallCells);
      const given = {
        numerator: kept.numerator?.toNumber() ?? null,
        denominator: kept.denominator?.toNumber() ?? null,
        value: kept.value?.toNumber() ?? null,
      };
      const hidden = metric.people === true && given.denominator !== null && given.denominator < below;
      const shown = hidden ? { numerator: null, denominator: null, value: null } : given;
      const figure = figureOf(shown, metric);
      return [{ unit, metric, startOn: fromColumn(startOn), ...shown, figure, source, asOf, hidden }];
    });
}
