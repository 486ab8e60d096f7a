import type { ControlChartData } from "./controlData.ts";
import { controlDrawing } from "./controlDrawing.ts";
import { placedIn } from "./controlLines.ts";
import { controlWords } from "./controlWords.ts";
import { type Picture, picture } from "./picture.ts";

export function controlChartPicture(data: ControlChartData): Promise<Picture> {
  const placed = placedIn(data);
  return picture(controlDrawing(data, placed), controlWords(data, placed));
}
