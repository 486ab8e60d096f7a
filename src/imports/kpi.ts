import { counted } from "../chat/text.ts";
import { dayAt } from "../domain/days.ts";
import { metricNamed } from "../domain/kpis/catalogue.ts";
import { figuresOf, startIn } from "../domain/kpis/figures.ts";
import type { Metric } from "../domain/kpis/metric.ts";
import { metricsOf } from "../domain/kpis/own.ts";
import type { Change } from "../store/store.ts";
import type { Sort } from "./bring.ts";
import { columns, needed } from "./columns.ts";
import { orderIn, periodIn, type SlashOrder } from "./dates.ts";
import type { FigureRow, FigureTable } from "./figures.ts";
import { offer } from "./nearest.ts";
import type { ImportOptions } from "./result.ts";

type Column = (typeof columns.kpi)[number];
const numbers = ["numerator", "denominator", "value"] as const;

interface Known {
  /** Ids by code, name and alias in small letters; empty where two units share the word. */
  units: Map<string, string>;
  unitCodes: string[];
  metrics: readonly Metric[];
  today: string;
}

/**
 * Figures of measures by unit and period from a file, all of it or nothing; a figure that is there is replaced, and what is
 * not in the file stays as it is. A measure is switched on in a unit by its first figure.
 */
export const kpi: Sort<"kpi", Column> = {
  which: "kpi",
  columns: columns.kpi,
  needed: needed.kpi,
  numbers,
  async reading(change, table, options) {
    const { zone } = await change.organisation();
    const known: Known = {
      ...(await readUnits(change)),
      metrics: await metricsOf(change),
      today: dayAt(options.now, zone),
    };
    const order = await slashOrder(table);
    const metrics = new Map<string, Metric | undefined>();
    const starts = new Map<string, string>();
    const brought = { units: new Set<string>(), metrics: new Set<string>() };
    return {
      row(row) {
        const unitId = unitIn(row, known, options);
        const metric = metricIn(row, known, metrics);
        const startOn = metric && startOf(row, metric, { order, today: known.today, starts });
        const figures = metric && figuresIn(row, metric);
        if (unitId === undefined || !metric || startOn === undefined || !figures) return undefined;
        brought.units.add(unitId);
        brought.metrics.add(metric.code);
        return { unitId, metric: metric.code, startOn, kind: "", ...figures };
      },
      again: (_row, before) => ({
        column: "period",
        message: `This period of this measure in this unit is on line ${before} already.`,
      }),
      beside: async () => [],
      before: async () => undefined,
      after: (staged) => staged.useMeasures(options.now),
      notes: () => notesOf(brought),
    };
  },
};

async function readUnits(bound: Change): Promise<Pick<Known, "units" | "unitCodes">> {
  const all = await bound.unit.findMany({ select: { id: true, code: true, name: true, aliases: true } });
  const units = new Map<string, string>();
  for (const { id, name, aliases } of all)
    for (const word of [name, ...aliases].map(small)) units.set(word, (units.get(word) ?? id) === id ? id : "");
  for (const { id, code } of all) units.set(small(code), id);
  return { units, unitCodes: all.map(({ code }) => code) };
}

const small = (text: string): string => text.trim().toLowerCase();

/** “03/04/2026” is read as the file's other dates show it to be meant; month first where none does. */
async function slashOrder(table: FigureTable<Column>): Promise<SlashOrder> {
  let order: SlashOrder | undefined;
  await table.read(
    (row) => {
      order ??= orderIn(row.text("period"));
    },
    async () => undefined,
  );
  return order ?? "month-first";
}

function unitIn(row: FigureRow<Column>, { units, unitCodes }: Known, { by }: ImportOptions): string | undefined {
  const written = row.text("unit");
  const found = units.get(small(written));
  if (found && by && !by.mayPut(found)) {
    row.find("unit", `The measures of ${written} are kept by its managers and by quality. Leave its lines out.`);
    return undefined;
  }
  if (found) return found;
  if (written === "") row.find("unit", "It is empty. Write the unit’s code, as 4W.");
  else if (found === "") row.find("unit", `“${written}” means more than one unit. Write its code.`);
  else row.find("unit", `There is no unit “${written}”.${offer(unitCodes, written)}`);
  return undefined;
}

function metricIn(
  row: FigureRow<Column>,
  { metrics }: Known,
  found: Map<string, Metric | undefined>,
): Metric | undefined {
  const written = row.text("metric");
  if (!found.has(written)) found.set(written, metricNamed(metrics, written));
  const metric = found.get(written);
  if (metric) return metric;
  if (written === "") row.find("metric", "It is empty. Write the measure’s code, as falls.");
  else {
    const meant = offer(
      metrics.map(({ code }) => code),
      written,
    );
    row.find("metric", `There is no measure “${written}”.${meant} One of your own is added with “kpi add”.`);
  }
  return undefined;
}

interface Dates {
  order: SlashOrder;
  today: string;
  /** What was read before: a large file has few periods. */
  starts: Map<string, string>;
}

function startOf(row: FigureRow<Column>, metric: Metric, { order, today, starts }: Dates): string | undefined {
  const written = row.text("period");
  const key = `${metric.period} ${written}`;
  const known = starts.get(key);
  if (known !== undefined) return known;
  const moment = written === "" ? undefined : periodIn(written, order);
  if (moment === undefined) {
    const what = written === "" ? "It is empty." : `“${written}” is no period.`;
    row.find("period", `${what} Write it as 2026-10.`);
    return undefined;
  }
  const start = startIn(new Date(moment).toISOString().slice(0, 10), metric, today);
  if (start === undefined) row.find("period", `“${written}” has not begun.`);
  else starts.set(key, start);
  return start;
}

function figuresIn(row: FigureRow<Column>, metric: Metric) {
  const given: Partial<Record<(typeof numbers)[number], string>> = {};
  let right = true;
  for (const column of numbers) {
    const written = row.number(column);
    if (written) given[column] = written.text;
    else if (row.text(column) !== "") right = false;
    if (written?.percent && (column !== "value" || metric.measure !== "%")) {
      row.find(column, `“${row.text(column)}” is a share. Write the number itself.`);
      right = false;
    }
  }
  if (!right) return undefined;
  const figures = figuresOf(given, metric);
  if (!("field" in figures)) return figures;
  row.find(figures.field, figures.message);
  return undefined;
}

function notesOf(brought: { units: ReadonlySet<string>; metrics: ReadonlySet<string> }): string[] {
  const units = brought.units.size;
  const metrics = [...brought.metrics].sort();
  const shown = metrics.slice(0, 10).join(", ");
  const more = metrics.length > 10 ? `, and ${metrics.length - 10} more` : "";
  return [`Of ${counted(units, "unit")}: ${shown}${more}.`];
}
