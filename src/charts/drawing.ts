import type { BarSeriesOption, LineSeriesOption } from "echarts/charts";
import type { GraphicComponentOption, GridComponentOption } from "echarts/components";
import type { ComposeOption } from "echarts/core";

type Option = ComposeOption<LineSeriesOption | BarSeriesOption | GridComponentOption | GraphicComponentOption>;

/** What is drawn, as plain data: the same data is the same picture. */
export interface Drawing {
  /** The file's name without its ending. */
  name: string;
  height: number;
  option: Option;
}

export type { LineSeriesOption };
