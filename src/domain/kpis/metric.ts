import type { Chart } from "./spc/limits.ts";
import type { Direction } from "./spc/reading.ts";

export const periods = ["month", "quarter", "week", "day"] as const;
export type Period = (typeof periods)[number];

/** What is measured, how, and which way is better. */
export interface Metric {
  /** "falls": small letters, digits and hyphens. */
  code: string;
  name: string;
  /** Other words that people have for it. */
  aliases: readonly string[];
  /** How it is computed, in words. */
  formula: string;
  /** What its figures are in: "%", "per 1,000 patient days", "min". */
  measure: string;
  direction: Direction;
  /** Undefined where a figure is given as it is, as a median is. */
  numerator?: string;
  denominator?: string;
  /** Of numerators and denominators; a figure of its own is drawn on an XmR chart. */
  chart: Chart;
  period: Period;
  /** Who defined it, or where the definition is published. */
  source: string;
  /** Where the definition changed: "A" and "B" are not to be compared. */
  version?: string;
  /** With less below the line there is no figure, as where less than one infection was to be expected. */
  leastDenominator?: number;
  /** People or answers are counted below the line, so that a small number says little and may tell who they are. */
  people?: true;
  /** Answers of patients: fewer than this are flagged. */
  flaggedBelow?: number;
  /**
   * How the units below are added up where that is not told by numerator and denominator: a figure that can be added as
   * it is, or numerators over a denominator that is the same for all.
   */
  adds?: "figures" | "numerators";
  /** What is usually aimed for, in its measure; for orientation, never taken as a target by itself. */
  usual?: string;
}

/** What numerator ÷ denominator is multiplied by to be in the measure: 100 for "%", 1,000 for "per 1,000 patient days". */
export function scaleOf(measure: string): number {
  if (measure === "%") return 100;
  const per = /^per ([\d,]+) /.exec(measure)?.[1];
  return per === undefined ? 1 : Number(per.replaceAll(",", ""));
}

/** How a metric of several units is one figure; undefined where it is none, as with medians. */
export function addedBy({
  adds,
  numerator,
  denominator,
  chart,
}: Metric): "ratio" | "numerators" | "figures" | undefined {
  if (adds) return adds;
  if (numerator !== undefined && denominator !== undefined) return "ratio";
  return chart === "c" ? "figures" : undefined;
}

/** Whether its figures can be below 0: money earned can, and nothing that is counted. */
export const mayBeNegative = ({ measure, code }: Pick<Metric, "measure" | "code">): boolean =>
  measure === "%" && code.endsWith("margin");
