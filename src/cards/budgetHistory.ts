import { Decimal } from "decimal.js";
import {
  button,
  buttons,
  type Card,
  card,
  context,
  formButton,
  heading,
  type ListItem,
  list,
  paragraph,
} from "../chat/card.ts";
import { counted, data, join, staff, strong, type Text, text, words } from "../chat/text.ts";
import { reference } from "../domain/actions/rules.ts";
import { type ExplanationDetails, kinds } from "../domain/budgets/explanations.ts";
import type { HistoryMonth, LineHistory } from "../domain/budgets/history.ts";
import { explainButton, monthName, reading, signed, titleOf } from "./budgetWords.ts";
import { day } from "./day.ts";
import { excerpt } from "./excerpt.ts";
import { label } from "./incidentWords.ts";

const rowsShown = 6;

/** Twelve months of a line, the newest first: how far it was off, what was said of it, and what became of that. */
export function lineHistoryCard({ unit, line, months }: LineHistory, page = 1): Card {
  const at = { unit: unit.id, line: line.id, month: months[0]?.month ?? "" };
  const from = (page - 1) * rowsShown;
  const shown = months.slice(from, from + rowsShown);
  const left = months.length - from - shown.length;
  const owed = months.find(
    ({ over, explanation }) => over && explanation?.state !== "open" && explanation?.state !== "accepted",
  );
  const title = titleOf([unit.name, line.name, "twelve months"]);
  return card(
    title,
    heading(title),
    paragraph(summary(months)),
    list(shown.map((month) => row(month, at))),
    left > 0 ? [context(text`${words(counted(left, "earlier month"))}`)] : [],
    buttons(
      ...(owed ? [explainButton({ unit: unit.id, month: owed.month }, line, "primary")] : []),
      ...(left > 0 ? [button(`Earlier ${left}`, "budget history", { ...at, page: page + 1 })] : []),
      ...(page > 1 ? [button("Later", "budget history", { ...at, page: page - 1 })] : []),
      button("The line", "budget variance", at),
    ),
  );
}

function summary(months: readonly HistoryMonth[]): Text {
  const known = months.filter(({ balance }) => balance !== null);
  const over = known.filter((one) => one.over);
  const said = over.filter(({ explanation }) => explanation && explanation.state !== "returned").length;
  if (over.length === 0) return text`In none of ${known.length} months in the ledger was it over both thresholds.`;
  return text`Over both thresholds in ${over.length} of ${known.length} months in the ledger; ${said} of them explained.`;
}

function row({ month, balance, over, explanation }: HistoryMonth, at: Record<string, string>): ListItem {
  const off = balance === null ? "n/a, no ledger" : `${signed(balance.impact)} · ${reading(balance)}`;
  const state = explanation ? stateWords[explanation.state] : over ? "not explained" : undefined;
  return {
    text: text`${strong(monthName(month))} · ${words(off)}${state === undefined ? [] : text` · ${words(state)}`}`,
    ...(explanation && { detail: join(said(explanation), " · ") }),
    ...(balance && { button: button("Open", "budget variance", { ...at, month }) }),
  };
}

const stateWords: Record<ExplanationDetails["state"], string> = {
  open: "to be reviewed",
  accepted: "accepted",
  returned: "returned",
};

function said({ why, kind, action, effect, by, reviewedBy, state }: ExplanationDetails): Text[] {
  return [
    text`${data(excerpt(why, 160))}`,
    ...(kind === null ? [] : [text`${words(label(kinds, kind).toLowerCase())}`]),
    ...(action === null
      ? []
      : [
          text`${words(reference(action.number))} ${staff(action.owner)}, ${words(action.state === "open" ? "due " : `${action.state}, was due `)}${day(action.dueOn)}`,
        ]),
    ...(effect === null ? [] : [text`${words(`year ${signed(new Decimal(effect))}`)}`]),
    reviewedBy ? text`${words(state)} by ${staff(reviewedBy)}` : text`by ${staff(by)}`,
  ];
}

/** Leads to a line's history: that of a line that is known, or of the one that is chosen in the form. */
export const historyButton = (unit: string, month: string, line?: { id: string }) =>
  line
    ? button("Twelve months", "budget history", { unit, line: line.id, month })
    : formButton("History of a line", "budget history", { unit, month });
