import { buttons, type Card, card, facts, formButton, heading, paragraph } from "../chat/card.ts";
import { data, text, words } from "../chat/text.ts";
import type { Metric } from "../domain/kpis/metric.ts";
import { directionsInWords } from "../domain/kpis/words.ts";

/** A measure of the organisation's own, and how its first figure gets in. */
export const metricAddedCard = ({ code, name, formula, measure, direction }: Metric): Card =>
  card(
    text`${data(name)} is one of your measures.`,
    heading(text`${data(name)}`),
    paragraph(text`It is one of your measures now. It appears in a unit with its first figure.`),
    facts(
      { label: "Code", value: text`${data(code)}` },
      { label: "Formula", value: text`${data(formula)}` },
      { label: "In", value: text`${data(measure)}, ${words(directionsInWords[direction])}` },
    ),
    buttons(formButton("Record a figure", "kpi record", { metric: code }, "primary")),
  );
