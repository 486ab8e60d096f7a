import type { UnitCode } from "./units.ts";

/** How the figures of a measure come about, month by month; `since` tells what changed so many months ago. */
export interface SeedMeasure {
  metric: string;
  units: UnitCode[];
  /** Below the line, as patient days: between these two. Without it a figure of its own. */
  of?: [least: number, most: number];
  /** What is usual: a share or a rate of the denominator, or the figure itself with its spread. */
  usual: number;
  spread?: number;
  since?: { unit: UnitCode; months: number; usual: number; spread?: number };
  target?: number;
  /** No figures for so many months: somebody forgot. */
  silent?: number;
  everyMonths?: number;
}

/** What the departments measure. Falls rise in 4 West, and the emergency department has become quicker. */
export const measures: SeedMeasure[] = [
  {
    metric: "falls",
    units: ["4W", "5E", "ICU"],
    of: [830, 930],
    usual: 0.0024,
    since: { unit: "4W", months: 8, usual: 0.0058 },
    target: 2.5,
  },
  {
    metric: "injury-falls",
    units: ["4W", "5E"],
    of: [830, 930],
    usual: 0.0007,
    target: 0.9,
  },
  { metric: "hand-hygiene", units: ["4W", "5E", "ICU", "ED", "OR"], of: [120, 210], usual: 0.91, target: 90 },
  {
    metric: "lwbs",
    units: ["ED"],
    of: [2_850, 3_350],
    usual: 0.024,
    since: { unit: "ED", months: 9, usual: 0.016 },
    target: 2,
  },
  {
    metric: "door-to-provider",
    units: ["ED"],
    usual: 34,
    spread: 3,
    since: { unit: "ED", months: 14, usual: 25, spread: 2.5 },
    target: 30,
  },
  { metric: "hcahps-nurses", units: ["4W", "5E", "WH"], of: [22, 48], usual: 0.79, target: 80 },
  { metric: "clabsi", units: ["ICU"], of: [300, 380], usual: 0.0011, target: 1 },
  { metric: "hapi-prevalence", units: ["4W", "ICU"], of: [18, 31], usual: 0.04, everyMonths: 3, target: 3 },
  { metric: "length-of-stay", units: ["4W", "5E"], usual: 4.7, spread: 0.3, target: 4.5 },
  { metric: "occupancy", units: ["4W", "5E", "ICU", "WH"], usual: 86, spread: 3.5 },
  { metric: "absence", units: ["4W", "5E", "ED", "ICU", "OR"], of: [5_200, 6_400], usual: 0.046, target: 4 },
  { metric: "bed-turnaround", units: ["4W", "5E"], usual: 61, spread: 7, target: 60, silent: 3 },
  { metric: "clean-claims", units: ["RGH"], of: [8_200, 9_600], usual: 0.955, target: 95 },
  { metric: "net-days-ar", units: ["RGH"], usual: 44, spread: 1.4, target: 42 },
];

interface SeedMark {
  metric: string;
  unit: UnitCode;
  kind: "rebase" | "event" | "pdsa";
  monthsAgo: number;
  text: string;
}

export const marks: SeedMark[] = [
  { metric: "falls", unit: "4W", kind: "event", monthsAgo: 9, text: "Moved into the south wing" },
  { metric: "falls", unit: "4W", kind: "pdsa", monthsAgo: 2, text: "Rounds every hour tried in two rooms" },
  { metric: "door-to-provider", unit: "ED", kind: "rebase", monthsAgo: 14, text: "A provider sees patients at triage" },
  { metric: "hand-hygiene", unit: "ICU", kind: "pdsa", monthsAgo: 5, text: "Dispensers moved to the doors" },
];
