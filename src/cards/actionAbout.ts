import { type Button, formButton } from "../chat/card.ts";
import { dayPlus } from "../domain/days.ts";
import type { Reading } from "../domain/kpis/reading.ts";
import { shortName, signalInWords, withMeasure } from "../domain/kpis/words.ts";

/** Days that somebody has to find out what has changed, where they choose no others. */
const daysToFind = 14;

/** Opens the form of an action about a special cause, with what was seen in it. @param today `YYYY-MM-DD` */
export const addAction = (reading: Reading, today: string, style: Button["style"] = "default"): Button =>
  formButton(
    "Add action",
    "action add",
    {
      to: "me",
      what: `${shortName(reading.metric)}, ${reading.unit.name}: ${signalInWords(reading)}, ${withMeasure(reading.latest?.value, reading.metric)}. Find out what has changed.`,
      due: dayPlus(today, daysToFind),
      measure: reading.metric.name,
      metric: reading.metric.code,
      unit: reading.unit.code,
    },
    style,
  );
