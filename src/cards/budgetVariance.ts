import type { Decimal } from "decimal.js";
import {
  type Block,
  button,
  buttons,
  type Card,
  card,
  context,
  facts,
  heading,
  list,
  paragraph,
} from "../chat/card.ts";
import { strong, text, words } from "../chat/text.ts";
import type { ExplanationDetails } from "../domain/budgets/explanations.ts";
import type { LineView, VarianceView } from "../domain/budgets/read.ts";
import { notes, why } from "./budget.ts";
import { historyButton } from "./budgetHistory.ts";
import {
  dollars,
  explainButton,
  forecastButton,
  monthName,
  partsInWords,
  periodName,
  reading,
  signed,
  titleOf,
  unitInput,
  wholeParts,
} from "./budgetWords.ts";
import { said } from "./explanation.ts";

const rowsShown = 8;
/** Of what was said before; the history has the rest. */
const monthsBefore = 3;

/** What the month's variance is made of, line by line, those that go furthest first. */
export function varianceCard(view: VarianceView, page = 1): Card {
  const { scope, period, lines, total } = view;
  const at = { ...unitInput(scope), month: period.code };
  const from = (Math.min(page, Math.max(1, Math.ceil(lines.length / rowsShown))) - 1) * rowsShown;
  const shown = lines.slice(from, from + rowsShown);
  const left = lines.length - from - shown.length;
  return card(
    text`Variance of ${scope.name}, ${words(periodName(period))}`,
    heading(titleOf([scope.name, periodName(period), "by line"], view.asOf)),
    paragraph(
      text`${strong(signed(total.impact))} · ${words(reading(total))} · budget ${words(dollars(total.budget))}, actual ${words(dollars(total.actual))}`,
    ),
    why(view),
    paragraph(text`${words(view.driver)}`),
    list(shown.map((line) => lineRow(line, at))),
    left > 0 ? [context(text`${left} more`)] : [],
    notes(view),
    buttons(
      ...(left > 0
        ? [button(`Next ${Math.min(left, rowsShown)}`, "budget variance", { ...at, page: page + 1 }, "primary")]
        : []),
      button("Budget", "budget show", at),
      forecastButton(scope),
    ),
  );
}

const lineRow = ({ line, of }: LineView, at: Record<string, string>) => {
  const parts = partsInWords(of);
  return {
    text: text`${strong(line.name)} · ${words(signed(of.impact))} · ${words(reading(of))}`,
    detail: text`budget ${words(dollars(of.budget))}, actual ${words(dollars(of.actual))}${parts === "" ? [] : text` · ${words(parts)}`}`,
    button: button("Open", "budget variance", { ...at, line: line.id }),
  };
};

/** One line: what it is made of, what was said of it, and in the months before. */
export function lineVarianceCard(
  view: VarianceView,
  line: { id: string; name: string },
  history: readonly ExplanationDetails[],
): Card {
  const { scope, period, month, total } = view;
  const at = { ...unitInput(scope), month: period.code };
  const current = history.find((one) => one.month === month);
  return card(
    text`${line.name} of ${scope.name}, ${words(periodName(period))}`,
    heading(titleOf([scope.name, line.name, periodName(period)], view.asOf)),
    facts(
      { label: "Budget", value: text`${words(dollars(total.budget))}` },
      { label: "At the actual volume", value: text`${words(dollars(total.flexed))}` },
      { label: "Actual", value: text`${words(dollars(total.actual))}` },
      { label: "Variance", value: text`${words(signed(total.impact))} · ${words(reading(total))}` },
    ),
    split(view),
    paragraph(text`${words(view.driver)}`),
    current ? said(current) : [],
    before(history.filter((one) => one !== current)),
    notes(view),
    buttons(
      ...(scope.unit && (current?.may.explain ?? true)
        ? [explainButton({ unit: scope.unit.id, month }, line, "primary")]
        : []),
      ...(scope.unit ? [historyButton(scope.unit.id, month, line)] : []),
      button("All lines", "budget variance", at),
      button("Budget", "budget show", at),
    ),
  );
}

function split({ total }: VarianceView): Block {
  const row = (name: string, amount: Decimal) => [text`${words(name)}`, text`${words(signed(amount))}`];
  return {
    type: "table",
    caption: "What the variance is made of",
    columns: [
      { label: "Part", align: "left" },
      { label: "On the result", align: "right" },
    ],
    rows: [
      ...wholeParts(total).map(({ name, amount }) => row(name.charAt(0).toUpperCase() + name.slice(1), amount)),
      row("Together", total.impact),
    ],
  };
}

function before(history: readonly ExplanationDetails[]): Block[] {
  if (history.length === 0) return [];
  return [
    paragraph(text`${strong("Said in the months before")}`),
    list(
      history.slice(0, monthsBefore).map(({ month, why: because, by }) => ({
        text: text`${words(monthName(month))} · ${because.slice(0, 300)}`,
        detail: text`${by.name}`,
      })),
    ),
  ];
}
