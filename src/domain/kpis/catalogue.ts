import { clinical } from "./catalogue/clinical.ts";
import { infections } from "./catalogue/infections.ts";
import { operations } from "./catalogue/operations.ts";
import { revenue } from "./catalogue/revenue.ts";
import { survey } from "./catalogue/survey.ts";
import type { Metric } from "./metric.ts";

/** What hospitals measure, ready to be switched on for a unit; an organisation adds its own beside it. */
export const catalogue: readonly Metric[] = [...clinical, ...infections, ...operations, ...revenue, ...survey];

const byCode = new Map(catalogue.map((metric) => [metric.code, metric]));

export const inCatalogue = (code: string): Metric | undefined => byCode.get(code);

/** "falls", "Fall rate", "FALLS" → the metric that is meant, by code, name or another word for it; a code comes first. */
export function metricNamed(metrics: readonly Metric[], written: string): Metric | undefined {
  const wanted = plain(written);
  return (
    metrics.find(({ code }) => code === wanted.replaceAll(" ", "-")) ??
    metrics.find(({ name, aliases }) => [name, ...aliases].some((word) => plain(word) === wanted))
  );
}

const plain = (written: string): string => written.trim().toLowerCase().replace(/\s+/g, " ");
