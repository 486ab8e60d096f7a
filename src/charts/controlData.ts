import type { ControlChart } from "../domain/kpis/spc/controlChart.ts";
import type { ChartMark } from "./marks.ts";

/** What is told of a measure by a control chart. */
export interface ControlChartData {
  metric: string;
  /** "%" or "per 1,000 patient days". */
  unit: string;
  /** What the chart's figures are multiplied by to be in the unit: 100 for shares in percent, 1,000 for a rate per 1,000. */
  scale: number;
  /** The unit, or units, that it is of: "4 West". */
  place: string;
  /** In the order of time, as they stand on the axis: "Oct 26". Those that miss have no point in the chart. */
  periods: readonly { label: string; missing?: true }[];
  /** Of the periods that do not miss, in their order. */
  chart: ControlChart;
  /** As the chart's figures, before they are scaled. */
  target?: number;
  /** Limits go no further, before they are scaled: nothing that is counted is below 0. */
  least?: number;
  most?: number;
  marks?: readonly ChartMark[];
}
