import { button, buttons, type Card, card, context, heading, list, paragraph } from "../chat/card.ts";
import { strong, type Text, text, words } from "../chat/text.ts";
import type { Excess } from "../domain/budgets/excess.ts";
import type { Situation } from "../domain/budgets/read.ts";
import { notes } from "./budget.ts";
import { historyButton } from "./budgetHistory.ts";
import { dayName, explainButton, monthName, reading, signed, titleOf, unitInput } from "./budgetWords.ts";

const rowsShown = 8;

/** The lines that nobody has explained yet, the largest first. */
export function unexplainedCard(found: Situation & { owed: readonly Excess[] }, page = 1): Card {
  const { scope, month, asOf, owed, thresholds } = found;
  const at = { ...unitInput(scope), month };
  const from = (Math.min(page, Math.max(1, Math.ceil(owed.length / rowsShown))) - 1) * rowsShown;
  const shown = owed.slice(from, from + rowsShown);
  const left = owed.length - from - shown.length;
  const over = text`over ${thresholds.explainDollars} dollars and ${thresholds.explainPercent} % in the month or the year to date`;
  const title = titleOf([scope.name, monthName(month), "to explain"]);
  if (owed.length === 0)
    return card(
      title,
      heading(title),
      paragraph(text`Nothing is left to explain: no line is ${over} without an explanation.`),
      notes(found),
      buttons(
        button("Budget", "budget show", at, "primary"),
        ...(scope.unit ? [historyButton(scope.unit.id, month)] : []),
      ),
    );
  return card(
    title,
    heading(title),
    paragraph(
      text`${owed.length} ${words(owed.length === 1 ? "line is" : "lines are")} ${over}. As of ${words(dayName(asOf))}.`,
    ),
    list(shown.map((one) => excessRow(one, month, scope.units.length > 1))),
    left > 0 ? [context(text`${left} more`)] : [],
    notes(found),
    buttons(
      ...(left > 0
        ? [button(`Next ${Math.min(left, rowsShown)}`, "budget unexplained", { ...at, page: page + 1 }, "primary")]
        : []),
      button("Budget", "budget show", at),
      ...(scope.unit ? [historyButton(scope.unit.id, month)] : []),
    ),
  );
}

function excessRow({ unit, line, month: of, year, over, explanation }: Excess, month: string, many: boolean) {
  const periods: Text[] = [
    ...(over.month ? [text`month ${words(signed(of.impact))}, ${words(reading(of))}`] : []),
    ...(over.year ? [text`year to date ${words(signed(year.impact))}, ${words(reading(year))}`] : []),
  ];
  return {
    text: text`${strong(line.name)}${many ? text` · ${unit.name}` : []}${explanation?.state === "returned" ? text` · returned` : []}`,
    detail: periods.flatMap((period, index) => (index === 0 ? period : [words(" · "), ...period])),
    button: { ...explainButton({ unit: unit.id, month }, line), label: "Explain" },
  };
}
